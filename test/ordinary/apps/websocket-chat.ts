import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { paris } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'websocket-chat',
  what: 'WebSocket API with connections kept in DynamoDB',
  build(app) {
    const stack = new Stack(app, 'Chat', { env: paris });
    const connections = new Table(stack, 'Connections', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      timeToLiveAttribute: 'ttl',
    });
    const handler = new Function(stack, 'Handler', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
      environment: { TABLE: connections.tableName },
    });
    connections.grantReadWriteData(handler);
    const api = new WebSocketApi(stack, 'Api', {
      connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', handler) },
      disconnectRouteOptions: { integration: new WebSocketLambdaIntegration('Disconnect', handler) },
    });
    api.addRoute('send', { integration: new WebSocketLambdaIntegration('Send', handler) });
    const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'live', autoDeploy: true });
    stage.grantManagementApiAccess(handler);
  },
};
