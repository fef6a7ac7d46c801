/** A stream gathered in memory for a format that needs ranges. Only for answers: exports read ranges from the store. */
import type { RandomAccess } from './parquet';
import { UnreadableObject } from './unreadable';

export const LARGEST_WHOLE_OBJECT = 64 * 1024 * 1024;

/** @throws UnreadableObject when the object is larger than may be held */
export async function wholeObject(source: AsyncIterable<Uint8Array>): Promise<RandomAccess> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > LARGEST_WHOLE_OBJECT)
      throw new UnreadableObject(
        `the object has more than ${LARGEST_WHOLE_OBJECT} bytes; export it instead of asking for it`,
      );
    chunks.push(chunk);
  }
  const { buffer } = new Uint8Array(Buffer.concat(chunks));
  return { byteLength: length, slice: (start, end) => Promise.resolve(buffer.slice(start, end)) };
}
