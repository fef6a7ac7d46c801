/**
 * Persons and sums per group, counted while records stream past.
 *
 * Each person counts in one group only, the first one they are seen in: groups are disjoint, totals add up, and one
 * person moves one count by one at most, which is what the noise is calibrated to. Memory holds an entry per person, and
 * the number of persons is bounded.
 */
import type { Value } from '../datasets';

/** What is counted, as positions in the rows. */
export interface CountPlan {
  readonly person: number;
  readonly groupBy: readonly number[];
  readonly sums: readonly { readonly at: number; readonly lower: number; readonly upper: number }[];
}

/** One group of the table before anything is hidden. */
export interface Cell {
  /** Values of the grouping fields; null where the field was absent. */
  readonly group: readonly (Value | null)[];
  readonly persons: number;
  /** Sum per measure, each person's share clamped to its bounds. */
  readonly sums: readonly number[];
}

/** The table would need more memory than the function has, or show more than it may. Nothing of it leaves. */
export class TableRefused extends Error {
  override readonly name = 'TableRefused';
}

export const MOST_PERSONS = 1_000_000;

export class TableCounter {
  private readonly persons = new Map<Value, { readonly cell: string; readonly shares: number[] }>();
  private readonly groups = new Map<string, readonly (Value | null)[]>();

  constructor(
    private readonly plan: CountPlan,
    private readonly most = MOST_PERSONS,
  ) {}

  /** @throws TableRefused when the table has too many persons */
  add(row: readonly (Value | undefined)[]): void {
    const person = row[this.plan.person];
    if (person === undefined) return; // nobody's record: it counts nobody
    const group = this.plan.groupBy.map((at) => row[at] ?? null);
    const cell = JSON.stringify(group);
    let seen = this.persons.get(person);
    if (seen === undefined) {
      if (this.persons.size >= this.most) throw new TableRefused(`the table has more than ${this.most} persons`);
      if (!this.groups.has(cell)) this.groups.set(cell, group);
      seen = { cell, shares: this.plan.sums.map(() => 0) };
      this.persons.set(person, seen);
    }
    if (seen.cell !== cell) return;
    this.plan.sums.forEach(({ at }, i) => {
      const value = row[at];
      if (typeof value === 'number') seen.shares[i] = (seen.shares[i] ?? 0) + value;
    });
  }

  /** The groups, in the order in which they were first seen. */
  cells(): readonly Cell[] {
    const tallies = new Map(
      [...this.groups.keys()].map((key) => [key, { persons: 0, sums: this.plan.sums.map(() => 0) }]),
    );
    for (const { cell, shares } of this.persons.values()) {
      const tally = tallies.get(cell)!;
      tally.persons += 1;
      this.plan.sums.forEach(({ lower, upper }, i) => {
        tally.sums[i] = (tally.sums[i] ?? 0) + Math.min(upper, Math.max(lower, shares[i] ?? 0));
      });
    }
    return [...this.groups].map(([key, group]) => ({ group, ...tallies.get(key)! }));
  }
}
