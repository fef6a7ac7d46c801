/**
 * A property as one plain value, when the templates fix it.
 *
 * The account has one value; a template that allows several, or refers to something only the deployment knows, makes no
 * promise that can be compared. That is said (`open`), never guessed.
 */
import { describe } from '../template';
import type { Json, Leaf, Piece, Possible, Reference, Resolved, Resource, Slot } from '../template';

export type Declared =
  | { readonly kind: 'fixed'; readonly value: Json }
  | { readonly kind: 'absent' }
  | { readonly kind: 'open'; readonly why: string };

const ABSENT: Declared = { kind: 'absent' };
const open = (why: string): Declared => ({ kind: 'open', why });
const fixed = (value: Json): Declared => ({ kind: 'fixed', value });

/** What a reference stands for once deployed; undefined when that is not known. */
export type TextOf = (reference: Reference) => string | undefined;

/**
 * The property at a path without list or map wildcards: `RotationPeriodInDays`, `KeyPolicy`.
 * @param textOf gives the text of references to deployed resources; without it they stay open
 */
export function declaredAt(resource: Resource, path: string, textOf: TextOf = () => undefined): Declared {
  const leaves = resource.at(path);
  if (leaves.length === 0) return ABSENT;
  const [leaf, ...more] = leaves;
  if (!leaf || more.length > 0) return open(`${path} has more than one form in the template`);
  return fromLeaf(leaf, path, textOf);
}

function fromLeaf(leaf: Leaf, path: string, textOf: TextOf): Declared {
  // Sight may end above the property, at an intrinsic that cannot be seen through.
  if (leaf.path !== path) return open(`${leaf.path || 'Properties'} cannot be read from the template`);
  if (leaf.optional) return open(`${path} is left out under a condition that is open at deployment`);
  return onlyOne(leaf.possible, path, textOf);
}

function onlyOne(possible: readonly Possible[], path: string, textOf: TextOf): Declared {
  const all = possible.map(({ value }) => plain(value, path, textOf));
  const notFixed = all.find((each) => each.kind !== 'fixed');
  if (notFixed) return notFixed;
  const [first] = all;
  if (!first) return ABSENT;
  const texts = new Set(all.map((each) => JSON.stringify(each)));
  return texts.size === 1 ? first : open(`${path} may take ${texts.size} values at deployment`);
}

function plain(value: Resolved, path: string, textOf: TextOf): Declared {
  switch (value.kind) {
    case 'text':
      return fixed(value.raw ?? value.text);
    case 'list': {
      if (value.tail) return open(`${path} may hold more items: ${value.tail.why}`);
      return collect(
        value.items.map((slot, index) => [String(index), slot] as const),
        path,
        textOf,
        (parts) => parts.map(([, item]) => item),
      );
    }
    case 'map':
      if (value.open) return open(`${path} may hold more keys than the template shows`);
      // Object.fromEntries defines own properties, so a key such as __proto__ stays a key.
      return collect([...value.entries], path, textOf, (parts) => Object.fromEntries(parts));
    case 'unknown':
      return open(`${path}: ${value.why}`);
    default: {
      const parts = (value.kind === 'pieces' ? value.pieces : [value]).map((piece) => pieceText(piece, textOf));
      return parts.every((part) => part !== undefined)
        ? fixed(parts.join(''))
        : open(`${path} is ${describe(value)}, which only the deployment knows`);
    }
  }
}

function pieceText(piece: Piece, textOf: TextOf): string | undefined {
  if (piece.kind === 'text') return piece.text;
  return piece.kind === 'reference' ? textOf(piece) : undefined;
}

function collect(
  slots: readonly (readonly [string, Slot])[],
  path: string,
  textOf: TextOf,
  build: (parts: [string, Json][]) => Json,
): Declared {
  const parts: [string, Json][] = [];
  for (const [key, slot] of slots) {
    const here = `${path}.${key}`;
    // A slot without any value is AWS::NoValue.
    if (slot.possible.length === 0) continue;
    if (slot.optional) return open(`${here} is left out under a condition that is open at deployment`);
    const item = onlyOne(slot.possible, here, textOf);
    if (item.kind === 'open') return item;
    if (item.kind === 'fixed') parts.push([key, item.value]);
  }
  return fixed(build(parts));
}
