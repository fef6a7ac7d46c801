import { enclave } from '../enclave';
import type { EnclaveInput } from '../schema';

/** The shipped enclave with the daily attestation in the auditor's account. */
export const attestedEnclave: EnclaveInput = {
  ...enclave,
  attestation: {
    dailyAt: '03:20',
    waiver: {
      fingerprint: 'a92a808959dcf11a',
      owner: 'Example Assurance GmbH',
      approver: 'Example Data Protection Board',
      reason:
        'The function asks AWS in every Region, which no isolated subnet can; its role reads settings, never contents.',
      legalBasis: 'GDPR Article 32(1)(d), regular testing of the measures; no data of persons is processed',
      expires: '2027-06-30',
    },
  },
};
