/** What becomes of a mutant: noticed by an invariant, held by other statements, or allowing what a reviewer has explained. */
import { INVARIANTS } from '../../../lib/proof';
import { authorization } from '../../../lib/proof/authorization';
import { requestLines } from '../../../lib/proof/counter-example';
import { encodeStatement } from '../../../lib/proof/encode/statement';
import type { Invariant } from '../../../lib/proof/invariants/invariant';
import { FALSE, and, forgetting, not } from '../../../lib/proof/logic/formula';
import type { Formula } from '../../../lib/proof/logic/formula';
import type { EnclavePolicies } from '../../../lib/proof/policy/enclave-policies';
import { answering, formulasOf } from '../../../lib/proof/prove';
import type { Answer } from '../../../lib/proof/prove';
import { goesThrough, questionOf } from '../../../lib/proof/question';
import type { Part, Question } from '../../../lib/proof/question';
import type { Scope } from '../../../lib/proof/scope';
import { alone, changed } from './mutants';
import type { MutatedStatement } from './mutants';
import type { Places } from './places';
import { REVIEWED, reviewOf } from './reviewed';
import type { Review } from './reviewed';
import type { Weakening } from './weakenings';

export type Fate =
  | { readonly kind: 'refuted'; readonly by: string }
  /** Nothing is allowed that was denied: these statements and facts still hold what the statement held. */
  | { readonly kind: 'held'; readonly by: readonly string[] }
  /** It allows at most what the review says; all else is held by these statements. */
  | { readonly kind: 'reviewed'; readonly review: Review; readonly elsewhere: readonly string[] }
  | { readonly kind: 'unexplained'; readonly request: readonly (readonly [string, string])[]; readonly at: string };

export interface Tried {
  readonly statement: string;
  readonly what: string;
  readonly fate: Fate;
}

/** An invariant at a place, and the denials that suffice to prove it there. */
interface Known {
  readonly question: Question;
  readonly leansOn: ReadonlySet<string>;
}

/** Tries mutants of given statements; classes of values are found once for all of them. */
export class Trial {
  private readonly answerTo: ReturnType<typeof answering>;
  private readonly known: readonly Known[];

  /** Call it, and `of`, within one `forgetting`. */
  constructor(policies: EnclavePolicies, { all }: Places, statements: readonly MutatedStatement[]) {
    const names = new Set(all.map(({ name }) => name));
    const questions = INVARIANTS.flatMap((invariant) =>
      invariant
        .scopes(policies)
        .filter(({ name }) => names.has(name))
        .map((scope) => questionOf(invariant, scope)),
    );
    this.answerTo = answering(
      [
        ...questions.flatMap(formulasOf),
        ...all.flatMap((place) => goesThrough(place).map(({ formula }) => formula)),
        ...statements.flatMap(({ document, mutants }) =>
          mutants.flatMap(({ statement }) => {
            if (!statement) return [];
            const { directly, byAccount, applies } = encodeStatement(document, statement);
            return [directly, byAccount, applies];
          }),
        ),
        ...REVIEWED.flatMap(({ allowsOnly }) => all.map(allowsOnly)),
      ],
      policies,
    );
    // No other statement's weakening can refute what does not lean on it.
    this.known = questions.map((question) => {
      const answer = this.answerTo(question, { leansOn: 'used' });
      if (answer.verdict === 'refuted') throw new Error(`${question.invariant.slug} does not hold as shipped`);
      const denials = answer.leansOn?.flatMap(({ closing, name }) => (closing === 'denied by' ? [name] : []));
      return { question, leansOn: new Set(denials) };
    });
  }

  of(mutated: MutatedStatement): readonly Tried[] {
    return mutated.mutants.map((mutant) => ({
      statement: mutated.name,
      what: mutant.what,
      fate: forgetting(() => this.fateOf(mutated, mutant)),
    }));
  }

