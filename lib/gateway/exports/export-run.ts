/**
 * One run of a registered transfer: what the dataset has that has not left yet is decided about, treated and put into the
 * transfer's export bucket, object by object.
 *
 * Nothing of the input is believed but the transfer's id. The decision is made before anything is read and again, with a
 * record, before each object becomes visible: a switch that is thrown or a transfer that ends while gigabytes are being
 * treated still stops them.
 */
import { z } from 'zod';
import type { AuditFacts } from '../audit/audit-record';
import type { NoiseBudget } from '../aggregate';
import type { Dataset as DatasetDefinition } from '../datasets';
import { decideExport } from '../decision/decide-export';
import type { Dataset } from '../decision/facts';
import { registeredName } from '../decision/facts';
import { accessOf } from '../decision/kill-switch';
import { decisionFacts, readSwitch } from '../handling/asked';
import { asRefusal, deniedFacts, Refusal } from '../handling/refusal';
import type { KnownFacts } from '../handling/refusal';
import type { GatewayPorts } from '../ports/ports';
import type { Alarm, ObjectSink, PseudonymKeys, QuarantineStore, Ready } from '../pseudonymise';
import { checkTransfers, exportObject, releaseOf, zoneOf } from '../transfer';
import type { ExportPorts, Transfer } from '../transfer';
import { lastingRefusal } from './refusals';
import type { ExportSources, ListedObject } from './sources';
import { inWindow } from './window';

/** How long a run begins with further objects, in milliseconds; the rest waits for the next. The function may run thrice as long. */
export const BEGIN_WITHIN = 300_000;

export interface ExportRunPorts extends Pick<
  GatewayPorts,
  'site' | 'registers' | 'engine' | 'killSwitch' | 'recorder' | 'now' | 'newId'
> {
  /** Transfers that leave this site, in full, by id. */
  readonly transfers: ReadonlyMap<string, Transfer>;
  readonly datasets: readonly DatasetDefinition[];
  readonly sources: ExportSources;
  /** The export bucket of a transfer. */
  readonly sinkOf: (transferId: string) => ObjectSink;
  readonly keys: PseudonymKeys;
  readonly quarantine: QuarantineStore;
  readonly alarm: Alarm;
  readonly budget: NoiseBudget;
}

/** What a run answers to the state machine. No name of an object is in it. */
export interface ExportAnswer {
  readonly outcome: 'allow' | 'deny';
  readonly reasons: readonly string[];
  readonly sent: number;
  readonly refused: number;
  /** There are objects left, and this run got on: another one goes on from here. */
  readonly more: boolean;
}

const inputSchema = z.strictObject({ transfer: registeredName });

/** The transfer at hand, and what every record of it says. */
interface Run {
  readonly transfer: Transfer;
  readonly place: Dataset;
  readonly facts: KnownFacts;
}

/** Throws what another try may mend, so that the state machine tries again; what is refused is answered. */
export function exportRun(ports: ExportRunPorts): (input: unknown) => Promise<ExportAnswer> {
  return async (input) => {
    let facts: KnownFacts = {};
    try {
      const run = runOf(input, ports);
      facts = run.facts;
      const begun = await permitted(run, ports);
      await ports.recorder.record(allowed(begun, ['export.begun']));
      return await everyObject(run, ports);
    } catch (error) {
      const refusal = lastingRefusal(error);
      await ports.recorder.record(deniedFacts(refusal ?? asRefusal(error), 'export', facts));
      // Lambda writes a cause into its log, and what an unexpected error says may come from the data.
      // eslint-disable-next-line preserve-caught-error
      if (refusal === undefined) throw new Error('The export could not be carried out; its record says more.');
      return { outcome: 'deny', reasons: refusal.reasons, sent: 0, refused: 0, more: false };
    }
  };
}

