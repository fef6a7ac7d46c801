/** Ways out of buckets. */
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketWebsiteCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetPublicAccessBlockCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketEncryptionCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  GetBucketLoggingCommand,
  GetBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { NotificationConfiguration } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Attack, Field } from '../attack';

const s3 = async ({ emulator, account, region }: Field): Promise<S3Client> =>
  new S3Client(await emulator.client(account, region));
const media = ({ site, account }: Field): string => `${site}-media-${account}`;
const thief = ({ account }: Field): string => `thief-${account}`;

/** A bucket abroad, for what is to be sent there. */
async function bucketAbroad(field: Field): Promise<() => Promise<unknown>> {
  const client = new S3Client(await field.emulator.client(field.account, field.abroad));
  const Bucket = thief(field);
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return () => client.send(new DeleteBucketCommand({ Bucket }));
}

const event = (eventName: string): Pick<Attack, 'eventSource' | 'eventName'> => ({
  eventSource: 's3.amazonaws.com',
  eventName,
});
const claim = (slug: string): RegExp => new RegExp(`/media[0-9A-Z]+/${slug}$`, 'u');
const ABROAD = /^unexpected AWS::S3::Bucket .*thief-/u;

export const BUCKET_ATTACKS: readonly Attack[] = [
  {
    slug: 'bucket-abroad',
    what: 'create a bucket in a Region outside the EEA',
    action: 's3:CreateBucket',
    ...event('CreateBucket'),
    channels: [],
    names: [ABROAD],
    open: bucketAbroad,
  },
  {
    slug: 'bucket-replication',
    what: 'replicate a restricted bucket to a bucket abroad',
    action: 's3:PutReplicationConfiguration',
    ...event('PutBucketReplication'),
    channels: ['s3-replication-bucket'],
    names: [claim('replication'), ABROAD],
    open: async (field) => {
      const client = await s3(field);
      const away = await bucketAbroad(field);
      const Bucket = media(field);
      const before = await client.send(new GetBucketReplicationCommand({ Bucket }));
      const ReplicationConfiguration = before.ReplicationConfiguration!;
      const put = (bucket?: string) =>
        client.send(
          new PutBucketReplicationCommand({
            Bucket,
            ReplicationConfiguration: {
              ...ReplicationConfiguration,
              Rules: ReplicationConfiguration.Rules!.map((rule) =>
                bucket === undefined ? rule : { ...rule, Destination: { Bucket: bucket } },
              ),
            },
          }),
        );
      await put(`arn:aws:s3:::${thief(field)}`);
      return async () => {
        await put();
        await away();
      };
    },
  },
  {
    slug: 'bucket-policy',
    what: 'let everybody read a restricted bucket by its policy',
    action: 's3:PutBucketPolicy',
    ...event('PutBucketPolicy'),
    channels: ['s3-bucket-policy'],
    names: [claim('policy')],
    open: async (field) => {
      const client = await s3(field);
      const Bucket = media(field);
      const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket }));
      const open = JSON.parse(Policy!) as { Statement: object[] };
      open.Statement.push({
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
      });
      await client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(open) }));
      return () => client.send(new PutBucketPolicyCommand({ Bucket, Policy: Policy! }));
    },
  },
  {
    slug: 'bucket-public-access',
    what: 'take the public access block off a restricted bucket',
    action: 's3:PutBucketPublicAccessBlock',
    ...event('DeleteBucketPublicAccessBlock'),
    channels: ['s3-public-access-block'],
    names: [claim('public-access-block')],
    open: async (field) => {
      const client = await s3(field);
      const Bucket = media(field);
      const { PublicAccessBlockConfiguration } = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
      await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
      return () => client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    },
  },
  {
    slug: 'bucket-encryption',
    what: 'write new objects under a key of AWS instead of ours',
    action: 's3:PutEncryptionConfiguration',
    ...event('PutBucketEncryption'),
    channels: [],
    names: [claim('encryption')],
    open: async (field) => {
      const client = await s3(field);
      const Bucket = media(field);
      const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
      const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }];
      await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      return () => client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    },
  },
  {
    slug: 'bucket-inventory',
    what: 'send daily lists of the objects to a bucket abroad',
    action: 's3:PutInventoryConfiguration',
    ...event('PutBucketInventoryConfiguration'),
    channels: ['s3-inventory-bucket'],
    names: [claim('inventory'), ABROAD],
    open: async (field) => {
      const client = await s3(field);
      const away = await bucketAbroad(field);
      const Bucket = media(field);
      await client.send(
        new PutBucketInventoryConfigurationCommand({
          Bucket,
          Id: 'daily',
          InventoryConfiguration: {
            Id: 'daily',
            IsEnabled: true,
            IncludedObjectVersions: 'All',
            Schedule: { Frequency: 'Daily' },
            Destination: { S3BucketDestination: { Bucket: `arn:aws:s3:::${thief(field)}`, Format: 'CSV' } },
          },
        }),
      );
      return async () => {
        await client.send(new DeleteBucketInventoryConfigurationCommand({ Bucket, Id: 'daily' }));
        await away();
      };
    },
  },
  {
    slug: 'bucket-logging',
    what: 'write access logs into another bucket',
    action: 's3:PutBucketLogging',
    ...event('PutBucketLogging'),
    channels: ['s3-access-log-bucket'],
    names: [claim('logging')],
    open: async (field) => {
      const client = await s3(field);
      const Bucket = media(field);
      const { LoggingEnabled } = await client.send(new GetBucketLoggingCommand({ Bucket }));
      const put = (to: typeof LoggingEnabled) =>
        client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: to ? { LoggingEnabled: to } : {} }));
      await put(undefined);
      return () => put(LoggingEnabled);
    },
  },
  {
    slug: 'bucket-notification',
    what: 'tell a queue of every object',
    action: 's3:PutBucketNotification',
    ...event('PutBucketNotification'),
    channels: ['s3-notification-target'],
    names: [claim('notifications'), /^unexpected AWS::SQS::Queue /u],
    open: async (field) => {
      const client = await s3(field);
      const sqs = new SQSClient(await field.emulator.client(field.account, field.region));
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'thief-hears' }));
      const put = (NotificationConfiguration: NotificationConfiguration) =>
        client.send(new PutBucketNotificationConfigurationCommand({ Bucket: media(field), NotificationConfiguration }));
      const QueueArn = `arn:aws:sqs:${field.region}:${field.account}:thief-hears`;
      await put({ QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*'] }] });
      return async () => {
        await put({});
        await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      };
    },
  },
  {
    slug: 'bucket-website',
    what: 'make a web site of a restricted bucket',
    action: 's3:PutBucketWebsite',
    ...event('PutBucketWebsite'),
    channels: ['s3-website'],
    names: [claim('website')],
    open: async (field) => {
      const client = await s3(field);
      const Bucket = media(field);
      const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
      await client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
      return () => client.send(new DeleteBucketWebsiteCommand({ Bucket }));
    },
  },
  {
    slug: 'bucket-acceleration',
    what: 'take objects through edge locations all over the world',
    action: 's3:PutAccelerateConfiguration',
    ...event('PutBucketAccelerateConfiguration'),
    channels: ['s3-transfer-acceleration'],
    names: [claim('acceleration')],
    open: async (field) => {
      const client = await s3(field);
      const Bucket = media(field);
      const put = (Status: 'Enabled' | 'Suspended') =>
        client.send(new PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status } }));
      await put('Enabled');
      return () => put('Suspended');
    },
  },
  {
    slug: 'bucket-class',
    what: 'call a restricted bucket public by its tag',
    action: 's3:PutBucketTagging',
    ...event('PutBucketTagging'),
    channels: [],
    names: [claim('data-class')],
    open: async (field) => {
      const client = await s3(field);
      const Bucket = media(field);
      const { TagSet = [] } = await client.send(new GetBucketTaggingCommand({ Bucket }));
      const put = (value?: string) =>
        client.send(
          new PutBucketTaggingCommand({
            Bucket,
            Tagging: {
              TagSet: TagSet.map((tag) => (value && tag.Key === 'data-class' ? { ...tag, Value: value } : tag)),
            },
          }),
        );
      await put('public');
      return () => put();
    },
  },
];
