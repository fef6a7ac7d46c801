import { CfnBroker, CfnConfiguration } from 'aws-cdk-lib/aws-amazonmq';
import { Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Fn, Stack } from 'aws-cdk-lib/core';
import { paris } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'activemq-broker',
  what: 'ActiveMQ broker pair in private subnets',
  build(app) {
    const stack = new Stack(app, 'Messaging', { env: paris });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const group = new SecurityGroup(stack, 'Group', { vpc });
    group.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(61617));
    const user = new Secret(stack, 'User', {
      generateSecretString: {
        secretStringTemplate: '{"username":"app"}',
        generateStringKey: 'password',
        excludeCharacters: ',:=',
      },
    });
    const configuration = new CfnConfiguration(stack, 'Configuration', {
      name: 'orders',
      engineType: 'ACTIVEMQ',
      engineVersion: '5.18',
      data: Fn.base64('<?xml version="1.0"?><broker xmlns="http://activemq.apache.org/schema/core"></broker>'),
    });
    new CfnBroker(stack, 'Broker', {
      brokerName: 'orders',
      engineType: 'ACTIVEMQ',
      engineVersion: '5.18',
      hostInstanceType: 'mq.m5.large',
      deploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      encryptionOptions: { useAwsOwnedKey: true },
      configuration: { id: configuration.ref, revision: configuration.attrRevision },
      logs: { general: true, audit: true },
      subnetIds: vpc.privateSubnets.map((subnet) => subnet.subnetId),
      securityGroups: [group.securityGroupId],
      users: [
        {
          username: user.secretValueFromJson('username').unsafeUnwrap(),
          password: user.secretValueFromJson('password').unsafeUnwrap(),
        },
      ],
    });
  },
};
