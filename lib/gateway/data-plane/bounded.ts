/** Keeps an answer within its bounds: stops pulling when the next row would not fit. */
import type { RedactedPiece } from './redactor';
import type { Obligations } from '../decision/obligations';

export interface BoundedRows {
  readonly lines: readonly string[];
  readonly rows: number;
  /** Length of the answer in bytes, line ends included. */
  readonly bytes: number;
  readonly quarantined: number;
  readonly suppressed: number;
  /** There was more than the bounds allow. */
  readonly truncated: boolean;
}

/** Collects pieces until the source or the bounds end. Whatever happens, the source is closed. */
export async function bounded(
  pieces: AsyncIterable<RedactedPiece>,
  { maxRows, maxBytes }: Pick<Obligations, 'maxRows' | 'maxBytes'>,
): Promise<BoundedRows> {
  const lines: string[] = [];
  let [bytes, quarantined, suppressed, truncated] = [0, 0, 0, false];
  for await (const piece of pieces) {
    if (piece.kind === 'quarantined') quarantined += piece.records;
    else if (piece.kind === 'suppressed') suppressed += piece.groups;
    else {
      const size = Buffer.byteLength(piece.line) + 1;
      if (lines.length >= maxRows || bytes + size > maxBytes) {
        truncated = true;
        break;
      }
      lines.push(piece.line);
      bytes += size;
    }
  }
  return { lines, rows: lines.length, bytes, quarantined, suppressed, truncated };
}
