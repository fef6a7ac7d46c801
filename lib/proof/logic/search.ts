/**
 * Decides a formula by going through all combinations of value classes, never the same question twice. Small-model
 * search: no solver, no timeouts, and when nothing is found a certificate that can be checked without searching.
 */
import type { RequestValue } from './atom';
import type { Classes, ClassGroup } from './classes';
import { FALSE, TRUE, given } from './formula';
import type { Formula } from './formula';

/** One case split: which variable, and to which formula each class of it leads. */
export interface Split {
  readonly variable: string;
  readonly cases: readonly { readonly values: readonly RequestValue[]; readonly to: number }[];
}

/** Formula id → split. */
export type Certificate = ReadonlyMap<number, Split>;

export type Outcome =
  | { readonly satisfiable: false; readonly certificate: Certificate }
  | { readonly satisfiable: true; readonly request: ReadonlyMap<string, RequestValue> };

export interface Branch {
  readonly shown: ClassGroup['shown'];
  readonly values: readonly RequestValue[];
  readonly formula: Formula;
}

/** Who calls and what: almost every statement is about few actions, so little is left once these are decided. */
const FIRST = ['#family', '#action'];

/** The variable to split on: the one that decides the smallest open part. */
export function nextVariable(formula: Formula): string {
  const first = FIRST.find((variable) => formula.variables.has(variable));
  if (first !== undefined) return first;
  let part = formula;
  for (;;) {
    if (part.kind === 'atom') return part.atom.variable;
    if (part.kind === 'not') part = part.part;
    else if (part.kind === 'constant') throw new Error('a decided formula has no variable to split on');
    else
      part = part.parts.reduce((best, each) =>
        each.variables.size < best.variables.size ||
        (each.variables.size === best.variables.size && each.size < best.size)
          ? each
          : best,
      );
  }
}

/** The formulas that the classes of a variable lead to, each with the values that lead there. */
export function branches(formula: Formula, variable: string, classes: Classes): readonly Branch[] {
  const byFormula = new Map<number, { shown: Branch['shown']; values: RequestValue[]; formula: Formula }>();
  for (const group of classes.of(formula, variable)) {
    const next = given(formula, variable, (atom) => group.shown.truth.has(atom.id));
    const values = group.classes.map(({ value }) => value);
    const branch = byFormula.get(next.id);
    if (branch) branch.values.push(...values);
    else byFormula.set(next.id, { shown: group.shown, values, formula: next });
  }
  return [...byFormula.values()];
}

/** Whether some request satisfies the formula. @throws ProofRefusal */
export function decide(formula: Formula, classes: Classes): Outcome {
  const refuted = new Map<number, Split>();
  const request = new Map<string, RequestValue>();
  const search = (part: Formula): boolean => {
    if (part === TRUE) return true;
    if (part === FALSE || refuted.has(part.id)) return false;
    const variable = nextVariable(part);
    const open = branches(part, variable, classes);
    for (const branch of open) {
      request.set(variable, branch.shown.value);
      if (search(branch.formula)) return true;
    }
    request.delete(variable);
    refuted.set(part.id, { variable, cases: open.map(({ values, formula: to }) => ({ values, to: to.id })) });
    return false;
  };
  return search(formula) ? { satisfiable: true, request } : { satisfiable: false, certificate: refuted };
}

/** Checks a certificate: every split goes through all classes of its variable, and every branch ends in a contradiction. */
export function certifies(certificate: Certificate, formula: Formula, classes: Classes): boolean {
  const checked = new Set<number>();
  const check = (part: Formula): boolean => {
    if (part === FALSE || checked.has(part.id)) return true;
    const split = certificate.get(part.id);
    if (!split) return false;
    for (const group of classes.of(part, split.variable)) {
      const next = given(part, split.variable, (atom) => group.shown.truth.has(atom.id));
      const named = split.cases.find(({ to }) => to === next.id);
      if (!named || !group.classes.every(({ value }) => named.values.includes(value)) || !check(next)) return false;
    }
    checked.add(part.id);
    return true;
  };
  return check(formula);
}
