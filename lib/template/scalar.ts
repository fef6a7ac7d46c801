/** Making scalars: texts, unknowns, and concatenations in their shortest form. */
import type { Json, Piece, Pieces, Reference, Resolved, Scalar, Text, Unknown } from './model';

export const text = (value: string | number | boolean): Text =>
  typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'text', text: String(value), raw: value };

export const unknown = (why: string, facts: Omit<Unknown, 'kind' | 'why'> = {}): Unknown => ({
  kind: 'unknown',
  why,
  ...facts,
});

export const piecesOf = (value: Scalar): readonly Piece[] => (value.kind === 'pieces' ? value.pieces : [value]);

export const isScalar = (value: { readonly kind: string }): value is Scalar =>
  value.kind === 'text' || value.kind === 'reference' || value.kind === 'unknown' || value.kind === 'pieces';

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own property of a parsed object; names such as `constructor` or `__proto__` find nothing they should not. */
export const own = (object: { readonly [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** Sets a key as parsed text would have it: `__proto__` becomes a key like any other. */
export function put(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

export const referencesIn = (value: Resolved): readonly Reference[] => {
  if (value.kind === 'reference') return [value];
  if (value.kind === 'unknown') return value.from ?? [];
  return value.kind === 'pieces' ? value.pieces.flatMap((piece) => referencesIn(piece)) : [];
};

/** Puts pieces together; neighbouring texts are merged and dynamic references become unknown. */
export function concatenate(parts: readonly Scalar[]): Scalar {
  const merged = mergeTexts(parts.length === 1 ? piecesOf(parts[0]!) : parts.flatMap(piecesOf));
  const dynamic = merged.some((piece) => piece.kind === 'text' && piece.text.includes('{{resolve:'));
  return shortest(dynamic ? seeDynamicReferences(merged) : merged);
}

function mergeTexts(pieces: readonly Piece[]): readonly Piece[] {
  const merged: Piece[] = [];
  let run: string[] = [];
  const flush = (): void => {
    const joined = run.join('');
    if (joined !== '') merged.push(text(joined));
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') run.push(piece.text);
    else {
      flush();
      merged.push(piece);
    }
  }
  flush();
  return merged;
}

function shortest(pieces: readonly Piece[]): Scalar {
  if (pieces.length === 0) return text('');
  return pieces.length === 1 ? pieces[0]! : ({ kind: 'pieces', pieces } satisfies Pieces);
}

/**
 * Replaces `{{resolve:…}}` by an unknown piece. The reference may span pieces: CDK writes the name of a secret as
 * `{{resolve:secretsmanager:` + Ref + `:SecretString:password::}}`.
 */
function seeDynamicReferences(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  let open: { written: string; from: Reference[]; seen: Piece[] } | undefined;
  for (const piece of pieces) {
    if (piece.kind !== 'text') {
      if (open) {
        open.from.push(...referencesIn(piece));
        open.written += '*';
        open.seen.push(piece);
      } else result.push(piece);
      continue;
    }
    let rest = piece.text;
    while (rest !== '') {
      if (open) {
        const end = rest.indexOf('}}');
        open.written += end < 0 ? rest : rest.slice(0, end);
        open.seen.push(text(rest));
        rest = end < 0 ? '' : rest.slice(end + 2);
        if (end >= 0) {
          result.push(dynamicReference(open));
          open = undefined;
        }
      } else {
        const start = rest.indexOf('{{resolve:');
        const before = start < 0 ? rest : rest.slice(0, start);
        if (before !== '') result.push(text(before));
        rest = start < 0 ? '' : rest.slice(start + 2);
        if (start >= 0) open = { written: '', from: [], seen: [text('{{')] };
      }
    }
  }
  // Not closed here: the rest of it may stand in what this is joined to.
  return open ? mergeTexts([...result, ...open.seen]) : result;
}

function dynamicReference({ written, from }: { written: string; from: readonly Reference[] }): Unknown {
  const name = written.length > 200 ? `${written.slice(0, 200)}…` : written;
  return unknown(`dynamic reference {{${name}}} is read at deployment`, {
    dynamic: name,
    ...(from.length > 0 ? { from } : {}),
  });
}

/** A string as the template writes it. */
export const written = (value: string): Scalar =>
  value.includes('{{resolve:') ? concatenate([text(value)]) : text(value);
