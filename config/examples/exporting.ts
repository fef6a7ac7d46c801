import type { TransferInput } from '../transfer-schema';

/**
 * One registered transfer: posts, pseudonymised, to a partner in the United Kingdom. With this row the shipped enclave has
 * one edge that leads outside, from the transfer's own export bucket to the partner's bucket, until the last day of March.
 */
export const exportedTransfers: readonly TransferInput[] = [
  {
    id: 'uk-posts',
    from: 'dub-1',
    to: {
      name: 'Example Social Ltd',
      country: 'GB',
      bucket: 'example-social-inbox',
      account: '888877776666',
      region: 'eu-west-2',
      key: 'arn:aws:kms:eu-west-2:888877776666:key/11112222-3333-4444-5555-666677778888',
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
  },
];
