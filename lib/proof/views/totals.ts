import type { ProofReport } from '../prove';

export interface Totals {
  readonly proved: number;
  readonly refuted: number;
  readonly notApplicable: number;
  /** Pairs of an invariant and a place where it was asked. */
  readonly places: number;
}

/** Counts invariants; one is proved when it is proved of every place. */
export function totals({ results }: ProofReport): Totals {
  const applicable = results.filter(({ notApplicable }) => notApplicable === undefined);
  const proved = applicable.filter(({ answers }) => answers.every((a) => a.verdict === 'proved')).length;
  return {
    proved,
    refuted: applicable.length - proved,
    notApplicable: results.length - applicable.length,
    places: applicable.reduce((sum, { answers }) => sum + answers.length, 0),
  };
}
