/** Policy documents as statements. Every value keeps all it may be; what cannot be read is said, never dropped. */
import type { MapValue, Possible, Resolved, Resource, Scalar } from '../../template';
import { describe, textOf } from '../../template';

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` for the bare star. */
  readonly kind: string;
  readonly value: Scalar;
}

export interface ConditionTest {
  readonly operator: string;
  /** Lower case. */
  readonly key: string;
  readonly values: readonly Scalar[];
}

export interface Statement {
  readonly path: string;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny' | 'unreadable';
  /** Undefined when the statement has no principal (identity policies). */
  readonly principals?: readonly Principal[];
  readonly notPrincipal: boolean;
  readonly actions: readonly Scalar[];
  /** True for `NotAction`: everything but. */
  readonly notAction: boolean;
  readonly resources: readonly Scalar[];
  readonly notResource: boolean;
  readonly tests: readonly ConditionTest[];
  readonly origin: readonly string[];
}

/** What stands where a statement should, and cannot be read. */
export interface Unreadable {
  readonly path: string;
  readonly why: string;
  readonly origin: readonly string[];
}

export type Entry = Statement | Unreadable;

export const isStatement = (entry: Entry): entry is Statement => 'effect' in entry;

/** The statements of a document that may stand at `path` of a resource. */
export function statementsOf(resource: Resource, path: string, possible: Possible): readonly Entry[] {
  const { value, origin } = possible;
  if (value.kind === 'map') {
    const statement = value.entries.get('Statement') ?? value.entries.get('statement');
    // Some properties (the statement of an event bus policy) hold one statement instead of a document.
    if (!statement && value.entries.has('Effect')) return [statementOf(path, value, origin)];
    if (!statement) return [{ path, why: 'the document has no Statement', origin }];
    const entries = statement.possible.flatMap((one) => eachStatement(`${path}.Statement`, one, origin));
    return value.open ? [...entries, { path, why: 'a transform may add statements', origin }] : entries;
  }
  if (value.kind === 'text' || value.kind === 'pieces') {
    const parsed = parseJson(describe(value));
    if (parsed !== undefined)
      return resource.template
        .resolve(parsed)
        .flatMap((one) => (one.value.kind === 'map' ? statementsOf(resource, path, one) : []));
  }
  if (value.kind === 'list') return eachStatement(path, possible, []);
  return [{ path, why: value.kind === 'unknown' ? value.why : 'the document cannot be read', origin }];
}

function parseJson(text: string): Parameters<Resource['template']['resolve']>[0] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' ? (parsed as { [key: string]: never }) : undefined;
  } catch {
    return undefined;
  }
}

function eachStatement(path: string, possible: Possible, above: readonly string[]): readonly Entry[] {
  const { value } = possible;
  const origin = [...above, ...possible.origin];
  if (value.kind === 'list')
    return value.items.flatMap((slot, index) =>
      slot.possible.flatMap((one) => eachStatement(`${path}[${index}]`, one, origin)),
    );
  if (value.kind === 'map') return [statementOf(path, value, origin)];
  return [{ path, why: value.kind === 'unknown' ? value.why : 'a statement cannot be read', origin }];
}

function statementOf(path: string, map: MapValue, origin: readonly string[]): Statement {
  const effects = scalars(map, 'Effect').map(textOf);
  const effect =
    effects.length > 0 && effects.every((one) => one === 'Deny')
      ? 'Deny'
      : effects.includes('Allow')
        ? 'Allow'
        : 'unreadable';
  const sid = scalars(map, 'Sid').map(textOf)[0];
  const has = (key: string): boolean => map.entries.has(key);
  return {
    path,
    ...(sid ? { sid } : {}),
    effect,
    ...(has('Principal') || has('NotPrincipal') ? { principals: principalsOf(map) } : {}),
    notPrincipal: has('NotPrincipal'),
    actions: scalars(map, 'Action'),
    notAction: has('NotAction'),
    resources: scalars(map, 'Resource'),
    notResource: has('NotResource'),
    tests: testsOf(map),
    origin,
  };
}

function principalsOf(map: MapValue): readonly Principal[] {
  const slot = map.entries.get('Principal');
  return (slot?.possible ?? []).flatMap(({ value }) => {
    if (value.kind === 'map')
      return [...value.entries].flatMap(([kind, inner]) =>
        inner.possible.flatMap((one) => flat(one.value)).map((scalar) => ({ kind, value: scalar })),
      );
    return flat(value).map((scalar) => ({ kind: '*', value: scalar }));
  });
}

function testsOf(map: MapValue): readonly ConditionTest[] {
  const tests: ConditionTest[] = [];
  const slot = map.entries.get('Condition');
  // A condition that may be left out, or of which there are several versions, binds nothing for certain.
  if (!slot || slot.optional || slot.possible.length !== 1) return tests;
  const { value } = slot.possible[0]!;
  if (value.kind !== 'map') return tests;
  for (const [operator, inner] of value.entries) {
    const only = inner.possible.length === 1 && !inner.optional ? inner.possible[0]!.value : undefined;
    if (only?.kind !== 'map') continue;
    for (const [key, values] of only.entries)
      if (!values.optional)
        tests.push({ operator, key: key.toLowerCase(), values: values.possible.flatMap((one) => flat(one.value)) });
  }
  return tests;
}

function scalars(map: MapValue, key: string): readonly Scalar[] {
  return [key, `Not${key}`]
    .flatMap((name) => map.entries.get(name)?.possible ?? [])
    .flatMap(({ value }) => flat(value));
}

function flat(value: Resolved): readonly Scalar[] {
  if (value.kind === 'list') return value.items.flatMap((slot) => slot.possible.flatMap((one) => flat(one.value)));
  if (value.kind === 'map') return [{ kind: 'unknown', why: 'a structure stands where a word was expected' }];
  return [value];
}
