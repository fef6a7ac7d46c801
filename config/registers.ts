/** The checked datasets and transfers. */
import { z } from 'zod';
import { datasetSchema } from './dataset-schema';
import type { DatasetDefinition } from './dataset-schema';
import { ConfigurationError, issueLines } from './parse';
import { transfersSchema } from './transfer-schema';

interface RegisteredStore {
  readonly name: string;
  readonly class: string;
  readonly kind?: string;
}

/** @param stores names, classes and kinds of the enclave's stores. @throws ConfigurationError with every mistake at once */
export function parseDatasets(
  input: readonly unknown[],
  stores: readonly RegisteredStore[],
): readonly DatasetDefinition[] {
  const datasets = checked(z.array(datasetSchema), input, 'config/datasets');
  const lines = datasets.flatMap(({ name, store, class: dataClass, format }, i) => [
    ...(datasets.findIndex((other) => other.name === name) < i
      ? [`config/datasets: ${name}: is the name of two datasets; each has its own`]
      : []),
    ...storeLines(name, store, dataClass, stores),
    ...(format !== 'jsonl' && stores.some((other) => other.name === store && other.kind === 'table')
      ? [
          `config/datasets: ${name}: format: saw "${format}", while store ${store} is a table; its items are read as jsonl`,
        ]
      : []),
  ]);
  if (lines.length > 0) throw new ConfigurationError(lines);
  return datasets;
}

/** @throws ConfigurationError with every mistake at once. What depends on the clock is checked elsewhere */
export function parseTransfers(input: readonly unknown[]): z.output<typeof transfersSchema> {
  return checked(transfersSchema, input, 'config/transfers.ts');
}

function storeLines(
  dataset: string,
  name: string,
  dataClass: string,
  stores: readonly RegisteredStore[],
): readonly string[] {
  const at = `config/datasets: ${dataset}:`;
  const store = stores.find((other) => other.name === name);
  if (store === undefined)
    return [`${at} store: saw "${name}", which is no store; the stores are ${stores.map((s) => s.name).join(', ')}`];
  if (store.class !== dataClass)
    return [`${at} class: saw "${dataClass}", while store ${name} holds ${store.class} data; the two must agree`];
  return [];
}

function checked<Schema extends z.ZodType>(schema: Schema, input: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigurationError([...new Set(result.error.issues.flatMap((issue) => issueLines(issue, file)))]);
}
