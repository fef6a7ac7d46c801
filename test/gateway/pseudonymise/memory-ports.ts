/** Ports in memory for tests: what would have left, what was kept, what was signalled. */
import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ObjectSink, ObjectSource, QuarantineBatch, Reason, RootKey } from '../../../lib/gateway/pseudonymise';

/** A key service with one key, which counts what it is asked. */
export class MemoryRootKey implements RootKey {
  calls = 0;
  readonly answers: Uint8Array[] = [];
  failures = 0;

  constructor(private readonly key = 'root key of a test') {}

  async generateMac(message: Uint8Array): Promise<Uint8Array> {
    this.calls += 1;
    await Promise.resolve();
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the key service is down');
    }
    const answer = createHmac('sha256', this.key).update(message).digest();
    this.answers.push(answer);
    return answer;
  }
}

export class MemorySource implements ObjectSource {
  opened = 0;

  constructor(private readonly content: Buffer | (() => Readable)) {}

  open(): Promise<Readable> {
    this.opened += 1;
    return Promise.resolve(typeof this.content === 'function' ? this.content() : inChunks(this.content, 37));
  }

  access() {
    if (typeof this.content === 'function') return Promise.reject(new Error('no ranges here'));
    const { buffer } = new Uint8Array(this.content);
    return Promise.resolve({
      byteLength: buffer.byteLength,
      slice: (start: number, end?: number) => Promise.resolve(buffer.slice(start, end)),
    });
  }
}

/** Bytes in chunks that end anywhere, inside a line or a character. */
export function inChunks(bytes: Buffer, size: number): Readable {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return Readable.from(chunks, { objectMode: false });
}

export class MemorySink implements ObjectSink {
  readonly visible = new Map<string, string>();
  writes = 0;
  /** Fails after so many chunks, once. */
  failAfter: number | undefined;

  exists(name: string): Promise<boolean> {
    return Promise.resolve(this.visible.has(name));
  }

  async write(name: string, body: AsyncIterable<Uint8Array>): Promise<'created' | 'present'> {
    this.writes += 1;
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) {
      if (this.failAfter !== undefined && chunks.length >= this.failAfter) {
        this.failAfter = undefined;
        throw new Error('the connection broke');
      }
      chunks.push(chunk);
    }
    if (this.visible.has(name)) return 'present';
    this.visible.set(name, Buffer.concat(chunks).toString('utf8'));
    return 'created';
  }
}

export class MemoryQuarantine {
  readonly kept: QuarantineBatch[] = [];
  readonly signals: { dataset: string; reason: Reason; records: number }[] = [];

  keep(batch: QuarantineBatch): Promise<void> {
    this.kept.push(batch);
    return Promise.resolve();
  }

  quarantined(dataset: string, reason: Reason, records: number): void {
    this.signals.push({ dataset, reason, records });
  }
}
