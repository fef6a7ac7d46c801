/** Sets of values during evaluation: a property's value under each set of choices, and how such sets combine. */
import { NO_ASSUMPTIONS, inCommon, together } from './assumptions';
import { LIMITS } from './limits';
import type { Assumptions, Possible, Resolved, Slot, Unknown } from './model';
import { unknown } from './scalar';

/** `AWS::NoValue`: the property is as if it had not been written. */
export interface Absent {
  readonly kind: 'absent';
}

export type Value = Resolved | Absent;

export interface Alternative<V = Value> {
  readonly value: V;
  readonly origin: readonly string[];
  readonly assuming: Assumptions;
}

export type Alternatives = readonly Alternative[];

export const ABSENT: Absent = { kind: 'absent' };
/** Shared: a literal has no reasoning behind it, and there are many literals. */
export const NO_ORIGIN: readonly string[] = [];

export const alternative = <V>(
  value: V,
  origin: readonly string[] = NO_ORIGIN,
  assumed: Assumptions = NO_ASSUMPTIONS,
): Alternative<V> => ({
  value,
  origin,
  assuming: assumed,
});

export const certain = (value: Value, origin?: string): Alternatives => [
  { value, origin: origin === undefined ? NO_ORIGIN : [origin], assuming: NO_ASSUMPTIONS },
];

export const cannotTell = (why: string, facts: Omit<Unknown, 'kind' | 'why'> = {}): Alternatives => [
  alternative(unknown(why, facts)),
];

/** Joins reasoning steps, each told once. */
export function steps(first: readonly string[], second: readonly string[]): readonly string[] {
  if (first.length === 0 || first === second) return second;
  if (second.length === 0) return first;
  const added = second.filter((step) => !first.includes(step));
  return added.length === 0 ? first : [...first, ...added].slice(0, LIMITS.originSteps);
}

/** `inner` under the choices and with the reasoning of `outer`; undefined when they exclude each other. */
export function under<V>(outer: Alternative<unknown>, inner: Alternative<V>): Alternative<V> | undefined {
  const assumed = together(outer.assuming, inner.assuming);
  return assumed && { value: inner.value, origin: steps(outer.origin, inner.origin), assuming: assumed };
}

/** Continues from every alternative; contradictory choices fall away. */
export function then<V, W>(
  from: readonly Alternative<V>[],
  next: (value: V) => readonly Alternative<W>[],
): Alternative<W>[] {
  return from.flatMap((outer) => next(outer.value).flatMap((inner) => under(outer, inner) ?? []));
}

/** Puts a reasoning step in front of each alternative. */
export const because = <V>(step: string, alternatives: readonly Alternative<V>[]): Alternative<V>[] =>
  alternatives.map((each) => ({ ...each, origin: steps([step], each.origin) }));

/** Every consistent combination of one value from each part; `complete` is false when there were too many to keep. */
export function combinations(parts: readonly Alternatives[]): {
  readonly rows: readonly Alternative<Value[]>[];
  readonly complete: boolean;
} {
  let rows: Alternative<Value[]>[] = [alternative([])];
  let complete = true;
  for (const part of parts) {
    const only = part.length === 1 ? part[0]! : undefined;
    if (only && only.assuming.size === 0) {
      // The usual case, and the reason long joins stay linear: nothing to choose, so nothing to copy.
      for (const row of rows) row.value.push(only.value);
      if (only.origin.length > 0) rows = rows.map((row) => ({ ...row, origin: steps(row.origin, only.origin) }));
      continue;
    }
    const next: Alternative<Value[]>[] = [];
    for (const row of rows) {
      for (const choice of part) {
        const joined = under(row, choice);
        if (!joined) continue;
        if (next.length >= LIMITS.possibleValues) {
          complete = false;
          break;
        }
        next.push({ ...joined, value: [...row.value, choice.value] });
      }
    }
    rows = next;
  }
  return { rows, complete };
}

/** Continues from every combination of parts, with an unknown beside them when there were too many combinations. */
export function combineThen(
  parts: readonly Alternatives[],
  next: (values: readonly Value[]) => Alternatives,
): Alternatives {
  const { rows, complete } = combinations(parts);
  const found = rows.flatMap((row) => next(row.value).flatMap((each) => under(row, each) ?? []));
  return complete ? found : [...found, ...tooMany()];
}

/** Combines parts into new values. */
export const combine = (parts: readonly Alternatives[], build: (values: readonly Value[]) => Value): Alternatives =>
  combineThen(parts, (values) => certain(build(values)));

const tooMany = (): Alternatives => cannotTell(`too many possible values (> ${LIMITS.possibleValues})`);

/** Bounds a set. Equal texts are told once before anything is given up; what is given up leaves an unknown. */
export function bounded(alternatives: Alternatives): Alternatives {
  if (alternatives.length <= LIMITS.possibleValues) return alternatives;
  const byText = new Map<string, Alternative>();
  const others: Alternative[] = [];
  for (const each of alternatives) {
    if (each.value.kind !== 'text') {
      if (others.length < LIMITS.possibleValues) others.push(each);
      continue;
    }
    const known = byText.get(each.value.text);
    byText.set(each.value.text, known ? { ...known, assuming: inCommon(known.assuming, each.assuming) } : each);
  }
  const all = [...byText.values(), ...others];
  const lost = all.length > LIMITS.possibleValues || others.length === LIMITS.possibleValues;
  return lost ? [...all.slice(0, LIMITS.keptOfTooMany), ...tooMany()] : all;
}

const present = (each: Alternative): each is Possible => each.value.kind !== 'absent';

const NEVER: Slot['absentWhen'] = [];

/** A place in a list or map, from the alternatives of what stands there. */
export function slotOf(alternatives: Alternatives): Slot {
  // The usual case by far, in templates of ten thousand resources: one value, nothing to choose.
  if (alternatives.length === 1 && present(alternatives[0]!)) {
    return { possible: alternatives as readonly Possible[], optional: false, absentWhen: NEVER };
  }
  const possible = alternatives.filter(present);
  if (possible.length === alternatives.length) return { possible, optional: false, absentWhen: NEVER };
  return {
    possible,
    optional: true,
    absentWhen: alternatives.filter((each) => !present(each)).map((each) => each.assuming),
  };
}
