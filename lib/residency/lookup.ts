/** Looks for a pattern without resolving anything when the resource plainly has no such property: most rows find nothing. */
import type { Leaf, Resource } from '../template';

const NONE: readonly Leaf[] = [];

/** As `resource.at(pattern)`. */
export function leavesAt(resource: Resource, pattern: string): readonly Leaf[] {
  return mayHave(resource, pattern) ? resource.at(pattern) : NONE;
}

/** Everything at some patterns, in their order. */
export function leavesAtAll(resource: Resource, patterns: readonly string[]): readonly Leaf[] {
  let found = NONE;
  for (let index = 0; index < patterns.length; index += 1) {
    const leaves = resource.at(patterns[index]!);
    if (leaves.length > 0) found = found.length === 0 ? leaves : [...found, ...leaves];
  }
  return found;
}

/** Whether the properties are a plain map, in whose place no intrinsic or transform may bring anything. Kept per resource. */
const PLAIN = new WeakMap<object, boolean>();

export function isPlain(properties: object): boolean {
  const known = PLAIN.get(properties);
  if (known !== undefined) return known;
  const plain =
    !Array.isArray(properties) && !Object.keys(properties).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  PLAIN.set(properties, plain);
  return plain;
}

/** First name of a pattern; kept, because the catalogue has few thousand patterns and every resource is asked for its own. */
const FIRST = new Map<string, string>();

function firstName(pattern: string): string {
  const known = FIRST.get(pattern);
  if (known !== undefined) return known;
  const end = pattern.search(/[.[{]/);
  const first = end < 0 ? pattern : pattern.slice(0, end);
  FIRST.set(pattern, first);
  return first;
}

function mayHave({ properties }: Resource, pattern: string): boolean {
  if (properties === null || typeof properties !== 'object' || !isPlain(properties)) return true;
  return mayBegin(pattern, (name) => Object.hasOwn(properties, name));
}

/** Whether a pattern can find anything where only some names are stated: it begins with one of them, or with any. */
export function mayBegin(pattern: string, isStated: (name: string) => boolean): boolean {
  const first = firstName(pattern);
  return first === '' || first.startsWith('"') || first === '*' || isStated(first);
}
