import { createHash } from 'node:crypto';

/** Digits of a fingerprint, as many as those of a flow have. */
const LENGTH = 16;

/** The identity of a row that is no flow: what it is about and what it says, independent of order and names of files. */
export function rowFingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LENGTH);
}