function runOf(input: unknown, { transfers, registers }: ExportRunPorts): Run {
  const { data } = inputSchema.safeParse(input);
  const transfer = data && transfers.get(data.transfer);
  if (transfer === undefined) throw new Refusal(404, ['transfer.unknown']);
  const { id, dataset, class: of, assessment } = transfer;
  const facts = { transfer: id, dataset, class: of, ...(assessment === undefined ? {} : { assessment }) };
  const place = registers.datasets.get(dataset);
  if (place === undefined) throw new Refusal(404, ['dataset.unknown'], facts);
  // The register refuses it at synthesis; items of a table are read key by key, and have no list.
  if (place.partitionKey !== undefined) throw new Refusal(422, ['export.no-objects'], facts);
  return { transfer, place, facts };
}

/** What a record says of the decision as it stands now. @throws Refusal when it is no */
async function permitted({ transfer, place, facts }: Run, ports: ExportRunPorts): Promise<KnownFacts> {
  const now = ports.now();
  const problems = checkTransfers([transfer], new Date(now), [ports.site], ports.datasets);
  const row = ports.registers.transfers.get(transfer.id);
  if (problems.length > 0 || row === undefined) throw new Refusal(403, ['transfer.not-in-order'], facts);
  const zone = zoneOf(transfer.to);
  const release = releaseOf(transfer, zone);
  const access = accessOf(await readSwitch(ports));
  const decision = await decideExport({ transfer: row, dataset: place, zone, release, access, now }, ports.engine);
  const decided = { ...facts, ...decisionFacts(decision), ...release };
  if (decision.outcome === 'deny') throw new Refusal(403, decision.reasons, decided);
  return decided;
}

const allowed = (facts: KnownFacts, reasons: string[]): AuditFacts => ({
  policies: [],
  ...facts,
  reasons,
  stage: 'export',
  outcome: 'allow',
});

async function everyObject(run: Run, ports: ExportRunPorts): Promise<ExportAnswer> {
  const begun = ports.now();
  const dataset = await ports.sources.open({ transfer: run.transfer, place: run.place, runId: ports.newId() });
  const objectPorts: ExportPorts = {
    ...ports,
    source: dataset.source,
    sink: ports.sinkOf(run.transfer.id),
    sites: [ports.site],
    now: () => new Date(ports.now()),
    release: (ready) => released(run, ready, ports),
  };
  let [sent, refused] = [0, 0];
  let reasons: readonly string[] = [];
  for await (const object of dataset.list()) {
    if (!inWindow(object.written, new Date(begun))) continue;
    if (ports.now() - begun > BEGIN_WITHIN) return { ...answer(reasons, sent, refused), more: sent > 0 };
    const result = await oneObject(run, object, objectPorts, ports);
    if (result === 'created') sent += 1;
    if (typeof result === 'object') [refused, reasons] = [refused + 1, result.reasons];
  }
  return answer(reasons, sent, refused);
}

const answer = (reasons: readonly string[], sent: number, refused: number): ExportAnswer => ({
  outcome: refused > 0 ? 'deny' : 'allow',
  reasons,
  sent,
  refused,
  more: false,
});

/** One object that cannot leave does not hold back the others; a decision that has turned does. */
async function oneObject(
  { transfer, facts }: Run,
  { written, ...source }: ListedObject,
  objectPorts: ExportPorts,
  { recorder }: ExportRunPorts,
): Promise<'created' | 'present' | Refusal> {
  try {
    return (await exportObject({ transfer, source, written }, objectPorts)).state;
  } catch (error) {
    const refusal = lastingRefusal(error);
    if (refusal === undefined || error instanceof Refusal) throw error;
    await recorder.record(deniedFacts(refusal, 'export', facts));
    return refusal;
  }
}

/** The last word before an object becomes visible: decided once more, and recorded. @throws Refusal, NotRecorded */
async function released(run: Run, { name, ...counts }: Ready, ports: ExportRunPorts): Promise<void> {
  const decided = await permitted(run, ports);
  const output = name.replace(/^.*\/|\..*$/g, '');
  await ports.recorder.record(
    allowed({ ...decided, output, counts: { ...counts, truncated: false } }, ['export.released']),
  );
}
