import { enclave } from '../enclave';
import { organization } from '../organization';
import type { EnclaveInput } from '../schema';

/**
 * The shipped enclave while data is brought in from the United States and Singapore: copies of two buckets, rows that land
 * as files, and a restored snapshot. Taken out again before the sunset.
 */
export const migratingEnclave: EnclaveInput = {
  ...enclave,
  organization: {
    ...organization,
    services: { ...organization.services, dms: 'loading landed rows while the migration lasts' },
  },
  migration: {
    site: 'dub-1',
    sunset: '2027-03-31',
    reason: 'Videos, records and accounts of European users are brought from the United States and Singapore.',
    approvedBy: 'Example Data Protection Board',
    objects: [
      {
        id: 'usvideos',
        account: '777788889999',
        region: 'us-east-1',
        bucket: 'legacy-videos-use1',
        role: 'migration/copy-out',
        via: 'copy',
        into: 'media',
      },
      {
        id: 'sgrows',
        account: '888899990000',
        region: 'ap-southeast-1',
        bucket: 'legacy-people-apse1',
        role: 'migration/copy-out',
        via: 'copy',
        into: 'records',
      },
    ],
    databases: [
      {
        id: 'sgpeople',
        account: '888899990000',
        region: 'ap-southeast-1',
        via: {
          kind: 'dms',
          landed: 'sgrows',
          table: 'public.people',
          columns: [
            { name: 'id', type: 'INT8' },
            { name: 'country', type: 'STRING', length: 2 },
            { name: 'created', type: 'DATETIME' },
          ],
        },
        into: 'accounts',
      },
      {
        id: 'usaccounts',
        account: '777788889999',
        region: 'us-east-1',
        via: { kind: 'snapshot', snapshot: 'enclave-dub-1-from-usaccounts' },
        into: 'accounts',
      },
    ],
  },
};
