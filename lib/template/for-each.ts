/** `Fn::ForEach` of `AWS::LanguageExtensions`, unrolled where its collection is written in the template. */
import { InputError } from './input-error';
import { LIMITS } from './limits';
import type { Json } from './model';
import { isObject, own, put } from './scalar';

const PREFIX = 'Fn::ForEach::';

export interface Unrolled {
  readonly body: { [key: string]: Json };
  /** Names of loops that cannot be unrolled, each with the reason. */
  readonly left: readonly { readonly loop: string; readonly why: string }[];
}

/** @throws InputError when the loops multiply beyond the bound on nodes. */
export function unrollLoops(body: { readonly [key: string]: Json }, file: string): Unrolled {
  const left: { loop: string; why: string }[] = [];
  const parameters = own(body, 'Parameters');
  let nodes = 0;

  const visit = (node: Json, bound: ReadonlyMap<string, string>): Json => {
    nodes += 1;
    if (nodes > LIMITS.nodes) {
      throw new InputError(`Fn::ForEach writes more than ${LIMITS.nodes} nodes`, file, 'Write fewer or smaller loops.');
    }
    if (typeof node === 'string') return replaced(node, bound);
    if (Array.isArray(node)) return node.map((item) => visit(item, bound));
    if (!isObject(node)) return node;
    const ref = own(node, 'Ref');
    if (typeof ref === 'string' && bound.has(ref) && Object.keys(node).length === 1) return bound.get(ref)!;
    const result: { [key: string]: Json } = {};
    for (const [key, value] of Object.entries(node)) {
      if (!key.startsWith(PREFIX)) {
        put(result, replaced(key, bound), visit(value, bound));
        continue;
      }
      const loop = readLoop(value, bound, parameters);
      if (typeof loop === 'string') {
        left.push({ loop: key.slice(PREFIX.length), why: loop });
        put(result, key, value);
        continue;
      }
      for (const item of loop.items) {
        const inner = visit(loop.body, new Map([...bound, [loop.identifier, item]]));
        if (isObject(inner)) for (const [name, each] of Object.entries(inner)) put(result, name, each);
      }
    }
    return result;
  };

  return { body: visit(body as Json, new Map()) as { [key: string]: Json }, left };
}

interface Loop {
  readonly identifier: string;
  readonly items: readonly string[];
  readonly body: Json;
}

/** The loop, or why its items are not known. */
function readLoop(value: Json, bound: ReadonlyMap<string, string>, parameters: Json | undefined): Loop | string {
  if (!Array.isArray(value) || value.length !== 3) return 'it is not an identifier, a collection and a body';
  const [identifier, collection, body] = value as [Json, Json, Json];
  if (typeof identifier !== 'string' || !isObject(body)) return 'it is not an identifier, a collection and a body';
  if (Array.isArray(collection)) {
    if (!collection.every((item) => typeof item === 'string' || typeof item === 'number'))
      return 'its collection is computed at deployment';
    return { identifier, items: collection.map((item) => replaced(String(item), bound)), body };
  }
  const ref = isObject(collection) ? own(collection, 'Ref') : undefined;
  const declared = typeof ref === 'string' && isObject(parameters) ? own(parameters, ref) : undefined;
  return declared === undefined
    ? 'its collection is computed at deployment'
    : `its collection is parameter ${String(ref)}, open at deployment`;
}

function replaced(value: string, bound: ReadonlyMap<string, string>): string {
  if (bound.size === 0 || !/[$&]\{/u.test(value)) return value;
  return value.replace(/([$&])\{([^{}]+)\}/gu, (whole, sign: string, name: string) => {
    const item = bound.get(name);
    if (item === undefined) return whole;
    // `&{X}` writes the item without characters that a logical id may not hold.
    return sign === '&' ? item.replace(/[^A-Za-z0-9]/gu, '') : item;
  });
}
