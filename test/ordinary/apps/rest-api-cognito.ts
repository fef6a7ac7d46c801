import {
  AccessLogFormat,
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { AccountRecovery, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'rest-api-cognito',
  what: 'REST API behind a Cognito user pool, with usage plan, access log and an encrypted table',
  build(app) {
    const stack = new Stack(app, 'Orders', { env: frankfurt });
    const users = new UserPool(stack, 'Users', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
    });
    users.addClient('Web', { authFlows: { userSrp: true }, accessTokenValidity: Duration.minutes(30) });
    const orders = new Table(stack, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      timeToLiveAttribute: 'expires',
    });
    const handler = new Function(stack, 'Handler', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline("def handler(event, context):\n    return {'statusCode': 200}\n"),
      memorySize: 256,
      timeout: Duration.seconds(10),
      environment: { ORDERS: orders.tableName },
    });
    orders.grantReadWriteData(handler);
    const log = new LogGroup(stack, 'Access', { retention: RetentionDays.THREE_MONTHS });
    const api = new RestApi(stack, 'Api', {
      cloudWatchRole: true,
      deployOptions: {
        stageName: 'v1',
        loggingLevel: MethodLoggingLevel.ERROR,
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
        throttlingRateLimit: 50,
      },
    });
    const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Auth', { cognitoUserPools: [users] });
    api.root.addResource('orders').addProxy({
      defaultIntegration: new LambdaIntegration(handler),
      defaultMethodOptions: { authorizer, authorizationType: AuthorizationType.COGNITO },
    });
    const plan = api.addUsagePlan('Plan', { throttle: { rateLimit: 10, burstLimit: 20 } });
    plan.addApiKey(api.addApiKey('PartnerKey'));
    plan.addApiStage({ stage: api.deploymentStage });
  },
};
