import {
  EcsFargateContainerDefinition,
  EcsJobDefinition,
  FargateComputeEnvironment,
  JobQueue,
} from 'aws-cdk-lib/aws-batch';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { BatchJob } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Size, Stack } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'batch-rendering',
  what: 'AWS Batch on Fargate with an input and an output bucket, started every night',
  build(app) {
    const stack = new Stack(app, 'Rendering', { env: stockholm });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const input = new Bucket(stack, 'Scenes');
    const output = new Bucket(stack, 'Frames', { lifecycleRules: [{ expiration: Duration.days(30) }] });
    const jobRole = new Role(stack, 'JobRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    input.grantRead(jobRole);
    output.grantReadWrite(jobRole);
    const queue = new JobQueue(stack, 'Queue', {
      priority: 1,
      computeEnvironments: [
        {
          order: 1,
          computeEnvironment: new FargateComputeEnvironment(stack, 'Spot', { vpc, spot: true, maxvCpus: 64 }),
        },
      ],
    });
    const job = new EcsJobDefinition(stack, 'Render', {
      retryAttempts: 2,
      container: new EcsFargateContainerDefinition(stack, 'Container', {
        image: ContainerImage.fromRegistry('public.ecr.aws/amazonlinux/amazonlinux:2023'),
        cpu: 4,
        memory: Size.gibibytes(8),
        jobRole,
        command: ['render', '--in', input.s3UrlForObject(), '--out', output.s3UrlForObject()],
      }),
    });
    new Rule(stack, 'Nightly', {
      schedule: Schedule.cron({ hour: '2', minute: '0' }),
      targets: [new BatchJob(queue.jobQueueArn, queue, job.jobDefinitionArn, job)],
    });
  },
};
