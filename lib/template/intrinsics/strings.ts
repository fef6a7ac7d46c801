/** Functions that make text: `Fn::Join`, `Fn::Sub`, `Fn::Base64`, `Fn::ToJsonString`; and `Fn::Split`, which takes it apart. */
import type { Alternatives, Value } from '../alternatives';
import {
  NO_ORIGIN,
  alternative,
  because,
  cannotTell,
  certain,
  combine,
  combineThen,
  steps,
  then,
} from '../alternatives';
import { LIMITS } from '../limits';
import type { Json, Piece, Reference, Resolved, Scalar } from '../model';
import { regionalArnFields } from '../regional-arn';
import { concatenate, isObject, isScalar, piecesOf, referencesIn, text, unknown } from '../scalar';
import type { Scope } from '../scope';
import { listOf } from '../structure';
import { substituted } from './references';
import { itemRows } from './lists';

/** Concatenation within the bounds of one text and of the whole application. */
function joined(parts: readonly Value[], separator: string, scope: Scope): Resolved {
  const scalars: Scalar[] = [];
  let length = 0;
  for (const part of parts) {
    if (part.kind === 'absent') continue;
    if (!isScalar(part)) return unknown('a list or map where text is expected');
    if (scalars.length > 0 && separator !== '') scalars.push(text(separator));
    scalars.push(part);
    length += separator.length;
    for (const piece of piecesOf(part)) length += piece.kind === 'text' ? piece.text.length : 1;
    if (length > LIMITS.textCharacters) return unknown(`text longer than ${LIMITS.textCharacters} characters`);
  }
  if (!scope.budget.takeCharacters(length))
    return unknown(`more than ${LIMITS.totalCharacters} characters of text to put together`);
  return concatenate(scalars);
}

export function join(operand: Json, scope: Scope): Alternatives {
  if (!Array.isArray(operand) || operand.length !== 2) return cannotTell('Fn::Join without a separator and a list');
  const plain = joinPlainly(operand[0]!, operand[1]!, scope);
  if (plain) return plain;
  return combineThen([scope.evaluate(operand[0]!), scope.evaluate(operand[1]!)], ([separator, list]) => {
    if (separator?.kind !== 'text') return cannotTell('Fn::Join with a separator that is not known');
    if (list?.kind === 'unknown') return certain(list);
    if (list?.kind !== 'list') return cannotTell('Fn::Join of something that is not a list');
    return itemRows(list, (items) => {
      const all = list.tail ? [...items, list.tail] : items;
      return joined(all, separator.text, scope);
    });
  });
}

/** A list written item by item, each of which is one value under all conditions: the usual join, without combinations. */
function joinPlainly(separator: Json, items: Json, scope: Scope): Alternatives | undefined {
  if (typeof separator !== 'string' || separator.includes('{{resolve:') || !Array.isArray(items)) return undefined;
  const parts: Scalar[] = [];
  let origin = NO_ORIGIN;
  for (const item of items) {
    const possible = scope.evaluate(item);
    const only = possible[0];
    if (!only || possible.length > 1 || only.assuming.size > 0 || !isScalar(only.value)) return undefined;
    parts.push(only.value);
    origin = steps(origin, only.origin);
  }
  return [alternative(joined(parts, separator, scope), origin)];
}

export function sub(operand: Json, scope: Scope): Alternatives {
  const [template, variables] = Array.isArray(operand) ? [operand[0], operand[1]] : [operand, undefined];
  if (typeof template !== 'string') return cannotTell('Fn::Sub of something that is not text');
  const named = isObject(variables) ? variables : {};
  const parts: Alternatives[] = [];
  const once = new Map<string, Alternatives>();
  let end = 0;
  const literal = (value: string): void => {
    if (value !== '') parts.push(certain(text(value)));
  };
  for (const found of template.matchAll(/\$\{([^{}]*)\}/gu)) {
    literal(template.slice(end, found.index));
    end = found.index + found[0].length;
    const name = found[1]!.trim();
    if (name.startsWith('!')) {
      literal(`\${${name.slice(1)}}`);
      continue;
    }
    const known =
      once.get(name) ?? (Object.hasOwn(named, name) ? scope.evaluate(named[name]!) : substituted(name, scope));
    once.set(name, known);
    parts.push(known);
  }
  literal(template.slice(end));
  return combine(parts, (values) => joined(values, '', scope));
}

