import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

interface Run {
  readonly outcome: { readonly counts: { readonly written: number; readonly quarantined: number } } | string;
  readonly output: string;
  readonly kept: number;
}

const { stdout, stderr } = spawnSync(
  process.execPath,
  ['--no-warnings', '-r', 'ts-node/register', join(__dirname, 'parquet-run.ts')],
  { cwd: resolve(__dirname, '../../..'), encoding: 'utf8' },
);
if (!stdout) throw new Error(stderr);
const { good, unknown, cut, noise } = JSON.parse(stdout) as Record<'good' | 'unknown' | 'cut' | 'noise', Run>;

test('Parquet is read row group by row group, in order, with its own types', () => {
  expect(good.outcome).toMatchObject({ counts: { written: 999, quarantined: 1 } });
  const rows = good.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows[123]).toEqual({
    item: expect.stringMatching(/^[\w-]{32}$/),
    owner: rows[123 + 7]!['owner'],
    kind: 'photo',
    bytes: '[1000000,2000000)',
    taken: 2023,
    place: 'NO',
  });
  expect(new Set(rows.map(({ item }) => item)).size).toBe(999);
  expect(rows.map(({ taken }) => taken).slice(0, 5)).toEqual([2020, 2021, 2022, 2023, 2024]);
});

test('an unknown column sends every record to quarantine', () => {
  expect(unknown).toMatchObject({ outcome: { counts: { written: 0, quarantined: 1_000 } }, output: '', kept: 1 });
});

test('a file that is cut off or is no Parquet is refused whole, without a word of its content', () => {
  for (const { outcome, output } of [cut, noise]) {
    expect(outcome).toMatch(
      /^UnreadableObject: the Parquet object's directory cannot be read; nothing of it was passed on$/,
    );
    expect(output).toBe('');
  }
});
