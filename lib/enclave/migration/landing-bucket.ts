import { Duration } from 'aws-cdk-lib/core';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { ObjectSource } from '../../../config/migration-schema';
import { accessLogsBucketName } from '../names';
import { refusal } from '../refusal';
import type { Conditions } from '../refusal';
import type { SiteContext, StoreClass } from '../site-context';
import { CLOSED_BUCKET } from '../stores/closed-bucket';
import { ownEncryptionOnly } from '../stores/own-encryption';
import { tagWithClass } from '../tags';
import { landingBucketName, sourceRoleArn } from './source-places';

/** What the way in needs, and not one action that reads: the source cannot look at what it has brought. */
const WRITES = ['s3:AbortMultipartUpload', 's3:PutObject'];

/** Days a landed object is kept after it has been carried on; long enough to verify, too short to become a store. */
const LANDED_DAYS = 90;

export interface LandingBucketProps {
  readonly at: SiteContext;
  readonly source: ObjectSource;
  readonly class: StoreClass;
  readonly key: IKey;
  /** ARNs of the roles that may read here: those that carry what landed to its store. */
  readonly readers: readonly string[];
}

/** Where one source's objects land: written by its one role, read by the carrier, deleted by nobody but time. */
export class LandingBucket extends Bucket {
  constructor(scope: Construct, id: string, { at, source, class: dataClass, key, readers }: LandingBucketProps) {
    const bucketName = landingBucketName(at, source.id);
    super(scope, id, {
      ...CLOSED_BUCKET,
      bucketName,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      lifecycleRules: [
        {
          id: 'landed',
          expiration: Duration.days(LANDED_DAYS),
          noncurrentVersionExpiration: Duration.days(LANDED_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    (this.node.defaultChild as CfnBucket).loggingConfiguration = {
      destinationBucketName: accessLogsBucketName(at),
      logFilePrefix: `${bucketName}/`,
    };
    const role = sourceRoleArn(source);
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TheSourceBringsIn',
        principals: [new AccountPrincipal(source.account)],
        actions: WRITES,
        resources: [this.arnForObjects('*')],
        conditions: {
          ArnEquals: { 'aws:PrincipalArn': role },
          StringEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
        },
      }),
    );
    this.refuseAllButTheWayIn(at, role, readers, key.keyArn);
    tagWithClass(this, dataClass);
  }

  private refuseAllButTheWayIn(at: SiteContext, source: string, readers: readonly string[], keyArn: string): void {
    const objects = [this.arnForObjects('*')];
    const both = [this.bucketArn, ...objects];
    const refuse = (sid: string, actions: string[], resources: string[], conditions?: Conditions): void => {
      this.addToResourcePolicy(refusal(sid, actions, conditions, resources));
    };
    refuse('NobodyOutsideTheOrganisation', ['s3:*'], both, {
      StringNotEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
    });
    refuse('OnlySignatureVersion4', ['s3:*'], both, { StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } });
    for (const statement of ownEncryptionOnly(this.arnForObjects('*'), keyArn)) this.addToResourcePolicy(statement);
    refuse('OnlyTheSourceWrites', ['s3:PutObject*', 's3:Replicate*'], objects, {
      ArnNotEquals: { 'aws:PrincipalArn': source },
    });
    refuse('OnlyTheCarrierReads', ['s3:GetObject*', 's3:ListBucket*'], both, {
      ArnNotEquals: { 'aws:PrincipalArn': [...readers] },
    });
    refuse('NobodyDeletesWhatLanded', ['s3:DeleteObject*'], objects);
  }
}
