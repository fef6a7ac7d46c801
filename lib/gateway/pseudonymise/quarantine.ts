/**
 * Records that are not what their schema says: put aside by position and field name, never by value, and counted.
 *
 * An unknown field's name comes from the data and may itself be personal ("anna@example.org": true): it is not written.
 * Whoever may look at the object finds it by the position.
 */

export type Reason = 'unknown-field' | 'missing-field' | 'wrong-value' | 'not-a-record' | 'too-long';

export interface Complaint {
  /** Name of the field as the schema has it; `*` for the record as a whole, {@link UNKNOWN_FIELD} for one it does not have. */
  readonly field: string;
  readonly reason: Reason;
}

export interface QuarantineEntry {
  /** Which record of the object, from 1. */
  readonly position: number;
  readonly complaints: readonly Complaint[];
}

export interface QuarantineBatch {
  readonly dataset: string;
  /** Name of the output that the records are missing from. */
  readonly batch: string;
  readonly entries: readonly QuarantineEntry[];
}

/** Keeps the entries of a batch inside the enclave. Called again with the same batch, it has nothing to do. */
export interface QuarantineStore {
  keep(batch: QuarantineBatch): Promise<void>;
}

/** Tells people. Counts only. */
export interface Alarm {
  quarantined(dataset: string, reason: Reason, records: number): void;
}

/** More records are wrong than can be an accident: the batch is given up and nothing of it becomes visible. */
export class TooManyQuarantined extends Error {
  override readonly name = 'TooManyQuarantined';
}

/** Bounds memory, and stops a batch whose schema has plainly changed. */
export const MOST_QUARANTINED = 10_000;

/** Stands for the name of a field that the schema does not know. */
export const UNKNOWN_FIELD = '(unknown)';

/** The records put aside in one batch. */
export class Quarantine {
  private readonly held: QuarantineEntry[] = [];

  constructor(
    private readonly dataset: string,
    private readonly alarm: Alarm,
    private readonly most = MOST_QUARANTINED,
  ) {}

  get entries(): readonly QuarantineEntry[] {
    return this.held;
  }

  /** @throws TooManyQuarantined */
  put(position: number, complaints: readonly Complaint[]): void {
    this.held.push({ position, complaints });
    if (this.held.length <= this.most) return;
    this.signal();
    throw new TooManyQuarantined(
      `dataset ${this.dataset}: more than ${this.most} records do not fit its schema; the batch is given up. Correct the source or the schema.`,
    );
  }

  /** Raises the alarm and keeps the entries, if there are any; both before anything of the batch is seen. */
  async settle(store: QuarantineStore, batch: string): Promise<void> {
    if (this.held.length === 0) return;
    this.signal();
    await store.keep({ dataset: this.dataset, batch, entries: this.held });
  }

  /** Raises the alarm for what is held, one signal per reason. */
  private signal(): void {
    const counts = new Map<Reason, number>();
    for (const { complaints } of this.held)
      for (const reason of new Set(complaints.map((complaint) => complaint.reason)))
        counts.set(reason, (counts.get(reason) ?? 0) + 1);
    for (const [reason, records] of counts) this.alarm.quarantined(this.dataset, reason, records);
  }
}
