/** A dataset and where this site keeps it, as bundled with the functions. */
import { z } from 'zod';
import { datasetSchema } from '../decision/facts';
import type { Dataset as DatasetDefinition } from '../datasets';

/** The definition was checked in full when the bundle was made; name and class, on which decisions rest, are checked again. */
const definition = z.custom<DatasetDefinition>(
  (value) =>
    datasetSchema.pick({ id: true, class: true }).safeParse({ id: nameOf(value), class: classOf(value) }).success,
  'is no dataset of config/datasets',
);

const nameOf = (value: unknown): unknown => (value as { name?: unknown } | null)?.name;
const classOf = (value: unknown): unknown => (value as { class?: unknown } | null)?.class;

export const storedDatasetSchema = z.strictObject({
  source: datasetSchema.shape.source,
  prefix: datasetSchema.shape.prefix,
  partitionKey: datasetSchema.shape.partitionKey,
  schema: definition,
});
export type StoredDataset = z.output<typeof storedDatasetSchema>;
