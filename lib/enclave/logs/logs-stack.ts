import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { EnclaveStack } from '../enclave-stack';
import { accessLogsBucketName } from '../names';
import { refusal } from '../refusal';
import type { SiteContext } from '../site-context';
import { CLOSED_BUCKET } from '../stores/closed-bucket';
import { tagWithClass } from '../tags';

/**
 * The bucket that receives the site's S3 server access logs.
 *
 * It is encrypted with S3's own key: S3 does not deliver server access logs to a bucket whose default encryption is a
 * customer key, and a log bucket that stays empty is worse than one under S3's key. Object Lock is not possible either.
 */
export class LogsStack extends EnclaveStack {
  constructor(scope: Construct, at: SiteContext) {
    super(scope, 'logs', at, 'access logs of the buckets, class audit');
    const bucket = new Bucket(this, 'AccessLogs', {
      ...CLOSED_BUCKET,
      bucketName: accessLogsBucketName(at),
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [
        {
          id: 'retention',
          expiration: Duration.days(at.enclave.retention.logDays),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AccessLogsOfThisSite',
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: {
          ArnLike: { 'aws:SourceArn': `arn:${at.region.partition}:s3:::${at.enclave.name}-${at.site.id}-*` },
          StringEquals: { 'aws:SourceAccount': at.site.account },
        },
      }),
    );
    bucket.addToResourcePolicy(
      refusal(
        'NobodyOutsideTheOrganisation',
        ['s3:*'],
        {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': at.enclave.organizationId },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
        [bucket.bucketArn, bucket.arnForObjects('*')],
      ),
    );
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'This bucket receives the access logs; logging its own access into itself would never end.',
    );
    tagWithClass(bucket, 'audit');
  }
}
