import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  DatabaseInstanceEngine,
  DatabaseInstanceFromSnapshot,
  PostgresEngineVersion,
  SnapshotCredentials,
} from 'aws-cdk-lib/aws-rds';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'restore-snapshot-from-virginia',
  what: 'database restored from a snapshot whose ARN is in us-east-1',
  build(app) {
    const stack = new Stack(app, 'Restored', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    new DatabaseInstanceFromSnapshot(stack, 'Database', {
      snapshotIdentifier: 'arn:aws:rds:us-east-1:111122223333:snapshot:before-the-move',
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_16_6 }),
      instanceType: new InstanceType('r6g.large'),
      credentials: SnapshotCredentials.fromGeneratedSecret('postgres'),
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    });
  },
};
