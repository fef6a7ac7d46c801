/**
 * Do two resource policies mean the same?
 *
 * Equal are: any order of statements, actions, principals, resources, condition values and keys; a single value and a list
 * of it; action names in any case; `*` and `{"AWS": "*"}`; an account number and the ARN of its root; numbers and booleans
 * and their text. `Sid` and `Id` are labels. Nothing cleverer is done: `kms:*` beside `kms:Decrypt` is a difference, because
 * an explanation of why it would be harmless is worth less than the question of who wrote it.
 * (IAM user guide, "IAM JSON policy elements reference" and "Principal"; KMS developer guide, "Key policies".)
 */
import type { Json } from '../template';

/** Differences of a seen policy from the declared one, in words. Statements are named by Sid, else by what they say. */
export interface PolicyDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly sid: string; readonly elements: readonly string[] }[];
  /** Differences outside the statements: the policy language version. */
  readonly document: readonly string[];
}

/** One element of a statement as a set of texts: `Action` → { kms:decrypt }, `Condition` → { StringEquals kms:viaservice [...] }. */
type Elements = ReadonlyMap<string, ReadonlySet<string>>;

interface Statement {
  readonly sid: string | undefined;
  readonly elements: Elements;
  /** Equal exactly when the statements mean the same. */
  readonly meaning: string;
}

/** Version that AWS assumes when a document states none. */
const DEFAULT_VERSION = '2008-10-17';
const LABELS = new Set(['Sid', 'Id']);

/** `undefined` when both mean the same. Input that is no policy document differs from everything but itself. */
export function policyDifference(declared: Json, seen: Json): PolicyDifference | undefined {
  const before = statementsOf(declared);
  const after = statementsOf(seen);
  const removed = without(before, after);
  const added = without(after, before);
  const changed: { sid: string; elements: string[] }[] = [];
  for (const old of [...removed]) {
    const now = old.sid === undefined ? undefined : added.find(({ sid }) => sid === old.sid);
    if (old.sid === undefined || !now) continue;
    removed.splice(removed.indexOf(old), 1);
    added.splice(added.indexOf(now), 1);
    changed.push({ sid: old.sid, elements: changedElements(old.elements, now.elements) });
  }
  const document = documentDifference(declared, seen);
  if (added.length + removed.length + changed.length + document.length === 0) return undefined;
  return { added: added.map(labelOf), removed: removed.map(labelOf), changed, document };
}

/** Whether two policy documents mean the same. */
export const policiesEqual = (a: Json, b: Json): boolean => policyDifference(a, b) === undefined;

