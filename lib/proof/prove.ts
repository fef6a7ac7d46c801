/** Proves or refutes invariants over the policies of an assembly. */
import { decisionTree } from './decision-tree';
import type { TreeNode } from './decision-tree';
import { familiarValues } from './familiar';
import type { Invariant } from './invariants/invariant';
import type { RequestValue } from './logic/atom';
import { everyIs, is, present, someIs } from './encode/tests';
import { certifies, stepsOf, usedBy } from './logic/certificate';
import { and, forgetting, not, testsByVariable } from './logic/formula';
import type { Formula } from './logic/formula';
import { RequestSpace } from './logic/request-space';
import { decide } from './logic/search';
import type { Step } from './logic/search';
import type { EnclavePolicies } from './policy/enclave-policies';
import { questionOf } from './question';
import type { Part, Question } from './question';

export interface Proof {
  readonly verdict: 'proved';
  readonly scope: string;
  /** Steps of the certificate, which has been checked. */
  readonly steps: number;
  readonly tree?: TreeNode;
  /** Denials, missing grants and premises that suffice for the proof, when asked for. */
  readonly leansOn?: readonly Pick<Part, 'closing' | 'name'>[];
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
  /** Say what suffices for each proof: `used`: what the certificate uses; `needed`: as little of it as contradicts itself. */
  readonly leansOn?: 'used' | 'needed';
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
    const answerTo = answering(
      asked.flatMap(({ questions }) => questions.flatMap(formulasOf)),
      policies,
    );
    const results = asked.map(({ invariant: { slug, sentence, without }, questions }) => ({
      slug,
      sentence,
      answers: questions.map((question) => answerTo(question, options)),
      ...(questions.length === 0 ? { notApplicable: without } : {}),
    }));
    return {
      policies,
      results,
      holds: results.every(({ answers }) => answers.every(({ verdict }) => verdict === 'proved')),
    };
  });
}

/**
 * How to answer questions, whose classes of values are found together.
 * @param formulas every test in a question to be answered is in one of them
 * @param policies where well-known values to show are taken from
 */
export function answering(
  formulas: Iterable<Formula>,
  policies: EnclavePolicies,
): (question: Question, options?: ProveOptions) => Answer {
  const space = new RequestSpace(formulas, familiarValues(policies));
  return (question, options = {}) => answer(question, space, options);
}

/** Everything that is required of a request that answers the question. */
export const formulasOf = ({ parts }: Question): readonly Formula[] => parts.map(({ formula }) => formula);

function answer(question: Question, space: RequestSpace, { trees = false, leansOn, onAnswer }: ProveOptions): Answer {
  const scope = question.scope.name;
  const formulas = formulasOf(question);
  const outcome = decide(formulas, space);
  if (outcome.satisfiable) {
    onAnswer?.(question, and(...formulas, ...asFound(outcome.request, formulas)), 'refuted');
    return { verdict: 'refuted', scope, request: telling(outcome.request, question) };
  }
  if (!certifies(outcome.certificate, formulas, space))
    throw new Error(`the certificate of ${question.invariant.slug} for ${scope} does not hold`);
  const sufficient = leansOn || onAnswer ? core(question, outcome.certificate, space, leansOn !== 'used') : undefined;
  if (sufficient) onAnswer?.(question, and(...sufficient.map(({ formula }) => formula)), 'proved');
  return {
    verdict: 'proved',
    scope,
    steps: stepsOf(outcome.certificate),
    ...(trees ? { tree: decisionTree(question, outcome.certificate, space) } : {}),
    ...(leansOn && sufficient
      ? {
          leansOn: sufficient
            .filter(({ closing }) => closing !== 'allowed by the invariant')
            .map(({ closing, name }) => ({ closing, name })),
        }
      : {}),
  };
}

/** Parts that contradict each other: those that the certificate uses, when asked without those that turn out not to be needed. */
function core({ parts }: Question, certificate: Step, space: RequestSpace, fewest: boolean): readonly Part[] {
  let chosen = [...usedBy(certificate)].sort((a, b) => a - b).map((number) => parts[number]!);
  if (!fewest) return chosen;
  for (const part of chosen) {
    if (part.closing === 'allowed by the invariant') continue;
    const without = chosen.filter((other) => other !== part);
    const outcome = decide(
      without.map(({ formula }) => formula),
      space,
    );
    if (!outcome.satisfiable) chosen = without;
  }
  return chosen;
}

/** The texts and absences of a request, so that a second opinion need only check it. */
function asFound(request: ReadonlyMap<string, RequestValue>, formulas: readonly Formula[]): readonly Formula[] {
  const tests = testsByVariable(formulas);
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
  const asked = testsByVariable(parts.filter((p) => p.closing !== 'cannot happen').map(({ formula }) => formula));
  return new Map([...request].filter(([variable, value]) => value !== undefined || asked.has(variable)));
}
