import { isIP } from 'node:net';
import fc from 'fast-check';
import { DatasetError, generaliser, valueCheck } from '../../../lib/gateway/datasets';
import type { Generalisation, ValueKind } from '../../../lib/gateway/datasets';

const is = (kind: ValueKind, value: unknown) => valueCheck(kind)(value);

test.each<[ValueKind, readonly unknown[], readonly unknown[]]>([
  [{ type: 'string', maxLength: 3 }, ['', 'abc', 'ø'], ['abcd', 1, null, ['a'], '\ud800']],
  [{ type: 'string', pattern: '[a-z]{2}' }, ['no'], ['nor', 'NO', 'no\n']],
  [{ type: 'string', oneOf: ['a', 'b'] }, ['a'], ['c', 'toString']],
  [{ type: 'integer', min: 0, max: 9 }, [0, 9], [-1, 10, 1.5, '1', Number.NaN]],
  [{ type: 'integer' }, [2 ** 53 - 1], [2 ** 53, 1e300]],
  [{ type: 'number' }, [0.5, -1], [Infinity, Number.NaN, '0.5']],
  [{ type: 'boolean' }, [true, false], ['true', 0]],
  [
    { type: 'date' },
    ['2024-02-29', '2026-11-22'],
    ['2023-02-29', '1900-02-29', '2026-13-01', '2026-1-1', '2026-11-22T00:00Z', '2026-11-00'],
  ],
  [
    { type: 'instant' },
    ['2026-11-22T03:30Z', '2026-11-22T03:30:01.5+01:00'],
    ['2026-11-22', '2026-11-22T24:00Z', '2026-11-31T00:00Z', '2026-11-22T03:30'],
  ],
  [
    { type: 'ip' },
    ['203.0.113.7', '2001:db8::1', '::ffff:203.0.113.7'],
    ['203.0.113', '1', '0x7f.1', 'fe80::1%eth0', ''],
  ],
])('%j takes its own values and nothing else', (kind, good, bad) => {
  for (const value of good) expect([value, is(kind, value)]).toEqual([value, true]);
  for (const value of bad) expect([value, is(kind, value)]).toEqual([value, false]);
});

test('no value whatever makes a check throw', () => {
  const kinds: ValueKind[] = [
    { type: 'string' },
    { type: 'integer' },
    { type: 'date' },
    { type: 'instant' },
    { type: 'ip' },
  ];
  fc.assert(fc.property(fc.anything(), (value) => kinds.every((kind) => typeof is(kind, value) === 'boolean')));
});

test('a day is taken exactly when the calendar has it', () => {
  const calendar = (text: string) => {
    const time = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  };
  const part = (max: number, length: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(length, '0'));
  fc.assert(
    fc.property(part(9999, 4), part(13, 2), part(32, 2), (year, month, day) => {
      const text = `${year}-${month}-${day}`;
      expect([text, is({ type: 'date' }, text)]).toEqual([text, calendar(text)]);
    }),
    { numRuns: 2_000 },
  );
});

const coarser = (kind: ValueKind, how: Generalisation, value: string | number) =>
  generaliser(kind, how, '2026-11-01')(value);

test.each<[ValueKind, Generalisation, string | number, unknown]>([
  [{ type: 'date' }, { method: 'year' }, '1984-05-06', 1984],
  [{ type: 'instant' }, { method: 'year' }, '2026-11-22T03:30:00Z', 2026],
  [{ type: 'date' }, { method: 'ageBand', years: 10 }, '1986-11-01', '[40,50)'],
  [{ type: 'date' }, { method: 'ageBand', years: 10 }, '1986-11-02', '[30,40)'],
  [{ type: 'date' }, { method: 'ageBand', years: 10 }, '1920-01-01', '[90,)'],
  [{ type: 'date' }, { method: 'ageBand', years: 10 }, '2027-01-01', undefined],
  [{ type: 'integer' }, { method: 'ageBand', years: 7 }, 88, '[84,90)'],
  [{ type: 'string' }, { method: 'country' }, 'NO-34', 'NO'],
  [{ type: 'string' }, { method: 'country' }, 'SE', 'SE'],
  [{ type: 'string' }, { method: 'country' }, 'XX', undefined],
  [{ type: 'string' }, { method: 'country' }, 'Hamar, Norway', undefined],
  [{ type: 'ip' }, { method: 'ipPrefix' }, '203.0.113.77', '203.0.113.0/24'],
  [{ type: 'ip' }, { method: 'ipPrefix' }, '2001:db8:7:1:2:3:4:5', '2001:db8:7::/48'],
  [{ type: 'ip' }, { method: 'ipPrefix' }, '::ffff:203.0.113.77', '203.0.113.0/24'],
  [{ type: 'string' }, { method: 'postcodePrefix', characters: 2 }, 'sw1a 1aa', 'SW'],
  [{ type: 'string' }, { method: 'postcodePrefix', characters: 2 }, '23', undefined],
  [{ type: 'integer' }, { method: 'bucket', width: 100 }, -1, '[-100,0)'],
  [{ type: 'number' }, { method: 'bucket', width: 10 }, 12.5, '[10,20)'],
  [{ type: 'number' }, { method: 'bucket', width: 10 }, 1e300, undefined],
])('%j by %j makes %j coarser', (kind, how, value, expected) => {
  expect(coarser(kind, how, value)).toEqual(expected);
});

test('an address never keeps its host part', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      fc.pre(isIP(address) !== 0);
      const network = String(coarser({ type: 'ip' }, { method: 'ipPrefix' }, address));
      expect(network).toMatch(/^\d+\.\d+\.\d+\.0\/24$|^[0-9a-f]+:[0-9a-f]+:[0-9a-f]+::\/48$/);
    }),
  );
});

test('a method or kind that does not exist is an error, not a way through', () => {
  expect(() => valueCheck({ type: 'blob' } as never)).toThrow(DatasetError);
  expect(() => generaliser({ type: 'string' }, { method: 'none' } as never, '2026-11-01')).toThrow(DatasetError);
  expect(() => generaliser({ type: 'boolean' }, { method: 'year' }, '2026-11-01')).toThrow(/takes date or instant/);
});
