import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateTaskDefinition, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, IntegrationPattern, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { EcsFargateLaunchTarget, EcsRunTask, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'reporting-workflow',
  what: 'a workflow that waits for a Fargate task, started by another workflow that waits for it',
  build(app) {
    const stack = new Stack(app, 'Reporting', { env: frankfurt });
    const reports = new Bucket(stack, 'Reports');
    const task = new FargateTaskDefinition(stack, 'Task');
    task.addContainer('Main', {
      image: ContainerImage.fromRegistry('public.ecr.aws/amazonlinux/amazonlinux:2023'),
      environment: { REPORTS: reports.bucketName },
      logging: LogDrivers.awsLogs({ streamPrefix: 'reports', logGroup: new LogGroup(stack, 'Log') }),
    });
    reports.grantWrite(task.taskRole);
    const monthly = new StateMachine(stack, 'Monthly', {
      definitionBody: DefinitionBody.fromChainable(
        new EcsRunTask(stack, 'Write', {
          integrationPattern: IntegrationPattern.RUN_JOB,
          cluster: new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Vpc', { maxAzs: 2 }) }),
          taskDefinition: task,
          launchTarget: new EcsFargateLaunchTarget(),
        }),
      ),
    });
    new StateMachine(stack, 'Yearly', {
      definitionBody: DefinitionBody.fromChainable(
        new StepFunctionsStartExecution(stack, 'EachMonth', {
          integrationPattern: IntegrationPattern.RUN_JOB,
          stateMachine: monthly,
        }),
      ),
    });
  },
};
