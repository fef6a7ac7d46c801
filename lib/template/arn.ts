import type { Arn, Piece, Resolved, Scalar } from './model';
import { concatenate, isScalar, piecesOf, text } from './scalar';

const SCHEME = /^\s*arn\s*:/;

/**
 * Cuts a value into the sections of an ARN; undefined when it cannot be read as one (a bare reference included).
 * A piece that is not text is taken to hold no colon, so a parameter that stands for several sections at once leaves the
 * value unreadable rather than misread.
 */
export function parseArn(value: Resolved): Arn | undefined {
  if (!isScalar(value)) return undefined;
  // Most values are no ARN, and are not cut up to find that out: nothing but text may stand before the first colon.
  const [head] = piecesOf(value);
  if (head?.kind !== 'text' || !SCHEME.test(head.text)) return undefined;
  const sections: Piece[][] = [[]];
  for (const piece of piecesOf(value)) {
    if (piece.kind !== 'text') {
      sections.at(-1)!.push(piece);
      continue;
    }
    let rest = piece.text;
    for (let colon = rest.indexOf(':'); colon >= 0 && sections.length < 6; colon = rest.indexOf(':')) {
      sections.at(-1)!.push(text(rest.slice(0, colon)));
      sections.push([]);
      rest = rest.slice(colon + 1);
    }
    sections.at(-1)!.push(text(rest));
  }
  const [scheme, partition, service, region, account, resource] = sections.map((pieces): Scalar => concatenate(pieces));
  if (
    scheme?.kind !== 'text' ||
    scheme.text.trim() !== 'arn' ||
    !partition ||
    !service ||
    !region ||
    !account ||
    !resource
  )
    return undefined;
  return { partition, service, region, account, resource };
}
