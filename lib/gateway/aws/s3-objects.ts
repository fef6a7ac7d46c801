/** Stored objects, read with the credentials of one session. */
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Objects, StoredPlace } from '../ports/objects';
import type { Session } from '../ports/sessions';

export class S3Objects implements Objects {
  /** @param settings of the client, without credentials: those come with each session */
  constructor(private readonly settings: Omit<S3ClientConfig, 'credentials'>) {}

  async read({ source, key }: StoredPlace, session: Session): Promise<AsyncIterable<Uint8Array> | undefined> {
    const client = new S3Client({ ...this.settings, credentials: session });
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: source, Key: key }));
      return Body as AsyncIterable<Uint8Array> | undefined;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }
}
