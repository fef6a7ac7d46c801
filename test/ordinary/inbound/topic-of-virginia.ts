import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:price-list-changes';

export const application: OrdinaryApp = {
  name: 'topic-of-virginia',
  what: 'queue in Dublin subscribed to a topic in us-east-1',
  build(app) {
    const stack = new Stack(app, 'Prices', { env: dublin });
    const queue = new Queue(stack, 'Changes');
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': TOPIC } },
      }),
    );
    new CfnSubscription(stack, 'Subscription', {
      topicArn: TOPIC,
      region: 'us-east-1',
      protocol: 'sqs',
      endpoint: queue.queueArn,
      rawMessageDelivery: true,
    });
  },
};
