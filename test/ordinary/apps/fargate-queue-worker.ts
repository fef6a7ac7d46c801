import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { QueueProcessingFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { Bucket, BlockPublicAccess, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { paris } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'fargate-queue-worker',
  what: 'queue worker on Fargate that writes to a bucket',
  build(app) {
    const stack = new Stack(app, 'Worker', { env: paris });
    const vpc = new Vpc(stack, 'Network', { maxAzs: 3 });
    const results = new Bucket(stack, 'Results', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    const dead = new Queue(stack, 'Dead', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
    });
    const jobs = new Queue(stack, 'Jobs', {
      visibilityTimeout: Duration.minutes(5),
      deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
      encryption: QueueEncryption.KMS_MANAGED,
      enforceSSL: true,
    });
    const service = new QueueProcessingFargateService(stack, 'Service', {
      vpc,
      queue: jobs,
      image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/python:3.13-slim'),
      command: ['python', '-m', 'worker'],
      maxScalingCapacity: 10,
      minHealthyPercent: 100,
      environment: { RESULTS: results.bucketName },
    });
    results.grantReadWrite(service.taskDefinition.taskRole);
  },
};
