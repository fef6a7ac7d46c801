import { Readable } from 'node:stream';
import fc from 'fast-check';
import { datasets } from '../../../config/datasets';
import { enclave } from '../../../config/enclave';
import { parseDatasets } from '../../../config/registers';
import type { Dataset } from '../../../lib/gateway/datasets';
import { MetricAlarm, PseudonymKeys, outputName, pseudonymiseBatch } from '../../../lib/gateway/pseudonymise';
import type { BatchOrder } from '../../../lib/gateway/pseudonymise';
import { MemoryQuarantine, MemoryRootKey, MemorySink, MemorySource } from './memory-ports';

const registered: readonly Dataset[] = parseDatasets(datasets, enclave.stores);
const dataset = (name: string): Dataset => registered.find((held) => held.name === name)!;
const shownFields = (name: string) =>
  Object.entries(dataset(name).fields).flatMap(([key, field]) => (field.treatment === 'drop' ? [] : [key]));

function order(name: string, change: Partial<BatchOrder> = {}): BatchOrder {
  return {
    source: { key: 'in/1', etag: '"e1"' },
    dataset: dataset(name),
    recipient: 'Example Research',
    purposeGroup: 'research',
    fields: shownFields(name),
    format: 'jsonl',
    prefix: 'uk-research',
    now: new Date('2026-11-22T03:30:00Z'),
    ...change,
  };
}

function ports(content: string | Buffer | (() => Readable)) {
  const quarantine = new MemoryQuarantine();
  const root = new MemoryRootKey();
  const source = new MemorySource(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
  return { source, sink: new MemorySink(), keys: new PseudonymKeys(root), quarantine, alarm: quarantine, root };
}

async function run(name: string, content: string | Buffer | (() => Readable), change: Partial<BatchOrder> = {}) {
  const held = ports(content);
  const outcome = await pseudonymiseBatch(order(name, change), held);
  return { ...held, outcome, output: held.sink.visible.get(outcome.name)! };
}

const message = (change: Record<string, unknown> = {}) => ({
  message: 'm-778812',
  conversation: 'c-551200',
  sender: 'u-anna-4711',
  recipient: 'u-bjorn-4712',
  sent: '2026-11-20T12:33:44Z',
  body: 'Møtes klokken tolv',
  language: 'nb',
  address: '203.0.113.77',
  home: 'NO-34',
  characters: 18,
  edited: false,
  ...change,
});
const jsonLines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

test('a message leaves with pseudonyms, coarser values and what is kept, in the schema’s order', async () => {
  const { output, root, outcome } = await run('messages', jsonLines(message()));
  expect(JSON.parse(output)).toEqual({
    conversation: expect.stringMatching(/^[\w-]{32}$/),
    sender: expect.stringMatching(/^[\w-]{32}$/),
    recipient: expect.stringMatching(/^[\w-]{32}$/),
    sent: 2026,
    language: 'nb',
    address: '203.0.113.0/24',
    home: 'NO',
    characters: 18,
    edited: false,
  });
  expect(Object.keys(JSON.parse(output) as object)).toEqual(shownFields('messages'));
  expect(outcome.counts).toEqual({ written: 1, quarantined: 0 });
  expect(root.calls).toBe(1);
});

test('the same person has one pseudonym in all datasets of a recipient, and others elsewhere', async () => {
  const csv = `person,email,fullName,born,home,joined,verified,plan\nu-anna-4711,Anna@Example.org,Anna A,1984-05-06,NO-34,2019-01-02,true,free\n`;
  const person = async (change: Partial<BatchOrder>) =>
    (JSON.parse((await run('records', csv, change)).output) as { person: string }).person;
  const { sender } = JSON.parse((await run('messages', jsonLines(message()))).output) as { sender: string };
  expect(await person({})).toBe(sender);
  expect(await person({ recipient: 'Example Media' })).not.toBe(sender);
  expect(await person({ purposeGroup: 'security' })).not.toBe(sender);
  expect(await person({ now: new Date('2026-12-01T00:00:00Z') })).not.toBe(sender);
});

test('only the fields that are registered leave, and one the schema drops cannot be registered', async () => {
  const { output } = await run('messages', jsonLines(message()), { fields: ['sent', 'home'] });
  expect(JSON.parse(output)).toEqual({ sent: 2026, home: 'NO' });
  await expect(run('messages', jsonLines(message()), { fields: ['body'] })).rejects.toThrow(
    'dataset messages does not show body',
  );
});

test('order and number of records are kept, wherever chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 65_536 }), { minLength: 1, maxLength: 60 }), async (numbers) => {
      const records = numbers.map((characters) => message({ characters, body: 'ø€😀'.repeat(characters % 5) }));
      const { output } = await run('messages', jsonLines(...records));
      const rows = output
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { characters: number }).characters);
      expect(rows).toEqual(numbers);
    }),
    { numRuns: 40 },
  );
});

