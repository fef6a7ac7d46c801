/** Objects of one bucket under one key, as the scheduled attestation reads and writes them. The Region is the client's own. */
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { KeptObjects } from './answers-in-bucket';

/** The calls that are made; the SDK's client fits. */
export type ObjectsClient = Pick<S3Client, 'send'>;

export function bucketObjects(Bucket: string, keyArn: string, client: ObjectsClient = new S3Client({})): KeptObjects {
  return {
    async list(Prefix) {
      const found: { key: string; at: Date }[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
        for (const { Key: key, LastModified: at } of page.Contents ?? [])
          if (key !== undefined && at !== undefined) found.push({ key, at });
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken !== undefined);
      return found;
    },
    async get(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      if (Body === undefined) throw new Error(`${Bucket}/${Key}: S3 answered without contents`);
      return Body.transformToString('utf8');
    },
    put: (key, text) => putObject(Bucket, keyArn, key, text, client),
  };
}

/** Writes one object under the key named. */
export async function putObject(
  Bucket: string,
  keyArn: string,
  Key: string,
  text: string,
  client: ObjectsClient = new S3Client({}),
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body: text,
      ContentType: 'application/json',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
    }),
  );
}
