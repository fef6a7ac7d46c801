import { CfnEventBusPolicy, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { ACCOUNTS, stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'events-from-virginia',
  what: 'bus in Stockholm that takes events about global services from us-east-1 of our own account',
  build(app) {
    const stack = new Stack(app, 'Central', { env: stockholm });
    const bus = new EventBus(stack, 'Bus');
    new CfnEventBusPolicy(stack, 'Allow', {
      eventBusName: bus.eventBusName,
      statementId: 'OwnAccount',
      statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNTS.workload}:root` },
        Action: 'events:PutEvents',
        Resource: bus.eventBusArn,
      },
    });
    new Rule(stack, 'Iam', {
      eventBus: bus,
      eventPattern: { source: ['aws.iam'], region: ['us-east-1'] },
      targets: [new SqsQueue(new Queue(stack, 'Changes'))],
    });
  },
};