test.each<[string, unknown, string, string]>([
  ['an unknown field', message({ iban: 'NO9386011117947' }), '(unknown)', 'unknown-field'],
  [
    'an unknown field that is called __proto__',
    JSON.parse(`${JSON.stringify(message()).slice(0, -1)},"__proto__":{"x":1}}`),
    '(unknown)',
    'unknown-field',
  ],
  ['a wrong type', message({ characters: '18' }), 'characters', 'wrong-value'],
  ['a nested value', message({ sender: { id: 'u-anna-4711' } }), 'sender', 'wrong-value'],
  ['a wrong type in a field that is dropped', message({ body: 7 }), 'body', 'wrong-value'],
  ['a value that cannot be made coarser', message({ home: 'XX-1' }), 'home', 'wrong-value'],
  ['a missing field', message({ sender: undefined }), 'sender', 'missing-field'],
  ['a list', [message()], '*', 'not-a-record'],
])('%s sends the record to quarantine with an alarm, and the others through', async (_, record, field, reason) => {
  const { output, quarantine, outcome } = await run('messages', jsonLines(message(), record, message()));
  expect(output.trim().split('\n')).toHaveLength(2);
  expect(outcome.counts).toEqual({ written: 2, quarantined: 1 });
  expect(quarantine.kept).toEqual([
    { dataset: 'messages', batch: outcome.name, entries: [{ position: 2, complaints: [{ field, reason }] }] },
  ]);
  expect(quarantine.signals).toEqual([{ dataset: 'messages', reason, records: 1 }]);
});

test('text that is no JSON, no UTF-8 or too long goes to quarantine, and empty lines are no records', async () => {
  const good = Buffer.from(jsonLines(message()));
  const bad = Buffer.concat([
    good,
    Buffer.from('{"sender": "u-anna-4711\n\n'),
    Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
    good,
  ]);
  const { outcome, quarantine } = await run('messages', bad);
  expect(outcome.counts).toEqual({ written: 2, quarantined: 2 });
  expect(quarantine.kept[0]!.entries.map(({ position }) => position)).toEqual([2, 3]);
  const long = await run('messages', () =>
    Readable.from([good, Buffer.from(`{"body":"${'x'.repeat(3_000_000)}"}\n`), good], { objectMode: false }),
  );
  expect(long.quarantine.signals).toEqual([{ dataset: 'messages', reason: 'too-long', records: 1 }]);
  expect(long.outcome.counts).toEqual({ written: 2, quarantined: 1 });
});

test('the name of an unknown field may be personal, and is not written down', async () => {
  const { quarantine } = await run('messages', jsonLines(message({ 'anna@example.org': true, 'u-4711': 1 })));
  expect(JSON.stringify(quarantine.kept)).not.toMatch(/anna|4711/);
  expect(quarantine.kept[0]!.entries[0]!.complaints).toEqual([
    { field: '(unknown)', reason: 'unknown-field' },
    { field: '(unknown)', reason: 'unknown-field' },
  ]);
});

