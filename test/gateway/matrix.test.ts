import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { matrixEvidence, recordedMatrix } from '../../bin/access-matrix';
import { UNLISTED_PURPOSE, cellsOf, evaluateMatrix, matrixRows } from '../../lib/gateway/decision/matrix';
import type { Cell, Matrix } from '../../lib/gateway/decision/matrix';
import { CedarEngine } from '../../lib/gateway/policies/cedar-engine';
import type { DataClass } from '../../lib/gateway/settings';
import type { Zone } from '../../lib/gateway/zones/requester-zone';
import { matrixPage } from '../../scripts/gateway/matrix-page';
import { changedPolicies, engine, policySet, settings } from './shipped';

const ROOT = resolve(__dirname, '../..');
const PURPOSES = settings.purposes.map(({ id }) => id);
const ABROAD = ['trust-and-safety', 'security-incident', 'service-operation'];
const ANY_TRANSFER = ['none', 'registered', 'assessed'];
const WORKING = ['one, privacy', 'two, one privacy'];
const ANY_GRANT = ['none', ...WORKING];

/** The table that is promised, written by hand: what is not in it is denied. */
const PROMISED: Readonly<Record<string, Partial<Cell['when']>>> = {
  'EEA restricted raw': { approvals: ['two, one privacy'], transfer: ANY_TRANSFER, purpose: PURPOSES },
  'EEA interoperable raw': { approvals: WORKING, transfer: ANY_TRANSFER, purpose: PURPOSES },
  'ADEQUATE interoperable pseudonymised': { approvals: WORKING, transfer: ['registered', 'assessed'], purpose: ABROAD },
  'THIRD interoperable pseudonymised': { approvals: ['two, one privacy'], transfer: ['assessed'], purpose: ABROAD },
  ...Object.fromEntries(
    [
      ...['EEA', 'ADEQUATE', 'THIRD', 'BLOCKED'].map((zone) => `${zone} public raw`),
      'EEA aggregate aggregated',
      'ADEQUATE aggregate aggregated',
      ...['EEA', 'ADEQUATE', 'THIRD'].map((zone) => `${zone} aggregate aggregated with noise`),
    ].map((cell) => [cell, { approvals: ANY_GRANT, transfer: ANY_TRANSFER, purpose: PURPOSES }]),
  ),
};

describe('the shipped policies, asked about every case', () => {
  let matrix: Matrix;
  beforeAll(() => {
    matrix = evaluateMatrix(settings, engine);
    // Half a minute of one CPU; on a busy machine much longer.
  }, 900_000);

  test('allow exactly what the promised table says, in the same combinations', () => {
    expect(matrix.cases).toBe(4 * 4 * 2 * (1 + 3 * 3) * 3 * (PURPOSES.length + 1) * 3);
    const name = ({ zone, class: of, form }: Cell): string => `${zone} ${of} ${form}`;
    const allowed = matrix.cells.filter((cell) => cell.allowed > 0);
    expect(allowed.map(name).sort()).toEqual(Object.keys(PROMISED).sort());
    for (const cell of allowed) {
      const { approvals, transfer, purpose, time, access } = cell.when;
      expect(cell.complete).toBe(true);
      expect({ time, access }).toEqual({ time: ['within'], access: ['on'] });
      const sorted = [approvals, transfer, purpose].map((values) => [...values].sort());
      const promised = PROMISED[name(cell)]!;
      expect(sorted).toEqual([promised.approvals, promised.transfer, promised.purpose].map((v) => [...v!].sort()));
    }
  });

  test('allow nothing with a purpose that is on no list, at the end of a grant, or while the switch is off or unreadable', () => {
    for (const { when } of matrix.cells) {
      expect(when.purpose).not.toContain(UNLISTED_PURPOSE);
      expect(when.time).not.toContain('at the end');
      expect(when.access.filter((access) => access !== 'on')).toEqual([]);
    }
  });

  test('decide as reviewed: a changed snapshot is a changed policy, and the pull request says what it changes for residency', () => {
    const lines = matrix.cells.map(
      ({ zone, class: of, form, allowed, cases, when }) =>
        `${zone} ${of} ${form}: ${allowed} of ${cases}${
          allowed > 0
            ? `; ${Object.entries(when)
                .map(([key, values]) => `${key}: ${values.join('/')}`)
                .join('; ')}`
            : ''
        }`,
    );
    expect([
      'policies',
      ...policySet.policies.map(({ id, effect }) => `${effect} ${id}`),
      'decisions',
      ...lines,
    ]).toMatchSnapshot();
  });

  test('are described by docs/access-matrix.md as it stands', () => {
    const page = readFileSync(join(ROOT, 'docs/access-matrix.md'), 'utf8');
    expect(page).toBe(matrixPage(matrix, settings, policySet, engine));
  });

  test('are what the evidence of a synthesis says, which is recorded beside them', () => {
    const recorded = recordedMatrix(policySet, settings);
    expect(recorded).toEqual(matrixEvidence(matrix, policySet, settings));
    expect(recorded?.cells).toContainEqual({ cell: 'THIRD reads restricted (raw)', decision: 'deny' });
  });
});

type Loosened = readonly [by: string, zone: Zone, of: DataClass, file: string, from: string, to: string];
const LOOSENED: readonly Loosened[] = [
  [
    'an approval less',
    'EEA',
    'restricted',
    '60-restricted.cedar',
    'context.grant.approvals >= 2',
    'context.grant.approvals >= 1',
  ],
  ['no privacy officer', 'EEA', 'restricted', '40-grants.cedar', 'privacyApprovals < 1', 'privacyApprovals < 0'],
  [
    'a grant before its time',
    'EEA',
    'interoperable',
    '40-grants.cedar',
    'context.now < context.grant.notBefore ||',
    'false ||',
  ],
  [
    'an unreadable switch',
    'BLOCKED',
    'public',
    '10-stop.cedar',
    'context.access == Gateway::Access::"on"',
    'context.access != Gateway::Access::"off"',
  ],
  [
    'no assessment',
    'THIRD',
    'interoperable',
    '61-interoperable.cedar',
    '  context.transfer has assessment &&\n  context.transfer.assessment != ""',
    '  true',
  ],
  ['no noise', 'THIRD', 'aggregate', '63-aggregate.cedar', ' &&\n  context.answer.noise', ''],
];

test.each(LOOSENED)(
  'policies loosened by %s change the snapshot',
  (_, zone, of, file, from, to) => {
    const loosened = new CedarEngine(changedPolicies(file, from, to));
    const part = (which: CedarEngine): Cell[] => cellsOf(matrixRows(settings, which, { zones: [zone], classes: [of] }));
    const allowed = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.allowed, 0);
    const [before, after] = [part(engine), part(loosened)];
    expect(after).not.toEqual(before);
    expect(allowed(after)).toBeGreaterThan(allowed(before));
  },
  300_000,
);
