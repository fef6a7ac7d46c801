/** Parts of a multipart upload: at least 5 MiB each but the last, at most 10,000 (S3), so 8 MiB reach to 78 GiB. */
export const PART_BYTES = 8 * 1024 * 1024;

export interface Part {
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/** Gathers a body into parts. Holds one part at a time; the last one is marked and may be empty if it is the only one. */
export async function* parts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  let held = Buffer.allocUnsafe(PART_BYTES);
  let length = 0;
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length;) {
      if (length === PART_BYTES) {
        yield { bytes: held, last: false };
        held = Buffer.allocUnsafe(PART_BYTES);
        length = 0;
      }
      const taken = Math.min(PART_BYTES - length, chunk.length - at);
      held.set(chunk.subarray(at, at + taken), length);
      length += taken;
      at += taken;
    }
  }
  yield { bytes: held.subarray(0, length), last: true };
}
