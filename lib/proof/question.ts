/** One question: can some request break this invariant here? With the parts it is made of, so that an answer can name them. */
import { authorization } from './authorization';
import type { Invariant } from './invariants/invariant';
import { not, once } from './logic/formula';
import type { Formula } from './logic/formula';
import { premises } from './premises';
import type { Scope } from './scope';

/** Why a case is closed when its part is false. */
export type Closing = 'allowed by the invariant' | 'cannot happen' | 'denied by' | 'granted by nothing';

export interface Part {
  readonly closing: Closing;
  /** The premise, or policy and Sid; empty for the others. */
  readonly name: string;
  readonly formula: Formula;
}

export interface Question {
  readonly invariant: Invariant;
  readonly scope: Scope;
  /** The request satisfies all of them: it breaks the invariant and goes through. The violation comes first. */
  readonly parts: readonly Part[];
}

/** @throws ProofRefusal */
export function questionOf(invariant: Invariant, scope: Scope): Question {
  const violation: Part = { closing: 'allowed by the invariant', name: '', formula: invariant.violation(scope) };
  return { invariant, scope, parts: [violation, ...goesThrough(scope)] };
}

/**
 * What says that a request happens and goes through here, whatever is asked about it. Many invariants ask about one place.
 * @throws ProofRefusal
 */
export const goesThrough = (scope: Scope): readonly Part[] =>
  once(() => {
    const { granted, denials } = authorization(scope);
    return [
      ...premises(scope).map(({ name, formula }): Part => ({ closing: 'cannot happen', name, formula })),
      ...[...denials].map(([name, formula]): Part => ({ closing: 'denied by', name, formula: not(formula) })),
      ...conjuncts(granted).map((formula): Part => ({ closing: 'granted by nothing', name: '', formula })),
    ];
  }, scope);

const conjuncts = (formula: Formula): readonly Formula[] => (formula.kind === 'and' ? formula.parts : [formula]);
