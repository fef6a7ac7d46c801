import { organization } from './organization';
import type { EnclaveInput } from './schema';

/** The enclave that is built. Account numbers are documentation values: replace them, the organisation id and the names. */
export const enclave: EnclaveInput = {
  name: 'enclave',
  organizationId: 'o-exampleorg1',
  costCentre: 'eu-data-residency',
  operator: { name: 'Example Drift AS', country: 'NO' },
  auditor: {
    name: 'Example Assurance GmbH',
    country: 'DE',
    account: '444455556666',
    region: 'eu-central-1',
    incidents: [{ protocol: 'sqs', name: 'on-call' }],
  },
  strictCountry: false,
  pseudonymAuthority: 'dub-1',
  retention: { databaseBackupDays: 35, logDays: 400, keyDeletionDays: 30 },
  sites: [
    {
      id: 'dub-1',
      account: '111122223333',
      commitment: { country: 'IE', city: 'Dublin' },
      placement: { kind: 'region', region: 'eu-west-1', zones: ['euw1-az1', 'euw1-az2'] },
      cidr: '10.16.0.0/16',
      homeOf: ['IE', 'GB', 'FR', 'ES', 'PT', 'BE', 'NL', 'LU', 'IT', 'MT', 'CH'],
    },
    {
      id: 'dub-2',
      account: '222233334444',
      commitment: { country: 'IE', city: 'Dublin' },
      placement: { kind: 'region', region: 'eu-west-1', zones: ['euw1-az3', 'euw1-az2'] },
      cidr: '10.17.0.0/16',
      homeOf: ['DE', 'AT', 'LI', 'PL', 'CZ', 'SK', 'HU', 'SI', 'HR', 'RO', 'BG', 'GR', 'CY'],
    },
    {
      id: 'nordic-1',
      account: '333344445555',
      commitment: { country: 'NO', city: 'Hamar' },
      placement: { kind: 'region', region: 'eu-north-1', zones: ['eun1-az1', 'eun1-az2', 'eun1-az3'] },
      standIn: {
        reason: 'There is no AWS Region in Norway; Stockholm stands in until an Outpost or a Region can be used.',
        acceptedBy: 'Example Data Protection Board',
        reviewBy: '2027-06-30',
      },
      cidr: '10.32.0.0/16',
      homeOf: ['NO', 'SE', 'DK', 'FI', 'IS', 'EE', 'LV', 'LT'],
    },
  ],
  stores: [
    { kind: 'bucket', name: 'media', class: 'restricted', supersededDays: 90 },
    { kind: 'bucket', name: 'records', class: 'restricted', supersededDays: 90, objectLockDays: 30 },
    { kind: 'database', name: 'accounts', class: 'restricted', instanceType: 'm7g.large', storageGiB: 100 },
    { kind: 'table', name: 'messages', class: 'restricted', partitionKey: 'conversation', sortKey: 'sent' },
    { kind: 'bucket', name: 'social', class: 'interoperable', supersededDays: 30 },
    { kind: 'bucket', name: 'published', class: 'public', supersededDays: 30 },
    { kind: 'bucket', name: 'statistics', class: 'aggregate', supersededDays: 30 },
  ],
  replication: [
    { from: 'dub-1', to: 'nordic-1' },
    { from: 'dub-2', to: 'nordic-1' },
    { from: 'nordic-1', to: 'dub-1' },
  ],
  organization,
};
