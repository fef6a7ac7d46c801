import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Alias, Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { paris } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'lambda-release',
  what: 'function with an alias, canary deployment, failure destination and configuration parameter',
  build(app) {
    const stack = new Stack(app, 'Pricing', { env: paris });
    const configuration = new StringParameter(stack, 'Configuration', { stringValue: '{"vat":20}' });
    const price = new Function(stack, 'Price', {
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => 42;'),
      reservedConcurrentExecutions: 20,
      onFailure: new SqsDestination(new Queue(stack, 'Failed')),
      maxEventAge: Duration.hours(1),
      logGroup: new LogGroup(stack, 'Log', { retention: RetentionDays.ONE_MONTH }),
      environment: { CONFIGURATION: configuration.parameterName },
    });
    configuration.grantRead(price);
    const alias = new Alias(stack, 'Live', {
      aliasName: 'live',
      version: price.currentVersion,
      provisionedConcurrentExecutions: 2,
    });
    new LambdaDeploymentGroup(stack, 'Deployment', {
      alias,
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: [new Alarm(stack, 'Errors', { metric: alias.metricErrors(), threshold: 1, evaluationPeriods: 1 })],
    });
  },
};
