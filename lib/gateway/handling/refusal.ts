/** A request that goes no further: what the caller is told and what the record says. No value of the request is in it. */
import type { AuditFacts } from '../audit/audit-record';

/** What is known of a decision besides its outcome. */
export type KnownFacts = Partial<Omit<AuditFacts, 'stage' | 'outcome'>>;

export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** HTTP status. */
    readonly status: number,
    readonly reasons: readonly string[],
    readonly facts: KnownFacts = {},
  ) {
    super(reasons.join(', '));
  }
}
