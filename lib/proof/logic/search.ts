/**
 * Decides whether some request satisfies all of a list of constraints, by cases: a constraint of which one part must hold
 * is taken part by part, each narrowing what is still possible. No solver, no timeouts, and when nothing is left a
 * certificate that is checked without searching.
 */
import { ProofRefusal } from '../refusal';
import type { RequestValue } from './atom';
import { assume, sizeOf, standing, variablesOf } from './constraint';
import type { Assumed, Box, Constraint } from './constraint';
import type { Formula } from './formula';
import type { RequestSpace } from './request-space';
import { members, minus, within } from './subset';

/** One step of a certificate: a constraint that must hold, and for each way in which it still can, why that way is closed. */
export interface Step {
  readonly constraint: Constraint;
  /** Number of the formula, of those asked about, that the constraint is part of. */
  readonly of: number;
  /** None: the constraint holds of nothing that is still possible. */
  readonly ways: readonly { readonly taken: Constraint; readonly then: Step }[];
}

export type Outcome =
  | { readonly satisfiable: false; readonly certificate: Step }
  /** Variables that may have any value are left out. */
  | { readonly satisfiable: true; readonly request: ReadonlyMap<string, RequestValue> };

/** More cases than this is no proof but a symptom; shipped policies need some hundred. */
const MOST_STEPS = 1_000_000;

/** Something that must hold, and of which formula it is part. */
interface Fact {
  readonly constraint: Constraint;
  readonly of: number;
  /** In which ways it still can, when that is known of the box it is looked at in. */
  readonly ways?: readonly Constraint[];
}

type OpenFact = Required<Fact>;

/** A closed case: its certificate, and the facts and variables that closing it rests on. */
interface Closed {
  readonly step: Step;
  readonly facts: Set<Constraint>;
  readonly variables: Set<number>;
}

/** A fact that could hold in one way only, and what followed from that. */
interface Forced {
  readonly fact: OpenFact;
  readonly assumed: Assumed;
}

/**
 * Whether some request satisfies all the formulas. Cases are made of the first formula first: put there what narrows most.
 * @throws ProofRefusal when there are too many cases
 */
export function decide(formulas: readonly Formula[], space: RequestSpace): Outcome {
  const facts = formulas.flatMap((formula, of): readonly Fact[] => {
    const constraint = space.constraint(formula);
    const parts = constraint.kind === 'all' ? constraint.parts : [constraint];
    return parts.map((part) => ({ constraint: part, of }));
  });
  const search = new Search();
  const closed = search.close(space.whole, facts, []);
  if (closed) return { satisfiable: false, certificate: closed.step };
  return { satisfiable: true, request: requestIn(mostFamiliar(facts, search.found!, space), space) };
}

/** Among the requests that satisfy everything, some with values that people know. */
function mostFamiliar(facts: readonly Fact[], found: Box, space: RequestSpace): Box {
  let start = space.whole;
  let best = found;
  for (const values of space.preferred)
    for (const { variable, set } of values) {
      const narrower = start.map((possible, number) => (number === variable ? set : possible));
      const search = new Search();
      if (search.close(narrower, facts, [])) continue;
      start = narrower;
      best = search.found!;
      break;
    }
  return best;
}

class Search {
  /** Requests that satisfy everything, once there are some. */
  found: Box | undefined;
  private steps = 0;

  /** @param changed variables of which the box says more than when the facts were looked at. Undefined: a request was found. */
  close(given: Box, facts: readonly Fact[], changed: readonly number[]): Closed | undefined {
    if (++this.steps > MOST_STEPS)
      throw new ProofRefusal(`more than ${MOST_STEPS} cases`, 'the search', 'Use fewer and simpler conditions.');
    const { box, open, forced, impossible } = this.propagated(given, facts, changed);
    let closed: Closed | undefined;
    if (impossible) closed = this.closedBy(impossible, []);
    else {
      const [first, ...others] = open;
      if (!first) {
        this.found = box;
        return undefined;
      }
      closed = this.closeCases(
        others.reduce((best, one) => (better(one, best) ? one : best), first),
        box,
        open,
      );
    }
    if (!closed) return undefined;
    for (const { fact, assumed } of forced.reverse())
      if (restsOn(closed, assumed.open, assumed.narrowed))
        closed = this.closedBy(fact, [{ taken: fact.ways[0]!, open: assumed.open, then: closed }]);
    return closed;
  }

