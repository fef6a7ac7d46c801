/** Every case of the published table, put to the shipped policies one by one. */
import type { CedarEngine } from '../policies/cedar-engine';
import { dataClass } from '../settings';
import type { DataClass, GatewaySettings } from '../settings';
import { ZONES } from '../zones/requester-zone';
import type { Zone } from '../zones/requester-zone';
import { candidateAnswers, sessionSeconds } from './answers';
import { policyQuery } from './decide';
import type { Access } from './facts';
import { TIMES, TRANSFERS, countryIn, questionOf } from './scenario';
import type { Scenario } from './scenario';

/** Who approved: how many others, and whether one of them is a privacy officer in the EEA. */
export const APPROVALS = {
  none: { approvals: 0, privacyApproval: false },
  'one, privacy': { approvals: 1, privacyApproval: true },
  'two, no privacy': { approvals: 2, privacyApproval: false },
  'two, one privacy': { approvals: 2, privacyApproval: true },
} as const;

const ACCESSES: readonly Access[] = ['on', 'off', 'unreadable'];
/** A purpose that is on no list. */
export const UNLISTED_PURPOSE = 'curiosity';

/** One case and its outcome. `form` says how the answer would be: with `noise` or not where it is aggregated. */
export interface MatrixRow {
  readonly zone: Zone;
  readonly class: DataClass;
  readonly form: string;
  readonly approvals: keyof typeof APPROVALS;
  readonly transfer: Scenario['transfer'];
  readonly purpose: string;
  readonly time: Scenario['time'];
  readonly access: Access;
  readonly allowed: boolean;
}

/** The role that is cleared for every class, so that the person is not what decides. */
const ROLE = 'analyst';

/** All cases: zone × class × approvals × transfer × purpose × time × kill switch × form; or those of one part of the table. */
export function* matrixRows(
  settings: GatewaySettings,
  engine: CedarEngine,
  { zones = ZONES, classes = dataClass.options }: { zones?: readonly Zone[]; classes?: readonly DataClass[] } = {},
): Generator<MatrixRow> {
  const purposes = [...settings.purposes.map(({ id }) => id), UNLISTED_PURPOSE];
  const cleared = settings.roles.find(({ id }) => id === ROLE)?.cleared ?? [];
  for (const zone of zones)
    for (const of of classes)
      for (const approvals of Object.keys(APPROVALS) as (keyof typeof APPROVALS)[])
        for (const transfer of TRANSFERS)
          for (const purpose of purposes)
            // Without a grant there is nothing that begins or ends.
            for (const time of approvals === 'none' ? (['within'] as const) : TIMES)
              for (const access of ACCESSES) {
                const q = questionOf({
                  country: countryIn(zone),
                  role: ROLE,
                  class: of,
                  purpose,
                  ...APPROVALS[approvals],
                  transfer,
                  time,
                  access,
                });
                // At the end no session is left, which would hide what the end itself does: ask for the shortest one.
                const seconds = Math.max(900, sessionSeconds(q.now, q.grant?.expiresAt, settings));
                for (const answer of candidateAnswers(of, seconds, settings)) {
                  const { allowed } = engine.evaluateNow(policyQuery(q, q.dataset!, zone, cleared, answer));
                  const form = answer.noise ? `${answer.form} with noise` : answer.form;
                  yield { zone, class: of, form, approvals, transfer, purpose, time, access, allowed };
                }
              }
}

const DIMENSIONS = ['approvals', 'transfer', 'purpose', 'time', 'access'] as const;

/** What is allowed in one zone, of one class, in one form: the values of each dimension that occur in an allowed case. */
export interface Cell {
  readonly zone: Zone;
  readonly class: DataClass;
  readonly form: string;
  readonly cases: number;
  readonly allowed: number;
  readonly when: Readonly<Record<(typeof DIMENSIONS)[number], readonly string[]>>;
  /** Every combination of those values is allowed, so that the lists say it all. */
  readonly complete: boolean;
}

/** Condenses the cases into cells, in the order in which they came. */
export function cellsOf(rows: Iterable<MatrixRow>): Cell[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const key = `${row.zone} ${row.class} ${row.form}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map(cellOf);
}

function cellOf(rows: MatrixRow[]): Cell {
  const allowed = rows.filter((row) => row.allowed);
  const valuesOf = (key: (typeof DIMENSIONS)[number]): string[] => [...new Set(allowed.map((row) => row[key]))];
  const when: Cell['when'] = {
    approvals: valuesOf('approvals'),
    transfer: valuesOf('transfer'),
    purpose: valuesOf('purpose'),
    time: valuesOf('time'),
    access: valuesOf('access'),
  };
  const covered = rows.filter((row) => DIMENSIONS.every((key) => when[key].includes(row[key])));
  const { zone, class: of, form } = rows[0]!;
  return {
    zone,
    class: of,
    form,
    cases: rows.length,
    allowed: allowed.length,
    when,
    complete: covered.length === allowed.length,
  };
}

/** The matrix as asked. */
export interface Matrix {
  readonly cells: readonly Cell[];
  readonly cases: number;
  readonly allowed: number;
}

/** Puts every case to the policies. Takes about half a minute. */
export function evaluateMatrix(settings: GatewaySettings, engine: CedarEngine): Matrix {
  const rows = [...matrixRows(settings, engine)];
  return { cells: cellsOf(rows), cases: rows.length, allowed: rows.filter(({ allowed }) => allowed).length };
}
