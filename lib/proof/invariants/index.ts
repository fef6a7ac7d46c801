/** Every invariant, in the order of reports. */
import { ATTESTOR_INVARIANTS } from './attestor';
import { BUCKET_INVARIANTS } from './buckets';
import { CALL_INVARIANTS } from './calls';
import { CHANNEL_INVARIANTS } from './channels';
import { CONCERN_INVARIANTS } from './concerns';
import { GUARDRAIL_INVARIANTS } from './guardrails';
import type { Invariant } from './invariant';
import { KEY_INVARIANTS } from './keys';
import { PLACE_INVARIANTS } from './places';
import { RECORD_INVARIANTS } from './records';
import { STORE_INVARIANTS } from './stores';
import { ROLE_INVARIANTS } from './roles';

export const INVARIANTS: readonly Invariant[] = [
  ...BUCKET_INVARIANTS,
  ...KEY_INVARIANTS,
  ...RECORD_INVARIANTS,
  ...STORE_INVARIANTS,
  ...ROLE_INVARIANTS,
  ...PLACE_INVARIANTS,
  ...CALL_INVARIANTS,
  ...GUARDRAIL_INVARIANTS,
  ...ATTESTOR_INVARIANTS,
  ...CHANNEL_INVARIANTS,
  ...CONCERN_INVARIANTS,
];
