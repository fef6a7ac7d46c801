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
    return new Map(this.keys().map((key) => [key, this.slot(key)!]));
  }

  keys(): readonly string[] {
    const keys = Object.keys(this.node);
    return keys.some(isWritten) ? keys.filter((key) => !isWritten(key)) : keys;
  }

  slot(key: string): Slot | undefined {
    return Object.hasOwn(this.node, key) && !isWritten(key) ? slotOf(this.evaluate(this.node[key]!)) : undefined;
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
