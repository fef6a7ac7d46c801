import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  JsonPath,
  LogLevel,
  StateMachine,
  Succeed,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoAttributeValue, DynamoPutItem, LambdaInvoke, SnsPublish } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'order-saga',
  what: 'Step Functions saga over Lambda, DynamoDB and SNS with execution logs',
  build(app) {
    const stack = new Stack(app, 'Saga', { env: frankfurt });
    const orders = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const failed = new Topic(stack, 'Failed');
    const charge = new Function(stack, 'ChargeFunction', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline("def handler(event, context):\n    return {'paid': True}\n"),
    });
    const save = new DynamoPutItem(stack, 'Save', {
      table: orders,
      item: { id: DynamoAttributeValue.fromString(JsonPath.stringAt('$.id')) },
      resultPath: JsonPath.DISCARD,
    });
    const pay = new LambdaInvoke(stack, 'Charge', { lambdaFunction: charge, payloadResponseOnly: true });
    pay.addRetry({ maxAttempts: 3, backoffRate: 2 });
    const alarm = new SnsPublish(stack, 'Tell', { topic: failed, message: TaskInput.fromJsonPathAt('$') });
    const chain = save
      .next(pay)
      .next(
        new Choice(stack, 'Paid?')
          .when(Condition.booleanEquals('$.paid', true), new Succeed(stack, 'Done'))
          .otherwise(alarm.next(new Fail(stack, 'NotPaid'))),
      );
    new StateMachine(stack, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(chain),
      timeout: Duration.minutes(15),
      tracingEnabled: true,
      logs: { destination: new LogGroup(stack, 'Log', { retention: RetentionDays.ONE_MONTH }), level: LogLevel.ALL },
    });
  },
};