/** The difference as one sentence: `statement OpenDoor was added; statement Use was changed (Action: +kms:decrypt)`. */
export function describeDifference({ added, removed, changed, document }: PolicyDifference): string {
  return [
    ...document,
    ...added.map((label) => `${label} was added`),
    ...removed.map((label) => `${label} was removed`),
    ...changed.map(({ sid, elements }) => `statement ${sid} was changed (${elements.join('; ')})`),
  ].join('; ');
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function documentDifference(declared: Json, seen: Json): string[] {
  const version = (policy: Json): string =>
    isObject(policy) ? scalarText(policy.Version ?? DEFAULT_VERSION) : 'no policy document';
  const rest = (policy: Json): string =>
    isObject(policy)
      ? canonical(
          Object.fromEntries(Object.entries(policy).filter(([key]) => !['Version', 'Id', 'Statement'].includes(key))),
        )
      : canonical(policy);
  return [
    ...(version(declared) === version(seen)
      ? []
      : [`the policy version was ${version(declared)} and is ${version(seen)}`]),
    ...(rest(declared) === rest(seen) ? [] : ['elements of the document beside its statements differ']),
  ];
}

function statementsOf(policy: Json): Statement[] {
  if (!isObject(policy)) return [];
  const byMeaning = new Map<string, Statement>();
  for (const each of listOf(policy.Statement)) {
    const statement = statementOf(each);
    if (!byMeaning.has(statement.meaning)) byMeaning.set(statement.meaning, statement);
  }
  return [...byMeaning.values()];
}

function statementOf(value: Json): Statement {
  const entries = isObject(value) ? Object.entries(value) : [['not a statement', value] as const];
  const elements = new Map(
    entries
      .filter(([name]) => !LABELS.has(name))
      .map(([name, content]) => [name, elementValues(name, content)] as const)
      // An empty Condition asks for nothing; an empty Action or Principal is kept, as it changes what is matched.
      .filter(([name, values]) => name !== 'Condition' || values.size > 0),
  );
  const meaning = canonical([...elements].sort(byKey).map(([name, values]) => [name, [...values].sort()]));
  const sid = isObject(value) && typeof value.Sid === 'string' && value.Sid !== '' ? value.Sid : undefined;
  return { sid, elements, meaning };
}

function elementValues(name: string, content: Json): Set<string> {
  switch (name) {
    case 'Action':
    case 'NotAction':
      return new Set(listOf(content).map((action) => scalarText(action).toLowerCase()));
    case 'Principal':
    case 'NotPrincipal':
      return new Set(principals(content));
    case 'Condition':
      return new Set(conditions(content));
    default:
      return new Set(listOf(content).map(scalarText));
  }
}

function principals(content: Json): string[] {
  // AWS documents "*" and {"AWS": "*"} as equivalent in resource-based policies.
  if (!isObject(content)) return listOf(content).map((each) => `AWS ${scalarText(each)}`);
  return Object.entries(content).flatMap(([kind, values]) =>
    listOf(values).map((each) => `${kind} ${kind === 'AWS' ? accountOrArn(scalarText(each)) : scalarText(each)}`),
  );
}

/** `111122223333` for both ways of naming an account. */
const accountOrArn = (text: string): string => /^arn:[a-z-]+:iam::(\d{12}):root$/u.exec(text)?.[1] ?? text;

function conditions(content: Json): string[] {
  if (!isObject(content)) return [canonical(content)];
  return Object.entries(content).flatMap(([operator, tests]) =>
    isObject(tests)
      ? Object.entries(tests).map(([key, values]) => {
          const texts = listOf(values).map((each) =>
            /Bool/u.test(operator) ? scalarText(each).toLowerCase() : scalarText(each),
          );
          return `${operator} ${conditionKey(key)} ${canonical([...new Set(texts)].sort())}`;
        })
      : [`${operator} ${canonical(tests)}`],
  );
}

/** Names of condition keys have no case; the tag or context key inside one is left as it is written. */
function conditionKey(key: string): string {
  const open = /^(?<name>kms:EncryptionContext:|[^/]*\/)(?<inner>.*)$/iu.exec(key)?.groups;
  return open ? `${open.name?.toLowerCase()}${open.inner}` : key.toLowerCase();
}

const scalarText = (value: Json): string => (typeof value === 'object' ? canonical(value) : String(value));

/** JSON with sorted keys. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const parts = Object.entries(value).sort(byKey);
    return `{${parts.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const byKey = (a: readonly [string, unknown], b: readonly [string, unknown]): number => (a[0] < b[0] ? -1 : 1);

const without = (these: readonly Statement[], those: readonly Statement[]): Statement[] => {
  const meanings = new Set(those.map(({ meaning }) => meaning));
  return these.filter(({ meaning }) => !meanings.has(meaning));
};

function changedElements(before: Elements, after: Elements): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => {
    const old = before.get(name) ?? new Set<string>();
    const now = after.get(name) ?? new Set<string>();
    const gained = [...now].filter((each) => !old.has(each)).map((each) => `+${each}`);
    const lost = [...old].filter((each) => !now.has(each)).map((each) => `-${each}`);
    return gained.length + lost.length > 0
      ? [`${name}: ${[...gained, ...lost].sort().join(', ')}`]
      : presence(name, before, after);
  });
}

/** An element that is empty on one side and absent on the other has no values to show, yet is not the same. */
const presence = (name: string, before: Elements, after: Elements): string[] =>
  before.has(name) === after.has(name) ? [] : [`${name} ${after.has(name) ? 'appeared' : 'went'} without values`];

function labelOf({ sid, elements }: Statement): string {
  if (sid !== undefined) return `statement ${sid}`;
  const shown = (name: string): string =>
    [...(elements.get(name) ?? elements.get(`Not${name}`) ?? ['?'])].slice(0, 3).join(', ');
  return `a statement without Sid (${shown('Effect')} ${shown('Action')} to ${shown('Principal')})`;
}