test('more wrong records than can be an accident end the batch, and nothing is visible', async () => {
  const held = ports(jsonLines(...Array.from({ length: 10_001 }, () => ({ sender: 'u-anna-4711' }))));
  await expect(pseudonymiseBatch(order('messages'), held)).rejects.toThrow(/more than 10000 records do not fit/);
  expect(held.sink.visible.size).toBe(0);
  expect(held.quarantine.signals).toEqual([{ dataset: 'messages', reason: 'missing-field', records: 10_001 }]);
});

test('a batch that fails midway leaves nothing visible, and its retry writes the same name with the same bytes', async () => {
  const content = jsonLines(...Array.from({ length: 1_000 }, (_, n) => message({ characters: n })));
  const held = ports(content);
  held.sink.failAfter = 1;
  await expect(pseudonymiseBatch(order('messages'), held)).rejects.toThrow('the connection broke');
  expect(held.sink.visible.size).toBe(0);
  const retried = await pseudonymiseBatch(order('messages'), held);
  const fresh = await run('messages', content);
  expect(retried.name).toBe(fresh.outcome.name);
  expect(held.sink.visible.get(retried.name)).toBe(fresh.output);
  expect(await pseudonymiseBatch(order('messages'), held)).toEqual({ name: retried.name, state: 'present' });
  expect(held.source.opened).toBe(2);
});

test('a source that breaks off leaves nothing visible', async () => {
  const broken = () =>
    Readable.from(
      (function* () {
        yield Buffer.from(jsonLines(message()));
        throw new Error('the source broke off');
      })(),
      { objectMode: false },
    );
  const held = ports(broken);
  await expect(pseudonymiseBatch(order('messages'), held)).rejects.toThrow('the source broke off');
  expect(held.sink.visible.size).toBe(0);
});

test('quarantine that cannot be kept makes nothing visible', async () => {
  const held = ports(jsonLines(message(), {}));
  const quarantine = { keep: () => Promise.reject(new Error('no quarantine')) };
  await expect(pseudonymiseBatch(order('messages'), { ...held, quarantine })).rejects.toThrow('no quarantine');
  expect(held.sink.visible.size).toBe(0);
});

test('the name of an output changes with everything that decides its content, and holds nothing of the source’s name', () => {
  const named = outputName(order('messages'));
  expect(named).toMatch(/^uk-research\/2026-11\/[0-9a-f]{64}\.jsonl$/);
  expect(outputName(order('messages', { source: { key: 'elsewhere/anna', etag: '"e1"' } }))).toBe(named);
  const changes: Partial<BatchOrder>[] = [
    { source: { key: 'in/1', etag: '"e2"' } },
    { dataset: { ...dataset('messages'), store: 'other' } },
    { recipient: 'other' },
    { purposeGroup: 'other' },
    { fields: ['sent'] },
    { format: 'csv' },
    { now: new Date('2026-12-01') },
  ];
  for (const change of changes) expect(outputName(order('messages', change))).not.toBe(named);
});

test('no failure of the key service passes a record', async () => {
  const held = ports(jsonLines(message()));
  held.root.failures = 1;
  await expect(pseudonymiseBatch(order('messages'), held)).rejects.toThrow('the key service is down');
  expect(held.sink.visible.size).toBe(0);
});

const HEADER = 'person,email,phone,fullName,born,home,postcode,lastAddress,joined,verified,plan';
const ROW =
  'u-anna-4711,Anna@Example.org,+4791234567,"Anna, Andersen",1984-05-06,NO-34,2318,203.0.113.77,2019-01-02,true,free';

test('CSV is read by its header and written as CSV', async () => {
  const { output } = await run('records', `\uFEFF${HEADER}\n${ROW}\n`, { format: 'csv' });
  const [head, row, end] = output.split('\n');
  expect(head).toBe('person,email,born,home,postcode,lastAddress,joined,balance,verified,plan');
  expect(row).toMatch(/^[\w-]{32},[\w-]{32},"\[40,50\)",NO,23,203\.0\.113\.0\/24,2019,,true,free$/);
  expect(end).toBe('');
});

