import { HttpApi, HttpMethod, CorsHttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'http-api-dynamodb',
  what: 'HTTP API with two Lambda functions over a DynamoDB table',
  build(app) {
    const stack = new Stack(app, 'Todo', { env: dublin });
    const table = new Table(stack, 'Items', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'byOwner',
      partitionKey: { name: 'owner', type: AttributeType.STRING },
    });
    const handler = (id: string, text: string): Function =>
      new Function(stack, id, {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline(text),
        environment: { TABLE: table.tableName },
        tracing: Tracing.ACTIVE,
      });
    const read = handler('Read', "exports.handler = async () => ({ statusCode: 200, body: '[]' });");
    const write = handler('Write', 'exports.handler = async (event) => ({ statusCode: 201, body: event.body });');
    table.grantReadData(read);
    table.grantReadWriteData(write);
    const api = new HttpApi(stack, 'Api', {
      corsPreflight: {
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowOrigins: ['https://todo.example.com'],
      },
    });
    api.addRoutes({ path: '/items', methods: [HttpMethod.GET], integration: new HttpLambdaIntegration('R', read) });
    api.addRoutes({ path: '/items', methods: [HttpMethod.POST], integration: new HttpLambdaIntegration('W', write) });
    new CfnOutput(stack, 'Url', { value: api.apiEndpoint });
  },
};
