import { Archive, EventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { CloudWatchLogGroup, LambdaFunction, SfnStateMachine, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'order-events',
  what: 'event bus with an archive and rules to a queue, a function, a state machine and a log group',
  build(app) {
    const stack = new Stack(app, 'Events', { env: stockholm });
    const bus = new EventBus(stack, 'Bus', { eventBusName: 'orders' });
    new Archive(stack, 'Archive', {
      sourceEventBus: bus,
      eventPattern: { source: ['shop.orders'] },
      retention: Duration.days(30),
    });
    const dead = new Queue(stack, 'Dead');
    const machine = new StateMachine(stack, 'Fulfil', {
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Reserve').next(new Succeed(stack, 'Done'))),
    });
    const notify = new Function(stack, 'Notify', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    });
    new Rule(stack, 'Placed', {
      eventBus: bus,
      eventPattern: { source: ['shop.orders'], detailType: ['OrderPlaced'] },
      targets: [
        new SfnStateMachine(machine, { input: RuleTargetInput.fromEventPath('$.detail'), deadLetterQueue: dead }),
        new SqsQueue(new Queue(stack, 'Billing')),
        new LambdaFunction(notify, { deadLetterQueue: dead, retryAttempts: 3 }),
      ],
    });
    new Rule(stack, 'Audit', {
      eventBus: bus,
      eventPattern: { account: [stack.account] },
      targets: [new CloudWatchLogGroup(new LogGroup(stack, 'AuditLog'))],
    });
  },
};
