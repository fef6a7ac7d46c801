/**
 * S3 replication between a site and its partner, both inside the EEA.
 *
 * The destination is named by the agreed bucket name and key alias; nothing of the other site's stacks is imported.
 */
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketConfig } from '../../../config/schema';
import { serviceHost } from '../../geo';
import { acknowledge } from '../acknowledge';
import { replicaPurpose } from '../keys/key-plan';
import { bucketArn, bucketName, keyAlias, replicaBucketName, replicationRoleName, roleArn } from '../names';
import type { SiteContext } from '../site-context';
import { copyBucket } from './copy-rule';

/** One bucket and the bucket its objects are copied to. */
export interface BucketCopy {
  /** Name of the bucket. */
  readonly source: string;
  readonly key: IKey;
  /** Name of the bucket at the other site, and the alias of the key there. */
  readonly destination: string;
  readonly alias: string;
}

/** Which buckets are copied from where to where, and by which role. */
export interface CopyRoute {
  readonly roleName: string;
  /** Of the role. */
  readonly description: string;
  readonly from: SiteContext;
  readonly to: SiteContext;
  /** Whether a deletion at the source is one at the destination. */
  readonly withDeletions: boolean;
  readonly copies: readonly BucketCopy[];
}

/** The way by which a site copies its buckets to its partner. */
export const outwardRoute = (
  from: SiteContext,
  to: SiteContext,
  stores: readonly { readonly store: BucketConfig; readonly key: IKey }[],
): CopyRoute => ({
  roleName: replicationRoleName(from),
  description: `Copies the buckets of ${from.site.id} to ${to.site.id}`,
  from,
  to,
  withDeletions: true,
  copies: stores.map(({ store, key }) => ({
    source: bucketName(from, store.name),
    key,
    destination: replicaBucketName(from, to, store.name),
    alias: keyAlias(to, store.class, replicaPurpose(from)),
  })),
});

/** The role S3 assumes to copy along a route, limited to it: these buckets, those copies, their keys. */
export class ReplicationRole extends Construct {
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    readonly route: CopyRoute,
  ) {
    super(scope, id);
    const { roleName, description, from, to, copies } = route;
    this.arn = roleArn(from, roleName);
    const sources = copies.map(({ source }) => bucketArn(from, source));
    const replicas = copies.map(({ destination }) => bucketArn(to, destination));
    const aliases = [...new Set(copies.map(({ alias }) => alias))];
    const partnerKeys = `arn:${to.region.partition}:kms:${to.region.name}:${to.site.account}:key/*`;
    new Role(this, 'Role', {
      roleName,
      description,
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
                ...(route.withDeletions ? ['s3:ReplicateDelete'] : []),
                's3:ReplicateObject',
                's3:ReplicateTags',
              ],
              resources: replicas.map((arn) => `${arn}/*`),
              conditions: { StringEquals: { 'aws:ResourceAccount': to.site.account } },
            }),
            new PolicyStatement({
              sid: 'OpenSourceObjects',
              actions: ['kms:Decrypt'],
              resources: [...new Set(copies.map(({ key }) => key.keyArn))],
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

/** Makes the bucket copy every object along its route, owned by the other site's account, under its key. */
export function replicateBucket(bucket: Bucket, role: ReplicationRole, copy: BucketCopy): void {
  const { to, withDeletions } = role.route;
  const { partition, name: region } = to.region;
  const { account } = to.site;
  copyBucket(
    bucket,
    {
      to: to.site.id,
      account,
      bucket: bucketArn(to, copy.destination),
      key: `arn:${partition}:kms:${region}:${account}:${copy.alias}`,
      role: role.arn,
      prefix: '',
      withDeletions,
    },
    role,
  );
}
