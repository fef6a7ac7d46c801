/**
 * Partitions as facts: the domain under which each one's services answer. Accounts, organisations, roles and keys of one
 * partition are strangers to every other: nothing replicates, assumes or decrypts across.
 */
import { requireRegion } from './regions';

export interface Partition {
  readonly name: string;
  /** Suffix of host names, and of `kms:ViaService`. Service principals keep `amazonaws.com` (aws-cdk-lib/region-info). */
  readonly domainSuffix: string;
  readonly source: string;
  readonly checked: string;
}

const CDK = 'aws-cdk-lib/region-info 2.276.0';
const SOVEREIGN = `${CDK} and AWS European Sovereign Cloud documentation (docs.aws.eu)`;
const CHECKED = '2026-11-22';

export const PARTITIONS: readonly Partition[] = [
  { name: 'aws', domainSuffix: 'amazonaws.com', source: CDK, checked: CHECKED },
  { name: 'aws-cn', domainSuffix: 'amazonaws.com.cn', source: CDK, checked: CHECKED },
  { name: 'aws-eusc', domainSuffix: 'amazonaws.eu', source: SOVEREIGN, checked: CHECKED },
  { name: 'aws-us-gov', domainSuffix: 'amazonaws.com', source: CDK, checked: CHECKED },
];

/** Host name of a service in a Region, such as `s3.eusc-de-east-1.amazonaws.eu`; throws for a Region whose partition has no row. */
export function serviceHost(service: string, region: string): string {
  const { partition } = requireRegion(region);
  const row = PARTITIONS.find(({ name }) => name === partition);
  if (!row)
    throw new Error(
      `Partition "${partition}" of ${region} has no row in lib/geo/partitions.ts; add it with its domain and source.`,
    );
  return `${service}.${region}.${row.domainSuffix}`;
}
