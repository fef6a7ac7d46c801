/** Proves or refutes invariants over the policies of an assembly. */
import { decisionTree } from './decision-tree';
import type { TreeNode } from './decision-tree';
import { familiarValues } from './familiar';
import type { Invariant } from './invariants/invariant';
import { holds } from './logic/atom';
import type { RequestValue } from './logic/atom';
import { everyIs, is, present, someIs } from './encode/tests';
import { Classes } from './logic/classes';
import { and, evaluate, forgetting, not, testsByVariable } from './logic/formula';
import type { Formula } from './logic/formula';
import { certifies, decide } from './logic/search';
import type { EnclavePolicies } from './policy/enclave-policies';
import { questionOf } from './question';
import type { Part, Question } from './question';

export interface Proof {
  readonly verdict: 'proved';
  readonly scope: string;
  /** Case distinctions of the certificate, which has been checked. */
  readonly splits: number;
  readonly tree?: TreeNode;
  /** Denials (policy and Sid) that suffice for the proof, when asked for. */
  readonly leansOn?: readonly string[];
}

export interface Refutation {
  readonly verdict: 'refuted';
  readonly scope: string;
  /** A request that goes through and must not. Keys that do not matter are left out; undefined says the key is absent. */
  readonly request: ReadonlyMap<string, RequestValue>;
}

export type Answer = Proof | Refutation;

export interface InvariantResult {
  readonly slug: string;
  readonly sentence: string;
  readonly answers: readonly Answer[];
  /** Set when the assembly has nothing that the invariant is about. */
  readonly notApplicable?: string;
}

export interface ProofReport {
  readonly policies: EnclavePolicies;
  readonly results: readonly InvariantResult[];
  readonly holds: boolean;
}

export interface ProveOptions {
  /** Keep the decision tree of each proof. */
  readonly trees?: boolean;
  /** Find which denials suffice for each proof. */
  readonly leansOn?: boolean;
  /**
   * Called with every question once it is answered, for export. `formula` is what a second opinion is asked: of a proof only
   * the statements that suffice (fewer make the claim stronger and the answer sooner), of a refutation the request found.
   */
  readonly onAnswer?: (question: Question, formula: Formula, verdict: Answer['verdict']) => void;
}

/** @throws ProofRefusal when a policy is not understood */
export function prove(
  policies: EnclavePolicies,
  invariants: readonly Invariant[],
  options: ProveOptions = {},
): ProofReport {
  return forgetting(() => {
    const asked = invariants.map((invariant) => ({
      invariant,
      questions: invariant.scopes(policies).map((scope) => questionOf(invariant, scope)),
    }));
    const formulas = asked.flatMap(({ questions }) => questions.map(({ formula }) => formula));
    const classes = new Classes(formulas, familiarValues(policies));
    const results = asked.map(({ invariant: { slug, sentence, without }, questions }) => ({
      slug,
      sentence,
      answers: questions.map((question) => forgetting(() => answer(question, classes, options))),
      ...(questions.length === 0 ? { notApplicable: without } : {}),
    }));
    return {
      policies,
      results,
      holds: results.every(({ answers }) => answers.every(({ verdict }) => verdict === 'proved')),
    };
  });
}

function answer(
  question: Question,
  classes: Classes,
  { trees = false, leansOn = false, onAnswer }: ProveOptions,
): Answer {
  const scope = question.scope.name;
  const outcome = decide(question.formula, classes);
  if (outcome.satisfiable) {
    onAnswer?.(question, and(question.formula, ...asFound(outcome.request, question.formula)), 'refuted');
    return { verdict: 'refuted', scope, request: telling(outcome.request, question) };
  }
  if (!certifies(outcome.certificate, question.formula, classes))
    throw new Error(`the certificate of ${question.invariant.slug} for ${scope} does not hold`);
  const sufficient = leansOn || onAnswer ? core(question, classes) : undefined;
  if (sufficient) onAnswer?.(question, and(...sufficient.map(({ formula }) => formula)), 'proved');
  return {
    verdict: 'proved',
    scope,
    splits: outcome.certificate.size,
    ...(trees ? { tree: decisionTree(question, classes) } : {}),
    ...(leansOn && sufficient
      ? { leansOn: sufficient.filter(({ closing }) => closing === 'denied by').map(({ name }) => name) }
      : {}),
  };
}

/**
 * As few parts as contradict each other: starting from the violation, each request that still goes through adds a premise,
 * denial or missing grant that stops it; then whatever turns out not to be needed is taken away again.
 */
function core({ parts }: Question, classes: Classes): readonly Part[] {
  const contradict = (some: readonly Part[]): boolean =>
    !decide(and(...some.map((part) => part.formula)), classes).satisfiable;
  const always = parts.filter(({ closing }) => closing === 'allowed by the invariant');
  let chosen = [...always];
  for (;;) {
    const outcome = decide(and(...chosen.map((part) => part.formula)), classes);
    if (!outcome.satisfiable) break;
    const stops = (part: Part): boolean =>
      !chosen.includes(part) && !evaluate(part.formula, (atom) => holds(atom, outcome.request.get(atom.variable)));
    const stopping = parts.find(stops);
    if (!stopping) return parts;
    chosen.push(stopping);
  }
  for (const part of chosen.slice(always.length)) {
    const without = chosen.filter((other) => other !== part);
    if (contradict(without)) chosen = without;
  }
  return chosen;
}

/** The texts and absences of a request, so that a second opinion need only check it. */
function asFound(request: ReadonlyMap<string, RequestValue>, formula: Formula): readonly Formula[] {
  const tests = testsByVariable(formula);
  return [...request].flatMap(([variable, value]) => {
    if (value === undefined) return [not(present(variable))];
    const asText = tests.get(variable)?.every(({ predicate }) => !/^(number|address)$/.test(predicate.kind));
    if (asText !== true) return [];
    if (typeof value === 'string') return [is(variable, value)];
    return [everyIs(variable, value), ...value.map((one) => someIs(variable, one))];
  });
}

/** The request without the absent keys that no policy and no invariant asks about. */
function telling(request: ReadonlyMap<string, RequestValue>, { parts }: Question): ReadonlyMap<string, RequestValue> {
  const asked = new Set(parts.filter((p) => p.closing !== 'cannot happen').flatMap((p) => [...p.formula.variables]));
  return new Map([...request].filter(([variable, value]) => value !== undefined || asked.has(variable)));
}
