/** Policy documents as statements. Every value keeps all it may be; what cannot be read is said, never dropped. */
import type { Json, MapValue, Possible, Resolved, Resource, Scalar } from '../../template';
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
  readonly sid?: string | undefined;
  readonly effect: 'Allow' | 'Deny' | 'unreadable';
  /** None when the statement has no principal (identity policies). */
  readonly principals: readonly Principal[];
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
    if (!statement && value.entries.has('Effect')) return [new WrittenStatement(path, value, origin)];
    if (!statement) return [{ path, why: 'the document has no Statement', origin }];
    const entries = statement.possible.flatMap((one) => eachStatement(`${path}.Statement`, one, origin));
    return value.open ? [...entries, { path, why: 'a transform may add statements', origin }] : entries;
  }
  if (value.kind === 'text' || value.kind === 'pieces') {
    return resource.template
      .resolve(parseJson(describe(value)))
      .flatMap((one) =>
        one.value.kind === 'map' || one.value.kind === 'list'
          ? statementsOf(resource, path, one)
          : [{ path, why: 'the document cannot be read', origin }],
      );
  }
  return eachStatement(path, possible, []);
}

/** What a text says in JSON; the text itself when it says nothing. */
function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function eachStatement(path: string, possible: Possible, above: readonly string[]): readonly Entry[] {
  const { value } = possible;
  const origin = [...above, ...possible.origin];
  if (value.kind === 'list')
    return value.items.flatMap((slot, index) =>
      slot.possible.flatMap((one) => eachStatement(`${path}[${index}]`, one, origin)),
    );
  if (value.kind === 'map') return [new WrittenStatement(path, value, origin)];
  return [{ path, why: value.kind === 'unknown' ? value.why : 'a statement cannot be read', origin }];
}

/**
 * A statement as it is written; each element is read when it is asked for. Who denies is asked nothing more, and of most
 * statements nobody asks what they reach.
 */
class WrittenStatement implements Statement {
  readonly effect: Statement['effect'];
  readonly notPrincipal: boolean;
  readonly notAction: boolean;
  readonly notResource: boolean;
  private knownPrincipals: readonly Principal[] | undefined;
  private knownActions: readonly Scalar[] | undefined;
  private knownResources: readonly Scalar[] | undefined;
  private knownTests: readonly ConditionTest[] | undefined;

  constructor(
    readonly path: string,
    private readonly map: MapValue,
    readonly origin: readonly string[],
  ) {
    const { entries } = map;
    this.effect = effectOf(scalars(map, 'Effect'));
    this.notPrincipal = entries.has('NotPrincipal');
    this.notAction = entries.has('NotAction');
    this.notResource = entries.has('NotResource');
  }

  get sid(): string | undefined {
    const [first] = scalars(this.map, 'Sid');
    return (first && textOf(first)) || undefined;
  }

  get principals(): readonly Principal[] {
    return (this.knownPrincipals ??= principalsOf(this.map));
  }

  get actions(): readonly Scalar[] {
    return (this.knownActions ??= scalars(this.map, 'Action'));
  }

  get resources(): readonly Scalar[] {
    return (this.knownResources ??= scalars(this.map, 'Resource'));
  }

  get tests(): readonly ConditionTest[] {
    return (this.knownTests ??= testsOf(this.map));
  }
}

function effectOf(effects: readonly Scalar[]): Statement['effect'] {
  if (effects.length > 0 && effects.every((one) => textOf(one) === 'Deny')) return 'Deny';
  return effects.some((one) => textOf(one) === 'Allow') ? 'Allow' : 'unreadable';
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
  const found: Scalar[] = [];
  for (const name of [key, `Not${key}`])
    for (const { value } of map.entries.get(name)?.possible ?? []) addScalars(value, found);
  return found;
}

function flat(value: Resolved): readonly Scalar[] {
  const found: Scalar[] = [];
  addScalars(value, found);
  return found;
}

function addScalars(value: Resolved, found: Scalar[]): void {
  if (value.kind === 'list') {
    for (const slot of value.items) for (const one of slot.possible) addScalars(one.value, found);
  } else if (value.kind === 'map') found.push({ kind: 'unknown', why: 'a structure stands where a word was expected' });
  else found.push(value);
}
