/**
 * Follows a pattern through properties as they are written. Nearly every property of an ordinary template is written plainly,
 * and to make values of the maps and lists on the way, only to leave them behind, costs more than what is found at the end.
 */
import { intrinsicOf } from './evaluator';
import type { Json } from './model';
import type { Step } from './pattern';
import { nameInPath } from './pattern';

/** Takes what stands at the end of the pattern, as written. False when it is more than the plain way may tell. */
export type Find = (path: string, node: Json) => boolean;

/**
 * Shows `find` everything that a pattern reaches, in the order of `follow`, where nothing on the way depends on a function,
 * a macro or a loop. False when something does, or a value stands where a structure is expected: what was shown until then
 * proves nothing, and `follow` has to be asked.
 */
export function followPlainly(root: Json, pattern: readonly Step[], find: Find): boolean {
  return plainly(root, '', pattern, 0, find, false);
}

function plainly(
  node: Json,
  path: string,
  pattern: readonly Step[],
  index: number,
  find: Find,
  afterWildcard: boolean,
): boolean {
  const step = pattern[index];
  if (!step) return find(path, node);
  // A wildcard passes many scalars on its way. A dynamic reference is none: it may stand for anything.
  if (typeof node !== 'object') return afterWildcard && !(typeof node === 'string' && node.includes('{{resolve:'));
  if (node === null) return false;
  if (Array.isArray(node)) return throughList(node, path, pattern, index, find);
  if (!isPlainMap(node)) return false;
  switch (step.kind) {
    case 'items':
    case 'index':
      return plainly(node, path, pattern, index + 1, find, false);
    case 'name': {
      const { name } = step;
      if (!Object.hasOwn(node, name)) return true;
      return plainly(node[name]!, nameInPath(path, name), pattern, index + 1, find, false);
    }
    default:
      for (const key in node)
        if (!plainly(node[key]!, nameInPath(path, key), pattern, index + 1, find, true)) return false;
      return true;
  }
}

function throughList(
  nodes: readonly Json[],
  path: string,
  pattern: readonly Step[],
  index: number,
  find: Find,
): boolean {
  const step = pattern[index]!;
  if (step.kind === 'keys') return true;
  if (step.kind === 'index') {
    const node = nodes[step.index];
    return node === undefined || plainly(node, `${path}[${step.index}]`, pattern, index + 1, find, false);
  }
  // A name looks into every item of a list that stands where a map was expected.
  const next = step.kind === 'name' ? index : index + 1;
  for (let position = 0; position < nodes.length; position += 1)
    if (!plainly(nodes[position]!, `${path}[${position}]`, pattern, next, find, step.kind === 'level')) return false;
  return true;
}

/** Whether a map calls no function and holds no macro or loop that writes keys of its own. */
function isPlainMap(node: { readonly [key: string]: Json }): boolean {
  for (const key in node) if (key.startsWith('Fn::')) return false;
  return intrinsicOf(node) === undefined;
}
