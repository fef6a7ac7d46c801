/**
 * Several strings as one byte string that can be read in one way only: each part is UTF-8 with its length before it.
 *
 * Without lengths ("ab", "c") and ("a", "bc") would be the same bytes, and two domains one.
 */
export function tuple(...parts: readonly string[]): Buffer {
  const pieces = parts.flatMap((part) => {
    const bytes = Buffer.from(part, 'utf8');
    return [lengthOf(bytes.length), bytes];
  });
  return Buffer.concat(pieces);
}

/** A length as four bytes, most significant first. */
function lengthOf(bytes: number): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(bytes);
  return field;
}
