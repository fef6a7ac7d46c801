import { exportedTransfers } from '../../../config/examples/exporting';
import type { TransferInput } from '../../../config/transfer-schema';

/** A registered transfer in order: usage tables to a partner in the United States. */
export const US_TABLES: TransferInput = {
  id: 'us-statistics',
  from: 'dub-1',
  to: {
    name: 'Example Analytics Inc.',
    country: 'US',
    bucket: 'example-analytics-inbox',
    account: '999988887777',
    region: 'us-east-1',
    key: 'arn:aws:kms:us-east-1:999988887777:key/99998888-7777-4666-8555-444433332222',
  },
  class: 'aggregate',
  dataset: 'statistics',
  fields: ['home', 'age', 'minutes'],
  purposeGroup: 'service-planning',
  minimumGroup: 20,
  zone: 'THIRD',
  mechanism: 'standard-contractual-clauses',
  assessment: 'TIA-2026-14',
  owner: 'Head of analytics',
  approver: 'Data protection officer',
  expires: '2027-06-30',
};

/** Another: posts to a partner in the United Kingdom. */
export const UK_POSTS: TransferInput = exportedTransfers[0]!;
