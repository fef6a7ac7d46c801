import { auditRecordSchema } from '../../../lib/gateway/audit/audit-record';
import { BEGIN_WITHIN } from '../../../lib/gateway/exports/export-run';
import { NOON, memoryExports, post } from './memory-exports';

const POSTS = { 'social/a.jsonl': { text: post(1) + post(2), written: '2026-11-20T08:00:00Z' } };
const UK = { transfer: 'uk-posts' };

test('what has not left yet leaves pseudonymised, recorded before it is visible, and once', async () => {
  const { state, sink, run } = memoryExports(POSTS);
  expect(await run(UK)).toEqual({ outcome: 'allow', reasons: [], sent: 1, refused: 0, more: false });
  const [[name, text]] = [...sink.visible] as [[string, string]];
  expect(text).not.toMatch(/u-1|u-2|p-1/);
  expect(text.trim().split('\n')).toHaveLength(2);
  expect(state.archive.map(({ outcome, stage, reasons }) => [stage, outcome, ...reasons])).toEqual([
    ['export', 'allow', 'export.begun'],
    ['export', 'allow', 'export.released'],
  ]);
  expect(state.archive[1]).toMatchObject({
    transfer: 'uk-posts',
    dataset: 'social',
    class: 'interoperable',
    zone: 'ADEQUATE',
    form: 'pseudonymised',
    policies: ['export.records'],
    output: name.replace(/^.*\/|\.jsonl$/g, ''),
    counts: { rows: 2, bytes: Buffer.byteLength(text), quarantined: 0, suppressed: 0, truncated: false },
  });
  for (const record of state.archive) expect(auditRecordSchema.safeParse(record).success).toBe(true);
  expect(JSON.stringify(state.archive)).not.toMatch(/a\.jsonl|Hei|7f3a/);
  expect(state.opened).toMatchObject([{ transfer: { id: 'uk-posts' }, place: { prefix: 'social/' } }]);

  expect(await run(UK)).toMatchObject({ outcome: 'allow', sent: 0 });
  expect([sink.visible.size, state.reads]).toEqual([1, 1]);
});

test('of class aggregate the table leaves, with noise for a third country, drawn once', async () => {
  const use = (n: number, home: string) =>
    `${JSON.stringify({ person: `u-${n}`, day: '2026-11-20', home, age: 44, minutes: 10 })}\n`;
  const text = Array.from({ length: 45 }, (_, n) => use(n, n < 40 ? 'NO' : 'IS')).join('');
  const { state, run } = memoryExports({ 'statistics/a.jsonl': { text, written: '2026-11-20T08:00:00Z' } });
  expect(await run({ transfer: 'us-statistics' })).toMatchObject({ outcome: 'allow', sent: 1 });
  await run({ transfer: 'us-statistics' });
  expect(state.spent).toBe(1_000);
  expect(state.archive[1]).toMatchObject({
    form: 'aggregated',
    noise: true,
    minimumGroup: 20,
    assessment: 'TIA-2026-14',
    policies: ['export.table'],
    counts: { rows: 1, suppressed: 1 },
  });
});

test.each(['off', 'unreadable'] as const)(
  'with the switch %s nothing is opened, and that is recorded',
  async (flag) => {
    const { state, sink, run } = memoryExports(POSTS);
    state.flag = flag;
    expect(await run(UK)).toMatchObject({ outcome: 'deny', reasons: ['stop.kill-switch'] });
    expect(state.archive).toMatchObject([{ stage: 'export', outcome: 'deny', reasons: ['stop.kill-switch'] }]);
    expect([state.opened.length, sink.visible.size]).toEqual([0, 0]);
  },
);

test('a switch that is thrown while an object is treated keeps it inside', async () => {
  const { state, sink, run } = memoryExports(POSTS);
  state.whileReading = () => (state.flag = 'off');
  expect(await run(UK)).toMatchObject({ outcome: 'deny', reasons: ['stop.kill-switch'] });
  expect([state.reads, sink.visible.size]).toEqual([1, 0]);
});

test('a transfer that ends while an object is treated keeps it inside; one that has ended opens nothing', async () => {
  const { state, sink, run } = memoryExports({ 'social/a.jsonl': { text: post(1), written: '2027-03-20T00:00:00Z' } });
  state.now = Date.UTC(2027, 3, 1) - 1;
  state.whileReading = () => (state.now += 1);
  expect((await run(UK)).outcome).toBe('deny');
  expect([state.reads, sink.visible.size]).toEqual([1, 0]);
  expect(await run(UK)).toMatchObject({ outcome: 'deny', reasons: ['transfer.not-in-order'] });
  expect(state.opened).toHaveLength(1);
});

