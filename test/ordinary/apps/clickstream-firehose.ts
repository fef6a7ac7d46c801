import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { DeliveryStream, KinesisStreamSource, S3Bucket, Compression } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Code, Function, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'clickstream-firehose',
  what: 'Kinesis stream to Firehose to a bucket, and a Lambda consumer',
  build(app) {
    const stack = new Stack(app, 'Clicks', { env: dublin });
    const stream = new Stream(stack, 'Stream', {
      streamMode: StreamMode.ON_DEMAND,
      encryption: StreamEncryption.MANAGED,
      retentionPeriod: Duration.hours(48),
    });
    const archive = new Bucket(stack, 'Archive', { versioned: true });
    new DeliveryStream(stack, 'Delivery', {
      source: new KinesisStreamSource(stream),
      destination: new S3Bucket(archive, {
        dataOutputPrefix: 'clicks/!{timestamp:yyyy/MM/dd}/',
        errorOutputPrefix: 'errors/!{firehose:error-output-type}/',
        bufferingInterval: Duration.minutes(1),
        compression: Compression.GZIP,
      }),
    });
    const counter = new Function(stack, 'Counter', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async (event) => console.log(event.Records.length);'),
    });
    counter.addEventSource(
      new KinesisEventSource(stream, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        bisectBatchOnError: true,
        onFailure: new SqsDlq(new Queue(stack, 'Failed')),
      }),
    );
  },
};
