import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { EnclaveStack } from '../enclave-stack';
import { accessLogsBucketName } from '../names';
import type { SiteContext } from '../site-context';
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
      bucketName: accessLogsBucketName(at),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          id: 'retention',
          expiration: Duration.days(at.enclave.retention.logDays),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
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
      new PolicyStatement({
        sid: 'NobodyOutsideTheOrganisation',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:*'],
        resources: [bucket.bucketArn, bucket.arnForObjects('*')],
        conditions: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': at.enclave.organizationId },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      }),
    );
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'This bucket receives the access logs; logging its own access into itself would never end.',
    );
    tagWithClass(bucket, 'audit');
  }
}
