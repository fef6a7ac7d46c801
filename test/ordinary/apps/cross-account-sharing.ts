import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { ACCOUNTS } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'cross-account-sharing',
  what: 'bucket and queue of one account read by a function of another account of the same company, both in Dublin',
  build(app) {
    const producer = new Stack(app, 'Producer', { env: { account: ACCOUNTS.workload, region: 'eu-west-1' } });
    const encryptionKey = new Key(producer, 'Key', { enableKeyRotation: true });
    const feed = new Bucket(producer, 'Feed', {
      bucketName: 'partner-feed-111122223333',
      encryption: BucketEncryption.KMS,
      encryptionKey,
    });
    const news = new Queue(producer, 'News', { queueName: 'partner-news' });
    const reader = new AccountPrincipal(ACCOUNTS.production);
    feed.grantRead(reader);
    news.grantConsumeMessages(reader);
    const consumer = new Stack(app, 'Consumer', { env: { account: ACCOUNTS.production, region: 'eu-west-1' } });
    const read = new Function(consumer, 'Read', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      environment: { FEED: 'partner-feed-111122223333' },
    });
    Bucket.fromBucketName(consumer, 'Feed', 'partner-feed-111122223333').grantRead(read);
  },
};
