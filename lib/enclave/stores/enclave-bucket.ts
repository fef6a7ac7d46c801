import { Duration } from 'aws-cdk-lib/core';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BucketConfig } from '../../../config/schema';
import { accessLogsBucketName } from '../names';
import type { SiteContext, StoreClass } from '../site-context';
import { tagWithClass } from '../tags';
import { guardBucket } from './bucket-guard';
import { CLOSED_BUCKET } from './closed-bucket';

export interface EnclaveBucketProps {
  readonly at: SiteContext;
  readonly store: Pick<BucketConfig, 'supersededDays' | 'objectLockDays'> & { readonly class: StoreClass };
  readonly bucketName: string;
  readonly key: IKey;
  readonly endpointId: string;
  readonly replicationRoleArn?: string;
  readonly partnerRoleArn?: string;
  /** ARN patterns of the roles that alone touch the contents; absent: the enclave's data roles. */
  readonly touchedBy?: readonly string[];
}

/** A bucket as every site keeps it: versioned, own key, no public access, no ACLs, logged, kept when its stack goes. */
export class EnclaveBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    { at, store, bucketName, key, endpointId, replicationRoleArn, partnerRoleArn, touchedBy }: EnclaveBucketProps,
  ) {
    super(scope, id, {
      ...CLOSED_BUCKET,
      bucketName,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      lifecycleRules: [
        {
          id: 'superseded-versions',
          noncurrentVersionExpiration: Duration.days(store.supersededDays),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      ...(store.objectLockDays
        ? {
            objectLockEnabled: true,
            objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(store.objectLockDays)),
          }
        : {}),
    });
    // By agreed name: the log bucket stands in a stack of its own and admits every bucket of the site already.
    (this.node.defaultChild as CfnBucket).loggingConfiguration = {
      destinationBucketName: accessLogsBucketName(at),
      logFilePrefix: `${bucketName}/`,
    };
    guardBucket(this, {
      at,
      class: store.class,
      key,
      endpointId,
      ...(replicationRoleArn ? { replicationRoleArn } : {}),
      ...(partnerRoleArn ? { partnerRoleArn } : {}),
      ...(touchedBy ? { touchedBy } : {}),
    });
    tagWithClass(this, store.class);
  }
}
