/**
 * HMAC-SHA-256 (RFC 2104) with a key that lives in this object alone and is overwritten when it is no longer needed.
 *
 * The two hashes of the construction are made with `crypto.hash`: one call each, without the object that `createHmac`
 * sets up per message, which costs more than the hashing. A test holds it against `createHmac`.
 */
import { hash } from 'node:crypto';
import { tuple } from './tuple';

/** SHA-256 takes blocks of 64 bytes and gives 32. */
const BLOCK = 64;
const DIGEST = 32;
const LENGTH_FIELD = 4;

/** Room for values; longer ones get a larger buffer once. */
const USUAL_VALUE = 512;

/** 32 base64url characters: 192 bits. docs/pseudonymisation.md argues the bound on collisions. */
const TOKEN_CHARACTERS = 32;

/** Pseudonym of a value: base64url, 192 bits. */
export type Tokeniser = (value: string) => string;

export class RecordMac {
  private readonly inner = Buffer.alloc(BLOCK, 0x36);
  private readonly outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  private readonly buffers = new Set<Buffer>();
  private destroyed = false;

  /** @param key 32 bytes; copied, the caller overwrites its own */
  constructor(key: Uint8Array) {
    if (key.length !== DIGEST) throw new RangeError('a record key has 32 bytes');
    for (let i = 0; i < DIGEST; i += 1) {
      this.inner[i] = 0x36 ^ (key[i] ?? 0);
      this.outer[i] = 0x5c ^ (key[i] ?? 0);
    }
  }

  /** Pseudonyms of one domain: the MAC of the length-prefixed parts followed by the length-prefixed value. */
  tokeniser(...domain: readonly string[]): Tokeniser {
    const prefix = Buffer.concat([this.inner, tuple(...domain), Buffer.alloc(LENGTH_FIELD)]);
    let buffer = this.room(prefix, USUAL_VALUE);
    prefix.fill(0);
    const head = prefix.length;
    // The same stretch of the buffer for every value of a length: making one costs a tenth of the whole.
    let views: Buffer[] = [];
    return (value) => {
      if (this.destroyed) throw new Error('the record key was destroyed; ask for another');
      const most = value.length * 3; // bytes of UTF-8 per UTF-16 code unit
      if (head + most > buffer.length) {
        buffer = this.room(buffer.subarray(0, head), most);
        views = [];
      }
      const bytes = buffer.write(value, head, 'utf8');
      buffer.writeUInt32BE(bytes, head - LENGTH_FIELD);
      const message = views[bytes] ?? buffer.subarray(0, head + bytes);
      if (bytes <= USUAL_VALUE) views[bytes] = message;
      this.outer.write(hash('sha256', message, 'binary'), BLOCK, 'binary');
      return hash('sha256', this.outer, 'base64url').slice(0, TOKEN_CHARACTERS);
    };
  }

  /** Overwrites the key. No tokeniser of this object works afterwards. */
  destroy(): void {
    this.destroyed = true;
    for (const buffer of [this.inner, this.outer, ...this.buffers]) buffer.fill(0);
    this.buffers.clear();
  }

  private room(prefix: Buffer, value: number): Buffer {
    // Not from the pool that small buffers share: key material lies in memory of its own.
    const buffer = Buffer.allocUnsafeSlow(prefix.length + value);
    prefix.copy(buffer);
    this.buffers.add(buffer);
    return buffer;
  }
}
