/**
 * Groups smaller than the threshold are hidden, and as many others as it takes that no hidden one can be computed.
 *
 * What holds afterwards: no hidden entry follows from the shown ones by adding and subtracting, and what a line hides
 * together is no fewer persons than the threshold. What does not: a reader who knows some of the persons can still
 * narrow down the rest; that is what the noise is for.
 */
import type { Cube, Line } from './cube';
import { determined } from './determined';

/** Indexes of the entries that may not be shown. @param k least number of persons in a shown group */
export function suppressed(cube: Cube, k: number): ReadonlySet<number> {
  const hidden = new Set(cube.entries.flatMap(({ persons }, i) => (persons < k ? [i] : [])));
  for (;;) {
    const lines = openLines(cube, hidden, k);
    if (lines.length === 0) return hidden;
    for (const line of lines) hidden.add(smallestShown(cube, line, hidden));
  }
}

/** The lines that give something away and still show something that can be hidden; one for each entry given away. */
function openLines(cube: Cube, hidden: ReadonlySet<number>, k: number): readonly Line[] {
  const thin = cube.lines.filter((line) => hidesTooFew(cube, line, hidden, k));
  if (thin.length > 0) return thin;
  const shows = (line: Line) => members(line).some((i) => !hidden.has(i));
  return [...determined(cube.lines, hidden)].flatMap(
    (found) => cube.lines.find((line) => members(line).includes(found) && shows(line)) ?? [],
  );
}

/** The total is shown, so what is hidden below it is known together; together it is a group under the threshold. */
function hidesTooFew({ entries }: Cube, line: Line, hidden: ReadonlySet<number>, k: number): boolean {
  if (hidden.has(line.total)) return false;
  const below = line.addends.filter((i) => hidden.has(i));
  return below.length > 0 && below.reduce((sum, i) => sum + entries[i]!.persons, 0) < k;
}

const members = (line: Line): readonly number[] => [...line.addends, line.total];

/** Hiding the smallest costs the reader least. The total goes last, since everything else hangs on it. */
function smallestShown({ entries }: Cube, line: Line, hidden: ReadonlySet<number>): number {
  const shown = line.addends.filter((i) => !hidden.has(i)).sort((a, b) => entries[a]!.persons - entries[b]!.persons);
  return shown[0] ?? line.total;
}
