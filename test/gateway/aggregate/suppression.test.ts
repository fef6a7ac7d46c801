import fc from 'fast-check';
import { ALL, TableCounter, TableRefused, shownTable } from '../../../lib/gateway/aggregate';
import type { Cell } from '../../../lib/gateway/aggregate';
import { cubeOf } from '../../../lib/gateway/aggregate/cube';
import { suppressed } from '../../../lib/gateway/aggregate/suppress';

const K = 10;
const policy = { minimumGroup: K, noise: false, bounds: [] };
const cell = (persons: number, ...group: (string | null)[]): Cell => ({ group, persons, sums: [] });

/** A reader with pencil and paper: fills in every sum with one unknown until nothing more follows. */
function computable(cells: readonly Cell[]): readonly (readonly unknown[])[] {
  const cube = cubeOf(cells);
  const unknown = new Set(suppressed(cube, K));
  const found: number[] = [];
  for (let again = true; again;) {
    again = false;
    for (const { total, addends } of cube.lines) {
      const open = [total, ...addends].filter((i) => unknown.has(i));
      if (open.length !== 1) continue;
      unknown.delete(open[0]!);
      found.push(open[0]!);
      again = true;
    }
  }
  return found.map((i) => cube.entries[i]!.group);
}

test('a group under the threshold is not shown, and the total minus the others does not give it away', () => {
  const cells = [cell(40, 'NO'), cell(30, 'SE'), cell(25, 'DK'), cell(3, 'IS')];
  const { rows, suppressedGroups } = shownTable(cells, policy);
  expect(rows.map(({ group }) => group[0])).toEqual(expect.arrayContaining(['NO', 'SE']));
  expect(rows.map(({ group }) => group[0])).not.toContain('IS');
  const total = rows.find(({ group }) => group[0] === ALL)!.persons;
  const shown = rows.filter(({ group }) => group[0] !== ALL).reduce((sum, { persons }) => sum + persons, 0);
  expect(total - shown).toBe(28); // IS and DK together: neither follows
  expect(suppressedGroups).toBe(2);
});

test('two small groups that are together under the threshold take a third with them', () => {
  const cells = [cell(40, 'NO'), cell(30, 'SE'), cell(2, 'IS'), cell(3, 'LI')];
  const { rows } = shownTable(cells, policy);
  const total = rows.find(({ group }) => group[0] === ALL)!.persons;
  const shown = rows.filter(({ group }) => group[0] !== ALL).reduce((sum, { persons }) => sum + persons, 0);
  expect(total - shown).toBeGreaterThanOrEqual(K);
});

test('without complementary suppression the attack would succeed: the test’s reader finds what is left open', () => {
  const cube = cubeOf([cell(40, 'NO'), cell(3, 'IS')]);
  const hidden = suppressed(cube, K);
  expect(hidden.size).toBeGreaterThan(1);
});

test('in no table of any shape can a hidden entry be computed from the shown ones', () => {
  const sizes = fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(sizes, (table) => {
      const cells = table.flatMap((row, r) => row.flatMap((n, c) => (n > 0 ? [cell(n, `r${r}`, `c${c}`)] : [])));
      expect(computable(cells)).toEqual([]);
      for (const { persons } of shownTable(cells, policy).rows) expect(persons).toBeGreaterThanOrEqual(K);
    }),
    { numRuns: 300 },
  );
});

test('a hidden entry on which two loops of hidden ones hang is found, though no single sum gives it away', () => {
  // Rows a, b and columns 1, 2 hide a loop; rows c, d and columns 3, 4 another; b/3 is all that joins them.
  const small = new Set(['a1', 'a2', 'b1', 'b2', 'c3', 'c4', 'd3', 'd4', 'b3']);
  const cells = [...'abcd'].flatMap((r) => [...'1234'].map((c) => cell(small.has(r + c) ? 6 : 50, r, c)));
  const cube = cubeOf(cells);
  const hidden = suppressed(cube, K);
  const shown = cube.entries.filter((_, i) => !hidden.has(i)).map(({ group }) => group.map(String).join(''));
  // The loops alone determine b/3 exactly, so something beside the nine had to be hidden.
  expect([...hidden].length).toBeGreaterThan(small.size);
  for (const name of small) expect(shown).not.toContain(name);
});

test('a large table is decided in time, and one that is too fine is refused', () => {
  const large = (rows: number, columns: number) =>
    Array.from({ length: rows * columns }, (_, i) =>
      cell(((i * 7919) % 60) + 1, `r${i % rows}`, `c${Math.floor(i / rows)}`),
    );
  const begun = Date.now();
  expect(shownTable(large(30, 20), policy).rows.length).toBeGreaterThan(100);
  expect(Date.now() - begun).toBeLessThan(20_000);
  expect(() => shownTable(large(100, 100), policy)).toThrow(TableRefused);
});

test('a threshold that hides nobody is refused', () => {
  for (const minimumGroup of [0, 1, 2, Number.NaN])
    expect(() => shownTable([], { ...policy, minimumGroup })).toThrow(TableRefused);
});

test('groups are counted in persons: many records of one person are one', () => {
  const counter = new TableCounter({ person: 0, groupBy: [1], sums: [{ at: 2, lower: 0, upper: 100 }] });
  for (let i = 0; i < 1_000; i += 1) counter.add(['anna', 'NO', 1]);
  counter.add(['bjorn', 'NO', 7]);
  counter.add(['bjorn', 'SE', 7]); // counts where it was first seen
  counter.add(['carl', undefined, 5]);
  expect(counter.cells()).toEqual([
    { group: ['NO'], persons: 2, sums: [107] },
    { group: [null], persons: 1, sums: [5] },
  ]);
});

test('a table of more persons than memory is meant for is refused', () => {
  const counter = new TableCounter({ person: 0, groupBy: [], sums: [] }, 2);
  counter.add(['a']);
  counter.add(['b']);
  expect(() => counter.add(['c'])).toThrow(TableRefused);
});
