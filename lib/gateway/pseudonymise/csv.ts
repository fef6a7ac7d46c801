/**
 * CSV through a treatment. The first line names the columns.
 *
 * A record with another number of columns goes to quarantine. Where the text itself cannot be parsed (a quote that does
 * not end), no boundary after it can be trusted and the whole batch is refused.
 */
import type { Duplex } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Dataset, ValueKind } from '../datasets';
import { UNKNOWN_FIELD } from './quarantine';
import type { RecordTreatment } from './record-treatment';
import { RecordTransform } from './record-transform';
import { UnreadableObject } from './unreadable';

/** Longest record, in characters. */
const LONGEST_RECORD = 1024 * 1024;

/** The two steps from bytes of CSV to treated lines. What the first throws, {@link withoutContent} makes fit to travel. */
export function csvTransforms(dataset: Dataset, treatment: RecordTreatment): readonly [Duplex, Duplex] {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  return [parser, new RecordTransform<string[]>(treatment, recordReader(dataset))];
}

/** The parser's own error carries the text it stumbled over; this one says the line, never what stands in it. */
export function withoutContent(error: unknown): unknown {
  return error instanceof CsvError
    ? new UnreadableObject(
        `the CSV cannot be parsed at line ${String(error['lines'] ?? '?')} (${error.code}); nothing of it was passed on`,
      )
    : error;
}

/** Makes records of arrays of text, by the columns that the first array names. @throws UnreadableObject */
function recordReader(dataset: Dataset): (cells: string[]) => object | 'header' | 'not-a-record' {
  let columns: readonly { readonly name: string; readonly value: (text: string) => unknown }[] | undefined;
  return (cells) => {
    if (columns === undefined) {
      if (new Set(cells).size < cells.length)
        throw new UnreadableObject('the CSV names a column twice; nothing of it was passed on');
      columns = cells.map(column(dataset));
      return 'header';
    }
    if (cells.length !== columns.length) return 'not-a-record';
    const record: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i += 1) record[columns[i]!.name] = columns[i]!.value(cells[i]!);
    return record;
  };
}

const column = (dataset: Dataset) => (name: string) => ({
  // Assigning to __proto__ would make no field, and the unknown column would go unnoticed.
  name: name === '__proto__' ? UNKNOWN_FIELD : name,
  value: reader(Object.hasOwn(dataset.fields, name) ? dataset.fields[name] : undefined),
});

/** What a cell says, by the kind of its column. An empty cell is an absent value; text that is no such value stays text and fails its check. */
function reader(kind: ValueKind | undefined): (text: string) => unknown {
  switch (kind?.type) {
    case 'integer':
      return (text) => (text === '' ? undefined : /^-?(?:0|[1-9]\d*)$/.test(text) ? Number(text) : text);
    case 'number':
      return (text) =>
        text === '' ? undefined : /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return (text) => (text === '' ? undefined : text === 'true' ? true : text === 'false' ? false : text);
    default:
      return (text) => (text === '' ? undefined : text);
  }
}
