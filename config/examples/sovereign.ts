import { enclave } from '../enclave';
import type { EnclaveInput } from '../schema';
import { SUBJECT_COUNTRIES } from '../schema';

/**
 * A site in the AWS European Sovereign Cloud: a partition with accounts, an organisation and keys of its own, so it is an
 * enclave of its own. It has one Region, hence no partner: no copy of its data exists anywhere else.
 */
export const sovereignEnclave: EnclaveInput = {
  name: 'sovereign',
  organizationId: 'o-examplesov1',
  costCentre: enclave.costCentre,
  operator: { name: 'Example Betrieb GmbH', country: 'DE' },
  auditor: {
    name: 'Example Assurance GmbH',
    country: 'DE',
    account: '999900001111',
    region: 'eusc-de-east-1',
    incidents: enclave.auditor.incidents,
  },
  strictCountry: true,
  pseudonymAuthority: 'brb-1',
  retention: enclave.retention,
  sites: [
    {
      id: 'brb-1',
      account: '999911112222',
      commitment: { country: 'DE' },
      placement: {
        kind: 'region',
        region: 'eusc-de-east-1',
        zones: ['eusc-de-east-1-az1', 'eusc-de-east-1-az2', 'eusc-de-east-1-az3'],
      },
      cidr: '10.64.0.0/16',
      homeOf: [...SUBJECT_COUNTRIES],
    },
  ],
  stores: enclave.stores,
  replication: [],
};
