import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { FileSystem as Efs, LifecyclePolicy, PerformanceMode } from 'aws-cdk-lib/aws-efs';
import { Code, FileSystem, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { milan } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'efs-shared-files',
  what: 'EFS file system with an access point mounted by a Lambda function',
  build(app) {
    const stack = new Stack(app, 'Files', { env: milan });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const files = new Efs(stack, 'Share', {
      vpc,
      encrypted: true,
      lifecyclePolicy: LifecyclePolicy.AFTER_30_DAYS,
      performanceMode: PerformanceMode.GENERAL_PURPOSE,
      enableAutomaticBackups: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const point = files.addAccessPoint('Point', {
      path: '/export',
      createAcl: { ownerUid: '1001', ownerGid: '1001', permissions: '750' },
      posixUser: { uid: '1001', gid: '1001' },
    });
    new Function(stack, 'Index', {
      vpc,
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline("import os\ndef handler(event, context):\n    return os.listdir('/mnt/files')\n"),
      filesystem: FileSystem.fromEfsAccessPoint(point, '/mnt/files'),
    });
  },
};
