import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { Trail } from 'aws-cdk-lib/aws-cloudtrail';
import {
  CfnConfigurationRecorder,
  CfnDeliveryChannel,
  ManagedRule,
  ManagedRuleIdentifiers,
} from 'aws-cdk-lib/aws-config';
import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { CfnHub, CfnStandard } from 'aws-cdk-lib/aws-securityhub';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'security-baseline',
  what: 'account baseline: CloudTrail, Config, GuardDuty, Security Hub and Access Analyzer',
  build(app) {
    const stack = new Stack(app, 'Baseline', { env: frankfurt });
    const key = new Key(stack, 'TrailKey', { enableKeyRotation: true, alias: 'trail' });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
        actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${stack.account}:trail/*` },
        },
      }),
    );
    const access = new Bucket(stack, 'AccessLogs', {
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      encryption: BucketEncryption.S3_MANAGED,
    });
    const archive = new Bucket(stack, 'TrailArchive', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: access,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: Duration.days(3650) }],
    });
    new Trail(stack, 'Trail', {
      bucket: archive,
      encryptionKey: key,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableFileValidation: true,
      sendToCloudWatchLogs: true,
      cloudWatchLogGroup: new LogGroup(stack, 'TrailLog', { retention: RetentionDays.ONE_YEAR }),
    });
    const configBucket = new Bucket(stack, 'ConfigHistory', { encryption: BucketEncryption.S3_MANAGED });
    for (const [actions, resources] of [
      [['s3:GetBucketAcl'], [configBucket.bucketArn]],
      [['s3:PutObject'], [configBucket.arnForObjects(`AWSLogs/${stack.account}/Config/*`)]],
    ] as const)
      configBucket.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('config.amazonaws.com')],
          actions: [...actions],
          resources: [...resources],
          conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
        }),
      );
    const role = new Role(stack, 'ConfigRole', {
      assumedBy: new ServicePrincipal('config.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWS_ConfigRole')],
    });
    new CfnConfigurationRecorder(stack, 'Recorder', {
      roleArn: role.roleArn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    });
    new CfnDeliveryChannel(stack, 'Channel', { s3BucketName: configBucket.bucketName });
    for (const identifier of [
      ManagedRuleIdentifiers.S3_BUCKET_PUBLIC_READ_PROHIBITED,
      ManagedRuleIdentifiers.ROOT_ACCOUNT_MFA_ENABLED,
    ])
      new ManagedRule(stack, identifier, { identifier });
    new CfnDetector(stack, 'Detector', { enable: true, findingPublishingFrequency: 'FIFTEEN_MINUTES' });
    const hub = new CfnHub(stack, 'Hub', { enableDefaultStandards: false });
    new CfnStandard(stack, 'Foundations', {
      standardsArn: `arn:aws:securityhub:${stack.region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
    }).addResourceDependency(hub);
    new CfnAnalyzer(stack, 'Analyzer', { type: 'ACCOUNT' });
  },
};
