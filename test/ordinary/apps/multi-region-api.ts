import { EndpointType, LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Stack, Tags } from 'aws-cdk-lib/core';
import { dublin, frankfurt, stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'multi-region-api',
  what: 'the same regional API deployed to three Regions, each with its own data',
  build(app) {
    for (const env of [dublin, frankfurt, stockholm]) {
      const stack = new Stack(app, `Api-${env.region}`, { env, terminationProtection: true });
      Tags.of(stack).add('cost-center', '4711');
      const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
      const handler = new Function(stack, 'Handler', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
        environment: { TABLE: table.tableName, REGION: stack.region },
      });
      table.grantReadWriteData(handler);
      new LambdaRestApi(stack, 'Api', { handler, endpointTypes: [EndpointType.REGIONAL] });
    }
  },
};
