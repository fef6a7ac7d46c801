/** Keeps quarantine entries as JSON Lines beside the data they are about: in a sink inside the enclave. */
import type { ObjectSink } from './objects';
import type { QuarantineBatch, QuarantineStore } from './quarantine';

export class KeptQuarantine implements QuarantineStore {
  constructor(private readonly sink: ObjectSink) {}

  async keep({ dataset, batch, entries }: QuarantineBatch): Promise<void> {
    await this.sink.write(`quarantine/${batch}.jsonl`, lines(dataset, entries));
  }
}

async function* lines(dataset: string, entries: QuarantineBatch['entries']): AsyncGenerator<Uint8Array> {
  for (const { position, complaints } of entries)
    yield Buffer.from(`${JSON.stringify({ dataset, position, complaints })}\n`, 'utf8');
}
