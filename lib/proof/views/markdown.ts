/** Evidence for people: a page that can stand in a report. */
import { requestLines } from '../counter-example';
import { LIMITS } from '../limits';
import { premises } from '../premises';
import type { InvariantResult, ProofReport, Refutation } from '../prove';
import { accountScope } from '../scope';
import { totals } from './totals';

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

export function markdownView(report: ProofReport): string {
  const { policies, results } = report;
  const { proved, refuted, notApplicable, places } = totals(report);
  return `${[
    '# Proof of the perimeter',
    '',
    `${proved} invariants proved of ${places} places, ${refuted} refuted, ${notApplicable} about nothing here.`,
    '',
    `Organization ${policies.organization}; accounts with restricted data: ${policies.siteAccounts.join(', ')}.`,
    'Every identity policy is taken to allow everything.',
    '',
    '| Invariant | Promise | Answer |',
    '| --- | --- | --- |',
    ...results.map((r) => `| ${r.slug} | ${cell(r.sentence)} | ${cell(verdictText(r))} |`),
    ...results.flatMap(refutationLines),
    '',
    '## Premises',
    '',
    ...premises(accountScope(policies, policies.siteAccounts[0] ?? '')).map(
      ({ name, source }) => `- ${name} (${source})`,
    ),
    '- identifiers that AWS chooses at deployment differ from each other and from every text of a policy (CloudFormation)',
    '',
    '## Not covered',
    '',
    ...LIMITS.map(({ title, text }) => `- **${title}.** ${text}`),
  ].join('\n')}\n`;
}

function verdictText({ answers, notApplicable }: InvariantResult): string {
  if (notApplicable !== undefined) return `not asked: ${notApplicable}`;
  const refuted = answers.filter((a) => a.verdict === 'refuted').length;
  return refuted === 0 ? `proved (${answers.length})` : `**refuted** (${refuted} of ${answers.length})`;
}

function refutationLines({ slug, answers }: InvariantResult): readonly string[] {
  const refuted = answers.filter((a): a is Refutation => a.verdict === 'refuted');
  const [first] = refuted;
  if (!first) return [];
  return [
    '',
    `## Refuted: ${slug}`,
    '',
    `This request goes through, at ${refuted.map(({ scope }) => scope).join(', ')}:`,
    '',
    '| Key | Value |',
    '| --- | --- |',
    ...requestLines(first.request).map(([name, value]) => `| ${cell(name)} | ${cell(value)} |`),
  ];
}
