/**
 * Keys of pseudonyms: one question to the key service per recipient, purpose group and epoch, everything else in memory.
 *
 * The service's answer is run through HKDF and kept as 32 bytes until `forget` or `close` overwrites them. Callers get a
 * {@link RecordMac} of their own and destroy it when their batch ends. Nothing here is logged, written or put in a message.
 */
import { hkdfSync } from 'node:crypto';
import type { Epoch } from './epoch';
import { RecordMac } from './record-mac';
import { tuple } from './tuple';

/** Whom a pseudonym is for, why, and for how long it stays the same. */
export interface Domain {
  readonly recipient: string;
  readonly purposeGroup: string;
  readonly epoch: Epoch;
}

/** A key that never leaves the key service, and makes MACs there. */
export interface RootKey {
  /** HMAC-SHA-256 of the message, 32 bytes. The caller overwrites them. @throws PseudonymKeyError */
  generateMac(message: Uint8Array): Promise<Uint8Array>;
}

/** No key, so no pseudonyms. The message names the cause and nothing of key or data. */
export class PseudonymKeyError extends Error {
  override readonly name = 'PseudonymKeyError';
}

const KEY_LABEL = 'enclave/pseudonym-key/v1';
const HKDF_INFO = 'enclave/record-mac/v1';
const KEY_BYTES = 32;

export class PseudonymKeys {
  private readonly held = new Map<string, { epoch: Epoch; secret: Promise<Buffer> }>();
  private closed = false;

  constructor(private readonly root: RootKey) {}

  /**
   * The record key of a domain. Callers that ask at the same time share one question; a failed question is forgotten, so
   * that the next caller asks again.
   *
   * @throws PseudonymKeyError
   */
  async recordMac(domain: Domain): Promise<RecordMac> {
    if (this.closed) throw new PseudonymKeyError('the pseudonym keys are closed');
    const message = tuple(KEY_LABEL, domain.recipient, domain.purposeGroup, domain.epoch);
    const name = message.toString('latin1');
    let entry = this.held.get(name);
    if (entry === undefined) {
      const asked = { epoch: domain.epoch, secret: this.derive(message) };
      this.held.set(name, asked);
      asked.secret.catch(() => {
        if (this.held.get(name) === asked) this.held.delete(name);
      });
      entry = asked;
    }
    const secret = await entry.secret;
    // A key that was forgotten while this caller waited is all zeros: never a pseudonym under it.
    if (this.held.get(name) !== entry)
      throw new PseudonymKeyError('the pseudonym key was forgotten while it was asked for');
    return new RecordMac(secret);
  }

  /** Overwrites the keys of every other epoch. */
  forgetAllBut(epoch: Epoch): void {
    for (const [name, entry] of this.held) if (entry.epoch !== epoch) this.forget(name, entry.secret);
  }

  /** Overwrites every key; none is given out any more. */
  close(): void {
    this.closed = true;
    for (const [name, entry] of this.held) this.forget(name, entry.secret);
  }

  private forget(name: string, secret: Promise<Buffer>): void {
    this.held.delete(name);
    void secret.then(
      (bytes) => bytes.fill(0),
      () => undefined,
    );
  }

  private async derive(message: Buffer): Promise<Buffer> {
    const mac = await this.root.generateMac(message);
    try {
      if (mac.length !== KEY_BYTES) throw new PseudonymKeyError(`the key service answered ${mac.length} bytes, not 32`);
      return Buffer.from(hkdfSync('sha256', mac, '', HKDF_INFO, KEY_BYTES));
    } finally {
      mac.fill(0);
    }
  }
}
