import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnCondition, CfnMapping, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { milan } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'parameters-and-conditions',
  what: 'a stack moved over from a template: parameters with allowed values, a mapping, conditions',
  build(app) {
    const stack = new Stack(app, 'Legacy', { env: milan });
    const stage = new CfnParameter(stack, 'Stage', {
      type: 'String',
      default: 'test',
      allowedValues: ['test', 'prod'],
    });
    const days = new CfnParameter(stack, 'RetentionDays', { type: 'Number', default: 30, minValue: 1, maxValue: 365 });
    const sizes = new CfnMapping(stack, 'Sizes', {
      mapping: { test: { instance: 't3.small' }, prod: { instance: 'm7i.large' } },
    });
    const production = new CfnCondition(stack, 'IsProduction', { expression: Fn.conditionEquals(stage, 'prod') });
    const bucket = new CfnBucket(stack, 'Exports', {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
      },
      versioningConfiguration: { status: Fn.conditionIf('IsProduction', 'Enabled', 'Suspended').toString() },
      lifecycleConfiguration: { rules: [{ status: 'Enabled', expirationInDays: days.valueAsNumber }] },
    });
    const logs = new Bucket(stack, 'Logs');
    (logs.node.defaultChild as CfnBucket).cfnOptions.condition = production;
    bucket.loggingConfiguration = Fn.conditionIf(
      'IsProduction',
      { DestinationBucketName: logs.bucketName, LogFilePrefix: 'exports/' },
      Fn.ref('AWS::NoValue'),
    ) as unknown as CfnBucket.LoggingConfigurationProperty;
    new CfnInstance(stack, 'Runner', {
      imageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}',
      instanceType: sizes.findInMap(stage.valueAsString, 'instance'),
    });
    new Queue(stack, 'Requests', { queueName: Fn.join('-', ['requests', stage.valueAsString]) });
  },
};
