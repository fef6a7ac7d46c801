import { Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { NestedStack, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { paris } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

class Network extends NestedStack {
  readonly vpc: IVpc;
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
  }
}

class Storage extends NestedStack {
  readonly bucket: IBucket;
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Documents', { versioned: true, enforceSSL: true });
  }
}

class Processing extends NestedStack {
  constructor(scope: Construct, id: string, vpc: IVpc, bucket: IBucket) {
    super(scope, id);
    const worker = new Function(this, 'Worker', {
      vpc,
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      environment: { BUCKET: bucket.bucketName },
    });
    bucket.grantReadWrite(worker);
  }
}

export const application: OrdinaryApp = {
  name: 'nested-stacks',
  what: 'network, storage and processing as nested stacks of one root',
  build(app) {
    const root = new Stack(app, 'Root', { env: paris });
    const { vpc } = new Network(root, 'Network');
    const { bucket } = new Storage(root, 'Storage');
    new Processing(root, 'Processing', vpc, bucket);
  },
};
