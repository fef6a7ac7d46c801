import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, FilterCriteria, FilterRule, Function, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { paris } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'dynamodb-streams',
  what: 'change stream of a table into a function with a dead-letter queue',
  build(app) {
    const stack = new Stack(app, 'Projection', { env: paris });
    const events = new Table(stack, 'Events', {
      partitionKey: { name: 'aggregate', type: AttributeType.STRING },
      sortKey: { name: 'version', type: AttributeType.NUMBER },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    const view = new Table(stack, 'View', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    view
      .autoScaleReadCapacity({ minCapacity: 5, maxCapacity: 50 })
      .scaleOnUtilization({ targetUtilizationPercent: 70 });
    const project = new Function(stack, 'Project', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      environment: { VIEW: view.tableName },
    });
    project.addEventSource(
      new DynamoEventSource(events, {
        startingPosition: StartingPosition.LATEST,
        retryAttempts: 3,
        onFailure: new SqsDlq(new Queue(stack, 'Poison')),
        filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
      }),
    );
    view.grantWriteData(project);
  },
};
