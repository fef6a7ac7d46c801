/** Following a pattern such as `Rules[].Destination.Bucket` through resolved properties. */
import { ABSENT, alternative, bounded, steps } from './alternatives';
import type { Alternatives } from './alternatives';
import { NO_ASSUMPTIONS, together } from './assumptions';
import { LIMITS } from './limits';
import type { Assumptions, Leaf, MapValue, Possible, Presence, Resolved, Slot } from './model';
import { unknown } from './scalar';
import { keysOf, slotAt } from './structure';

export type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'items' | 'keys' | 'level' };

const parsed = new Map<string, readonly Step[]>();

/** `a.b[].c`, `Map{}`, `*`, `Map."a.b"`. Parsed once: catalogues ask the same patterns of every resource. */
export function parsePattern(pattern: string): readonly Step[] {
  const known = parsed.get(pattern);
  if (known) return known;
  const steps: Step[] = [];
  const token = /"([^"]*)"|(\[\])|(\{\})|(\*)|\[(\d+)\]|([^.[\]{}"*]+)|(\.)/guy;
  let end = 0;
  for (const found of pattern.matchAll(token)) {
    end = found.index + found[0].length;
    const [, quoted, items, keys, level, position, name] = found;
    if (items) steps.push({ kind: 'items' });
    else if (keys) steps.push({ kind: 'keys' });
    else if (level) steps.push({ kind: 'level' });
    else if (position !== undefined) steps.push({ kind: 'index', index: Number(position) });
    else if (quoted !== undefined || name !== undefined) steps.push({ kind: 'name', name: quoted ?? name! });
  }
  if (end !== pattern.length)
    throw new Error(`property pattern ${JSON.stringify(pattern)} cannot be read at character ${end + 1}`);
  if (parsed.size < 10_000) parsed.set(pattern, steps);
  return steps;
}

const quoted = new Map<string, string>();

