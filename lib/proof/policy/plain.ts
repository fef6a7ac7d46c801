/** Resolved values as plain JSON. What cannot be known, or may be one of several, refuses the proof. */
import type { Json, Piece, Resolved, Resource, Slot } from '../../template';
import { ProofRefusal } from '../refusal';
import { standIn } from './stand-in';

const ADVICE = 'Give it one value that the assembly shows; nothing is proved of a policy that cannot be read.';

/** @param where resource and property, for messages. @throws ProofRefusal */
export function plain(value: Resolved, where: string): Json {
  switch (value.kind) {
    case 'text':
      return value.raw ?? value.text;
    case 'reference':
    case 'unknown':
      return pieceText(value, where);
    case 'pieces':
      return value.pieces.map((piece) => pieceText(piece, where)).join('');
    case 'list':
      if (value.tail) throw new ProofRefusal(`items may follow that cannot be seen (${value.tail.why})`, where, ADVICE);
      return value.items.map((slot, index) => only(slot, `${where}[${index}]`));
    case 'map': {
      if (value.open) throw new ProofRefusal('a transform may add to it', where, ADVICE);
      return Object.fromEntries([...value.entries].map(([key, slot]) => [key, only(slot, `${where}.${key}`)]));
    }
  }
}

function only(slot: Slot, where: string): Json {
  const [first] = slot.possible;
  if (first === undefined || slot.possible.length > 1 || slot.optional)
    throw new ProofRefusal('it depends on a condition or parameter', where, ADVICE);
  return plain(first.value, where);
}

function pieceText(piece: Piece, where: string): string {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'unknown') throw new ProofRefusal(`it cannot be known (${piece.why})`, where, ADVICE);
  const text = standIn(piece);
  if (text === undefined)
    throw new ProofRefusal(
      `it names ${piece.attribute} of ${piece.resource.type} ${piece.resource.logicalId}, whose shape is not known`,
      where,
      'Add the type to the identifiers of lib/proof/policy/stand-in.ts.',
    );
  return text;
}

/** What stands at a property, or undefined when nothing does. @throws ProofRefusal when that depends on something */
export function plainAt(resource: Resource, property: string): Json | undefined {
  const where = `${resource.template.source.stackName}/${resource.logicalId}.${property}`;
  const leaves = resource.at(property);
  const [leaf] = leaves;
  if (leaf === undefined) return undefined;
  if (leaves.length > 1 || leaf.possible.length !== 1 || leaf.optional)
    throw new ProofRefusal('it depends on a condition or parameter', where, ADVICE);
  return plain(leaf.possible[0]!.value, where);
}

/** A text property. @throws ProofRefusal when it is something else */
export function textAt(resource: Resource, property: string): string | undefined {
  const value = plainAt(resource, property);
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ProofRefusal(
    'it is no text',
    `${resource.template.source.stackName}/${resource.logicalId}.${property}`,
    ADVICE,
  );
}

/** A list of texts; a lone text counts as a list of one. Empty when absent. @throws ProofRefusal */
export function textsAt(resource: Resource, property: string): readonly string[] {
  const value = plainAt(resource, property);
  if (value === undefined) return [];
  const items = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (typeof item === 'string') return item;
    throw new ProofRefusal(
      'it holds something that is no text',
      `${resource.template.source.stackName}/${resource.logicalId}.${property}`,
      ADVICE,
    );
  });
}
