import { enclave } from '../enclave';
import type { EnclaveInput } from '../schema';

/**
 * The shipped enclave while dub-1, lost and deployed anew, is filled again from its copies at nordic-1. Taken out again
 * when every object is verified, at the latest on the last day.
 */
export const recoveringEnclave: EnclaveInput = {
  ...enclave,
  recovery: {
    sites: ['dub-1'],
    until: '2026-12-15',
    approvedBy: 'Example Data Protection Board',
    reason: 'The buckets of dub-1 were lost on 2026-11-22; their copies in Stockholm are carried home to Dublin.',
  },
};
