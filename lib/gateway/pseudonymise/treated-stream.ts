/** From a stored object to treated lines, whatever its format. */
import { Readable, pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';
import type { Dataset } from '../datasets';
import { csvTransforms, withoutContent } from './csv';
import { JsonLinesTransform } from './json-lines';
import { parquetRecords } from './parquet';
import type { RandomAccess } from './parquet';
import { RecordTransform } from './record-transform';
import type { RecordTreatment } from './record-treatment';

/** An object as its format wants to be read. */
export interface StoredBytes {
  bytes(): Promise<Readable>;
  access(): Promise<RandomAccess>;
}

/**
 * Bytes of whole treated lines, in the order of the records. Whoever stops reading ends the reading of the object; what is
 * thrown holds no part of it.
 */
export async function* treatedStream(
  dataset: Dataset,
  treatment: RecordTreatment,
  stored: StoredBytes,
): AsyncGenerator<Buffer> {
  try {
    const steps = await stepsFor(dataset, treatment, stored);
    // The error travels through the last step; the callback keeps it from being thrown at nobody besides.
    pipeline(steps, () => undefined);
    yield* steps[steps.length - 1] as AsyncIterable<Buffer>;
  } catch (error) {
    throw withoutContent(error);
  }
}

async function stepsFor(
  dataset: Dataset,
  treatment: RecordTreatment,
  stored: StoredBytes,
): Promise<[Readable, ...Duplex[]]> {
  switch (dataset.format) {
    case 'jsonl':
      return [await stored.bytes(), new JsonLinesTransform(treatment)];
    case 'csv':
      return [await stored.bytes(), ...csvTransforms(dataset, treatment)];
    case 'parquet':
      return [
        Readable.from(parquetRecords(dataset, await stored.access())),
        new RecordTransform<object>(treatment, (record) => record),
      ];
  }
}
