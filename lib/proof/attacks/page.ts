/** The matrix as a page. */
import type { Attack } from './attack';
import type { Outcome } from './play';

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, '⏎');

/** @param played rows with outcomes, in order */
export function matrixPage(played: readonly (readonly [Attack, Outcome])[]): string {
  const decided = played.filter(([, outcome]) => outcome.kind === 'decided');
  const right = decided.filter(([row, outcome]) => outcome.kind === 'decided' && outcome.decision === row.expect);
  const allowed = decided.filter(([row]) => row.expect === 'allow').length;
  return `${[
    '# Attack matrix',
    '',
    `${played.length} rows against the policies of the shipped enclave as synthesized: ${decided.length} decided (${allowed} must pass, ${decided.length - allowed} must not), ${right.length} as they must be, ${played.length - decided.length} about something the enclave does not have.`,
    '',
    'Every identity policy is taken to allow everything, so each refusal is earned by the guardrails alone. A row of several calls succeeds only if all pass. The rows stand in `lib/proof/attacks`; `npx ts-node scripts/proof/attacks.ts` writes this page, and a test keeps it true.',
    '',
    '| Id | Must be | Is | Caller | Action | Scenario | Decided by |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...played.map(([row, outcome]) => `| ${cells(row, outcome).map(cell).join(' | ')} |`),
  ].join('\n')}\n`;
}

function cells({ id, expect, checks, scenario }: Attack, outcome: Outcome): readonly string[] {
  const callers = [...new Set(checks.map(({ caller }) => caller.replace(/[{}]/g, '')))].join(', ');
  const actions = checks.map(({ action }) => `\`${action}\``).join(', ');
  if (outcome.kind === 'not applicable')
    return [id, expect, '-', callers, actions, scenario, `not applicable: ${outcome.because}`];
  const is = outcome.decision === expect ? outcome.decision : `**${outcome.decision}**`;
  return [id, expect, is, callers, actions, scenario, outcome.because];
}
