/** Rows as text: one line of JSON or CSV each. Fields stand in the schema's order, so equal rows are equal lines. */
import type { RecordRule, Row } from './record-rule';

export type OutputFormat = 'jsonl' | 'csv';

export interface RowWriter {
  /** What stands before the first row, with its line end; empty for JSON Lines. */
  readonly head: string;
  /** A row without line end; undefined: this row adds no line. */
  line(row: Row): string | undefined;
}

/** The writer of a rule's rows. */
export function rowWriter(format: OutputFormat, { shown, plain }: Pick<RecordRule, 'shown' | 'plain'>): RowWriter {
  return format === 'jsonl' ? jsonWriter(shown, plain) : csvWriter(shown);
}

function jsonWriter(shown: readonly string[], plain: readonly boolean[]): RowWriter {
  const keys = shown.map((name) => `${JSON.stringify(name)}:`);
  const line = (row: Row): string => {
    let text = '';
    for (let i = 0; i < keys.length; i += 1) {
      const value = row[i];
      // Absent and null are one thing; the field is left out.
      if (value === undefined) continue;
      text += text === '' ? '{' : ',';
      text += keys[i]!;
      if (typeof value !== 'string') text += value;
      else if (plain[i] === true) text += `"${value}"`;
      else text += JSON.stringify(value);
    }
    return text === '' ? '{}' : `${text}}`;
  };
  return { head: '', line };
}

/** RFC 4180 with line feeds; a field is quoted where it must be. An absent value is an empty cell, empty text a quoted one. */
function csvWriter(shown: readonly string[]): RowWriter {
  const cell = (value: Row[number]): string => {
    if (value === undefined) return '';
    if (typeof value !== 'string') return String(value);
    return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return { head: `${shown.map(cell).join(',')}\n`, line: (row) => shown.map((_, i) => cell(row[i])).join(',') };
}
