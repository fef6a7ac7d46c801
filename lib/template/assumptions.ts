import type { Assumptions } from './model';

export const NO_ASSUMPTIONS: Assumptions = new Map();

/** Whether nothing is decided both ways. */
export function compatible(a: Assumptions, b: Assumptions): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const [key, choice] of few) {
    const other = many.get(key);
    if (other !== undefined && other !== choice) return false;
  }
  return true;
}

/** Both sets of choices together, or undefined when they contradict each other. */
export function together(a: Assumptions, b: Assumptions): Assumptions | undefined {
  if (a.size === 0) return b;
  if (b.size === 0 || a === b) return a;
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let added = false;
  for (const [key, choice] of few) {
    const other = many.get(key);
    if (other === undefined) added = true;
    else if (other !== choice) return undefined;
  }
  if (!added) return many;
  const both = new Map(many);
  for (const [key, choice] of few) both.set(key, choice);
  return both;
}

/** The choices common to both: what still holds when two alternatives are told as one. */
export function inCommon(a: Assumptions, b: Assumptions): Assumptions {
  if (a.size === 0 || b.size === 0) return NO_ASSUMPTIONS;
  return new Map([...a].filter(([key, choice]) => b.get(key) === choice));
}

export const assuming = (key: string, choice: string): Assumptions => new Map([[key, choice]]);
