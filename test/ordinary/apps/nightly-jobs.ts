import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ScheduledFargateTask } from 'aws-cdk-lib/aws-ecs-patterns';
import { Schedule as Cron } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Rule, Schedule as RuleSchedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Duration, Stack, TimeZone } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'nightly-jobs',
  what: 'scheduled jobs: EventBridge Scheduler, a cron rule and a scheduled Fargate task over a report bucket',
  build(app) {
    const stack = new Stack(app, 'Nightly', { env: stockholm });
    const reports = new Bucket(stack, 'Reports');
    const report = new Function(stack, 'Report', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('def handler(event, context):\n    pass\n'),
      environment: { REPORTS: reports.bucketName },
    });
    reports.grantPut(report);
    new Schedule(stack, 'EveryNight', {
      schedule: ScheduleExpression.cron({ hour: '1', minute: '0', timeZone: TimeZone.of('Europe/Stockholm') }),
      target: new LambdaInvoke(report, { retryAttempts: 2 }),
    });
    new Rule(stack, 'EveryHour', {
      schedule: RuleSchedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(report)],
    });
    const cluster = new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 }) });
    const task = new ScheduledFargateTask(stack, 'Cleanup', {
      cluster,
      schedule: Cron.cron({ hour: '4', minute: '15' }),
      scheduledFargateTaskImageOptions: {
        image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/alpine:3.21'),
        memoryLimitMiB: 512,
      },
    });
    reports.grantReadWrite(task.taskDefinition.taskRole);
  },
};
