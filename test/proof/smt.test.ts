/** The questions in the words of another solver, which shares no code with ours. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askCvc5 } from '../../bin/solver';
import { INVARIANTS, prove, smtLib } from '../../lib/proof';
import type { Invariant } from '../../lib/proof/invariants/invariant';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { shippedPolicies } from './shipped';
import { layers, smallEnclave } from './small-enclave';

const missing = spawnSync('cvc5', ['--version']).error !== undefined;
const demanded = process.env['REQUIRE_CVC5'] === '1';
const withCvc5 = missing && !demanded ? test.skip : test;
if (missing)
  process.stderr.write(
    'cvc5 is not installed (Debian: apt-get install cvc5): its tests are skipped, or fail with REQUIRE_CVC5=1.\n',
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'smt-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What cvc5 says beside what we say, of the first place of every invariant. */
function secondOpinions(policies: EnclavePolicies, invariants: readonly Invariant[]): readonly string[] {
  const answers: string[] = [];
  const first = invariants.map((one) => ({ ...one, scopes: (p: EnclavePolicies) => one.scopes(p).slice(0, 1) }));
  prove(policies, first, {
    onAnswer: ({ invariant }, formula, verdict) => {
      const file = join(folder, `${invariant.slug}.smt2`);
      writeFileSync(file, smtLib(formula, invariant.slug));
      const expected = verdict === 'proved' ? 'unsat' : 'sat';
      const answer = askCvc5(file);
      answers.push(answer === expected ? 'agrees' : `${invariant.slug}: we say ${verdict}, cvc5 says ${answer}`);
    },
  });
  return answers;
}

withCvc5(
  'cvc5 answers unsat wherever an invariant is proved of the shipped enclave',
  () => {
    const answers = secondOpinions(shippedPolicies(), INVARIANTS);
    expect(answers.length).toBeGreaterThanOrEqual(22);
    expect(answers.filter((a) => a !== 'agrees')).toEqual([]);
  },
  1_200_000,
);

withCvc5(
  'cvc5 finds the request that we show for a planted hole possible',
  () => {
    const given = layers();
    given.scp = given.scp.slice(1);
    given.bucket = given.bucket.filter((s) => s['Sid'] !== 'OnlyReaders');
    const holes = INVARIANTS.filter(({ slug }) =>
      ['nothing-happens-outside-the-eea', 'objects-are-read-only-by-data-roles'].includes(slug),
    );
    expect(prove(smallEnclave(given), holes).holds).toBe(false);
    expect(secondOpinions(smallEnclave(given), holes)).toEqual(['agrees', 'agrees']);
  },
  120_000,
);
