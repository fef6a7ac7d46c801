import type { Pattern } from './pattern';

/**
 * How a record of the gateway stands on its site's default event bus: `detail` is the record. Whoever empties the gateway's
 * feed puts them there.
 */
export const DECISION_EVENT = { source: 'enclave.gateway', detailType: 'Gateway Decision' } as const;

/** Pattern of the gateway's records. */
export const decisionPattern = (): Pattern => ({
  source: [DECISION_EVENT.source],
  'detail-type': [DECISION_EVENT.detailType],
});
