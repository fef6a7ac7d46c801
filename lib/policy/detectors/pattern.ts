/** Event patterns of EventBridge, as plain data. */

/** One test of a field: a literal, or a comparison such as `{ prefix: 'AccessDenied' }`. */
export type Test = string | boolean | number | null | { readonly [comparison: string]: unknown };
export type Pattern = { readonly [field: string]: readonly Test[] | readonly Pattern[] | Pattern };

/**
 * Quotas of EventBridge, from "Amazon EventBridge quotas" of its user guide, read 2026-11-22: characters of a pattern
 * (2,048, adjustable) and rules of one bus (300, adjustable).
 */
export const PATTERN_CHARACTERS = 2_048;
export const RULES_PER_BUS = 300;

/** What CloudTrail puts on the default bus of the account and Region a call was made in. */
const RECORDED_CALL = { 'detail-type': ['AWS API Call via CloudTrail'] } as const;

/** Pattern of a recorded call whose record looks like this. */
export const recordedCall = (detail: Pattern): Pattern => ({ ...RECORDED_CALL, detail });

/** @throws Error when EventBridge would not take the pattern for its length */
export function withinQuota(name: string, pattern: Pattern): Pattern {
  const { length } = JSON.stringify(pattern);
  if (length > PATTERN_CHARACTERS)
    throw new Error(`Detector ${name} has a pattern of ${length} characters; EventBridge takes ${PATTERN_CHARACTERS}.`);
  return pattern;
}
