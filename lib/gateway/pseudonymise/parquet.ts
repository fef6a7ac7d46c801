/**
 * Parquet, one row group at a time.
 *
 * Parquet keeps its directory at the end and its values in columns, so it cannot be read as a stream: it is read by
 * ranges, and memory holds one row group, of which the largest is bounded. Compression: none and Snappy.
 */
import type { Dataset } from '../datasets';
import { UnreadableObject } from './unreadable';

/** An object that can be read from anywhere. */
export interface RandomAccess {
  readonly byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

/** Largest row group that is read, in uncompressed bytes as the file's own directory states them. */
export const LARGEST_ROW_GROUP = 256 * 1024 * 1024;

/** Longest string of bytes a footer may have: the directory is read at once. */
const FOOTER_GUESS = 64 * 1024;

/** The records of a Parquet object in order. @throws UnreadableObject */
export async function* parquetRecords(dataset: Dataset, file: RandomAccess): AsyncGenerator<object> {
  // The package is an ES module; a static import would not load from CommonJS.
  const { parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const read = async <T>(what: string, reading: () => Promise<T>): Promise<T> => {
    try {
      return await reading();
    } catch {
      // The cause may quote what it read.
      throw new UnreadableObject(`the Parquet object's ${what} cannot be read; nothing of it was passed on`);
    }
  };
  const metadata = await read('directory', () => parquetMetadataAsync(file, { initialFetchSize: FOOTER_GUESS }));
  let rowStart = 0;
  for (const [i, group] of metadata.row_groups.entries()) {
    if (group.total_byte_size > LARGEST_ROW_GROUP)
      throw new UnreadableObject(
        `row group ${i} has ${group.total_byte_size} bytes; at most ${LARGEST_ROW_GROUP} are read at once. Write smaller row groups.`,
      );
    const rowEnd = rowStart + Number(group.num_rows);
    const start = rowStart;
    const rows = await read(`row group ${i}`, () => parquetReadObjects({ file, metadata, rowStart: start, rowEnd }));
    if (rows.length !== Number(group.num_rows))
      throw new UnreadableObject(`row group ${i} holds ${rows.length} rows and declares ${group.num_rows}`);
    for (const row of rows) yield plainRecord(dataset, row);
    rowStart = rowEnd;
  }
}

/** Parquet's own types as those of JSON: days and instants as ISO text, whole numbers as numbers where they fit. */
function plainRecord(dataset: Dataset, row: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, plain(value, dataset.fields[name]?.type === 'date')]),
  );
}

function plain(value: unknown, day: boolean): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (!(value instanceof Date)) return value;
  if (Number.isNaN(value.getTime())) return value;
  return day ? value.toISOString().slice(0, 10) : value.toISOString();
}
