/** A table with its totals: every entry that will be shown or hidden, and the sums that tie them together. */
import type { Value } from '../datasets';
import { TableRefused } from './table-counter';
import type { Cell } from './table-counter';

/** Stands for "all values of this field" in a total. No value of the data: those are strings, numbers, booleans or null. */
export const ALL = Symbol('all');

export type Coordinate = Value | null | typeof ALL;

export interface Entry {
  readonly group: readonly Coordinate[];
  readonly persons: number;
  readonly sums: readonly number[];
}

/** `total` is the sum of `addends`: whoever knows all but one of them knows the last. */
export interface Line {
  readonly total: number;
  readonly addends: readonly number[];
}

export interface Cube {
  readonly entries: readonly Entry[];
  /** In indexes of `entries`. */
  readonly lines: readonly Line[];
}

/** A larger table would be searched for disclosures too long, and is finer than an aggregate should be. */
export const MOST_ENTRIES = 4_000;

/** The cells and their totals over every combination of grouping fields. Groups of nobody have no entry. */
export function cubeOf(cells: readonly Cell[]): Cube {
  const entries = new Map<string, { group: Coordinate[]; persons: number; sums: number[] }>();
  for (const cell of cells) {
    for (const group of totalsOf(cell.group)) {
      const key = keyOf(group);
      const entry = entries.get(key) ?? { group, persons: 0, sums: cell.sums.map(() => 0) };
      entry.persons += cell.persons;
      cell.sums.forEach((sum, i) => (entry.sums[i] = (entry.sums[i] ?? 0) + sum));
      entries.set(key, entry);
    }
    if (entries.size > MOST_ENTRIES)
      throw new TableRefused(
        `the table has more than ${MOST_ENTRIES} groups and totals; group by fewer or coarser fields`,
      );
  }
  const list = [...entries.values()];
  const index = new Map([...entries.keys()].map((key, i) => [key, i]));
  const lines = new Map<string, { total: number; addends: number[] }>();
  list.forEach(({ group }, i) => {
    group.forEach((value, dimension) => {
      if (value === ALL) return;
      const key = keyOf(group.map((held, d) => (d === dimension ? ALL : held)));
      const line = lines.get(`${dimension} ${key}`) ?? { total: index.get(key)!, addends: [] };
      line.addends.push(i);
      lines.set(`${dimension} ${key}`, line);
    });
  });
  return { entries: list, lines: [...lines.values()] };
}

/** The group itself and every group in which some of its values are replaced by "all". */
function totalsOf(group: readonly (Value | null)[]): Coordinate[][] {
  return group.reduce<Coordinate[][]>(
    (begun, value) =>
      begun.flatMap((head) => [
        [...head, value],
        [...head, ALL],
      ]),
    [[]],
  );
}

const keyOf = (group: readonly Coordinate[]): string =>
  group.map((value) => (value === ALL ? '*' : JSON.stringify(value))).join('\u0000');
