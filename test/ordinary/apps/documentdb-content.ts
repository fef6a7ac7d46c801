import { DatabaseCluster } from 'aws-cdk-lib/aws-docdb';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'documentdb-content',
  what: 'DocumentDB cluster with a function that reads its secret',
  build(app) {
    const stack = new Stack(app, 'Content', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const cluster = new DatabaseCluster(stack, 'Cluster', {
      masterUser: { username: 'content' },
      instanceType: new InstanceType('r6g.large'),
      instances: 2,
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      storageEncrypted: true,
      backup: { retention: Duration.days(7) },
      exportAuditLogsToCloudWatch: true,
    });
    const reader = new Function(stack, 'Reader', {
      vpc,
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    });
    cluster.secret!.grantRead(reader);
    cluster.connections.allowDefaultPortFrom(reader);
  },
};
