/** The auditor's buckets: the locked archive of the trails, the recorded settings, and who looked at either. */
import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { BucketProps, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { acknowledge } from '../acknowledge';
import { accountRoot } from '../names';
import { refusal } from '../refusal';
import type { Conditions } from '../refusal';
import { CLOSED_BUCKET } from '../stores/closed-bucket';
import { tagWithClass } from '../tags';
import {
  allSites,
  archiveBucketName,
  auditorAccessLogsName,
  recorderRoleArn,
  settingsBucketName,
  trailArn,
} from './auditor-context';

/** Closed, versioned, kept, and refusing everybody outside the organisation. */
export abstract class AuditorBucket extends Bucket {
  protected constructor(scope: Construct, id: string, enclave: Enclave, props: BucketProps) {
    super(scope, id, {
      ...CLOSED_BUCKET,
      ...props,
    });
    this.refuse('NobodyOutsideTheOrganisation', ['s3:*'], {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': enclave.organizationId },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    });
    tagWithClass(this, 'audit');
  }

  protected refuse(sid: string, actions: string[], conditions: Conditions): void {
    this.addToResourcePolicy(refusal(sid, actions, conditions, [this.bucketArn, this.arnForObjects('*')]));
  }

  protected admit(
    sid: string,
    service: string,
    actions: string[],
    keys: string[],
    conditions: Record<string, unknown>,
  ): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        sid,
        principals: [new ServicePrincipal(service)],
        actions,
        resources: keys.length > 0 ? keys.map((key) => this.arnForObjects(key)) : [this.bucketArn],
        conditions: { StringEquals: conditions },
      }),
    );
  }

  /** S3 writes what was read of this bucket into `logs`. */
  protected logInto(logs: Pick<AccessLogs, 'bucketName'>): void {
    (this.node.defaultChild as CfnBucket).loggingConfiguration = {
      destinationBucketName: logs.bucketName,
      logFilePrefix: `${this.node.id.toLowerCase()}/`,
    };
  }
}

/** Receives the access logs of the other two; under S3's own key, because S3 delivers none under a customer key. */
export class AccessLogs extends AuditorBucket {
  constructor(scope: Construct, id: string, enclave: Enclave) {
    const { auditor, retention } = enclave;
    super(scope, id, enclave, {
      bucketName: auditorAccessLogsName(enclave),
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [
        {
          id: 'retention',
          expiration: Duration.days(retention.logDays),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    this.admit('AccessLogsOfTheAuditor', 'logging.s3.amazonaws.com', ['s3:PutObject'], ['*'], {
      'aws:SourceAccount': auditor.account,
    });
    acknowledge(
      this,
      'AwsSolutions-S1',
      'This bucket receives the access logs; logging its own access into itself would never end.',
    );
  }
}

/** The trails of every site. Nobody, the auditor's root included, shortens what is locked. */
export class Archive extends AuditorBucket {
  constructor(scope: Construct, id: string, enclave: Enclave, key: IKey, logs: AccessLogs) {
    const { retention, organizationId } = enclave;
    super(scope, id, enclave, {
      bucketName: archiveBucketName(enclave),
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(retention.logDays)),
      lifecycleRules: [{ id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    this.logInto(logs);
    const trails = { 'aws:SourceArn': allSites(enclave).map(trailArn), 'aws:SourceOrgID': organizationId };
    this.admit('TrailsLookWhoOwnsIt', 'cloudtrail.amazonaws.com', ['s3:GetBucketAcl'], [], trails);
    // Each trail below its own account's prefix: no site writes over another's record.
    for (const at of allSites(enclave))
      this.admit(
        `TrailOf${at.site.id.replaceAll('-', '')}`,
        'cloudtrail.amazonaws.com',
        ['s3:PutObject'],
        [`${at.site.id}/AWSLogs/${at.site.account}/*`],
        { 'aws:SourceArn': trailArn(at), 's3:x-amz-acl': 'bucket-owner-full-control' },
      );
  }
}

/** What AWS Config of every site records. Not under Object Lock: Config delivers into no such bucket. */
export class RecordedSettings extends AuditorBucket {
  constructor(scope: Construct, id: string, enclave: Enclave, key: IKey, logs: AccessLogs) {
    super(scope, id, enclave, {
      bucketName: settingsBucketName(enclave),
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      lifecycleRules: [
        {
          id: 'retention',
          expiration: Duration.days(enclave.retention.logDays),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    this.logInto(logs);
    for (const at of allSites(enclave)) {
      const id = at.site.id.replaceAll('-', '');
      const recorder = { ArnEquals: { 'aws:PrincipalArn': recorderRoleArn(at) } };
      const allow = (sid: string, actions: string[], resources: string[]): void =>
        void this.addToResourcePolicy(
          PolicyStatement.fromJson({
            Sid: sid,
            Effect: 'Allow',
            Principal: { AWS: accountRoot(at) },
            Action: actions,
            Resource: resources,
            Condition: recorder,
          }),
        );
      allow(`RecorderOf${id}Looks`, ['s3:GetBucketAcl', 's3:ListBucket'], [this.bucketArn]);
      allow(
        `RecorderOf${id}Writes`,
        ['s3:PutObject'],
        [this.arnForObjects(`${at.site.id}/AWSLogs/${at.site.account}/Config/*`)],
      );
    }
  }
}
