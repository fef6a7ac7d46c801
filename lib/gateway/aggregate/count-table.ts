/** A counted table as it may be shown: without small groups, and with noise where the recipient's zone asks for it. */
import type { RandomBelow } from './discrete-laplace';
import { ALL, cubeOf } from './cube';
import type { Entry } from './cube';
import { noisy } from './noise';
import type { Bounds } from './noise';
import { suppressed } from './suppress';
import type { Cell } from './table-counter';
import { TableRefused } from './table-counter';

export interface ShownTable {
  readonly rows: readonly Entry[];
  /** Groups that were not shown. Totals are not counted. */
  readonly suppressedGroups: number;
}

export interface TablePolicy {
  /** Least number of persons in a shown group. */
  readonly minimumGroup: number;
  readonly noise: boolean;
  /** Per sum, what one person's share was clamped to. */
  readonly bounds: readonly Bounds[];
  readonly random?: RandomBelow;
}

/** Below this a "group" would be one or two persons, whatever a policy says. */
export const LEAST_THRESHOLD = 3;

/**
 * The rows that may be shown.
 *
 * Without noise: groups and all totals, after complementary suppression. With noise: groups only, each under its own
 * noise, shown if both the true and the noisy count reach the threshold; totals would be differences for the taking.
 *
 * @throws TableRefused
 */
export function shownTable(cells: readonly Cell[], policy: TablePolicy): ShownTable {
  const { minimumGroup, noise, bounds, random } = policy;
  if (!Number.isSafeInteger(minimumGroup) || minimumGroup < LEAST_THRESHOLD)
    throw new TableRefused(`a threshold of ${minimumGroup} persons hides nobody; the least is ${LEAST_THRESHOLD}`);
  if (noise) {
    const rows = cells
      .filter(({ persons }) => persons >= minimumGroup)
      .map((cell) => noisy(cell, bounds, random))
      .filter(({ persons }) => persons >= minimumGroup);
    return { rows, suppressedGroups: cells.length - rows.length };
  }
  const cube = cubeOf(cells);
  const hidden = suppressed(cube, minimumGroup);
  return {
    rows: cube.entries.filter((_, i) => !hidden.has(i)),
    suppressedGroups: cube.entries.filter(({ group }, i) => hidden.has(i) && !group.includes(ALL)).length,
  };
}
