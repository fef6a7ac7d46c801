/** The noise policy of tables for recipients in third countries, and the account it is drawn from. */
import { discreteLaplace } from './discrete-laplace';
import type { Epsilon, RandomBelow } from './discrete-laplace';
import type { Cell } from './table-counter';

/**
 * ε of each measure of a table. At 1/2 a count is off by 6 at most in nineteen of twenty releases, which leaves groups
 * of the threshold readable, and one person changes the odds of any answer by a factor of 1.65 at most.
 */
export const EPSILON: Epsilon = { numerator: 1, denominator: 2 };

/** Most a recipient may draw from one dataset, in thousandths of ε. It never grows back by itself. */
export const BUDGET_MILLI_EPSILON = 8_000;

/** One release of a table. */
export interface Release {
  readonly recipient: string;
  readonly dataset: string;
  readonly milliEpsilon: number;
}

/** The account of what recipients have drawn. */
export interface NoiseBudget {
  /** Books the release before it leaves. @throws BudgetExhausted when it would exceed the budget: nothing is booked */
  spend(release: Release): Promise<void>;
}

export class BudgetExhausted extends Error {
  override readonly name = 'BudgetExhausted';
}

/** Bounds of one measure: how far one person can move it. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** What a table with so many sums costs: a person stands in one group, so groups cost nothing extra and measures add up. */
export function costOf(sums: number): number {
  return Math.ceil((1000 * EPSILON.numerator * (1 + sums)) / EPSILON.denominator);
}

/** The cell with noise on every measure. A person coming or going moves a sum by its bounds at most. */
export function noisy(cell: Cell, bounds: readonly Bounds[], below?: RandomBelow): Cell {
  return {
    group: cell.group,
    persons: cell.persons + discreteLaplace(EPSILON, 1, below),
    sums: cell.sums.map((sum, i) => {
      const { lower, upper } = bounds[i]!;
      return sum + discreteLaplace(EPSILON, Math.max(Math.abs(lower), Math.abs(upper), 1), below);
    }),
  };
}