  private fateOf(mutated: MutatedStatement, mutant: Weakening): Fate {
    const holding = new Set<string>();
    let open: (Answer & { verdict: 'refuted' }) | undefined;
    for (const place of mutated.places) {
      const answer = this.answerTo(gapAt(place, mutated, mutant), { leansOn: 'needed' });
      if (answer.verdict === 'refuted') {
        open = answer;
        break;
      }
      for (const part of answer.leansOn ?? []) for (const name of holder(part)) holding.add(name);
    }
    if (!open) return { kind: 'held', by: told(holding) };
    const noticed = this.testsOf(mutated, mutant).find((test) => this.answerTo(test).verdict === 'refuted');
    if (noticed) return { kind: 'refuted', by: noticed.invariant.slug };
    const review = reviewOf(mutated.name, mutant.what);
    const elsewhere = review && this.heldWithout(mutated, mutant, review);
    if (review && elsewhere) return { kind: 'reviewed', review, elsewhere };
    return { kind: 'unexplained', request: requestLines(open.request), at: open.scope };
  }

  /** What holds everything but that which the review explains; undefined when something else goes through too. */
  private heldWithout(mutated: MutatedStatement, mutant: Weakening, review: Review): readonly string[] | undefined {
    const holding = new Set<string>();
    for (const place of mutated.places) {
      const rest = gapAt(place, mutated, mutant, not(review.allowsOnly(place)));
      const answer = this.answerTo(rest, { leansOn: 'needed' });
      if (answer.verdict === 'refuted') return undefined;
      for (const part of answer.leansOn ?? []) for (const name of holder(part)) holding.add(name);
    }
    return [...holding].filter((name) => !name.startsWith('fact: ')).sort();
  }

  /** The invariants that the mutant could refute. What must not happen is what must not happen as shipped. */
  private testsOf(mutated: MutatedStatement, mutant: Weakening): readonly Question[] {
    return this.known.flatMap(({ question, leansOn }) => {
      const { scope, invariant, parts } = question;
      const decides =
        mutated.statement.effect === 'Deny'
          ? leansOn.has(mutated.name)
          : mutated.places.some(({ name }) => name === scope.name);
      if (!decides) return [];
      return [{ invariant, scope, parts: [parts[0]!, ...weakenedParts(scope, mutated, mutant).parts] }];
    });
  }
}

/** What says that a request goes through with the mutant, and the requests that the statement stopped and it does not. */
function weakenedParts(
  place: Scope,
  mutated: MutatedStatement,
  mutant: Weakening,
): { readonly parts: readonly Part[]; readonly opened: Formula } {
  const parts = goesThrough(place);
  if (mutated.statement.effect === 'Allow') {
    const now = goesThrough(mutated.at(place, changed(mutated, mutant), false));
    return { parts: now, opened: not(authorization(place).granted) };
  }
  const left = authorization(mutated.at(place, alone(mutated, mutant), true)).denials.get(mutated.name) ?? FALSE;
  const before = parts.find(({ closing, name }) => closing === 'denied by' && name === mutated.name);
  if (!before) return { parts, opened: FALSE };
  return {
    parts: parts.map((part) => (part === before ? { ...part, formula: not(left) } : part)),
    opened: and(not(before.formula), not(left)),
  };
}

function gapAt(place: Scope, mutated: MutatedStatement, mutant: Weakening, also?: Formula): Question {
  const { parts, opened } = weakenedParts(place, mutated, mutant);
  const formula = also ? and(opened, also) : opened;
  return {
    invariant: NOTHING_NEW,
    scope: place,
    parts: [{ closing: 'allowed by the invariant', name: '', formula }, ...parts],
  };
}

const NOTHING_NEW: Invariant = {
  slug: 'allows-nothing-new',
  sentence: 'No call goes through that the policies as shipped deny.',
  scopes: () => [],
  without: '',
  violation: () => FALSE,
};

/** What holds a case, for people; what is so by definition of the question is left out. */
function holder({ closing, name }: Pick<Part, 'closing' | 'name'>): readonly string[] {
  if (closing === 'denied by') return [name];
  if (closing === 'granted by nothing') return ['nothing grants it'];
  return /^the request is about|^every caller is of one family|^the family says/.test(name) ? [] : [`fact: ${name}`];
}

/** Statements first; facts about callers are told only where no statement is. */
function told(holding: ReadonlySet<string>): readonly string[] {
  const all = [...holding].sort();
  const statements = all.filter((name) => !name.startsWith('fact: '));
  if (statements.length > 0) return statements;
  return all.length > 0 ? all : ['the change means nothing: what is left says the same'];
}
