/** For the terminal. */
import { requestLines, valueText, variableText } from '../counter-example';
import type { TreeNode } from '../decision-tree';
import { LIMITS } from '../limits';
import type { Answer, InvariantResult, ProofReport, Refutation } from '../prove';
import { totals } from './totals';

const SHOWN_VALUES = 3;

export function textView(report: ProofReport): string {
  const lines = report.results.flatMap(resultLines);
  const { proved, refuted, notApplicable, places } = totals(report);
  return `${[
    ...lines,
    '',
    `${proved} invariants proved of ${places} places, ${refuted} refuted${notApplicable > 0 ? `, ${notApplicable} about nothing here` : ''}.`,
    'Every identity policy is taken to allow everything: what is proved, the guardrails do alone.',
    `Not covered: ${LIMITS.map(({ title }) => title.toLowerCase()).join(', ')} (docs/proof.md).`,
  ].join('\n')}\n`;
}

function resultLines({ slug, sentence, answers, notApplicable }: InvariantResult): readonly string[] {
  if (notApplicable !== undefined) return [`-        ${slug}: ${notApplicable}`];
  const refuted = answers.filter((a): a is Refutation => a.verdict === 'refuted');
  const [first] = refuted;
  if (!first) return [`proved   ${slug} (${places(answers.length)})`, ...answers.flatMap(treeLines)];
  const others = refuted.length - 1;
  return [
    `REFUTED  ${slug} (${refuted.length} of ${places(answers.length)})`,
    `         ${sentence}`,
    `         This request goes through, at ${first.scope}${others > 0 ? ` and ${others} more` : ''}:`,
    ...requestLines(first.request).map(([name, value]) => `           ${name}: ${value}`),
  ];
}

const places = (count: number): string => `${count} ${count === 1 ? 'place' : 'places'}`;

function treeLines(answer: Answer): readonly string[] {
  if (answer.verdict !== 'proved' || !answer.tree) return [];
  return [`  ${answer.scope}`, ...nodeLines(answer.tree, '    ', '')];
}

function nodeLines(node: TreeNode, indent: string, label: string): readonly string[] {
  const head = label === '' ? indent : `${indent}${label}: `;
  switch (node.kind) {
    case 'closed':
      return [`${head}${node.because}`];
    case 'as-above':
      return [`${head}as at ${node.number}`];
    case 'split':
      return [
        `${head}which ${variableText(node.variable)}? (${node.number})`,
        ...node.branches.flatMap(({ values, node: next }) => {
          const shown = values.slice(0, SHOWN_VALUES).map((value) => valueText(node.variable, value));
          const more = values.length - shown.length;
          return nodeLines(next, `${indent}  `, `${shown.join(' | ')}${more > 0 ? ` | ${more} more` : ''}`);
        }),
      ];
  }
}
