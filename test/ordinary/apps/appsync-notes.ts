import * as path from 'node:path';
import {
  AuthorizationType,
  Definition,
  FieldLogLevel,
  GraphqlApi,
  MappingTemplate,
  SchemaFile,
} from 'aws-cdk-lib/aws-appsync';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Stack } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'appsync-notes',
  what: 'GraphQL API of AppSync over a DynamoDB table, signed in with Cognito',
  build(app) {
    const stack = new Stack(app, 'Notes', { env: stockholm });
    const userPool = new UserPool(stack, 'Pool');
    const api = new GraphqlApi(stack, 'Api', {
      name: 'notes',
      definition: Definition.fromSchema(SchemaFile.fromAsset(path.join(__dirname, 'notes.graphql'))),
      authorizationConfig: {
        defaultAuthorization: { authorizationType: AuthorizationType.USER_POOL, userPoolConfig: { userPool } },
        additionalAuthorizationModes: [{ authorizationType: AuthorizationType.IAM }],
      },
      logConfig: { fieldLogLevel: FieldLogLevel.ERROR },
      xrayEnabled: true,
    });
    const notes = new Table(stack, 'NotesTable', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
    });
    const source = api.addDynamoDbDataSource('Notes', notes);
    source.createResolver('List', {
      typeName: 'Query',
      fieldName: 'notes',
      requestMappingTemplate: MappingTemplate.dynamoDbScanTable(),
      responseMappingTemplate: MappingTemplate.dynamoDbResultList(),
    });
    source.createResolver('Save', {
      typeName: 'Mutation',
      fieldName: 'saveNote',
      requestMappingTemplate: MappingTemplate.fromString(
        '{"version":"2018-05-29","operation":"PutItem","key":{"id":{"S":"$util.autoId()"}},"attributeValues":{"text":{"S":"$ctx.args.text"}}}',
      ),
      responseMappingTemplate: MappingTemplate.dynamoDbResultItem(),
    });
  },
};
