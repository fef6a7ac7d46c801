/** An export run whose objects, flag, records and bucket are in memory; the run, the policies and the treatment are the shipped ones. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { registeredTransfers } from '../../../bin/transfers';
import { datasets } from '../../../config/datasets';
import { enclave as input } from '../../../config/enclave';
import { parseEnclave } from '../../../config/parse';
import { parseDatasets } from '../../../config/registers';
import { registeredTransfersOf, storedDatasets } from '../../../lib/enclave/gateway/site-files';
import { siteContext } from '../../../lib/enclave/site-context';
import type { AuditRecord } from '../../../lib/gateway/audit/audit-record';
import { DecisionRecorder } from '../../../lib/gateway/audit/recorder';
import { switchText } from '../../../lib/gateway/decision/kill-switch';
import { exportRun } from '../../../lib/gateway/exports/export-run';
import type { ExportOrder } from '../../../lib/gateway/exports/sources';
import { PseudonymKeys } from '../../../lib/gateway/pseudonymise';
import { MemoryQuarantine, MemoryRootKey, MemorySink } from '../pseudonymise/memory-ports';
import { engine } from '../shipped';
import { UK_POSTS, US_TABLES } from '../transfer/fixtures';

export const NOON = Date.UTC(2026, 10, 22, 12);
const enclave = parseEnclave(input);
const at = siteContext(enclave, 'dub-1');
const known = parseDatasets(datasets, enclave.stores);

/** An object as it lies in the source bucket. */
export interface Lying {
  readonly text: string;
  readonly written: string;
}

export const post = (n: number, more: object = {}): string =>
  `${JSON.stringify({ post: `p-${n}`, author: `u-${n}-7f3a`, published: '2026-11-20T10:00:00Z', text: 'Hei', likes: n, home: 'NO', ...more })}\n`;

/** Everything a test looks at or breaks. */
export function memoryExports(objects: Readonly<Record<string, Lying>>, registered = [UK_POSTS, US_TABLES]) {
  const transfers = registeredTransfers(enclave, new Date(NOON), registered);
  const quarantine = new MemoryQuarantine();
  const state = {
    now: NOON,
    flag: 'on' as 'on' | 'off' | 'unreadable',
    archive: [] as AuditRecord[],
    archiveFails: false,
    opened: [] as ExportOrder[],
    reads: 0,
    /** Called when an object is opened: lets a test change the world while it is treated. */
    whileReading: undefined as (() => void) | undefined,
    spent: 0,
  };
  const sink = new MemorySink();
  const now = (): number => state.now;
  const register = new Map(registeredTransfersOf(at, transfers).map((row) => [row.id, row]));
  const run = exportRun({
    site: 'dub-1',
    registers: {
      datasets: new Map(
        storedDatasets(at, known).map(({ schema, ...place }) => [
          schema.name,
          { ...place, id: schema.name, class: schema.class },
        ]),
      ),
      transfers: register,
    },
    engine,
    killSwitch: {
      read: () =>
        state.flag === 'unreadable'
          ? Promise.reject(new Error('unreachable'))
          : Promise.resolve({
              text: switchText({ access: state.flag, changedAt: 1, changedBy: ['olaf', 'uma'], voidBefore: 1 }),
              version: 1,
            }),
      write: () => Promise.reject(new Error('an export never writes the flag')),
    },
    recorder: new DecisionRecorder({
      site: 'dub-1',
      engine,
      archive: {
        keep: (record) =>
          state.archiveFails ? Promise.reject(new Error('down')) : Promise.resolve(void state.archive.push(record)),
      },
      feed: { send: () => Promise.resolve() },
      deadLetters: { send: () => Promise.resolve() },
      persistence: { attempts: 1, firstWait: 1, sleep: () => Promise.resolve(), random: () => 0 },
      now,
      newId: randomUUID,
    }),
    now,
    newId: randomUUID,
    transfers: new Map(transfers.map((row) => [row.id, row])),
    datasets: known,
    sources: {
      open: (order) => {
        state.opened.push(order);
        return Promise.resolve({
          list: async function* () {
            for (const [key, { text, written }] of Object.entries(objects))
              yield { key, etag: `"${key}${text.length}"`, written: new Date(written) };
          },
          source: {
            open: ({ key }) => {
              state.reads += 1;
              state.whileReading?.();
              return Promise.resolve(Readable.from([Buffer.from(objects[key]!.text)], { objectMode: false }));
            },
            access: () => Promise.reject(new Error('no ranges here')),
          },
        });
      },
    },
    sinkOf: () => sink,
    keys: new PseudonymKeys(new MemoryRootKey()),
    quarantine,
    alarm: quarantine,
    budget: {
      spend: ({ milliEpsilon }) => Promise.resolve(void (state.spent += milliEpsilon)),
    },
  });
  return { state, sink, quarantine, run, register };
}
