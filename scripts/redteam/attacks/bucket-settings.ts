/** Ways by which a bucket comes to be kept otherwise than declared: another key, fewer versions, another class. */
import {
  DeleteBucketEncryptionCommand,
  DeleteBucketTaggingCommand,
  GetBucketEncryptionCommand,
  GetBucketTaggingCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import type { Attack } from '../attack';
import { claim, onMedia } from './media-bucket';

export const BUCKET_SETTING_ATTACKS: readonly Attack[] = [
  onMedia(
    {
      slug: 'bucket-encryption',
      what: 'write new objects under a key of AWS instead of ours',
      action: 's3:PutEncryptionConfiguration',
      eventName: 'PutBucketEncryption',
      names: [claim('encryption')],
    },
    async (client, Bucket) => {
      const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
      const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }];
      await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      return () => client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    },
  ),
  onMedia(
    {
      slug: 'bucket-encryption-removed',
      what: 'take the declared encryption off a bucket, so that new objects lie under a key of AWS',
      action: 's3:PutEncryptionConfiguration',
      eventName: 'DeleteBucketEncryption',
      names: [claim('encryption')],
    },
    async (client, Bucket) => {
      const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
      await client.send(new DeleteBucketEncryptionCommand({ Bucket }));
      return () => client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    },
  ),
  onMedia(
    {
      slug: 'bucket-versioning',
      what: 'stop keeping superseded versions of a restricted bucket',
      action: 's3:PutBucketVersioning',
      eventName: 'PutBucketVersioning',
      names: [claim('versioning')],
    },
    async (client, Bucket) => {
      const put = (Status: 'Enabled' | 'Suspended') =>
        client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
      await put('Suspended');
      return () => put('Enabled');
    },
  ),
  onMedia(
    {
      slug: 'bucket-class',
      what: 'call a restricted bucket public by its tag',
      action: 's3:PutBucketTagging',
      eventName: 'PutBucketTagging',
      names: [claim('data-class')],
    },
    async (client, Bucket) => {
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
  ),
  onMedia(
    {
      slug: 'bucket-class-removed',
      what: 'take every tag off a restricted bucket',
      action: 's3:PutBucketTagging',
      eventName: 'DeleteBucketTagging',
      names: [claim('data-class')],
    },
    async (client, Bucket) => {
      const { TagSet } = await client.send(new GetBucketTaggingCommand({ Bucket }));
      await client.send(new DeleteBucketTaggingCommand({ Bucket }));
      return () => client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    },
  ),
];
