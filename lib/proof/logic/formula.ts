/**
 * Boolean formulas over tests. Equal formulas are one object, so that a search recognises what it has refuted before.
 */
import type { Atom } from './atom';

interface Common {
  readonly id: number;
}

export type Formula = Common &
  (
    | { readonly kind: 'constant'; readonly value: boolean }
    | { readonly kind: 'atom'; readonly atom: Atom }
    | { readonly kind: 'not'; readonly part: Formula }
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  );

type Junction = 'and' | 'or';

let nextId = 2;
export const TRUE: Formula = { id: 0, kind: 'constant', value: true };
export const FALSE: Formula = { id: 1, kind: 'constant', value: false };

/** What is remembered of one `forgetting`: formulas by what they are made of, and what was worked out of them. */
interface Memory {
  readonly formulas: Map<string, Formula>;
  readonly workedOut: WeakMap<object, WeakMap<object, unknown>>;
}

const blank = (): Memory => ({ formulas: new Map(), workedOut: new WeakMap() });

/** The innermost of nested `forgetting`s last. */
const memories: Memory[] = [blank()];

function interned(key: string, make: (id: number) => Formula): Formula {
  for (const { formulas } of memories) {
    const formula = formulas.get(key);
    if (formula) return formula;
  }
  const formula = make(nextId++);
  memories.at(-1)!.formulas.set(key, formula);
  return formula;
}

/**
 * Runs `work` and then forgets the formulas made in it, so that thousands of proofs in one process stay small. No formula
 * made inside may be used afterwards together with new ones.
 */
export function forgetting<T>(work: () => T): T {
  memories.push(blank());
  try {
    return work();
  } finally {
    memories.pop();
  }
}

const ALONE: object = {};

/** What is worked out of these two, or of the first alone, once as long as the formulas in it are remembered. */
export function once<T>(make: () => T, of: object, and: object = ALONE): T {
  for (const { workedOut } of memories) {
    const before = workedOut.get(of);
    if (before?.has(and)) return before.get(and) as T;
  }
  const made = make();
  const { workedOut } = memories.at(-1)!;
  const here = workedOut.get(of) ?? new WeakMap<object, unknown>();
  workedOut.set(of, here.set(and, made));
  return made;
}

export const test = (atom: Atom): Formula => interned(`a${atom.id}`, (id) => ({ id, kind: 'atom', atom }));

export function not(part: Formula): Formula {
  if (part.kind === 'constant') return part.value ? FALSE : TRUE;
  if (part.kind === 'not') return part.part;
  return interned(`n${part.id}`, (id) => ({ id, kind: 'not', part }));
}

function junction(kind: Junction, given: readonly Formula[]): Formula {
  const neutral = kind === 'and' ? TRUE : FALSE;
  const absorbing = kind === 'and' ? FALSE : TRUE;
  const byId = new Map<number, Formula>();
  for (const part of given) {
    if (part === absorbing) return absorbing;
    if (part === neutral) continue;
    if (part.kind === kind) for (const inner of part.parts) byId.set(inner.id, inner);
    else byId.set(part.id, part);
  }
  for (const part of byId.values()) if (part.kind === 'not' && byId.has(part.part.id)) return absorbing;
  // In one order, so that equal junctions are one.
  const parts = [...byId.values()].sort((a, b) => a.id - b.id);
  if (parts.length === 0) return neutral;
  if (parts.length === 1) return parts[0]!;
  return interned(`${kind}${parts.map((p) => p.id).join()}`, (id) => ({ id, kind, parts }));
}

export const and = (...parts: readonly Formula[]): Formula => junction('and', parts);
export const or = (...parts: readonly Formula[]): Formula => junction('or', parts);
export const implies = (premise: Formula, conclusion: Formula): Formula => or(not(premise), conclusion);
export const equivalent = (a: Formula, b: Formula): Formula => and(implies(a, b), implies(b, a));

/** Whether the formula holds when each test is answered. */
export function evaluate(formula: Formula, answer: (atom: Atom) => boolean): boolean {
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'atom':
      return answer(formula.atom);
    case 'not':
      return !evaluate(formula.part, answer);
    case 'and':
      return formula.parts.every((part) => evaluate(part, answer));
    case 'or':
      return formula.parts.some((part) => evaluate(part, answer));
  }
}

/** Every test of the formulas, by variable. */
export function testsByVariable(formulas: Iterable<Formula>): ReadonlyMap<string, readonly Atom[]> {
  const atoms = new Map<string, Map<string, Atom>>();
  const seen = new Set<number>();
  const visit = (part: Formula): void => {
    if (seen.has(part.id)) return;
    seen.add(part.id);
    if (part.kind === 'atom') {
      const { variable, id } = part.atom;
      atoms.set(variable, (atoms.get(variable) ?? new Map<string, Atom>()).set(id, part.atom));
    } else if (part.kind === 'not') visit(part.part);
    else if (part.kind !== 'constant') part.parts.forEach(visit);
  };
  for (const formula of formulas) visit(formula);
  return new Map([...atoms].map(([variable, found]) => [variable, [...found.values()]]));
}
