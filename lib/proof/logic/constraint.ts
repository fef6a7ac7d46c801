/** What a formula says of classes: "the value of this variable is in one of these", joined by all and any. */
import { join, meet, minus, overlaps, within } from './subset';
import type { Subset } from './subset';

export interface In {
  readonly kind: 'in';
  /** Number of the variable. */
  readonly variable: number;
  readonly set: Subset;
}

export interface Joined {
  readonly kind: 'all' | 'any';
  /** Tests of single variables first, then the smallest. */
  readonly parts: readonly Constraint[];
  readonly variables: readonly number[];
  readonly size: number;
}

export type Constraint = { readonly kind: 'always' | 'never' } | In | Joined;

export const ALWAYS: Constraint = { kind: 'always' };
export const NEVER: Constraint = { kind: 'never' };

/** For each variable, by its number, the classes that are still possible. */
export type Box = readonly Subset[];

export const sizeOf = (constraint: Constraint): number => ('size' in constraint ? constraint.size : 1);
export const variablesOf = (constraint: Constraint): readonly number[] =>
  constraint.kind === 'in' ? [constraint.variable] : 'variables' in constraint ? constraint.variables : [];

/** A test of one variable. @param full all classes of the variable */
export function inOneOf(variable: number, set: Subset, full: Subset): Constraint {
  if (!overlaps(full, set)) return NEVER;
  return within(full, set) ? ALWAYS : { kind: 'in', variable, set };
}

/** Tests of one variable become one test. @param full all classes of each variable */
export function joined(kind: Joined['kind'], given: readonly Constraint[], full: Box): Constraint {
  const neutral = kind === 'all' ? 'always' : 'never';
  const tests = new Map<number, Subset>();
  const others = new Set<Joined>();
  const take = (part: Constraint): boolean => {
    if (part.kind === 'in') {
      const before = tests.get(part.variable);
      tests.set(part.variable, before ? (kind === 'all' ? meet : join)(before, part.set) : part.set);
      return true;
    }
    if (!('parts' in part)) return part.kind === neutral;
    if (part.kind === kind) return part.parts.every(take);
    others.add(part);
    return true;
  };
  const absorbing = kind === 'all' ? NEVER : ALWAYS;
  if (!given.every(take)) return absorbing;
  const single: Constraint[] = [];
  for (const [variable, set] of [...tests].sort(([a], [b]) => a - b)) {
    const test = inOneOf(variable, set, full[variable]!);
    if (test === absorbing) return absorbing;
    if (test.kind === 'in') single.push(test);
  }
  const parts = [...single, ...[...others].sort((a, b) => a.size - b.size)];
  if (parts.length === 0) return kind === 'all' ? ALWAYS : NEVER;
  if (parts.length === 1) return parts[0]!;
  return {
    kind,
    parts,
    variables: [...new Set(parts.flatMap(variablesOf))],
    size: parts.reduce((sum, part) => sum + sizeOf(part), 1),
  };
}

export function opposite(constraint: Constraint, full: Box): Constraint {
  switch (constraint.kind) {
    case 'always':
      return NEVER;
    case 'never':
      return ALWAYS;
    case 'in':
      return { ...constraint, set: minus(full[constraint.variable]!, constraint.set) };
    default:
      return joined(
        constraint.kind === 'all' ? 'any' : 'all',
        constraint.parts.map((part) => opposite(part, full)),
        full,
      );
  }
}

/** Whether the constraint holds of every request in the box, of none, or of some (`open`, which may also be said of none). */
export function standing(constraint: Constraint, box: Box): 'always' | 'never' | 'open' {
  switch (constraint.kind) {
    case 'always':
    case 'never':
      return constraint.kind;
    case 'in': {
      const possible = box[constraint.variable]!;
      if (!overlaps(possible, constraint.set)) return 'never';
      return within(possible, constraint.set) ? 'always' : 'open';
    }
    case 'all':
    case 'any': {
      const decisive = constraint.kind === 'all' ? 'never' : 'always';
      let open = false;
      for (const part of constraint.parts) {
        const each = standing(part, box);
        if (each === decisive) return decisive;
        if (each === 'open') open = true;
      }
      return open ? 'open' : constraint.kind === 'all' ? 'always' : 'never';
    }
  }
}

/** The box once a constraint is taken to hold, and what of the constraint the box cannot say. */
export interface Assumed {
  readonly box: Box;
  /** Constraints of which at least one part must hold. */
  readonly open: readonly Joined[];
  /** Numbers of the variables whose classes became fewer. */
  readonly narrowed: readonly number[];
}

export function assume(constraint: Constraint, box: Box): Assumed {
  let next: Subset[] | undefined;
  const open: Joined[] = [];
  const narrowed = new Set<number>();
  const take = (part: Constraint): void => {
    if (part.kind === 'in') {
      const before = (next ?? box)[part.variable]!;
      if (within(before, part.set)) return;
      next ??= [...box];
      next[part.variable] = meet(before, part.set);
      narrowed.add(part.variable);
    } else if (part.kind === 'all') part.parts.forEach(take);
    else if (part.kind === 'any') open.push(part);
    else if (part.kind === 'never') throw new Error('nothing satisfies what is to be assumed');
  };
  take(constraint);
  return { box: next ?? box, open, narrowed: [...narrowed] };
}
