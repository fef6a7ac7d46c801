/** Every case of what may leave under a registered transfer, put to the shipped policies one by one. */
import type { CedarEngine } from '../policies/cedar-engine';
import { dataClass } from '../settings';
import type { DataClass } from '../settings';
import { ZONES } from '../zones/requester-zone';
import type { Zone } from '../zones/requester-zone';
import type { Release } from './decide-export';
import type { Access } from './facts';

/** Forms in which something could leave; the groups of a table are as small as a transfer may register, or one smaller. */
const RELEASES: Readonly<Record<string, Release>> = {
  'as stored': { form: 'raw', minimumGroup: 0, noise: false },
  pseudonymised: { form: 'pseudonymised', minimumGroup: 0, noise: false },
  table: { form: 'aggregated', minimumGroup: 10, noise: false },
  'table with noise': { form: 'aggregated', minimumGroup: 10, noise: true },
  'table of groups under 10, with noise': { form: 'aggregated', minimumGroup: 9, noise: true },
};

/** What may be wrong with the transfer's row, and whether it names an assessment. */
const ROWS = ['assessed', 'registered', 'of another dataset', 'of another class', 'of another zone'] as const;
const TIMES = ['before the end', 'at the end'] as const;
const ACCESSES: readonly Access[] = ['on', 'off', 'unreadable'];

/** One case and its outcome. */
export interface ExportRow {
  readonly zone: Zone;
  readonly class: DataClass;
  readonly form: string;
  readonly row: (typeof ROWS)[number];
  readonly time: (typeof TIMES)[number];
  readonly access: Access;
  readonly allowed: boolean;
}

const END = Date.UTC(2026, 0, 1);

/** All cases: zone of the recipient × class × form × row of the register × time × kill switch. */
export function* exportRows(engine: CedarEngine): Generator<ExportRow> {
  for (const zone of ZONES)
    for (const of of dataClass.options)
      for (const [form, release] of Object.entries(RELEASES))
        for (const row of ROWS)
          for (const time of TIMES)
            for (const access of ACCESSES) {
              const { allowed } = engine.evaluateNow({
                recipient: { id: 'recipient', zone },
                dataset: { id: 'dataset', class: of },
                access,
                now: time === 'at the end' ? END : END - 1,
                release,
                transfer: {
                  dataset: row === 'of another dataset' ? 'another' : 'dataset',
                  class: row === 'of another class' ? otherThan(of, dataClass.options) : of,
                  zone: row === 'of another zone' ? otherThan(zone, ZONES) : zone,
                  expiresAt: END,
                  ...(row === 'registered' ? {} : { assessment: 'assessment' }),
                },
              });
              yield { zone, class: of, form, row, time, access, allowed };
            }
}

const otherThan = <Word>(word: Word, words: readonly Word[]): Word => words.find((other) => other !== word)!;
