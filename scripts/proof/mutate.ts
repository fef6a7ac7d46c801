/**
 * Weakens every statement of the shipped policies in every simple way and says what becomes of each mutant:
 * `npx ts-node scripts/proof/mutate.ts [cdk.out] [--write] [--only <part of a statement's name>]`. `--write` puts the answer
 * into docs/proof-mutation.md. Exit 1 when a mutant is unexplained.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetting } from '../../lib/proof/logic/formula';
import { policiesAt } from './shipped';
import { mutatedStatements } from './mutation/mutants';
import { fateText, mutationPage } from './mutation/page';
import { placesOfEveryShape } from './mutation/places';
import { Trial } from './mutation/trial';
import type { Tried } from './mutation/trial';

function main(given: readonly string[]): void {
  const only = given.includes('--only') ? given[given.indexOf('--only') + 1] : undefined;
  const [path] = given.filter((word) => !word.startsWith('--') && word !== only);
  const policies = policiesAt(path);
  const places = placesOfEveryShape(policies);
  const statements = mutatedStatements(policies, places).filter(
    ({ name }) => only === undefined || name.includes(only),
  );
  const tried = forgetting(() => {
    const trial = new Trial(policies, places, statements);
    return statements.flatMap((mutated) => {
      const some = trial.of(mutated);
      for (const { statement, what, fate } of some)
        process.stdout.write(`${fate.kind.padEnd(12)}${statement}: ${what}  (${fateText(fate)})\n`);
      return some;
    });
  });
  const count = (kind: Tried['fate']['kind']): number => tried.filter(({ fate }) => fate.kind === kind).length;
  process.stdout.write(
    `${tried.length} mutants: ${count('refuted')} refuted, ${count('held')} held by other statements, ${count('reviewed')} reviewed, ${count('unexplained')} unexplained\n`,
  );
  if (given.includes('--write')) writeFileSync(join(__dirname, '../../docs/proof-mutation.md'), mutationPage(tried));
  process.exitCode = count('unexplained') > 0 ? 1 : 0;
}

main(process.argv.slice(2));