  /** Takes what must hold in one way only to hold so, until nothing more follows. */
  private propagated(
    given: Box,
    facts: readonly Fact[],
    changed: readonly number[],
  ): { box: Box; open: readonly OpenFact[]; forced: Forced[]; impossible?: OpenFact } {
    let box = given;
    const forced: Forced[] = [];
    let waiting = facts;
    let stale = new Set(changed);
    for (;;) {
      const open: OpenFact[] = [];
      const narrowed = new Set<number>();
      const fresh: Fact[] = [];
      for (const fact of waiting) {
        const touched = (variable: number): boolean => stale.has(variable) || narrowed.has(variable);
        const known = fact.ways && !variablesOf(fact.constraint).some(touched) ? fact.ways : undefined;
        const ways = known ?? waysOf(fact.constraint, box);
        if (ways === 'holds') continue;
        const one: OpenFact = known ? (fact as OpenFact) : { constraint: fact.constraint, of: fact.of, ways };
        if (ways.length === 0) return { box, open, forced, impossible: one };
        if (ways.length > 1) {
          open.push(one);
          continue;
        }
        const assumed = assume(ways[0]!, box);
        forced.push({ fact: one, assumed });
        box = assumed.box;
        for (const variable of assumed.narrowed) narrowed.add(variable);
        for (const constraint of assumed.open) fresh.push({ constraint, of: fact.of });
      }
      if (narrowed.size === 0 && fresh.length === 0) return { box, open, forced };
      // What was looked at before the last narrowing of this round is looked at again.
      stale = narrowed;
      waiting = [...open, ...fresh];
    }
  }

  private closeCases(fact: OpenFact, box: Box, facts: readonly OpenFact[]): Closed | undefined {
    const ways: Way[] = [];
    const others = facts.filter(({ constraint }) => constraint !== fact.constraint);
    const excluded: number[] = [];
    let remaining = box;
    for (const taken of fact.ways) {
      if (standing(taken, remaining) === 'never') continue;
      const { box: next, open, narrowed } = assume(taken, remaining);
      const changed = [...narrowed, ...excluded];
      const fresh = open.map((constraint): Fact => ({ constraint, of: fact.of }));
      const then = this.close(next, [...others, ...fresh], changed);
      if (!then) return undefined;
      // Closed whatever was assumed: the other ways need no look.
      if (!restsOn(then, open, changed)) return then;
      ways.push({ taken, open, then });
      remaining = excluding(taken, remaining);
      if (taken.kind === 'in') excluded.push(taken.variable);
    }
    return this.closedBy(fact, ways);
  }

  private closedBy({ constraint, of }: OpenFact, ways: readonly Way[]): Closed {
    const facts = new Set([constraint]);
    const variables = new Set(variablesOf(constraint));
    for (const { open, then } of ways) {
      for (const fact of then.facts) if (!open.some((one) => one === fact)) facts.add(fact);
      for (const variable of then.variables) variables.add(variable);
    }
    return {
      step: { constraint, of, ways: ways.map(({ taken, then }) => ({ taken, then: then.step })) },
      facts,
      variables,
    };
  }
}

interface Way {
  readonly taken: Constraint;
  readonly open: readonly Constraint[];
  readonly then: Closed;
}

const restsOn = ({ facts, variables }: Closed, open: readonly Constraint[], narrowed: readonly number[]): boolean =>
  open.some((one) => facts.has(one)) || narrowed.some((variable) => variables.has(variable));

/** The parts of which one must hold and still can; `holds` when one already does. */
export function waysOf(constraint: Constraint, box: Box): readonly Constraint[] | 'holds' {
  const parts = constraint.kind === 'any' ? constraint.parts : [constraint];
  const ways: Constraint[] = [];
  for (const part of parts) {
    const stands = standing(part, box);
    if (stands === 'always') return 'holds';
    if (stands === 'open') ways.push(part);
  }
  return ways;
}

/** What is left for the next way when a test of one variable has been gone through. */
export function excluding(taken: Constraint, box: Box): Box {
  if (taken.kind !== 'in') return box;
  const { variable, set } = taken;
  return box.map((possible, number) => (number === variable ? minus(possible, set) : possible));
}

/** What leaves least to look at: nothing or one way, then the question itself, then the fewest ways. */
function better(a: OpenFact, b: OpenFact): boolean {
  const rank = (fact: OpenFact): number => (fact.ways.length <= 1 ? fact.ways.length : fact.of === 0 ? 2 : 3);
  if (rank(a) !== rank(b)) return rank(a) < rank(b);
  if (a.ways.length !== b.ways.length) return a.ways.length < b.ways.length;
  return sizeOf(a.constraint) < sizeOf(b.constraint);
}

function requestIn(box: Box, space: RequestSpace): ReadonlyMap<string, RequestValue> {
  return new Map(
    box.flatMap((possible, variable) => {
      if (within(space.whole[variable]!, possible)) return [];
      return [[space.nameOf(variable), space.valueOf(variable, members(possible)[0]!)] as const];
    }),
  );
}
