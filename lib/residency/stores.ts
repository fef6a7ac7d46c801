/** Which resources hold data, of which class, and which stores a resource that holds none touches. */
import { isStore, storeFacts } from '../catalogue';
import type { Json, Reference, Resolved, Resource } from '../template';
import { textOf } from '../template';
import type { DataClass, StoreRef } from './model';
import { DATA_CLASSES, DATA_CLASS_TAG } from './model';
import { leavesAt } from './lookup';
import type { Premises } from './premises';

/** How strictly each class is kept, strictest first. */
const STRICTNESS: readonly DataClass[] = ['restricted', 'audit', 'interoperable', 'aggregate', 'public'];

const KNOWN_CLASSES: ReadonlySet<string> = new Set(DATA_CLASSES);

/** The class a resource's tags state; undefined when they state none, or one that cannot be read. */
function statedClass(resource: Resource, tags: string): DataClass | undefined {
  const written = writtenClass(resource.properties, tags);
  if (written !== COMPUTED) return written;
  const stated: (DataClass | undefined)[] = [];
  for (const leaf of leavesAt(resource, tags)) for (const { value } of leaf.possible) stated.push(...classesIn(value));
  const readable = stated.filter((one) => one !== undefined);
  return readable.length === stated.length ? strictest(readable) : undefined;
}

function asClass(text: string | undefined): DataClass | undefined {
  if (text !== undefined && KNOWN_CLASSES.has(text)) return text as DataClass;
  const word = text?.trim().toLowerCase();
  return word !== undefined && KNOWN_CLASSES.has(word) ? (word as DataClass) : undefined;
}

/** A function may have a say in it. */
const COMPUTED = 'computed';

/** The class in a list of tags that is written out, as nearly every list is: no value is made of each tag of each store. */
function writtenClass(properties: Json, tags: string): DataClass | undefined | typeof COMPUTED {
  const list = isMap(properties) && Object.hasOwn(properties, tags) ? properties[tags] : undefined;
  if (!Array.isArray(list)) return COMPUTED;
  let stated: DataClass | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const tag = list[index]!;
    if (!isMap(tag) || Object.hasOwn(tag, DATA_CLASS_TAG)) return COMPUTED;
    const { Key: key, Value: value } = tag;
    if (typeof key !== 'string' || key.includes('{{')) return COMPUTED;
    if (key !== DATA_CLASS_TAG) continue;
    // Of two such tags the service takes one, whichever that is.
    if (stated !== undefined || typeof value !== 'string' || value.includes('{{')) return COMPUTED;
    stated = asClass(value);
    if (stated === undefined) return COMPUTED;
  }
  return stated;
}

const isMap = (node: Json): node is { [key: string]: Json } =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

function classesIn(value: Resolved): readonly (DataClass | undefined)[] {
  if (value.kind === 'map') {
    const direct = value.entries.get(DATA_CLASS_TAG);
    if (direct) return direct.possible.map((one) => asClass(textOf(one.value)));
    const key = value.entries.get('Key')?.possible[0];
    if (!key || textOf(key.value) !== DATA_CLASS_TAG) return [];
    return (value.entries.get('Value')?.possible ?? []).map((one) => asClass(textOf(one.value)));
  }
  if (value.kind === 'list') return value.items.flatMap((slot) => slot.possible.flatMap((one) => classesIn(one.value)));
  return [];
}

/** The strictest of some classes. */
export function strictest(classes: readonly DataClass[]): DataClass | undefined {
  return STRICTNESS.find((one) => classes.includes(one));
}

/** The resource as a store: where it is declared, its class, and whether it says so itself. */
export function storeRef(resource: Resource, premises: Premises, touched: readonly StoreRef[] = []): StoreRef {
  const { source } = resource.template;
  const facts = storeFacts(resource.type);
  const own = statedClass(resource, facts?.tags ?? 'Tags');
  const inherited = touched.length > 0 ? strictest(touched.map((store) => store.class)) : undefined;
  // Spelled out: there is one of them for every store.
  const ref: { -readonly [key in keyof StoreRef]: StoreRef[key] } = {
    stack: source.stackName,
    logicalId: resource.logicalId,
    type: resource.type,
    class: own ?? inherited ?? premises.options.classDefault,
    classified: own !== undefined,
  };
  const { constructPath } = resource;
  if (constructPath) ref.constructPath = constructPath;
  if (source.region) ref.region = source.region;
  if (source.account) ref.account = source.account;
  return ref;
}

/** Resources a value refers to. */
export function referencesIn(value: Resolved): readonly Reference[] {
  if (value.kind === 'reference') return [value];
  if (value.kind === 'pieces') return value.pieces.flatMap((piece) => referencesIn(piece));
  if (value.kind === 'unknown') return value.from ?? [];
  return [];
}

/** True when the resource holds data at rest. */
export function holdsData(resource: Resource): boolean {
  return isStore(resource.type);
}
