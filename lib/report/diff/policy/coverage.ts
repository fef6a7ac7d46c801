/**
 * Whether everything one list of statements says is said by another: the conservative comparison. It proves "no more than
 * before" and never "more": what it cannot prove counts as more.
 */
import type { SampleRequest } from '../model';
import type { Clause, ConditionTest, Statement } from './statement';
import { isReadable } from './statement';

/** Beyond this many combinations a statement is compared as a whole. */
const MOST_COMBINATIONS = 5_000;

/** Operators under which fewer values match less; their negations match less with more values. */
const POSITIVE = /^(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress|Bool|NumericEquals)$/u;
const NEGATIVE = /^(?:StringNotEquals|StringNotEqualsIgnoreCase|StringNotLike|ArnNotEquals|ArnNotLike|NotIpAddress)$/u;

/** What `these` say and `those` do not: the uncovered clauses of one effect, each with a request that shows it. */
export interface Uncovered {
  readonly clause: Clause;
  readonly sample?: SampleRequest;
}

export function uncovered(
  these: readonly Clause[],
  those: readonly Clause[],
  effect: Statement['effect'],
): readonly Uncovered[] {
  const of = (clauses: readonly Clause[]): Statement[] =>
    clauses.filter(isReadable).filter((clause) => clause.effect === effect);
  const wider = of(those);
  const found: Uncovered[] = of(these).flatMap((clause) => {
    const missing = atoms(clause).find((atom) => !wider.some((other) => covers(other, atom)));
    return missing ? [{ clause, sample: sampleOf(missing) }] : [];
  });
  // A part that cannot be read may allow and may deny.
  const known = new Set(those.flatMap((clause) => (isReadable(clause) ? [] : [clause.unreadable])));
  const unread = these.filter((clause) => !isReadable(clause) && !known.has(clause.unreadable));
  return [...found, ...unread.map((clause) => ({ clause }))];
}

/** A statement split up so that each part has one principal, one action and one resource. */
function atoms(statement: Statement): readonly Statement[] {
  const { principals, actions, resources } = statement;
  if ((principals?.length ?? 1) * actions.length * Math.max(1, resources.length) > MOST_COMBINATIONS)
    return [statement];
  const split = <K extends 'principals' | 'actions' | 'resources'>(
    part: Statement,
    key: K,
    whole: boolean,
  ): Statement[] =>
    whole || !part[key] || part[key].length === 0 ? [part] : part[key].map((one) => ({ ...part, [key]: [one] }));
  return split(statement, 'principals', statement.notPrincipal)
    .flatMap((part) => split(part, 'actions', statement.notAction))
    .flatMap((part) => split(part, 'resources', statement.notResource));
}

/** True when every request that matches `part` matches `whole`. */
function covers(whole: Statement, part: Statement): boolean {
  return (
    principalsCover(whole, part) &&
    setCovers(lower(whole.actions), whole.notAction, lower(part.actions), part.notAction) &&
    setCovers(whole.resources, whole.notResource, part.resources, part.notResource) &&
    whole.tests.every((test) => part.tests.some((other) => atMost(other, test)))
  );
}

const lower = (actions: readonly string[]): readonly string[] => actions.map((action) => action.toLowerCase());

function principalsCover(whole: Statement, part: Statement): boolean {
  if (whole.principals === undefined || part.principals === undefined) return whole.principals === part.principals;
  if (!whole.notPrincipal && whole.principals.includes('*')) return true;
  if (whole.notPrincipal !== part.notPrincipal) return false;
  const all = (few: readonly string[], many: readonly string[]): boolean => few.every((one) => many.includes(one));
  return whole.notPrincipal ? all(whole.principals, part.principals) : all(part.principals, whole.principals);
}

/** Sets of patterns; `except` turns a set into everything but. */
function setCovers(
  whole: readonly string[],
  wholeExcept: boolean,
  part: readonly string[],
  partExcept: boolean,
): boolean {
  if (wholeExcept !== partExcept) return !wholeExcept && whole.includes('*');
  // Everything but A is within everything but B when B is within A.
  const [wide, narrow] = wholeExcept ? [part, whole] : [whole, part];
  return narrow.every((one) => wide.some((pattern) => patternCovers(pattern, one)));
}

const PATTERNS = new Map<string, RegExp>();

/** Whether the pattern matches whatever `text`, itself perhaps a pattern, matches. */
function patternCovers(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  if (!/[*?]/u.test(pattern)) return false;
  let found = PATTERNS.get(pattern);
  if (!found) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/gu, '\\$&')
      .replace(/\*/gu, '[^]*')
      .replace(/\?/gu, '[^*]');
    PATTERNS.set(pattern, (found = new RegExp(`^${source}$`, 'u')));
  }
  return found.test(text);
}

/** True when `test` lets through no more than `other`, on the same key. */
function atMost(test: ConditionTest, other: ConditionTest): boolean {
  if (test.key !== other.key || test.operator !== other.operator) return false;
  const within = (few: readonly string[], many: readonly string[]): boolean => few.every((one) => many.includes(one));
  if (POSITIVE.test(test.operator)) return within(test.values, other.values);
  if (NEGATIVE.test(test.operator)) return within(other.values, test.values);
  return within(test.values, other.values) && within(other.values, test.values);
}

function sampleOf({ principals, notPrincipal, actions, notAction, resources, notResource }: Statement): SampleRequest {
  const principal = principals?.[0];
  const resource = resources[0];
  return {
    ...(principal === undefined ? {} : { principal: notPrincipal ? `any but ${principal}` : principal }),
    action: notAction ? `any but ${actions.join(', ')}` : (actions[0] ?? '*'),
    ...(resource === undefined ? {} : { resource: notResource ? `any but ${resource}` : resource }),
  };
}
