import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Credentials, DatabaseInstance, DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { RotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'secret-rotation',
  what: 'PostgreSQL whose secret a function rotates, with its own key and parameters',
  build(app) {
    const stack = new Stack(app, 'Credentials', { env: stockholm });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const encryptionKey = new Key(stack, 'Key', { enableKeyRotation: true, description: 'credentials' });
    const database = new DatabaseInstance(stack, 'Database', {
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_16_6 }),
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      credentials: Credentials.fromGeneratedSecret('postgres', { encryptionKey }),
      storageEncryptionKey: encryptionKey,
      storageEncrypted: true,
      iamAuthentication: true,
      enablePerformanceInsights: true,
      monitoringInterval: Duration.minutes(1),
    });
    const rotator = new Function(stack, 'Rotator', {
      vpc,
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('def handler(event, context):\n    pass\n'),
      timeout: Duration.minutes(1),
    });
    database.connections.allowDefaultPortFrom(rotator);
    new RotationSchedule(stack, 'Schedule', {
      secret: database.secret!,
      rotationLambda: rotator,
      automaticallyAfter: Duration.days(30),
    });
    new StringParameter(stack, 'Endpoint', {
      parameterName: '/app/database/endpoint',
      stringValue: database.dbInstanceEndpointAddress,
      tier: ParameterTier.STANDARD,
    });
  },
};
