/** The data plane's redactor over the registered datasets: records as stored, pseudonymised, or counted. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { BudgetExhausted, TableRefused, costOf } from '../aggregate';
import type { NoiseBudget } from '../aggregate';
import { RedactionRefused } from '../data-plane/redactor';
import type { RedactedPiece, RedactionOrder, Redactor } from '../data-plane/redactor';
import { DatasetError } from '../datasets';
import type { Dataset } from '../datasets';
import { countedTable, entryLine } from './counted-table';
import { epochOf, firstDayOf } from './epoch';
import { PseudonymKeyError } from './keys';
import type { PseudonymKeys } from './keys';
import { Quarantine, TooManyQuarantined } from './quarantine';
import type { Alarm, QuarantineStore } from './quarantine';
import { recordRule } from './record-rule';
import type { RuleForm } from './record-rule';
import { RecordTreatment } from './record-treatment';
import { rowWriter } from './row-writer';
import { treatedStream } from './treated-stream';
import type { StoredBytes } from './treated-stream';
import { UnreadableObject } from './unreadable';
import { wholeObject } from './whole-object';

export interface RedactorPorts {
  readonly datasets: readonly Dataset[];
  readonly keys: PseudonymKeys;
  readonly quarantine: QuarantineStore;
  readonly alarm: Alarm;
  readonly budget: NoiseBudget;
}

export class DatasetRedactor implements Redactor {
  constructor(private readonly ports: RedactorPorts) {}

  async *redact(source: AsyncIterable<Uint8Array>, order: RedactionOrder): AsyncGenerator<RedactedPiece> {
    try {
      const dataset = this.ports.datasets.find(({ name }) => name === order.dataset);
      if (dataset === undefined) throw new RedactionRefused('no dataset of this name is registered');
      const quarantine = new Quarantine(dataset.name, this.ports.alarm);
      try {
        yield* this.pieces(source, dataset, order, quarantine);
        if (quarantine.entries.length > 0) yield { kind: 'quarantined', records: quarantine.entries.length };
      } finally {
        // Also when the data plane has read enough and asks for no more.
        await quarantine.settle(this.ports.quarantine, `${dataset.name}/answer-${randomUUID()}`);
      }
    } catch (error) {
      throw asRefusal(error);
    }
  }

  private async *pieces(
    source: AsyncIterable<Uint8Array>,
    dataset: Dataset,
    order: RedactionOrder,
    quarantine: Quarantine,
  ): AsyncGenerator<RedactedPiece> {
    const { obligations, recipient, purposeGroup } = order;
    const stored = { bytes: () => Promise.resolve(Readable.from(source)), access: () => wholeObject(source) };
    if (obligations.form === 'raw') {
      yield* rows(dataset, { kind: 'raw' }, stored, quarantine);
      return;
    }
    const epoch = epochOf(new Date(order.now));
    this.ports.keys.forgetAllBut(epoch);
    const mac = await this.ports.keys.recordMac({ recipient, purposeGroup, epoch });
    try {
      const form = { kind: 'treated', mac, recipient, purposeGroup, referenceDay: firstDayOf(epoch) } as const;
      yield* obligations.form === 'pseudonymised'
        ? rows(dataset, form, stored, quarantine)
        : this.table(dataset, form, stored, order, quarantine);
    } finally {
      mac.destroy();
    }
  }

  private async *table(
    dataset: Dataset,
    form: Extract<RuleForm, { kind: 'treated' }>,
    stored: StoredBytes,
    { obligations: { minimumGroup, noise }, recipient }: RedactionOrder,
    quarantine: Quarantine,
  ): AsyncGenerator<RedactedPiece> {
    const { name, table } = dataset;
    if (table === undefined) throw new RedactionRefused(`dataset ${name} has no table to count`);
    const shown = await countedTable({ dataset, table, form, minimumGroup, noise }, stored, quarantine);
    // Booked before the first row leaves: an answer that breaks off has been drawn.
    if (noise) await this.ports.budget.spend({ recipient, dataset: name, milliEpsilon: costOf(table.sums.length) });
    for (const entry of shown.rows) yield { kind: 'row', line: entryLine(table, entry) };
    if (shown.suppressedGroups > 0) yield { kind: 'suppressed', groups: shown.suppressedGroups };
  }
}

/** The treated object row by row. Ends the reading when nobody asks for more. */
async function* rows(
  dataset: Dataset,
  form: RuleForm,
  stored: StoredBytes,
  quarantine: Quarantine,
): AsyncGenerator<RedactedPiece> {
  const rule = recordRule(dataset, form);
  const treatment = new RecordTreatment(rule, rowWriter('jsonl', rule), quarantine);
  for await (const chunk of treatedStream(dataset, treatment, stored)) {
    // A chunk holds whole lines, and JSON has no line feed inside a line.
    const lines = chunk.toString('utf8').split('\n');
    lines.pop();
    for (const line of lines) yield { kind: 'row', line };
  }
}

const KNOWN = [DatasetError, PseudonymKeyError, UnreadableObject, TooManyQuarantined, TableRefused, BudgetExhausted];

/** What is ours says what it may; of anything else only the name of the error is known to be free of data. */
function asRefusal(error: unknown): RedactionRefused {
  if (error instanceof RedactionRefused) return error;
  if (KNOWN.some((known) => error instanceof known)) return new RedactionRefused((error as Error).message);
  return new RedactionRefused(`the object cannot be read: ${error instanceof Error ? error.name : 'unknown error'}`);
}
