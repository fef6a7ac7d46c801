/**
 * Which hidden entries can be computed from what is shown.
 *
 * Shown entries turn every line into an equation over the hidden ones. A hidden entry is determined exactly when its unit
 * vector lies in the row space of those equations, that is, when the reduced row echelon form has a row with that entry
 * alone. Counted modulo a prime: the answer could differ from that over the rationals only where a minor of this matrix of
 * 0 and ±1 is a multiple of 2^31 − 1.
 */
import type { Line } from './cube';

const PRIME = 2_147_483_647n;

/** Hidden entries that a reader of the table can compute. */
export function determined(lines: readonly Line[], hidden: ReadonlySet<number>): ReadonlySet<number> {
  const rows = reduced(lines.flatMap((line) => equation(line, hidden) ?? []));
  return new Set(rows.flatMap((row) => (row.size === 1 ? [...row.keys()] : [])));
}

type Row = Map<number, bigint>;

function equation(line: Line, hidden: ReadonlySet<number>): Row | undefined {
  const row: Row = new Map();
  for (const addend of line.addends) if (hidden.has(addend)) row.set(addend, 1n);
  if (hidden.has(line.total)) row.set(line.total, PRIME - 1n);
  return row.size > 0 ? row : undefined;
}

/** Gauss–Jordan elimination on sparse rows. */
function reduced(given: readonly Row[]): readonly Row[] {
  const pivots = new Map<number, Row>();
  for (const row of given) {
    for (const [column, pivot] of pivots) subtract(row, pivot, column);
    const first = row.entries().next();
    if (first.done === true) continue;
    const [column, value] = first.value;
    const inverse = power(value, PRIME - 2n);
    for (const [at, held] of row) row.set(at, (held * inverse) % PRIME);
    for (const pivot of pivots.values()) subtract(pivot, row, column);
    pivots.set(column, row);
  }
  return [...pivots.values()];
}

/** row ← row − row[column] · pivot, so that nothing is left in the column. */
function subtract(row: Row, pivot: Row, column: number): void {
  const factor = row.get(column);
  if (factor === undefined) return;
  for (const [at, value] of pivot) {
    const left = ((row.get(at) ?? 0n) + PRIME - ((factor * value) % PRIME)) % PRIME;
    if (left === 0n) row.delete(at);
    else row.set(at, left);
  }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square = (square * square) % PRIME)
    if (left & 1n) result = (result * square) % PRIME;
  return result;
}
