/** A request that goes no further: what the caller is told and what the record says. No value of the request is in it. */
import type { AuditFacts, Stage } from '../audit/audit-record';

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

/** What an error is to the caller. What an unexpected one says may come from the data: only that it happened is told. */
export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal(500, ['internal-error']);

/** What the record says of a refusal at a stage, with what was known of the request by then. */
export const deniedFacts = ({ facts, reasons }: Refusal, stage: Stage, known: KnownFacts): AuditFacts => ({
  policies: [],
  ...known,
  ...facts,
  reasons: [...reasons],
  stage,
  outcome: 'deny',
});
