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
  return [`  ${answer.scope}`, ...nodeLines(answer.tree, '    ')];
}

/** One case follows on the same level; several are set off. */
function nodeLines({ because, cases }: TreeNode, indent: string): readonly string[] {
  const [only, ...others] = cases;
  if (!only) return [`${indent}${because}`];
  if (others.length === 0) return [`${indent}${because}: ${takenText(only)}`, ...nodeLines(only.then, indent)];
  return [
    `${indent}${because}, which leaves ${cases.length} cases:`,
    ...cases.flatMap((one) => [`${indent}- ${takenText(one)}`, ...nodeLines(one.then, `${indent}  `)]),
  ];
}

function takenText({ taken }: TreeNode['cases'][number]): string {
  if (taken.length === 0) return 'several things together, taken apart below';
  return taken
    .map(({ variable, values }) => {
      const shown = values.slice(0, SHOWN_VALUES).map((value) => valueText(variable, value));
      const more = values.length - shown.length;
      return `${variableText(variable)} is ${shown.join(' | ')}${more > 0 ? ` | ${more} more` : ''}`;
    })
    .join(', ');
}
