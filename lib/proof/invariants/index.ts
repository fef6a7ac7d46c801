/** Every invariant, in the order of reports. */
import { BUCKET_INVARIANTS } from './buckets';
import { CALL_INVARIANTS } from './calls';
import { GUARDRAIL_INVARIANTS } from './guardrails';
import type { Invariant } from './invariant';
import { KEY_INVARIANTS } from './keys';
import { PLACE_INVARIANTS } from './places';
import { RECORD_INVARIANTS } from './records';
import { ROLE_INVARIANTS } from './roles';

export const INVARIANTS: readonly Invariant[] = [
  ...BUCKET_INVARIANTS,
  ...KEY_INVARIANTS,
  ...RECORD_INVARIANTS,
  ...ROLE_INVARIANTS,
  ...PLACE_INVARIANTS,
  ...CALL_INVARIANTS,
  ...GUARDRAIL_INVARIANTS,
];
