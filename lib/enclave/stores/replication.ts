/**
 * S3 replication from a site to its partner, both inside the EEA.
 *
 * The destination is named by the agreed bucket name and key alias; nothing of the partner's stacks is imported.
 */
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketConfig } from '../../../config/schema';
import { serviceHost } from '../../geo';
import { acknowledge } from '../acknowledge';
import { replicaPurpose } from '../keys/key-plan';
import { bucketArn, bucketName, keyAlias, replicaBucketName, replicationRoleName, roleArn } from '../names';
import type { SiteContext } from '../site-context';

/** ARN of the alias of the key that encrypts `from`'s copies of this class at `to`. */
function replicaKeyAliasArn(from: SiteContext, to: SiteContext, dataClass: BucketConfig['class']): string {
  return `arn:${to.region.partition}:kms:${to.region.name}:${to.site.account}:${keyAlias(to, dataClass, replicaPurpose(from))}`;
}

export interface ReplicatedStore {
  readonly store: BucketConfig;
  readonly key: IKey;
}

/** The role S3 assumes to copy this site's buckets, limited to the pair: these buckets, those replicas, their keys. */
export class ReplicationRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, from: SiteContext, to: SiteContext, stores: readonly ReplicatedStore[]) {
    super(scope, id);
    const name = replicationRoleName(from);
    this.arn = roleArn(from, name);
    const sources = stores.map(({ store }) => bucketArn(from, bucketName(from, store.name)));
    const replicas = stores.map(({ store }) => bucketArn(to, replicaBucketName(from, to, store.name)));
    const aliases = [...new Set(stores.map(({ store }) => keyAlias(to, store.class, replicaPurpose(from))))];
    const partnerKeys = `arn:${to.region.partition}:kms:${to.region.name}:${to.site.account}:key/*`;
    new Role(this, 'Role', {
      roleName: name,
      description: `Copies the buckets of ${from.site.id} to ${to.site.id}`,
      assumedBy: new ServicePrincipal('s3.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': from.site.account },
          ArnEquals: { 'aws:SourceArn': sources },
        },
      }),
      inlinePolicies: {
        copy: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'ReadSourceConfiguration',
              actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
              resources: sources,
            }),
            new PolicyStatement({
              sid: 'ReadSourceVersions',
              actions: [
                's3:GetObjectRetention',
                's3:GetObjectLegalHold',
                's3:GetObjectVersionAcl',
                's3:GetObjectVersionForReplication',
                's3:GetObjectVersionTagging',
              ],
              resources: sources.map((arn) => `${arn}/*`),
            }),
            new PolicyStatement({
              sid: 'WriteReplicas',
              actions: [
                's3:ObjectOwnerOverrideToBucketOwner',
                's3:ReplicateDelete',
                's3:ReplicateObject',
                's3:ReplicateTags',
              ],
              resources: replicas.map((arn) => `${arn}/*`),
              conditions: { StringEquals: { 'aws:ResourceAccount': to.site.account } },
            }),
            new PolicyStatement({
              sid: 'OpenSourceObjects',
              actions: ['kms:Decrypt'],
              resources: [...new Set(stores.map(({ key }) => key.keyArn))],
              conditions: { StringEquals: { 'kms:ViaService': serviceHost('s3', from.region.name) } },
            }),
            new PolicyStatement({
              sid: 'SealReplicas',
              actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
              resources: [partnerKeys],
              conditions: {
                StringEquals: { 'kms:ViaService': serviceHost('s3', to.region.name) },
                'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliases },
              },
            }),
          ],
        }),
      },
    });
    for (const arn of [...sources, ...replicas]) {
      acknowledge(
        this,
        `AwsSolutions-IAM5[Resource::${arn}/*]`,
        'Replication copies every object of exactly this bucket.',
      );
    }
    acknowledge(
      this,
      `AwsSolutions-IAM5[Resource::${partnerKeys}]`,
      'The id of the partner’s key is unknown here; kms:ResourceAliases narrows the statement to the aliases agreed for this pair.',
    );
  }
}

/** Makes the bucket copy every object to the partner's replica, owned by the partner's account, under the partner's key. */
export function replicateBucket(
  bucket: Bucket,
  from: SiteContext,
  to: SiteContext,
  store: BucketConfig,
  role: ReplicationRole,
): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.replicationConfiguration = {
    role: role.arn,
    rules: [
      {
        id: `to-${to.site.id}`,
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Enabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: bucketArn(to, replicaBucketName(from, to, store.name)),
          account: to.site.account,
          accessControlTranslation: { owner: 'Destination' },
          encryptionConfiguration: { replicaKmsKeyId: replicaKeyAliasArn(from, to, store.class) },
        },
      },
    ],
  };
  resource.node.addDependency(role);
}
