import { Code, Function, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnOutput, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib/core';
import { ACCOUNTS } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

const ENVIRONMENTS = [
  { name: 'Dev', account: ACCOUNTS.workload, region: 'eu-west-1' },
  { name: 'Test', account: ACCOUNTS.workload, region: 'eu-central-1' },
  { name: 'Prod', account: ACCOUNTS.production, region: 'eu-north-1' },
];

export const application: OrdinaryApp = {
  name: 'stages',
  what: 'development, test and production as Stages with two stacks each; the bucket empties itself outside production',
  build(app) {
    for (const { name, ...env } of ENVIRONMENTS) {
      const stage = new Stage(app, name, { env });
      const production = name === 'Prod';
      const data = new Stack(stage, 'Data');
      const bucket = new Bucket(data, 'Invoices', {
        removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        autoDeleteObjects: !production,
      });
      const queue = new Queue(data, 'Incoming');
      const service = new Stack(stage, 'Service');
      const handler = new Function(service, 'Handler', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => {};'),
        environment: { STAGE: name, BUCKET: bucket.bucketName, QUEUE: queue.queueUrl },
      });
      bucket.grantReadWrite(handler);
      queue.grantSendMessages(handler);
      const url = handler.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
      new CfnOutput(service, 'Url', { value: url.url });
    }
  },
};
