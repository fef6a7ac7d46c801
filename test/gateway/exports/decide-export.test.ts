import { decideExport } from '../../../lib/gateway/decision/decide-export';
import { exportRows } from '../../../lib/gateway/decision/export-matrix';
import { CedarEngine } from '../../../lib/gateway/policies/cedar-engine';
import type { PolicyEngine } from '../../../lib/gateway/policies/policy-engine';
import { changedPolicies, engine } from '../shipped';

const rows = [...exportRows(engine)];
const cell = ({ zone, class: of, form, row }: (typeof rows)[number]): string => `${zone} ${of} ${form}, ${row}`;

/** What is promised, written by hand; what is not in it stays. */
const REGISTERED = ['assessed', 'registered'];
const PROMISED = [
  ...['EEA', 'ADEQUATE'].flatMap((zone) =>
    REGISTERED.flatMap((row) => [
      `${zone} interoperable pseudonymised, ${row}`,
      `${zone} public pseudonymised, ${row}`,
      `${zone} aggregate table, ${row}`,
      `${zone} aggregate table with noise, ${row}`,
    ]),
  ),
  'THIRD interoperable pseudonymised, assessed',
  'THIRD public pseudonymised, assessed',
  'THIRD aggregate table with noise, assessed',
];

test('what may leave is exactly what is promised: asked about every case', () => {
  expect(rows).toHaveLength(4 * 4 * 5 * 5 * 2 * 3);
  const allowed = rows.filter((row) => row.allowed);
  expect([...new Set(allowed.map(cell))].sort()).toEqual([...PROMISED].sort());
  expect(allowed).toHaveLength(PROMISED.length);
});

test('restricted data never leaves, nothing leaves as stored, for an unknown country, at the end, or with the switch off', () => {
  for (const row of rows)
    if (
      row.class === 'restricted' ||
      row.form === 'as stored' ||
      row.zone === 'BLOCKED' ||
      row.time === 'at the end' ||
      row.access !== 'on'
    )
      expect([cell(row), row.allowed]).toEqual([cell(row), false]);
});

test.each([
  ['70-exports.cedar', 'context.now < context.transfer.expiresAt', 'context.now <= context.transfer.expiresAt'],
  ['70-exports.cedar', 'context.release.minimumGroup >= 10', 'context.release.minimumGroup >= 9'],
  ['70-exports.cedar', 'context.transfer.zone == principal.zone', 'true'],
  ['10-stop.cedar', ', Gateway::Action::"export"', ''],
])('policies loosened in %s (%s) let more leave', (file, from, to) => {
  const loosened = [...exportRows(new CedarEngine(changedPolicies(file, from, to)))];
  expect(loosened.filter((row) => row.allowed).length).toBeGreaterThan(PROMISED.length);
});

const ROW = { id: 't', dataset: 'd', class: 'public', zone: 'EEA', expiresAt: 2 } as const;
const DATASET = { id: 'd', class: 'public', source: 'bucket', prefix: '' } as const;
const QUESTION = {
  transfer: ROW,
  dataset: DATASET,
  zone: 'EEA',
  release: { form: 'pseudonymised', minimumGroup: 0, noise: false },
  access: 'on',
  now: 1,
} as const;

test.each([
  ['an unreadable clock', { now: Number.NaN }, ['clock.unreadable']],
  ['an unknown dataset', { dataset: undefined }, ['dataset.unknown']],
  ['another zone than the register says', { zone: 'ADEQUATE' }, ['export.as-registered']],
  ['a form that nothing permits', { release: { form: 'raw', minimumGroup: 0, noise: false } }, ['no-policy-permits']],
] as const)('%s is denied', async (_, change, reasons) => {
  expect(await decideExport(QUESTION, engine)).toMatchObject({ outcome: 'allow', policies: ['export.records'] });
  expect(await decideExport({ ...QUESTION, ...change }, engine)).toMatchObject({ outcome: 'deny', reasons });
});

test('an engine that fails has let nothing leave', async () => {
  const failing: PolicyEngine = {
    name: 'verified-permissions',
    policyHash: engine.policyHash,
    evaluate: () => Promise.resolve({ allowed: false, policies: [], failure: 'engine-unavailable' }),
  };
  expect(await decideExport(QUESTION, failing)).toMatchObject({ outcome: 'deny', reasons: ['engine-unavailable'] });
});