test('an e-mail address is one person in any case', async () => {
  const { output } = await run('records', `${HEADER}\n${ROW}\n${ROW.replace('Anna@', ' ANNA@')}\n`);
  const [a, b] = output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { email: string }).email);
  expect(a).toBe(b);
});

test('a CSV record with other columns goes to quarantine, an unknown column sends every record there', async () => {
  const odd = await run('records', `${HEADER}\n${ROW}\n${ROW},extra\n`);
  expect(odd.outcome.counts).toEqual({ written: 1, quarantined: 1 });
  for (const column of ['iban', '__proto__', 'constructor']) {
    const unknown = await run('records', `${HEADER},${column}\n${ROW},x\n${ROW},\n`);
    expect([column, unknown.outcome.counts]).toEqual([column, { written: 0, quarantined: 2 }]);
  }
});

test('CSV that cannot be parsed is refused whole, and the error says the line and nothing of the text', async () => {
  const held = ports(`${HEADER}\n${ROW}\nu-anna-4711,"Anna" Andersen,x\n`);
  const failure: unknown = await pseudonymiseBatch(order('records'), held).catch((error: unknown) => error);
  expect(String(failure)).toMatch(/^UnreadableObject: the CSV cannot be parsed at line 3 \(CSV_\w+\)/);
  expect(everything(failure)).not.toMatch(/anna|Andersen/i);
  expect(held.sink.visible.size).toBe(0);
});

/** All that an error carries, hidden properties and causes as well. */
function everything(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null || seen.has(value)) return String(value);
  seen.add(value);
  return Object.getOwnPropertyNames(value)
    .map((key) => `${key}=${everything((value as Record<string, unknown>)[key], seen)}`)
    .join('\n');
}

/** The ways in which a value could be written and read back without a key. */
function traces(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [
    value,
    value.toUpperCase(),
    value.toLowerCase(),
    [...value].reverse().join(''),
    encodeURIComponent(value),
    ...(['base64', 'base64url', 'hex'] as const).map((encoding) => bytes.toString(encoding).replace(/=+$/, '')),
  ];
}

test('no value that is dropped, pseudonymised or generalised can be found in output, quarantine, signals, log or errors', async () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{8,20}$/);
  const secret = fc.record({
    message: word,
    conversation: word,
    sender: word,
    recipient: word,
    body: word,
    device: word,
  });
  const written: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0),
  );
  const log = (['log', 'error', 'warn', 'info', 'debug'] as const).map((method) =>
    jest
      .spyOn(console, method)
      .mockImplementation((...words: unknown[]) => void written.push(words.map(String).join(' '))),
  );
  try {
    await fc.assert(
      fc.asyncProperty(secret, fc.integer({ min: 0, max: 4 }), async (values, fault) => {
        const record = message({ ...values, address: '198.51.100.213', home: 'NO-99' });
        const faulty = [
          jsonLines(record, { ...record, [values.body]: 1 }),
          jsonLines(record).slice(0, -4),
          jsonLines({ ...record, characters: values.sender }),
          jsonLines({ ...record, sender: [values.sender] }),
          jsonLines(record, ...Array.from({ length: 10_001 }, () => [values.body])),
        ][fault]!;
        const held = ports(faulty);
        const alarms: string[] = [];
        const alarm = new MetricAlarm(
          (line) => alarms.push(line),
          () => new Date(0),
        );
        const failure: unknown = await pseudonymiseBatch(order('messages'), { ...held, alarm }).catch(
          (e: unknown) => e,
        );
        const all = [
          ...held.sink.visible.values(),
          everything(failure),
          JSON.stringify(held.quarantine),
          ...alarms,
          ...written,
        ].join('\n');
        for (const value of [...Object.values(values), '198.51.100.213', 'NO-99', '2026-11-20T12:33'])
          for (const trace of traces(value))
            if (all.includes(trace)) throw new Error(`a trace was found: case ${fault}`);
      }),
      { numRuns: 60 },
    );
  } finally {
    for (const spy of [...streams, ...log]) spy.mockRestore();
  }
}, 120_000);
