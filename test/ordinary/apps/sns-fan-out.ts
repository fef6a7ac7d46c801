import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'sns-fan-out',
  what: 'encrypted topic fanned out to queues and a function',
  build(app) {
    const stack = new Stack(app, 'FanOut', { env: dublin });
    const key = new Key(stack, 'QueueKey', { enableKeyRotation: true });
    const topic = new Topic(stack, 'Registered', {
      masterKey: new Key(stack, 'TopicKey', { enableKeyRotation: true }),
      enforceSSL: true,
    });
    const consume = new Function(stack, 'Consume', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    });
    for (const name of ['Mail', 'Crm']) {
      const queue = new Queue(stack, name, {
        encryption: QueueEncryption.KMS,
        encryptionMasterKey: key,
        deadLetterQueue: { maxReceiveCount: 3, queue: new Queue(stack, `${name}Dead`) },
        visibilityTimeout: Duration.seconds(60),
      });
      topic.addSubscription(
        new SqsSubscription(queue, {
          rawMessageDelivery: true,
          filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: [name.toLowerCase()] }) },
        }),
      );
      consume.addEventSource(new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }));
    }
    topic.addSubscription(new LambdaSubscription(consume));
  },
};