/** A key as a path writes it. The same few thousand property names come again and again, so each is looked at once. */
function pathName(key: string): string {
  const known = quoted.get(key);
  if (known !== undefined) return known;
  const name = /^[^.[\]{}"*]+$/u.test(key) ? key : `"${key}"`;
  if (quoted.size < 10_000) quoted.set(key, name);
  return name;
}

export const nameInPath = (path: string, key: string): string =>
  path === '' ? pathName(key) : `${path}.${pathName(key)}`;

/** What a leaf asks of its resource when it is asked itself. */
export interface LeafOwner {
  admits(assumed: Assumptions): boolean;
  lineOf(path: string): number | undefined;
  presenceAt(path: string): Presence;
}

/** Collects leaves by concrete path, over all branches on the way. */
export class LeafCollection {
  private readonly found = new Map<string, Possible[]>();
  isFull = false;

  constructor(private readonly owner: LeafOwner) {}

  add(path: string, possible: Possible): void {
    if (this.isFull || !this.owner.admits(possible.assuming)) return;
    const known = this.found.get(path);
    if (known) known.push(possible);
    else if (this.found.size < LIMITS.leaves) this.found.set(path, [possible]);
    else {
      this.isFull = true;
      const why = `more than ${LIMITS.leaves} values in one resource`;
      this.found.set('', [{ value: unknown(why), origin: [], assuming: NO_ASSUMPTIONS }]);
    }
  }

  leaves(): readonly Leaf[] {
    return [...this.found].map(
      ([path, possible]) => new FoundLeaf(path, bounded(possible) as readonly Possible[], this.owner),
    );
  }
}

class FoundLeaf implements Leaf {
  constructor(
    readonly path: string,
    readonly possible: readonly Possible[],
    private readonly owner: LeafOwner,
  ) {}

  get optional(): boolean {
    return this.owner.presenceAt(this.path) !== 'always';
  }

  get line(): number | undefined {
    return this.owner.lineOf(this.path);
  }
}

/** A leaf that is there under all conditions. */
export class PlainLeaf implements Leaf {
  readonly optional = false;

  constructor(
    readonly path: string,
    readonly possible: readonly Possible[],
    private readonly owner: Pick<LeafOwner, 'lineOf'>,
  ) {}

  get line(): number | undefined {
    return this.owner.lineOf(this.path);
  }
}

/** The value inside an alternative that was reached through another; undefined when the two exclude each other. */
function within(outer: Possible, inner: Possible): Possible | undefined {
  if (outer.assuming.size === 0 && outer.origin.length === 0) return inner;
  const assumed = together(outer.assuming, inner.assuming);
  return assumed && { value: inner.value, origin: steps(outer.origin, inner.origin), assuming: assumed };
}

/** Everything reachable from `here` by the steps from `index` on. */
export function follow(
  here: Possible,
  path: string,
  pattern: readonly Step[],
  index: number,
  into: LeafCollection,
  afterWildcard = false,
): void {
  if (into.isFull) return;
  const step = pattern[index];
  if (!step) {
    into.add(path, here);
    return;
  }
  const enter = (slot: Slot, at: string, next: number, wildcard: boolean): void => {
    for (const each of slot.possible) {
      const inside = within(here, each);
      if (inside) follow(inside, at, pattern, next, into, wildcard);
    }
  };
  const { value } = here;
  switch (value.kind) {
    case 'unknown':
      into.add(path, here);
      return;
    case 'text':
    case 'reference':
    case 'pieces':
      // A wildcard passes many scalars on its way; only where a structure was expected is a scalar the end of sight.
      if (!afterWildcard)
        into.add(path, {
          ...here,
          value: unknown('a value where a structure is expected', value.kind === 'reference' ? { from: [value] } : {}),
        });
      return;
    case 'list':
      if (step.kind === 'index') {
        const slot = value.items[step.index];
        if (slot) enter(slot, `${path}[${step.index}]`, index + 1, false);
        else if (value.tail) into.add(`${path}[${step.index}]`, { ...here, value: value.tail });
      } else if (step.kind !== 'keys') {
        const next = step.kind === 'name' ? index : index + 1;
        value.items.forEach((slot, position) => enter(slot, `${path}[${position}]`, next, step.kind === 'level'));
        if (value.tail) into.add(`${path}[${value.items.length}]`, { ...here, value: value.tail });
      }
      return;
    case 'map': {
      if (step.kind === 'items' || step.kind === 'index') {
        follow(here, path, pattern, index + 1, into);
        return;
      }
      if (step.kind === 'name') {
        const slot = slotAt(value, step.name);
        if (slot) enter(slot, nameInPath(path, step.name), index + 1, false);
      } else {
        for (const key of keysOf(value)) enter(slotAt(value, key)!, nameInPath(path, key), index + 1, true);
      }
      openMap(value, here, path, into);
    }
  }
}

/** A macro inside a map may write any key: what is asked for may be there. */
function openMap(map: MapValue, here: Possible, path: string, into: LeafCollection): void {
  if (map.open)
    into.add(nameInPath(path, 'Fn::Transform'), { ...here, value: unknown('a macro or loop that may add keys here') });
}

/** Every scalar below `here`. */
export function sweep(here: Possible, path: string, into: LeafCollection): void {
  if (into.isFull) return;
  const enter = (slot: Slot, at: string): void => {
    for (const each of slot.possible) {
      const inside = within(here, each);
      if (inside) sweep(inside, at, into);
    }
  };
  const { value } = here;
  if (value.kind === 'list') {
    value.items.forEach((slot, position) => enter(slot, `${path}[${position}]`));
    if (value.tail) into.add(`${path}[${value.items.length}]`, { ...here, value: value.tail });
  } else if (value.kind === 'map') {
    for (const key of keysOf(value)) enter(slotAt(value, key)!, nameInPath(path, key));
    openMap(value, here, path, into);
  } else into.add(path, here);
}

const oneOf = (chances: readonly Presence[]): Presence => {
  if (chances.length === 0) return 'never';
  return chances.every((chance) => chance === chances[0]) ? chances[0]! : 'sometimes';
};

const anyOf = (chances: readonly Presence[]): Presence => {
  if (chances.includes('always')) return 'always';
  return chances.includes('sometimes') ? 'sometimes' : 'never';
};

/** Whether something stands at the pattern, over every admissible choice. */
export function presence(
  alternatives: Alternatives,
  pattern: readonly Step[],
  index: number,
  assumed: Assumptions,
  admits: (assumed: Assumptions) => boolean,
): Presence {
  return oneOf(
    alternatives.flatMap((each): Presence[] => {
      const now = together(assumed, each.assuming);
      if (!now || !admits(now)) return [];
      if (each.value.kind === 'absent') return ['never'];
      return [presenceIn(each.value, pattern, index, now, admits)];
    }),
  );
}

function presenceIn(
  value: Resolved,
  pattern: readonly Step[],
  index: number,
  assumed: Assumptions,
  admits: (assumed: Assumptions) => boolean,
): Presence {
  const step = pattern[index];
  if (!step) return 'always';
  const inSlot = (slot: Slot, next: number): Presence =>
    presence(
      slot.optional
        ? [...slot.possible, ...slot.absentWhen.map((when) => alternative(ABSENT, [], when))]
        : slot.possible,
      pattern,
      next,
      assumed,
      admits,
    );
  switch (value.kind) {
    case 'text':
    case 'reference':
    case 'pieces':
      return 'never';
    case 'unknown':
      return 'sometimes';
    case 'list': {
      if (step.kind === 'keys') return 'never';
      if (step.kind === 'index') {
        const slot = value.items[step.index];
        return slot ? inSlot(slot, index + 1) : value.tail ? 'sometimes' : 'never';
      }
      const chances = value.items.map((slot) => inSlot(slot, step.kind === 'name' ? index : index + 1));
      return anyOf(value.tail ? [...chances, 'sometimes'] : chances);
    }
    case 'map': {
      if (step.kind === 'items' || step.kind === 'index') return presenceIn(value, pattern, index + 1, assumed, admits);
      const slots = step.kind === 'name' ? [slotAt(value, step.name)] : [...value.entries.values()];
      const chances = slots.map((slot): Presence => (slot ? inSlot(slot, index + 1) : 'never'));
      return anyOf(value.open ? [...chances, 'sometimes'] : chances);
    }
  }
}
