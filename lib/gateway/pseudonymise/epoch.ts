/**
 * The time for which a pseudonym stays the same: one calendar month, UTC.
 *
 * Longer, and a recipient follows a person for longer than the purpose needs; shorter, and KMS is asked more often.
 */
export type Epoch = string;

/** `2026-11` for any instant in November 2026. @throws RangeError for an invalid date */
export function epochOf(instant: Date): Epoch {
  return instant.toISOString().slice(0, 7);
}

/** First day of an epoch, ISO. */
export function firstDayOf(epoch: Epoch): string {
  return `${epoch}-01`;
}
