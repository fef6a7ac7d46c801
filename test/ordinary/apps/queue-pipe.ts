import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'queue-pipe',
  what: 'EventBridge pipe from a queue to an express state machine',
  build(app) {
    const stack = new Stack(app, 'Pipe', { env: frankfurt });
    const source = new Queue(stack, 'Source');
    const target = new StateMachine(stack, 'Target', {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Handle')),
    });
    const role = new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('pipes.amazonaws.com'),
      inlinePolicies: {
        pipe: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
              resources: [source.queueArn],
            }),
            new PolicyStatement({ actions: ['states:StartExecution'], resources: [target.stateMachineArn] }),
          ],
        }),
      },
    });
    new CfnPipe(stack, 'Pipe', {
      roleArn: role.roleArn,
      source: source.queueArn,
      sourceParameters: {
        sqsQueueParameters: { batchSize: 1 },
        filterCriteria: { filters: [{ pattern: '{"body":{"kind":["order"]}}' }] },
      },
      target: target.stateMachineArn,
      targetParameters: { stepFunctionStateMachineParameters: { invocationType: 'FIRE_AND_FORGET' } },
    });
  },
};
