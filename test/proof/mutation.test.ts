/** Weakened policies, a sample of them: all are tried by `npm run proof:mutation`, which writes docs/proof-mutation.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetting } from '../../lib/proof/logic/formula';
import { mutatedStatements } from '../../scripts/proof/mutation/mutants';
import type { MutatedStatement } from '../../scripts/proof/mutation/mutants';
import { placesOfEveryShape } from '../../scripts/proof/mutation/places';
import { REVIEWED, reviewOf } from '../../scripts/proof/mutation/reviewed';
import type { Review } from '../../scripts/proof/mutation/reviewed';
import { Trial } from '../../scripts/proof/mutation/trial';
import type { Tried } from '../../scripts/proof/mutation/trial';
import { shippedPolicies } from './shipped';

/** Of some hundred statements with some thousand mutants: enough to notice, few enough to wait for. */
const EVERY = 37;

/** The mutants that a row could explain, of the first statement it is about and of no more. */
function explainedBy(row: Review, statements: readonly MutatedStatement[]): readonly MutatedStatement[] {
  const about = statements.flatMap((one) => {
    const mutants = one.mutants.filter(({ what }) => reviewOf(one.name, what) === row);
    return mutants.length === 0 ? [] : [{ ...one, mutants: mutants.slice(0, 3) }];
  });
  return about.slice(0, 4);
}

function tried(statements: readonly MutatedStatement[]): readonly Tried[] {
  const policies = shippedPolicies();
  const places = placesOfEveryShape(policies);
  return forgetting(() => {
    const trial = new Trial(policies, places, statements);
    return statements.flatMap((one) => trial.of(one));
  });
}

const allStatements = (): readonly MutatedStatement[] => {
  const policies = shippedPolicies();
  return mutatedStatements(policies, placesOfEveryShape(policies));
};

test('every row of the reviewed table explains a mutant, which allows no more than the row says', () => {
  const statements = allStatements();
  const fates = tried(REVIEWED.flatMap((row) => explainedBy(row, statements)));
  const explained = new Set(fates.flatMap(({ fate }) => (fate.kind === 'reviewed' ? [fate.review] : [])));
  expect(REVIEWED.filter((row) => !explained.has(row)).map(({ only }) => only)).toEqual([]);
}, 300_000);

test('a sample of the mutants is noticed, held by statements that are named, or reviewed', () => {
  let index = 0;
  const sample = allStatements().flatMap((one) => {
    const mutants = one.mutants.filter(() => index++ % EVERY === 0);
    return mutants.length === 0 ? [] : [{ ...one, mutants }];
  });
  const fates = tried(sample);
  expect(fates.length).toBeGreaterThan(40);
  expect(
    fates.filter(({ fate }) => fate.kind === 'unexplained').map(({ statement, what }) => [statement, what]),
  ).toEqual([]);
  expect(new Set(fates.map(({ fate }) => fate.kind)).size).toBeGreaterThan(1);
  for (const { fate } of fates) if (fate.kind === 'held') expect(fate.by).not.toEqual([]);
}, 300_000);

test('the page says that no mutant is unexplained, and gives the reason of every reviewed row', () => {
  const page = readFileSync(join(__dirname, '../../docs/proof-mutation.md'), 'utf8');
  expect(page).toMatch(/\b0 unexplained\b/);
  expect(page).not.toContain('## Unexplained');
  const words = page.replace(/\\/g, '');
  expect(REVIEWED.filter(({ reason }) => !words.includes(reason)).map(({ only }) => only)).toEqual([]);
});
