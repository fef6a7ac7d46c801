import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'thumbnails',
  what: 'the workshop classic: upload to a bucket starts a function that writes to another bucket',
  build(app) {
    const stack = new Stack(app, 'Thumbnails', { env: dublin });
    const photos = new Bucket(stack, 'Photos', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
    const thumbnails = new Bucket(stack, 'Thumbs', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
    const resize = new Function(stack, 'Resize', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('import boto3\ns3 = boto3.client("s3")\ndef handler(event, context):\n    pass\n'),
      timeout: Duration.seconds(30),
      environment: { TARGET: thumbnails.bucketName },
    });
    photos.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(resize), { suffix: '.jpg' });
    photos.grantRead(resize);
    thumbnails.grantWrite(resize);
  },
};
