import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Where S3 carries what is written into a bucket, and as whom. */
export interface CopyRule {
  /** Says to whom in the rule's id: a site or an account. */
  readonly to: string;
  /** Account of the other bucket; it owns what arrives. */
  readonly account: string;
  /** ARN of the other bucket, and of the key or alias that seals what arrives. */
  readonly bucket: string;
  readonly key: string;
  /** ARN of the role S3 assumes. */
  readonly role: string;
  /** Of the keys that are carried; empty for every object. */
  readonly prefix: string;
  /** Whether a deletion here is one there. */
  readonly withDeletions: boolean;
}

/**
 * Makes S3 carry every object of a bucket along one rule.
 *
 * @param role construct of the rule's role: S3 refuses a rule whose role does not stand yet
 */
export function copyBucket(bucket: Bucket, rule: CopyRule, role: IConstruct): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.replicationConfiguration = {
    role: rule.role,
    rules: [
      {
        id: `to-${rule.to}`,
        status: 'Enabled',
        priority: 1,
        filter: { prefix: rule.prefix },
        deleteMarkerReplication: { status: rule.withDeletions ? 'Enabled' : 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: rule.bucket,
          account: rule.account,
          accessControlTranslation: { owner: 'Destination' },
          encryptionConfiguration: { replicaKmsKeyId: rule.key },
        },
      },
    ],
  };
  resource.node.addDependency(role);
}
