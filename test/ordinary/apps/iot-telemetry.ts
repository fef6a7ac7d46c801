import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnThing, CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'iot-telemetry',
  what: 'IoT rule that writes telemetry to DynamoDB and errors to a log group',
  build(app) {
    const stack = new Stack(app, 'Telemetry', { env: frankfurt });
    const readings = new Table(stack, 'Readings', {
      partitionKey: { name: 'device', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.NUMBER },
    });
    const log = new LogGroup(stack, 'Errors');
    const role = new Role(stack, 'RuleRole', { assumedBy: new ServicePrincipal('iot.amazonaws.com') });
    readings.grantWriteData(role);
    log.grantWrite(role);
    role.addToPolicy(new PolicyStatement({ actions: ['logs:DescribeLogStreams'], resources: [log.logGroupArn] }));
    new CfnThing(stack, 'Sensor', { thingName: 'sensor-1' });
    new CfnPolicy(stack, 'Policy', {
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iot:Connect',
            Resource: `arn:aws:iot:${stack.region}:${stack.account}:client/sensor-1`,
          },
          {
            Effect: 'Allow',
            Action: 'iot:Publish',
            Resource: `arn:aws:iot:${stack.region}:${stack.account}:topic/telemetry/*`,
          },
        ],
      },
    });
    new CfnTopicRule(stack, 'Rule', {
      topicRulePayload: {
        sql: "SELECT *, topic(2) AS device, timestamp() AS at FROM 'telemetry/+'",
        actions: [{ dynamoDBv2: { roleArn: role.roleArn, putItem: { tableName: readings.tableName } } }],
        errorAction: { cloudwatchLogs: { logGroupName: log.logGroupName, roleArn: role.roleArn } },
      },
    });
  },
};
