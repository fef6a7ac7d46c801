import {
  CfnEndpoint,
  CfnReplicationInstance,
  CfnReplicationSubnetGroup,
  CfnReplicationTask,
} from 'aws-cdk-lib/aws-dms';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DatabaseInstance, DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'database-from-datacentre',
  what: 'DMS task that loads a database in Dublin from one in a data centre of our own',
  build(app) {
    const stack = new Stack(app, 'Migration', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const database = new DatabaseInstance(stack, 'Target', {
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_16_6 }),
      instanceType: new InstanceType('r6g.large'),
      storageEncrypted: true,
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    });
    const subnets = new CfnReplicationSubnetGroup(stack, 'Subnets', {
      replicationSubnetGroupDescription: 'isolated',
      subnetIds: vpc.isolatedSubnets.map((subnet) => subnet.subnetId),
    });
    const instance = new CfnReplicationInstance(stack, 'Instance', {
      replicationInstanceClass: 'dms.t3.medium',
      publiclyAccessible: false,
      replicationSubnetGroupIdentifier: subnets.ref,
    });
    const source = new CfnEndpoint(stack, 'Source', {
      endpointType: 'source',
      engineName: 'oracle',
      serverName: '10.20.0.15',
      port: 1521,
      databaseName: 'ERP',
      username: 'migration',
      password: '{{resolve:secretsmanager:erp-migration:SecretString:password}}',
    });
    const target = new CfnEndpoint(stack, 'TargetEndpoint', {
      endpointType: 'target',
      engineName: 'postgres',
      serverName: database.dbInstanceEndpointAddress,
      port: 5432,
      databaseName: 'erp',
      username: 'postgres',
      password: database.secret!.secretValueFromJson('password').unsafeUnwrap(),
      sslMode: 'require',
    });
    new CfnReplicationTask(stack, 'Load', {
      migrationType: 'full-load-and-cdc',
      replicationInstanceArn: instance.ref,
      sourceEndpointArn: source.ref,
      targetEndpointArn: target.ref,
      tableMappings: JSON.stringify({
        rules: [
          {
            'rule-type': 'selection',
            'rule-id': '1',
            'rule-name': 'all',
            'object-locator': { 'schema-name': 'ERP', 'table-name': '%' },
            'rule-action': 'include',
          },
        ],
      }),
    });
  },
};
