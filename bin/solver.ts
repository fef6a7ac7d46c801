/** Has cvc5, a solver that nobody here wrote, answer the questions again. */
import { spawnSync } from 'node:child_process';
import { UsageError } from './input';

/** A question on disk, with our answer. */
export interface AskedQuestion {
  readonly file: string;
  readonly verdict: 'proved' | 'refuted';
}

const MISSING =
  'cvc5 is not installed, so only our own prover has answered; the questions are written. Install it (Debian: apt-get install cvc5) and run again.';

/** By the clock, for each question: enough for the longest lists on a busy machine. */
const SECONDS = 600;

/**
 * Whether cvc5 agrees with every answer: `unsat` where we proved, `sat` where we refuted. Says so on standard error.
 * @throws UsageError when cvc5 is missing and REQUIRE_CVC5=1
 */
export function haveReproved(asked: readonly AskedQuestion[]): boolean {
  if (spawnSync('cvc5', ['--version']).error) {
    if (process.env['REQUIRE_CVC5'] === '1') throw new UsageError(MISSING);
    process.stderr.write(`${MISSING}\n`);
    return true;
  }
  const disagreements = asked.flatMap(({ file, verdict }) => {
    const answer = askCvc5(file);
    return answer === (verdict === 'proved' ? 'unsat' : 'sat')
      ? []
      : [`${file}: we say ${verdict}, cvc5 says ${answer}`];
  });
  for (const line of disagreements) process.stderr.write(`${line}\n`);
  process.stderr.write(`cvc5 confirms ${asked.length - disagreements.length} of ${asked.length} answers.\n`);
  return disagreements.length === 0;
}

/** `sat`, `unsat`, or what it said instead. */
export function askCvc5(file: string): string {
  const run = spawnSync('cvc5', ['--strings-exp', `--tlimit=${SECONDS * 1000}`, file], { encoding: 'utf8' });
  return `${run.stdout ?? ''}${run.stderr ?? ''}`.trim().split('\n')[0] ?? 'nothing';
}
