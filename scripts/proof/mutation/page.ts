/** The answer of a mutation as docs/proof-mutation.md. */
import { REVIEWED } from './reviewed';
import type { Fate, Tried } from './trial';

export function fateText(fate: Fate): string {
  switch (fate.kind) {
    case 'refuted':
      return fate.by;
    case 'held':
      return fate.by.join('; ');
    case 'reviewed':
      return `${fate.review.only}: ${fate.review.reason}${fate.elsewhere.length === 0 ? '' : `. All else is held by ${fate.elsewhere.join('; ')}`}`;
    case 'unexplained':
      return `${fate.at}: ${fate.request.map(([key, value]) => `${key} ${value}`).join(', ')}`;
  }
}

const plain = (text: string): string => text.replace(/\*/g, '\\*').replace(/_/g, '\\_');

/** One item for all weakenings of a statement that meet with the same. */
function rows(tried: readonly Tried[], kind: Fate['kind']): readonly string[] {
  const together = new Map<string, { statement: string; what: string[]; text: string }>();
  for (const { statement, what, fate } of tried) {
    if (fate.kind !== kind) continue;
    const text = fateText(fate);
    const key = `${statement}\n${text}`;
    const row = together.get(key) ?? { statement, what: [], text };
    row.what.push(what);
    together.set(key, row);
  }
  return [...together.values()].map(
    ({ statement, what, text }) => `- **${plain(statement)}**: ${plain(what.join('; '))}  \n  _${plain(text)}_`,
  );
}

function noticing(tried: readonly Tried[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { fate } of tried) if (fate.kind === 'refuted') counts.set(fate.by, (counts.get(fate.by) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([slug, count]) => `| ${slug} | ${count} |`);
}

/** Written by `npm run proof:mutation -- cdk.out --write`. */
export function mutationPage(tried: readonly Tried[]): string {
  const count = (kind: Fate['kind']): number => tried.filter(({ fate }) => fate.kind === kind).length;
  const unexplained = rows(tried, 'unexplained');
  const statements = new Set(tried.map(({ statement }) => statement)).size;
  return `${[
    '# What becomes of weakened policies',
    '',
    'Written by `npm run proof:mutation -- cdk.out --write`, and put into shape by `npx prettier --write`. Each statement of the',
    'shipped policies is weakened in every simple way, one at a time: a denial dropped, without one of its actions, resources or',
    'values, with a condition that holds of fewer requests; an allowance without a condition, or for every action, resource or',
    'caller. Of stores, roles and endpoints whose policies differ in names only, one stands for its likes, and a statement that',
    'several units are given alike is weakened once. Identity policies are not weakened: every proof takes them to allow',
    'everything. Nor are policies of endpoints through which no store or role of the proofs is reached.',
    '',
    `**${tried.length} mutants of ${statements} statements: ${count('refuted')} refuted by an invariant, ${count('held')} held by other statements, ${count('reviewed')} reviewed, ${count('unexplained')} unexplained.**`,
    '',
    '## Refuted',
    '',
    'The invariant that notices first, and how many mutants it is.',
    '',
    '| Invariant | Mutants |',
    '| --- | --- |',
    ...noticing(tried),
    '',
    '## Held by other statements',
    '',
    'It is proved that the mutant allows nothing that the shipped policies deny. What the proof rests on holds what the statement',
    'held, and stands in italics.',
    '',
    ...rows(tried, 'held'),
    '',
    '## Reviewed',
    '',
    'The mutant allows something that no invariant forbids. It is proved to allow at most what the item says, and a reviewer has',
    `said why that is no way out. ${REVIEWED.length} rows of \`scripts/proof/mutation/reviewed.ts\`; one that explains no mutant fails.`,
    '',
    ...rows(tried, 'reviewed'),
    ...(unexplained.length === 0 ? [] : ['', '## Unexplained', '', ...unexplained]),
  ].join('\n')}\n`;
}
