/**
 * A small evaluator of policy statements, written for these tests alone: does any Deny of a document match a request, and
 * does any Allow? It knows the operators the perimeter uses and throws on every other.
 */
import type { PolicyDocument, Statement } from '../../lib/policy';

export interface Request {
  readonly action: string;
  /** ARN; `*` for calls that act on no resource. */
  readonly resource?: string;
  /** Condition keys, in any case; an absent key is absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value]) as readonly T[];

/** `*` and `?` over the whole text. */
function glob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${source}$`).test(text);
}

/** ARN patterns: the first five parts are matched each by itself, so that no `*` crosses a colon there. */
function arnGlob(pattern: string, text: string): boolean {
  const parts = (arn: string): string[] => {
    const all = arn.split(':');
    return [...all.slice(0, 5), all.slice(5).join(':')];
  };
  const [wanted, seen] = [parts(pattern), parts(text)];
  return seen.every((part, i) => glob(wanted[i] ?? '', part));
}

const TESTS: Record<string, (pattern: string, value: string) => boolean> = {
  StringEquals: (pattern, value) => pattern === value,
  StringLike: glob,
  ArnEquals: arnGlob,
  ArnLike: arnGlob,
  NumericLessThan: (bound, value) => Number(value) < Number(bound),
  DateLessThan: (bound, value) => Date.parse(value) < Date.parse(bound),
  DateGreaterThanEquals: (bound, value) => Date.parse(value) >= Date.parse(bound),
  Bool: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
};

function holds(operator: string, wanted: readonly string[], seen: readonly string[] | undefined): boolean {
  if (operator === 'Null') return list(wanted).includes(String(seen === undefined));
  const [, set, bare = ''] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/.exec(operator)!;
  const ifExists = bare.endsWith('IfExists');
  const name = ifExists ? bare.slice(0, -8) : bare;
  const negated = /^(String|Arn)Not/.test(name);
  const test = TESTS[name.replace('Not', '')];
  if (!test) throw new Error(`operator ${operator} is unknown here`);
  const matches = (value: string): boolean => wanted.some((pattern) => test(pattern, value)) !== negated;
  if (seen === undefined) return set === 'ForAllValues' || (set === undefined && (ifExists || negated));
  if (set === 'ForAnyValue') return seen.some(matches);
  if (set === 'ForAllValues') return seen.every(matches);
  if (seen.length !== 1) throw new Error(`${operator} on several values`);
  return matches(seen[0]!);
}

function matches(statement: Statement, { action, resource = '*', context }: Request): boolean {
  const named = (patterns: string | readonly string[]): boolean =>
    list(patterns).some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase()));
  if (statement.Action !== undefined && !named(statement.Action)) return false;
  if (statement.NotAction !== undefined && named(statement.NotAction)) return false;
  if (!list(statement.Resource ?? '*').some((pattern) => pattern === '*' || glob(pattern, resource))) return false;
  const keys = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), list(value)]));
  return Object.entries(statement.Condition ?? {}).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) => holds(operator, list(wanted), keys.get(key.toLowerCase()))),
  );
}

/** Sids of the statements of one effect that match the request, without the number a split statement got. */
export function matching(
  effect: Statement['Effect'],
  documents: readonly PolicyDocument[],
  request: Request,
): readonly string[] {
  return documents
    .flatMap((document) => document.Statement)
    .filter((statement) => statement.Effect === effect && matches(statement, request))
    .map(({ Sid }) => Sid.replace(/\d+$/, ''));
}

/** Sids of the Deny statements that match. */
export const deniedBy = (documents: readonly PolicyDocument[], request: Request): readonly string[] =>
  matching('Deny', documents, request);