/** The text is kept readable: what matters here is what it says, and deployment encodes it anyway. */
export const base64 = (operand: Json, scope: Scope): Alternatives =>
  because('text that is Base64-encoded at deployment', scope.evaluate(operand));

export function split(operand: Json, scope: Scope): Alternatives {
  if (!Array.isArray(operand) || operand.length !== 2) return cannotTell('Fn::Split without a separator and a text');
  return combine([scope.evaluate(operand[0]!), scope.evaluate(operand[1]!)], ([separator, whole]) => {
    if (separator?.kind !== 'text' || separator.text === '')
      return unknown('Fn::Split with a separator that is not known');
    if (whole === undefined || whole.kind === 'absent' || !isScalar(whole))
      return unknown('Fn::Split of something that is not text');
    return parts(whole, separator.text);
  });
}

/** Items up to the first piece that is not text are sure; from there on the piece may hold any number of separators. */
function parts(whole: Scalar, separator: string): Resolved {
  const [first, ...others] = piecesOf(whole) as [Piece, ...Piece[]];
  if (first.kind === 'reference' && others.length === 0 && separator === ':') {
    const fields = regionalArnFields(first);
    if (fields) return fields;
  }
  if (first.kind !== 'text')
    return unknown('a part of a value that is only known at deployment', cutFrom([first, ...others]));
  const texts = first.text.split(separator);
  if (others.length === 0) return listOf(texts.map((each) => text(each)));
  return listOf(
    texts.slice(0, -1).map((each) => text(each)),
    unknown('a part of a value that is only known at deployment', cutFrom(others)),
  );
}

/** What the part may be cut from; nothing where text stands beside it, which may be what counts in the part. */
function cutFrom(pieces: readonly Piece[]): { from?: readonly Reference[] } {
  if (pieces.some(({ kind }) => kind === 'text')) return {};
  const from = pieces.flatMap(referencesIn);
  return from.length > 0 ? { from } : {};
}

export const toJsonString = (operand: Json, scope: Scope): Alternatives => spelled(operand, scope);

/** JSON text of a structure, pieces of it unknown where its values are. */
function spelled(node: Json, scope: Scope): Alternatives {
  return then(scope.evaluate(node), (value): Alternatives => {
    switch (value.kind) {
      case 'absent':
        return certain(value);
      case 'text':
        return certain(text(value.raw === undefined ? JSON.stringify(value.text) : String(value.raw)));
      case 'reference':
      case 'unknown':
      case 'pieces':
        return certain(joined([text('"'), escaped(value), text('"')], '', scope));
      case 'list':
      case 'map':
        return structure(node, value.kind, scope);
    }
  });
}

const escaped = (value: Scalar): Scalar =>
  concatenate(
    piecesOf(value).map((piece) => (piece.kind === 'text' ? text(JSON.stringify(piece.text).slice(1, -1)) : piece)),
  );

function structure(node: Json, kind: 'list' | 'map', scope: Scope): Alternatives {
  if (Array.isArray(node) && kind === 'list') {
    return combine(
      node.map((item) => spelled(item, scope)),
      (items) => joined([text('['), joined(items, ',', scope), text(']')], '', scope),
    );
  }
  if (isObject(node) && kind === 'map' && !Object.keys(node).some((key) => key.startsWith('Fn::'))) {
    const keys = Object.keys(node);
    return combine(
      keys.map((key) => spelled(node[key]!, scope)),
      (values) => {
        const entries = values.map((value, index) =>
          value.kind === 'absent' ? value : joined([text(`${JSON.stringify(keys[index])}:`), value], '', scope),
        );
        return joined([text('{'), joined(entries, ',', scope), text('}')], '', scope);
      },
    );
  }
  return cannotTell('JSON text of a structure that is computed by a function');
}
