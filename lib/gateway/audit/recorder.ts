/**
 * Writes each record before its answer is released: no record, no data.
 *
 * The archive comes first and must succeed. Then the oversight feed; what it does not take goes to the dead-letter queue,
 * from which it is delivered later. A record that is in neither archive nor, for the feed, in either of the two stops the
 * answer.
 */
import { AUDIT_SCHEMA, auditRecordSchema } from './audit-record';
import type { AuditFacts, AuditRecord } from './audit-record';
import type { PolicyEngine } from '../policies/policy-engine';
import { persistently } from './persistently';
import type { Persistence } from './persistently';

/** Keeps records for good, one object each; writing the same record again changes nothing. */
export interface Archive {
  keep(record: AuditRecord): Promise<void>;
}

/** Carries records to the oversight account. */
export interface Feed {
  send(record: AuditRecord): Promise<void>;
}

/** The decision could not be recorded, so it must not take effect. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
}

export interface Recorder {
  /** @returns the record as written @throws NotRecorded */
  record(facts: AuditFacts): Promise<AuditRecord>;
}

export interface RecorderPorts {
  readonly site: string;
  readonly engine: Pick<PolicyEngine, 'name' | 'policyHash'>;
  readonly archive: Archive;
  readonly feed: Feed;
  /** Takes what archive or feed did not take. */
  readonly deadLetters: Feed;
  readonly persistence: Persistence;
  readonly now: () => number;
  readonly newId: () => string;
}

export class DecisionRecorder implements Recorder {
  constructor(private readonly ports: RecorderPorts) {}

  async record(facts: AuditFacts): Promise<AuditRecord> {
    const { site, engine, archive, feed, deadLetters, persistence, now, newId } = this.ports;
    const parsed = auditRecordSchema.safeParse({
      schema: AUDIT_SCHEMA,
      id: newId(),
      at: now(),
      site,
      engine: engine.name,
      policyHash: engine.policyHash,
      ...facts,
    });
    if (!parsed.success) throw new NotRecorded('the record does not match its schema');
    const record = parsed.data;
    const letter = (): Promise<void> => persistently(() => deadLetters.send(record), persistence);
    try {
      await persistently(() => archive.keep(record), persistence);
    } catch {
      // Oversight hears of it even so; the answer is stopped either way.
      await letter().catch(() => undefined);
      throw new NotRecorded('the archive did not take the record');
    }
    try {
      await persistently(() => feed.send(record), persistence);
    } catch {
      await letter().catch(() => {
        throw new NotRecorded('neither the feed nor the dead-letter queue took the record');
      });
    }
    return record;
  }
}
