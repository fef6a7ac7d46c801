/**
 * A registered transfer carried out for one object: checked once more, treated, written to the transfer's export bucket.
 *
 * Records leave pseudonymised, field by field as registered. Of class aggregate only the dataset's table leaves, with the
 * registered threshold, and with noise for a third country. The output's name follows from what goes in, and its month is
 * that in which the object was written, whenever it is exported: a retry finds it there and draws nothing from the noise
 * account a second time, and the same records never leave under the pseudonyms of two months.
 */
import { costOf } from '../aggregate';
import type { NoiseBudget } from '../aggregate';
import type { Dataset } from '../datasets';
import {
  countedTable,
  entryLine,
  epochOf,
  firstDayOf,
  outputName,
  pseudonymiseBatch,
  Quarantine,
} from '../pseudonymise';
import type { BatchOrder, BatchOutcome, BatchPorts, SourceObject } from '../pseudonymise';
import { checkTransfers } from './check';
import { releaseOf } from './release';
import type { Transfer } from './transfer';
import { zoneOf } from './zone';

export interface ExportOrder {
  readonly transfer: Transfer;
  readonly source: SourceObject;
  /** When the object was written; decides the month of its pseudonyms. */
  readonly written: Date;
}

export interface ExportPorts extends BatchPorts {
  readonly datasets: readonly Dataset[];
  /** Ids of the enclave's sites. */
  readonly sites: readonly string[];
  readonly budget: NoiseBudget;
  readonly now: () => Date;
  /** Asked, and told, before anything becomes visible: no record, no data. Throws to keep it inside. */
  readonly release: NonNullable<BatchPorts['release']>;
}

/** The transfer is not, or no longer, in order. One line per reason; nothing was read. */
export class TransferRefused extends Error {
  override readonly name = 'TransferRefused';
}

/** @throws TransferRefused, or what treating the object throws; nothing is visible then */
export async function exportObject(
  { transfer, source, written }: ExportOrder,
  ports: ExportPorts,
): Promise<BatchOutcome> {
  const problems = checkTransfers([transfer], ports.now(), ports.sites, ports.datasets);
  const dataset = ports.datasets.find(({ name }) => name === transfer.dataset);
  if (problems.length > 0 || dataset === undefined) throw new TransferRefused(problems.join('\n'));
  const order: BatchOrder = {
    source,
    dataset,
    recipient: transfer.to.name,
    purposeGroup: transfer.purposeGroup,
    fields: transfer.fields,
    format: 'jsonl',
    prefix: transfer.id,
    now: written,
  };
  return transfer.class === 'aggregate' ? exportTable(transfer, order, ports) : pseudonymiseBatch(order, ports);
}

async function exportTable(transfer: Transfer, order: BatchOrder, ports: ExportPorts): Promise<BatchOutcome> {
  const { dataset, recipient, purposeGroup } = order;
  const { table } = dataset;
  const { minimumGroup } = transfer;
  if (table === undefined || minimumGroup === undefined)
    throw new TransferRefused(`transfers: ${transfer.id}: dataset ${dataset.name} has no table to export`);
  const name = outputName(order);
  if (await ports.sink.exists(name)) return { name, state: 'present' };
  const epoch = epochOf(order.now);
  const mac = await ports.keys.recordMac({ recipient, purposeGroup, epoch });
  const quarantine = new Quarantine(dataset.name, ports.alarm);
  try {
    const { noise } = releaseOf(transfer, zoneOf(transfer.to));
    const form = { kind: 'treated', mac, recipient, purposeGroup, referenceDay: firstDayOf(epoch) } as const;
    const shown = await countedTable(
      { dataset, table, form, minimumGroup, noise },
      { bytes: () => ports.source.open(order.source), access: () => ports.source.access(order.source) },
      quarantine,
    );
    await quarantine.settle(ports.quarantine, name);
    if (noise) await ports.budget.spend({ recipient, dataset: dataset.name, milliEpsilon: costOf(table.sums.length) });
    const lines = shown.rows.map((entry) => Buffer.from(`${entryLine(table, entry)}\n`));
    await ports.release({
      name,
      rows: lines.length,
      bytes: lines.reduce((sum, { length }) => sum + length, 0),
      quarantined: quarantine.entries.length,
      suppressed: shown.suppressedGroups,
    });
    const state = await ports.sink.write(name, asyncOf(lines));
    return { name, state, counts: { written: lines.length, quarantined: quarantine.entries.length } };
  } finally {
    mac.destroy();
  }
}

async function* asyncOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
