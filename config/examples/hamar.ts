import { enclave } from '../enclave';
import { organization } from '../organization';
import type { EnclaveInput } from '../schema';

const [dub1, dub2, nordic] = enclave.sites as [
  EnclaveInput['sites'][number],
  EnclaveInput['sites'][number],
  EnclaveInput['sites'][number],
];

/**
 * The enclave with Norway for real: nordic-1 on an Outpost at Hamar, every commitment met, strictCountry true. Its data
 * stands in Norway, its keys in Sweden. Dublin copies to Frankfurt, since an Outpost takes no copies from a Region.
 */
export const hamarEnclave: EnclaveInput = {
  ...enclave,
  strictCountry: true,
  organization: {
    ...organization,
    services: { ...organization.services, 's3-outposts': 'buckets on the Outpost' },
  },
  sites: [
    { ...dub1, homeOf: dub1.homeOf.filter((country) => country !== 'CH') },
    dub2,
    {
      id: 'nordic-1',
      account: nordic.account,
      commitment: nordic.commitment,
      placement: {
        kind: 'outpost',
        region: 'eu-north-1',
        zones: ['eun1-az1'],
        outpostArn: `arn:aws:outposts:eu-north-1:${nordic.account}:outpost/op-0123456789abcdef0`,
        siteCountry: 'NO',
        databaseInstanceType: 'm5.large',
        without: ['messages', 'records'],
        keyCustody: {
          country: 'SE',
          reason: 'KMS has no keys on Outposts; Sweden is an EEA state and the parent Region stands there.',
          acceptedBy: 'Example Data Protection Board',
        },
      },
      cidr: nordic.cidr,
      homeOf: nordic.homeOf,
    },
    {
      id: 'fra-1',
      account: '777700001111',
      commitment: { country: 'DE', city: 'Frankfurt' },
      placement: { kind: 'region', region: 'eu-central-1', zones: ['euc1-az1', 'euc1-az2', 'euc1-az3'] },
      cidr: '10.48.0.0/16',
      homeOf: ['CH'],
    },
  ],
  replication: [
    { from: 'dub-1', to: 'fra-1' },
    { from: 'dub-2', to: 'fra-1' },
    { from: 'fra-1', to: 'dub-1' },
  ],
};
