/** Lists and maps as the template writes them; what stands in them is evaluated when it is first read. */
import type { Alternatives } from './alternatives';
import { slotOf } from './alternatives';
import { NO_ASSUMPTIONS } from './assumptions';
import type { Json, List, MapValue, Possible, Slot, Unknown } from './model';

type Evaluate = (node: Json) => Alternatives;

/*
 * Neither class keeps what it has evaluated: intrinsic functions are remembered by the evaluator, and remembering every
 * literal of ten thousand resources costs more in memory than reading it again.
 */

export class LiteralList implements List {
  readonly kind = 'list';

  constructor(
    private readonly evaluate: Evaluate,
    private readonly nodes: readonly Json[],
  ) {}

  get items(): readonly Slot[] {
    return this.nodes.map((node) => slotOf(this.evaluate(node)));
  }
}

export class LiteralMap implements MapValue {
  readonly kind = 'map';

  constructor(
    private readonly evaluate: Evaluate,
    private readonly node: { readonly [key: string]: Json },
  ) {}

  /** `Fn::…` beside other keys is a macro or loop that writes keys of its own. */
  get open(): boolean {
    for (const key in this.node) if (isWritten(key)) return true;
    return false;
  }

  get entries(): ReadonlyMap<string, Slot> {
    return new WrittenEntries(this);
  }

  keys(): readonly string[] {
    const keys = Object.keys(this.node);
    return keys.some(isWritten) ? keys.filter((key) => !isWritten(key)) : keys;
  }

  slot(key: string): Slot | undefined {
    return this.has(key) ? slotOf(this.evaluate(this.node[key]!)) : undefined;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.node, key) && !isWritten(key);
  }
}

/** The entries of a map, each evaluated when it is read: who asks a statement for its Effect does not pay for its Resource. */
class WrittenEntries implements ReadonlyMap<string, Slot> {
  constructor(private readonly map: LiteralMap) {}

  get size(): number {
    return this.map.keys().length;
  }

  get(key: string): Slot | undefined {
    return this.map.slot(key);
  }

  has(key: string): boolean {
    return this.map.has(key);
  }

  forEach(visit: (slot: Slot, key: string, map: ReadonlyMap<string, Slot>) => void): void {
    for (const [key, slot] of this) visit(slot, key, this);
  }

  *entries(): MapIterator<[string, Slot]> {
    for (const key of this.map.keys()) yield [key, this.map.slot(key)!];
  }

  keys(): MapIterator<string> {
    return this.map.keys()[Symbol.iterator]() as MapIterator<string>;
  }

  *values(): MapIterator<Slot> {
    for (const key of this.map.keys()) yield this.map.slot(key)!;
  }

  [Symbol.iterator](): MapIterator<[string, Slot]> {
    return this.entries();
  }
}

const isWritten = (key: string): boolean => key.startsWith('Fn::');

/** The slot of one key, without evaluating its neighbours. */
export const slotAt = (map: MapValue, key: string): Slot | undefined =>
  map instanceof LiteralMap ? map.slot(key) : map.entries.get(key);

export const keysOf = (map: MapValue): Iterable<string> =>
  map instanceof LiteralMap ? map.keys() : map.entries.keys();

/** A list whose items are known. */
export const listOf = (items: readonly Possible['value'][], tail?: Unknown): List => ({
  kind: 'list',
  items: items.map((value) => ({
    possible: [{ value, origin: [], assuming: NO_ASSUMPTIONS }],
    optional: false,
    absentWhen: [],
  })),
  ...(tail ? { tail } : {}),
});
