/**
 * The way from a landing bucket to its store, inside the site's account and Region: S3 replication, which decrypts under
 * the landing key and encrypts again under the key of the store's class.
 *
 * What a copy job of the source puts there is new, and carried on by itself. A replica would not be: S3 replicates none,
 * which is why the configuration knows no way in by replication.
 */
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ObjectSource } from '../../../config/migration-schema';
import { serviceHost } from '../../geo';
import { acknowledge } from '../acknowledge';
import { bucketArn, bucketName } from '../names';
import type { SiteContext } from '../site-context';
import type { LandingBucket } from './landing-bucket';
import { landingBucketName } from './source-places';

/** Name of the role that carries; its path makes it a data role of the site, bounded like every other. */
const roleNameOf = (at: SiteContext, source: ObjectSource): string =>
  `${at.enclave.name}-${at.site.id}-carry-${source.id}`;

/** ARN of the carrier of this source, by agreed name: the landing bucket admits it before it exists. */
export const carrierArn = (at: SiteContext, source: ObjectSource): string =>
  `arn:${at.region.partition}:iam::${at.site.account}:role/${at.enclave.name}/app/${roleNameOf(at, source)}`;

export interface CarrierProps {
  readonly at: SiteContext;
  readonly source: ObjectSource;
  readonly landingKey: IKey;
  readonly storeKey: IKey;
}

export class Carrier extends Construct {
  constructor(scope: Construct, id: string, { at, source, landingKey, storeKey }: CarrierProps) {
    super(scope, id);
    const landing = bucketArn(at, landingBucketName(at, source.id));
    const store = bucketArn(at, bucketName(at, source.into));
    const viaS3 = { StringEquals: { 'kms:ViaService': serviceHost('s3', at.region.name) } };
    const ownAccount = { StringEquals: { 'aws:SourceAccount': at.site.account } };
    const role = new Role(this, 'Role', {
      roleName: roleNameOf(at, source),
      path: `/${at.enclave.name}/app/`,
      description: `Carries what ${source.id} brought in to ${source.into}`,
      assumedBy: new ServicePrincipal('s3.amazonaws.com', { conditions: ownAccount }),
      inlinePolicies: {
        carry: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'ReadLandingConfiguration',
              actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
              resources: [landing],
            }),
            new PolicyStatement({
              sid: 'ReadWhatLanded',
              actions: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
              resources: [`${landing}/*`],
              conditions: { StringEquals: { 'aws:ResourceAccount': at.site.account } },
            }),
            new PolicyStatement({
              sid: 'WriteTheStore',
              actions: ['s3:ReplicateObject', 's3:ReplicateTags'],
              resources: [`${store}/*`],
              conditions: { StringEquals: { 'aws:ResourceAccount': at.site.account } },
            }),
            new PolicyStatement({
              sid: 'OpenWhatLanded',
              actions: ['kms:Decrypt'],
              resources: [landingKey.keyArn],
              conditions: viaS3,
            }),
            new PolicyStatement({
              sid: 'SealTheStore',
              actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
              resources: [storeKey.keyArn],
              conditions: viaS3,
            }),
          ],
        }),
      },
    });
    for (const arn of [landing, store])
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::${arn}/*]`,
        'Every object that landed is carried, to exactly this store.',
      );
  }
}

/** Makes the landing bucket carry every object on to the store, under the store's own key. */
export function carryOn(
  bucket: LandingBucket,
  { at, source, storeKey }: Pick<CarrierProps, 'at' | 'source' | 'storeKey'>,
  carrier: Carrier,
): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.replicationConfiguration = {
    role: carrierArn(at, source),
    rules: [
      {
        id: `to-${source.into}`,
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        // What the lifecycle takes from the landing bucket stays in the store.
        deleteMarkerReplication: { status: 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: bucketArn(at, bucketName(at, source.into)),
          encryptionConfiguration: { replicaKmsKeyId: storeKey.keyArn },
        },
      },
    ],
  };
  resource.node.addDependency(carrier);
}
