/** A policy statement as sets of texts that can be compared between two applications. */
import type { MapValue, Possible, Resolved, Slot } from '../../../template';
import type { NameOf } from '../canonical';
import { canonical } from '../canonical';

export interface ConditionTest {
  readonly operator: string;
  /** Lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** `AWS arn:…`, `Service s3.amazonaws.com`, `*`; undefined in identity policies. */
  readonly principals?: readonly string[];
  readonly notPrincipal: boolean;
  /** As written; they have no case. */
  readonly actions: readonly string[];
  readonly notAction: boolean;
  readonly resources: readonly string[];
  readonly notResource: boolean;
  readonly tests: readonly ConditionTest[];
}

/** A statement, or a part of a document that cannot be read, as a text that equals only itself. */
export type Clause = Statement | { readonly unreadable: string };

export const isReadable = (clause: Clause): clause is Statement => 'effect' in clause;

/** The clauses of a document, in whatever order it lists them. */
export function clausesOf(document: Possible, nameOf: NameOf): readonly Clause[] {
  const { value } = document;
  if (value.kind !== 'map') return unread(value, nameOf);
  const statement = value.entries.get('Statement');
  if (!statement) return value.entries.has('Effect') ? [clauseOf(value, nameOf)] : unread(value, nameOf);
  const found = statement.possible.flatMap((one) => listed(one.value, nameOf));
  // A statement that depends on a condition, or that a macro may add, is not there for certain.
  return value.open || statement.optional ? [...found, { unreadable: 'statements may be left out or added' }] : found;
}

const unread = (value: Resolved, nameOf: NameOf): readonly Clause[] => [{ unreadable: canonical(value, nameOf) }];

function listed(value: Resolved, nameOf: NameOf): readonly Clause[] {
  if (value.kind === 'list')
    return [
      ...value.items.flatMap((slot) =>
        slot.possible.length === 1 && !slot.optional
          ? listed(slot.possible[0]!.value, nameOf)
          : slot.possible.map((one) => ({ unreadable: `perhaps ${canonical(one.value, nameOf)}` })),
      ),
      ...(value.tail ? [{ unreadable: 'more statements than can be counted' }] : []),
    ];
  return value.kind === 'map' ? [clauseOf(value, nameOf)] : unread(value, nameOf);
}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

function clauseOf(map: MapValue, nameOf: NameOf): Clause {
  const certain = [...map.entries].every(
    ([name, slot]) => ELEMENTS.has(name) && !slot.optional && slot.possible.length === 1,
  );
  const effect = texts(map.entries.get('Effect'), nameOf)[0];
  const tests = testsOf(map.entries.get('Condition'), nameOf);
  if (!certain || map.open || !tests || (effect !== 'Allow' && effect !== 'Deny'))
    return { unreadable: canonical(map, nameOf) };
  const sid = texts(map.entries.get('Sid'), nameOf)[0];
  const has = (name: string): boolean => map.entries.has(name);
  const either = (name: string): readonly string[] =>
    texts(map.entries.get(name) ?? map.entries.get(`Not${name}`), nameOf);
  return {
    effect,
    ...(sid === undefined ? {} : { sid }),
    ...(has('Principal') || has('NotPrincipal')
      ? { principals: principalsOf(map.entries.get('Principal') ?? map.entries.get('NotPrincipal')!, nameOf) }
      : {}),
    notPrincipal: has('NotPrincipal'),
    actions: either('Action'),
    notAction: has('NotAction'),
    resources: either('Resource'),
    notResource: has('NotResource'),
    tests,
  };
}

/** One value and a list of it mean the same. */
function texts(slot: Slot | undefined, nameOf: NameOf): readonly string[] {
  const flat = (value: Resolved): readonly string[] =>
    value.kind === 'list'
      ? value.items.flatMap((item) => item.possible.flatMap((one) => flat(one.value)))
      : [canonical(value, nameOf)];
  return [...new Set((slot?.possible ?? []).flatMap((one) => flat(one.value)))].sort();
}

/** The root of an account, however it is named, is the account. */
const ROOT = /^arn:[a-z-]+:iam::(\d{12}):root$/u;

function principalsOf(slot: Slot, nameOf: NameOf): readonly string[] {
  return slot.possible.flatMap(({ value }) => {
    if (value.kind !== 'map') return texts(slot, nameOf).map((text) => (text === '*' ? '*' : `AWS ${text}`));
    return [...value.entries].flatMap(([kind, inner]) =>
      // AWS documents "*" and {"AWS": "*"} as the same in resource policies.
      texts(inner, nameOf).map((text) =>
        kind === 'AWS' && text === '*' ? '*' : `${kind} ${ROOT.exec(text)?.[1] ?? text}`,
      ),
    );
  });
}

function testsOf(slot: Slot | undefined, nameOf: NameOf): readonly ConditionTest[] | undefined {
  if (!slot) return [];
  const tests: ConditionTest[] = [];
  const { value } = slot.possible[0] ?? {};
  if (value?.kind !== 'map') return undefined;
  for (const [operator, inner] of value.entries) {
    const keys = inner.possible[0]?.value;
    if (inner.possible.length !== 1 || inner.optional || keys?.kind !== 'map') return undefined;
    for (const [key, values] of keys.entries) {
      if (values.optional || values.possible.length !== 1) return undefined;
      tests.push({ operator, key: key.toLowerCase(), values: texts(values, nameOf) });
    }
  }
  return tests;
}

/** A clause as a sentence. @param most values of one element that are written out */
export function clauseWords(clause: Clause, most = 4): string {
  if (!isReadable(clause)) return 'a part that cannot be read';
  const { effect, sid, principals, notPrincipal, actions, notAction, resources, notResource, tests } = clause;
  const list = (values: readonly string[]): string =>
    values.length > most ? `${values.slice(0, most).join(', ')} and ${values.length - most} more` : values.join(', ');
  const who = principals ? ` to ${notPrincipal ? 'all but ' : ''}${list(principals)}` : '';
  const on = resources.length > 0 ? ` on ${notResource ? 'all but ' : ''}${list(resources)}` : '';
  const when = tests.map(({ operator, key, values }) => `${key} ${operator} ${list(values)}`).join(' and ');
  return `${effect}${sid === undefined ? '' : ` (${sid})`} ${notAction ? 'all but ' : ''}${list(actions)}${who}${on}${when ? ` if ${when}` : ''}`;
}
