/** What every reader needs to turn records into text: the rule, the writer and the place for what does not fit. */
import type { Quarantine } from './quarantine';
import type { RecordRule } from './record-rule';
import type { RowWriter } from './row-writer';
import type { Complaint } from './quarantine';
import type { Value } from '../datasets';

/** Turns the records of one batch into lines, in order, and counts. */
export class RecordTreatment {
  private position = 0;
  private written = 0;
  private readonly row: (Value | undefined)[] = [];

  constructor(
    private readonly rule: RecordRule,
    private readonly writer: RowWriter,
    private readonly quarantine: Quarantine,
  ) {}

  /** Text before the first row. */
  get head(): string {
    return this.writer.head;
  }

  /** Records that passed so far. */
  get records(): number {
    return this.written;
  }

  /** The record as a line without line end; undefined: it is in quarantine, or the writer adds no line for it. @throws TooManyQuarantined */
  line(record: unknown): string | undefined {
    this.position += 1;
    const complaints = this.rule.apply(record, this.row);
    if (complaints !== undefined) {
      this.quarantine.put(this.position, complaints);
      return undefined;
    }
    this.written += 1;
    return this.writer.line(this.row);
  }

  /** A record that could not even be read. @throws TooManyQuarantined */
  refuse(reason: Complaint['reason']): void {
    this.position += 1;
    this.quarantine.put(this.position, [{ field: '*', reason }]);
  }
}
