/** Sets of classes of one variable, as bits: what a search narrows. */

/** Bit `i` of the words stands for class `i`. */
export type Subset = Uint32Array;

/** @param members numbers of the classes in the set */
export function subsetOf(count: number, members: Iterable<number>): Subset {
  const set = new Uint32Array((count + 31) >>> 5);
  for (const member of members) set[member >>> 5]! |= 1 << (member & 31);
  return set;
}

export const everything = (count: number): Subset => subsetOf(count, Array(count).keys());

export function overlaps(a: Subset, b: Subset): boolean {
  for (let i = 0; i < a.length; i++) if ((a[i]! & b[i]!) !== 0) return true;
  return false;
}

/** Whether all of `a` is in `b`. */
export function within(a: Subset, b: Subset): boolean {
  for (let i = 0; i < a.length; i++) if ((a[i]! & ~b[i]!) !== 0) return false;
  return true;
}

export const meet = (a: Subset, b: Subset): Subset => a.map((word, i) => word & b[i]!);
export const join = (a: Subset, b: Subset): Subset => a.map((word, i) => word | b[i]!);
export const minus = (a: Subset, b: Subset): Subset => a.map((word, i) => word & ~b[i]!);

/** The numbers of the classes in the set, ascending. */
export function members(set: Subset): readonly number[] {
  const found: number[] = [];
  set.forEach((word, i) => {
    for (let bit = 0; bit < 32; bit++) if ((word >>> bit) & 1) found.push(i * 32 + bit);
  });
  return found;
}
