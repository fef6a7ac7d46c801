/**
 * One object of a dataset, pseudonymised for one recipient, as one output object.
 *
 * The output's name follows from what goes in, so a retry writes the same name or finds it there. What was put in
 * quarantine is kept and signalled before the output becomes visible.
 */
import { createHash } from 'node:crypto';
import { schemaHash } from '../datasets';
import type { Dataset } from '../datasets';
import { epochOf, firstDayOf } from './epoch';
import type { PseudonymKeys } from './keys';
import type { ObjectSink, ObjectSource, SourceObject } from './objects';
import { treatedStream } from './treated-stream';
import { Quarantine } from './quarantine';
import type { Alarm, QuarantineStore } from './quarantine';
import { recordRule } from './record-rule';
import { RecordTreatment } from './record-treatment';
import { rowWriter } from './row-writer';
import type { OutputFormat } from './row-writer';
import { tuple } from './tuple';

export interface BatchOrder {
  readonly source: SourceObject;
  readonly dataset: Dataset;
  readonly recipient: string;
  readonly purposeGroup: string;
  /** Fields that may leave; each must be one the dataset shows. */
  readonly fields: readonly string[];
  readonly format: OutputFormat;
  /** Where the output stands in the sink: the transfer's id. No part of a name comes from the data. */
  readonly prefix: string;
  /** Decides the epoch. */
  readonly now: Date;
}

/** What is about to become visible. */
export interface Ready {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly quarantined: number;
  /** Groups of a table that are not shown; 0 for records. */
  readonly suppressed: number;
}

export interface BatchPorts {
  readonly source: ObjectSource;
  readonly sink: ObjectSink;
  readonly keys: PseudonymKeys;
  readonly quarantine: QuarantineStore;
  readonly alarm: Alarm;
  /** Asked when everything is written and nothing is visible. Throws, and nothing ever is. Absent: nobody is asked. */
  readonly release?: (ready: Ready) => Promise<void>;
}

export interface BatchOutcome {
  readonly name: string;
  /** `present`: an earlier try was complete; this one wrote nothing. */
  readonly state: 'created' | 'present';
  /** Records written and put aside by this try; absent where an earlier one had done it all. */
  readonly counts?: { readonly written: number; readonly quarantined: number };
}

/** Changes whenever the same input would be treated otherwise, so that outputs of two versions never share a name. */
const TREATMENT_VERSION = 'enclave/batch/v1';

/** The name of a batch's output: `<prefix>/<epoch>/<sha-256>.<format>`. */
export function outputName(order: BatchOrder): string {
  const { source, dataset, recipient, purposeGroup, fields, format, prefix, now } = order;
  const epoch = epochOf(now);
  const content = tuple(
    TREATMENT_VERSION,
    source.etag,
    schemaHash(dataset),
    epoch,
    recipient,
    purposeGroup,
    format,
    ...[...fields].sort(),
  );
  return `${prefix}/${epoch}/${createHash('sha256').update(content).digest('hex')}.${format}`;
}

/**
 * Runs the batch, or finds that it has been run.
 *
 * @throws PseudonymKeyError, UnreadableObject, TooManyQuarantined, DatasetError, or what a port throws; nothing is visible then
 */
export async function pseudonymiseBatch(order: BatchOrder, ports: BatchPorts): Promise<BatchOutcome> {
  const { dataset, recipient, purposeGroup, fields } = order;
  const name = outputName(order);
  if (await ports.sink.exists(name)) return { name, state: 'present' };
  const epoch = epochOf(order.now);
  const mac = await ports.keys.recordMac({ recipient, purposeGroup, epoch });
  try {
    const referenceDay = firstDayOf(epoch);
    const rule = recordRule(dataset, { kind: 'treated', mac, recipient, purposeGroup, referenceDay, only: fields });
    const quarantine = new Quarantine(dataset.name, ports.alarm);
    const treatment = new RecordTreatment(rule, rowWriter(order.format, rule), quarantine);
    const settle = async (bytes: number): Promise<void> => {
      await quarantine.settle(ports.quarantine, name);
      const quarantined = quarantine.entries.length;
      await ports.release?.({ name, rows: treatment.records, bytes, quarantined, suppressed: 0 });
    };
    const body = treatedStream(dataset, treatment, {
      bytes: () => ports.source.open(order.source),
      access: () => ports.source.access(order.source),
    });
    const state = await ports.sink.write(name, andThen(body, settle));
    return { name, state, counts: { written: treatment.records, quarantined: quarantine.entries.length } };
  } finally {
    mac.destroy();
  }
}

/** The body, and its end only after `settle`, which is told its length: whoever waits for the end makes nothing visible before. */
async function* andThen(
  body: AsyncIterable<Uint8Array>,
  settle: (bytes: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    yield chunk;
  }
  await settle(bytes);
}
