/**
 * Walks properties as they are written, without making values of what is a plain text already: in an ordinary template that
 * is nearly everything, and making a value for each of its texts costs more than all the judging.
 */
import { intrinsicOf } from './evaluator';
import { LIMITS } from './limits';
import type { Json, Resource, Scalar } from './model';
import { isScalar } from './scalar';

/** A guide that goes down with the walk: what is known of a place, found by the same names as the place itself. */
export interface Guide {
  /** The place of a key in a map here. */
  key(name: string): Guide;
  /** The place of every item of a list here. */
  item(): Guide;
}

export interface PlainVisitor<G extends Guide> {
  /** A text, number or truth value as written. `at` is its place. */
  literal(at: G, value: string | number | boolean): void;
  /** What a function makes of its operands, when that is one scalar under all conditions. */
  computed(at: G, value: Scalar): void;
}

/**
 * Shows every scalar below a resource's properties, in their order, as `Resource.leaves` would.
 * False when something there is more than plain (values that depend on a condition, structures that functions make,
 * macros, more values than are read): what was shown until then proves nothing, and `leaves` has to be asked.
 */
export function walkPlainly<G extends Guide>(resource: Resource, root: G, visitor: PlainVisitor<G>): boolean {
  let left: number = LIMITS.leaves;
  const walk = (node: Json, at: G): boolean => {
    switch (typeof node) {
      case 'string':
        if (node.includes('{{resolve:')) return computed(node, at);
        visitor.literal(at, node);
        return --left > 0;
      case 'number':
      case 'boolean':
        visitor.literal(at, node);
        return --left > 0;
    }
    if (node === null || node === undefined) return false;
    if (Array.isArray(node)) {
      const item = at.item() as G;
      for (const each of node) if (!walk(each, item)) return false;
      return true;
    }
    if (intrinsicOf(node) !== undefined) return computed(node, at);
    for (const key in node) {
      if (key.startsWith('Fn::') || !walk(node[key]!, at.key(key) as G)) return false;
    }
    return true;
  };
  const computed = (node: Json, at: G): boolean => {
    const possible = resource.template.resolve(node);
    if (possible.length === 0) return true;
    const [only] = possible;
    if (possible.length > 1 || !only || only.assuming.size > 0 || !isScalar(only.value)) return false;
    visitor.computed(at, only.value);
    return --left > 0;
  };
  const { properties } = resource;
  const isMap = typeof properties === 'object' && properties !== null && !Array.isArray(properties);
  return isMap && intrinsicOf(properties) === undefined && walk(properties, root);
}