test('the policies decide on their own: a row that differs from the register lets nothing leave', async () => {
  const { state, sink, run, register } = memoryExports(POSTS);
  const row = register.get('uk-posts')!;
  register.set('uk-posts', { ...row, zone: 'EEA' });
  expect(await run(UK)).toMatchObject({ outcome: 'deny', reasons: ['export.as-registered'] });
  register.set('uk-posts', { ...row, expiresAt: NOON });
  expect(await run(UK)).toMatchObject({ outcome: 'deny', reasons: ['export.time'] });
  register.delete('uk-posts');
  expect(await run(UK)).toMatchObject({ outcome: 'deny', reasons: ['transfer.not-in-order'] });
  expect([state.opened.length, sink.visible.size]).toEqual([0, 0]);
});

test.each([
  [{ transfer: 'fr-posts' }],
  [{}],
  [{ transfer: 'uk-posts', fields: ['home'] }],
  [{ transfer: '../x' }],
  [undefined],
])('input %j names no registered transfer, and is recorded without a word of it', async (input) => {
  const { state, run } = memoryExports(POSTS);
  expect(await run(input)).toMatchObject({ outcome: 'deny', reasons: ['transfer.unknown'] });
  expect(state.archive[0]?.transfer).toBeUndefined();
});

test('no record, no data', async () => {
  const { state, sink, run } = memoryExports(POSTS);
  state.whileReading = () => (state.archiveFails = true);
  await expect(run(UK)).rejects.toThrow();
  expect(sink.visible.size).toBe(0);
  state.archiveFails = false;
  state.whileReading = undefined;
  expect(await run(UK)).toMatchObject({ outcome: 'allow', sent: 1 });
});

test('unknown fields go to quarantine with a signal, and are counted in the record', async () => {
  const text = post(1) + post(2, { secret: 'x' });
  const { state, quarantine, run, sink } = memoryExports({ 'social/a': { text, written: '2026-11-20T08:00:00Z' } });
  expect(await run(UK)).toMatchObject({ outcome: 'allow', sent: 1 });
  expect(quarantine.signals).toEqual([{ dataset: 'social', reason: 'unknown-field', records: 1 }]);
  expect(quarantine.kept[0]?.entries).toHaveLength(1);
  expect(state.archive[1]).toMatchObject({ counts: { rows: 1, quarantined: 1 } });
  expect([...sink.visible.values()].join('')).not.toContain('secret');
});

test('an object that is beyond repair is refused, recorded and does not hold back the others', async () => {
  const broken = { text: '{}\n'.repeat(10_001), written: '2026-11-20T08:00:00Z' };
  const { state, sink, run } = memoryExports({ 'social/0': broken, ...POSTS });
  expect(await run(UK)).toEqual({
    outcome: 'deny',
    reasons: ['export.too-many-quarantined'],
    sent: 1,
    refused: 1,
    more: false,
  });
  expect(sink.visible.size).toBe(1);
  expect(state.archive.map(({ outcome, reasons }) => [outcome, ...reasons])).toContainEqual([
    'deny',
    'export.too-many-quarantined',
  ]);
});

test('what broke is recorded, thrown so that it is tried again, and made whole by the next try', async () => {
  const { state, sink, run } = memoryExports(POSTS);
  sink.failAfter = 0;
  await expect(run(UK)).rejects.toThrow('its record says more');
  expect(state.archive.at(-1)).toMatchObject({ outcome: 'deny', reasons: ['internal-error'], transfer: 'uk-posts' });
  expect(sink.visible.size).toBe(0);
  expect(await run(UK)).toMatchObject({ outcome: 'allow', sent: 1 });
});

test('history stays: an object older than last month is not looked at', async () => {
  const { run, state } = memoryExports({
    'social/old': { text: post(1), written: '2026-09-30T23:59:59Z' },
    'social/new': { text: post(2), written: '2026-10-01T00:00:00Z' },
  });
  expect(await run(UK)).toMatchObject({ sent: 1 });
  expect(state.reads).toBe(1);
});

test('a run that has been at it for long stops between two objects, and says that there are more', async () => {
  const { state, sink, run } = memoryExports({
    ...POSTS,
    'social/b': { text: post(3), written: '2026-11-20T08:00:00Z' },
  });
  state.whileReading = () => (state.now += BEGIN_WITHIN + 1);
  expect(await run(UK)).toMatchObject({ sent: 1, more: true });
  expect(await run(UK)).toMatchObject({ sent: 1, more: false });
  expect(sink.visible.size).toBe(2);
});
