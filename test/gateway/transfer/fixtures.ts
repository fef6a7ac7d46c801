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
export const UK_POSTS: TransferInput = {
  id: 'uk-posts',
  from: 'dub-2',
  to: {
    name: 'Example Social Ltd',
    country: 'GB',
    bucket: 'example-social-inbox',
    account: '888877776666',
    region: 'eu-west-2',
  },
  class: 'interoperable',
  dataset: 'social',
  fields: ['post', 'author', 'published', 'text', 'likes'],
  purposeGroup: 'interoperability',
  zone: 'ADEQUATE',
  mechanism: 'adequacy',
  owner: 'Head of platform',
  approver: 'Data protection officer',
  expires: '2027-03-31',
};
