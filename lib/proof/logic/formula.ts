/**
 * Boolean formulas over tests. Equal formulas are one object, so that a search recognises what it has refuted before.
 */
import type { Atom } from './atom';

interface Common {
  readonly id: number;
  readonly variables: ReadonlySet<string>;
  readonly size: number;
}

export type Formula = Common &
  (
    | { readonly kind: 'constant'; readonly value: boolean }
    | { readonly kind: 'atom'; readonly atom: Atom }
    | { readonly kind: 'not'; readonly part: Formula }
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  );

type Junction = 'and' | 'or';

const NO_VARIABLES: ReadonlySet<string> = new Set();
let nextId = 2;
export const TRUE: Formula = { id: 0, kind: 'constant', value: true, variables: NO_VARIABLES, size: 1 };
export const FALSE: Formula = { id: 1, kind: 'constant', value: false, variables: NO_VARIABLES, size: 1 };

/** Formulas by what they are made of; the innermost of nested `forgetting`s last. */
const known: Map<string, Formula>[] = [new Map()];

function interned(key: string, make: (id: number) => Formula): Formula {
  for (const formulas of known) {
    const formula = formulas.get(key);
    if (formula) return formula;
  }
  const formula = make(nextId++);
  known.at(-1)!.set(key, formula);
  return formula;
}

/**
 * Runs `work` and then forgets the formulas made in it, so that thousands of proofs in one process stay small. No formula
 * made inside may be used afterwards together with new ones.
 */
export function forgetting<T>(work: () => T): T {
  known.push(new Map());
  try {
    return work();
  } finally {
    known.pop();
  }
}

/** What formulas made now are remembered in: they may be used while it is `stillKnown`. */
export const memory = (): object => known.at(-1)!;
export const stillKnown = (made: object): boolean => known.some((formulas) => formulas === made);

export const test = (atom: Atom): Formula =>
  interned(`a${atom.id}`, (id) => ({ id, kind: 'atom', atom, variables: new Set([atom.variable]), size: 1 }));

export function not(part: Formula): Formula {
  if (part.kind === 'constant') return part.value ? FALSE : TRUE;
  if (part.kind === 'not') return part.part;
  return interned(`n${part.id}`, (id) => ({
    id,
    kind: 'not',
    part,
    variables: part.variables,
    size: part.size + 1,
  }));
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
  // The smallest first: one that decides the whole is found before the others are looked at.
  const parts = [...byId.values()].sort((a, b) => a.size - b.size || a.id - b.id);
  if (parts.length === 0) return neutral;
  if (parts.length === 1) return parts[0]!;
  return interned(`${kind}${parts.map((p) => p.id).join()}`, (id) => {
    const variables = new Set<string>();
    let size = 1;
    for (const part of parts) {
      for (const variable of part.variables) variables.add(variable);
      size += part.size;
    }
    return { id, kind, parts, variables, size };
  });
}

export const and = (...parts: readonly Formula[]): Formula => junction('and', parts);
export const or = (...parts: readonly Formula[]): Formula => junction('or', parts);
export const implies = (premise: Formula, conclusion: Formula): Formula => or(not(premise), conclusion);
export const equivalent = (a: Formula, b: Formula): Formula => and(implies(a, b), implies(b, a));

/** The formula once a variable is decided: each of its tests becomes what `truth` says of it. */
export function given(
  formula: Formula,
  variable: string,
  truth: (atom: Atom) => boolean,
  done = new Map<number, Formula>(),
): Formula {
  if (!formula.variables.has(variable)) return formula;
  const before = done.get(formula.id);
  if (before) return before;
  let result: Formula;
  switch (formula.kind) {
    case 'constant':
      result = formula;
      break;
    case 'atom':
      result = truth(formula.atom) ? TRUE : FALSE;
      break;
    case 'not':
      result = not(given(formula.part, variable, truth, done));
      break;
    case 'and':
    case 'or':
      result = givenParts(formula.kind, formula.parts, variable, truth, done);
  }
  done.set(formula.id, result);
  return result;
}

function givenParts(
  kind: Junction,
  parts: readonly Formula[],
  variable: string,
  truth: (atom: Atom) => boolean,
  done: Map<number, Formula>,
): Formula {
  const absorbing = kind === 'and' ? FALSE : TRUE;
  const left: Formula[] = [];
  for (const part of parts) {
    const next = given(part, variable, truth, done);
    if (next === absorbing) return absorbing;
    left.push(next);
  }
  return junction(kind, left);
}

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

/** Every test of the formula, by variable. */
export function testsByVariable(formula: Formula): ReadonlyMap<string, readonly Atom[]> {
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
  visit(formula);
  return new Map([...atoms].map(([variable, found]) => [variable, [...found.values()]]));
}

/** The tests of one variable in the formula, without looking where the variable does not occur. */
export function testsOf(formula: Formula, variable: string): readonly Atom[] {
  const atoms = new Map<string, Atom>();
  const seen = new Set<number>();
  const visit = (part: Formula): void => {
    if (seen.has(part.id) || !part.variables.has(variable)) return;
    seen.add(part.id);
    if (part.kind === 'atom') atoms.set(part.atom.id, part.atom);
    else if (part.kind === 'not') visit(part.part);
    else if (part.kind !== 'constant') part.parts.forEach(visit);
  };
  visit(formula);
  return [...atoms.values()];
}
