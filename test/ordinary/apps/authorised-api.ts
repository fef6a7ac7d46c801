import {
  IdentitySource,
  LambdaIntegration,
  RequestAuthorizer,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnIntegration, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { InterfaceVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ARecord, PrivateHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { InterfaceVpcEndpointTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Stack } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'authorised-api',
  what: 'REST API with functions as authorizers, a mock route of a WebSocket API, a private name for an interface endpoint',
  build(app) {
    const stack = new Stack(app, 'Orders', { env: stockholm });
    const functionNamed = (name: string): Function =>
      new Function(stack, name, {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
      });
    const api = new RestApi(stack, 'Api');
    const orders = new LambdaIntegration(functionNamed('Orders'));
    api.root.addMethod('GET', orders, {
      authorizer: new TokenAuthorizer(stack, 'Token', { handler: functionNamed('TokenCheck') }),
    });
    api.root.addMethod('POST', orders, {
      authorizer: new RequestAuthorizer(stack, 'Request', {
        handler: functionNamed('RequestCheck').addAlias('live'),
        identitySources: [IdentitySource.header('Authorization')],
      }),
    });

    const socket = new WebSocketApi(stack, 'Socket');
    new CfnIntegration(stack, 'Ping', { apiId: socket.apiId, integrationType: 'MOCK', integrationUri: '' });

    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      subnetConfiguration: [{ name: 'inner', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const endpoint = vpc.addInterfaceEndpoint('Queues', { service: InterfaceVpcEndpointAwsService.SQS });
    new ARecord(stack, 'QueuesName', {
      zone: new PrivateHostedZone(stack, 'Zone', { zoneName: 'orders.internal', vpc }),
      recordName: 'queues',
      target: RecordTarget.fromAlias(new InterfaceVpcEndpointTarget(endpoint)),
    });
  },
};
