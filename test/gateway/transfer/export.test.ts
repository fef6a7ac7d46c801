import { registeredTransfers } from '../../../bin/transfers';
import { datasets } from '../../../config/datasets';
import { enclave as input } from '../../../config/enclave';
import { parseEnclave } from '../../../config/parse';
import { parseDatasets } from '../../../config/registers';
import { BUDGET_MILLI_EPSILON, BudgetExhausted } from '../../../lib/gateway/aggregate';
import type { Release } from '../../../lib/gateway/aggregate';
import { PseudonymKeys } from '../../../lib/gateway/pseudonymise';
import type { Ready } from '../../../lib/gateway/pseudonymise';
import { TransferRefused, exportObject } from '../../../lib/gateway/transfer';
import { MemoryQuarantine, MemoryRootKey, MemorySink, MemorySource } from '../pseudonymise/memory-ports';
import { UK_POSTS, US_TABLES } from './fixtures';

const TODAY = new Date('2026-11-22T12:00:00Z');
const enclave = parseEnclave(input);
const [tables, posts] = registeredTransfers(enclave, TODAY, [US_TABLES, UK_POSTS]) as [never, never];

/** An account in memory. */
class Budget {
  readonly releases: Release[] = [];

  spend(release: Release): Promise<void> {
    const drawn = [...this.releases, release].reduce((sum, { milliEpsilon }) => sum + milliEpsilon, 0);
    if (drawn > BUDGET_MILLI_EPSILON) return Promise.reject(new BudgetExhausted('spent'));
    this.releases.push(release);
    return Promise.resolve();
  }
}

function ports(records: readonly unknown[], now = TODAY) {
  const quarantine = new MemoryQuarantine();
  return {
    source: new MemorySource(Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))),
    sink: new MemorySink(),
    keys: new PseudonymKeys(new MemoryRootKey()),
    quarantine,
    alarm: quarantine,
    datasets: parseDatasets(datasets, enclave.stores),
    sites: enclave.sites.map(({ id }) => id),
    budget: new Budget(),
    now: () => now,
    released: [] as Ready[],
    release(ready: Ready) {
      this.released.push(ready);
      return Promise.resolve();
    },
  };
}

const source = (etag: string) => ({ key: 'in', etag });
const written = new Date('2026-11-20T08:00:00Z');
const use = (n: number, home: string) => ({ person: `u-${n}-7f3a`, day: '2026-11-20', home, age: 44, minutes: 10 });
const uses = [
  ...Array.from({ length: 40 }, (_, n) => use(n, 'NO')),
  ...Array.from({ length: 5 }, (_, n) => use(100 + n, 'IS')),
];

test('records leave pseudonymised, with the registered fields and no other', async () => {
  const post = {
    post: 'p-1',
    author: 'u-1-7f3a',
    published: '2026-11-20T10:00:00Z',
    text: 'Hei',
    likes: 3,
    home: 'NO',
    address: '203.0.113.7',
  };
  const held = ports([post]);
  const { name } = await exportObject({ transfer: posts, source: source('"a"'), written }, held);
  expect(name).toMatch(/^uk-posts\/2026-11\//);
  const row = JSON.parse(held.sink.visible.get(name)!) as Record<string, unknown>;
  expect(Object.keys(row)).toEqual(['post', 'author', 'published', 'text', 'likes']);
  expect(row['author']).toMatch(/^[\w-]{32}$/);
});

test('of class aggregate only the table leaves: no person, no small group, noise drawn from the account once', async () => {
  const held = ports(uses);
  const order = { transfer: tables, source: source('"a"'), written };
  const { name } = await exportObject(order, held);
  const output = held.sink.visible.get(name)!;
  expect(output).not.toMatch(/IS|person"|u-\d/);
  expect(held.budget.releases).toEqual([
    { recipient: 'Example Analytics Inc.', dataset: 'statistics', milliEpsilon: 1_000 },
  ]);
  expect(await exportObject(order, held)).toEqual({ name, state: 'present' });
  expect(held.budget.releases).toHaveLength(1);
});

test('when the account is empty nothing more leaves', async () => {
  const held = ports(uses);
  for (let n = 0; n < 8; n += 1) await exportObject({ transfer: tables, source: source(`"${n}"`), written }, held);
  await expect(exportObject({ transfer: tables, source: source('"9"'), written }, held)).rejects.toThrow(
    BudgetExhausted,
  );
  expect(held.sink.visible.size).toBe(8);
});

test('a transfer that expired since the deployment moves nothing, and nothing is read', async () => {
  const held = ports(uses, new Date('2027-07-01T00:00:00Z'));
  await expect(exportObject({ transfer: tables, source: source('"a"'), written }, held)).rejects.toThrow(
    TransferRefused,
  );
  expect(held.source.opened).toBe(0);
  expect(held.sink.visible.size).toBe(0);
});

test('the month of the pseudonyms is that in which the object was written: no record leaves under two', async () => {
  const post = {
    post: 'p-1',
    author: 'u-1-7f3a',
    published: '2026-10-31T23:00:00Z',
    text: 'Hei',
    likes: 3,
    home: 'NO',
  };
  const late = { transfer: posts, source: source('"a"'), written: new Date('2026-10-31T23:30:00Z') };
  const held = ports([post]);
  const { name } = await exportObject(late, held);
  expect(name).toMatch(/^uk-posts\/2026-10\//);
  const again = { ...held, now: () => new Date('2026-12-24T00:00:00Z') };
  expect(await exportObject(late, again)).toEqual({ name, state: 'present' });
});

test.each([
  [
    'records',
    posts,
    [{ post: 'p', author: 'u', published: '2026-11-20T10:00:00Z', text: 'Hei', likes: 3, home: 'NO' }],
  ],
  ['a table', tables, uses],
])('%s are released before anything is visible, and what is not released never is', async (_, transfer, records) => {
  const held = ports(records);
  const order = { transfer, source: source('"a"'), written };
  const refusing = { ...held, release: () => Promise.reject(new Error('switched off')) };
  await expect(exportObject(order, refusing)).rejects.toThrow('switched off');
  expect(held.sink.visible.size).toBe(0);
  const { name, counts } = await exportObject(order, held);
  const text = held.sink.visible.get(name)!;
  expect(held.released).toEqual([
    expect.objectContaining({ name, rows: counts!.written, bytes: Buffer.byteLength(text), quarantined: 0 }),
  ]);
});
