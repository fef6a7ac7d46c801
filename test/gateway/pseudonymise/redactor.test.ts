import { datasets } from '../../../config/datasets';
import { enclave } from '../../../config/enclave';
import { parseDatasets } from '../../../config/registers';
import { RedactionRefused } from '../../../lib/gateway/data-plane/redactor';
import type { RedactedPiece, RedactionOrder } from '../../../lib/gateway/data-plane/redactor';
import { DatasetRedactor, PseudonymKeys } from '../../../lib/gateway/pseudonymise';
import { MemoryQuarantine, MemoryRootKey, inChunks } from './memory-ports';

const bounds = { minimumGroup: 10, noise: false, maxRows: 100, maxBytes: 10_000, sessionSeconds: 900 };

function order(dataset: string, form: RedactionOrder['obligations']['form'], change: object = {}): RedactionOrder {
  return {
    dataset,
    obligations: { ...bounds, form, ...change },
    recipient: 'u-requester',
    purposeGroup: 'security',
    now: Date.parse('2026-11-22T03:30:00Z'),
  };
}

function redactor() {
  const quarantine = new MemoryQuarantine();
  const root = new MemoryRootKey();
  const spent: unknown[] = [];
  const budget = { spend: (release: unknown) => Promise.resolve(void spent.push(release)) };
  const registered = parseDatasets(datasets, enclave.stores);
  const made = new DatasetRedactor({
    datasets: registered,
    keys: new PseudonymKeys(root),
    quarantine,
    alarm: quarantine,
    budget,
  });
  const ask = async (records: readonly unknown[], asked: RedactionOrder) => {
    const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const pieces: RedactedPiece[] = [];
    for await (const piece of made.redact(inChunks(bytes, 50), asked)) pieces.push(piece);
    return pieces;
  };
  return { made, ask, quarantine, root, spent };
}

const use = (n: number, home = 'NO-34') => ({ person: `u-${n}-7f3a`, day: '2026-11-20', home, age: 44, minutes: 10 });

test('raw is every known field as it is stored, and an unknown one is not passed on', async () => {
  const { ask, root, quarantine } = redactor();
  expect(await ask([use(1), { ...use(2), iban: 'x' }], order('statistics', 'raw'))).toEqual([
    { kind: 'row', line: JSON.stringify(use(1)) },
    { kind: 'quarantined', records: 1 },
  ]);
  expect(root.calls).toBe(0);
  expect(quarantine.signals).toHaveLength(1);
});

test('pseudonymised is by the schema, with one question to the key service for many answers', async () => {
  const { ask, root } = redactor();
  const [first] = await ask([use(1)], order('statistics', 'pseudonymised'));
  const [again] = await ask([use(1)], order('statistics', 'pseudonymised'));
  expect(first).toEqual(again);
  const row = JSON.parse((first as { line: string }).line) as Record<string, unknown>;
  expect(row).toEqual({
    person: expect.stringMatching(/^[\w-]{32}$/),
    day: 2026,
    home: 'NO',
    age: '[40,50)',
    minutes: 10,
  });
  expect(root.calls).toBe(1);
});

test('aggregated is the dataset’s table, small groups counted but not shown', async () => {
  const { ask, spent } = redactor();
  const records = [
    ...Array.from({ length: 12 }, (_, n) => use(n)),
    ...Array.from({ length: 15 }, (_, n) => use(50 + n, 'SE')),
    use(99, 'IS'),
  ];
  const pieces = await ask(records, order('statistics', 'aggregated'));
  expect(pieces.at(-1)).toEqual({ kind: 'suppressed', groups: 2 });
  const rows = pieces.flatMap((piece) => (piece.kind === 'row' ? [JSON.parse(piece.line) as object] : []));
  expect(rows).toContainEqual({ group: { home: 'SE', age: '[40,50)' }, persons: 15, sum: { minutes: 150 } });
  expect(JSON.stringify(rows)).not.toContain('IS');
  expect(spent).toEqual([]);
  await ask(records, order('statistics', 'aggregated', { noise: true }));
  expect(spent).toEqual([{ recipient: 'u-requester', dataset: 'statistics', milliEpsilon: 1_000 }]);
});

test('whoever stops reading stops the source', async () => {
  const { made } = redactor();
  let given = 0;
  async function* endless() {
    for (;;) {
      given += 1;
      await Promise.resolve();
      yield Buffer.from(`${JSON.stringify(use(given))}\n`);
    }
  }
  for await (const piece of made.redact(endless(), order('statistics', 'raw'))) {
    expect(piece.kind).toBe('row');
    break;
  }
  const then = given;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(given - then).toBeLessThan(3);
  expect(given).toBeLessThan(5_000);
});

test.each([
  ['an unknown dataset', order('elsewhere', 'raw')],
  ['a table where the dataset has none', order('published', 'aggregated')],
  ['a threshold that hides nobody', order('statistics', 'aggregated', { minimumGroup: 1 })],
])('%s is refused', async (_, asked) => {
  await expect(redactor().ask([use(1)], asked)).rejects.toThrow(RedactionRefused);
});

test('a source that fails is refused without its message, which may quote data', async () => {
  const { made } = redactor();

  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{');
    throw new Error('cannot read anna@example.org');
  }
  const reading = async () => {
    for await (const piece of made.redact(failing(), order('statistics', 'raw'))) expect(piece.kind).not.toBe('row');
  };
  await expect(reading()).rejects.toThrow(/^the object cannot be read: Error$/);
});
