/** Source and sink on S3. The sink's objects appear when complete and are never overwritten (`If-None-Match: *`). */
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import type { ObjectSink, ObjectSource, SourceObject } from './objects';
import type { RandomAccess } from './parquet';
import { parts } from './parts';

export class S3Source implements ObjectSource {
  /** @param bucket name or access point ARN */
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  async open(object: SourceObject): Promise<Readable> {
    const { Body } = await this.s3.send(new GetObjectCommand(this.version(object)));
    if (!(Body instanceof Readable)) throw new Error('S3 answered GetObject without a stream');
    return Body;
  }

  async access(object: SourceObject): Promise<RandomAccess> {
    const { ContentLength } = await this.s3.send(new HeadObjectCommand(this.version(object)));
    if (ContentLength === undefined) throw new Error('S3 answered HeadObject without a length');
    const slice = async (start: number, end = ContentLength): Promise<ArrayBuffer> => {
      const Range = `bytes=${start}-${end - 1}`;
      const { Body } = await this.s3.send(new GetObjectCommand({ ...this.version(object), Range }));
      if (Body === undefined) throw new Error('S3 answered GetObject without a body');
      const bytes = await Body.transformToByteArray();
      return new Uint8Array(bytes).buffer;
    };
    return { byteLength: ContentLength, slice };
  }

  private version({ key, etag }: SourceObject) {
    return { Bucket: this.bucket, Key: key, IfMatch: etag };
  }
}

export class S3Sink implements ObjectSink {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  async exists(name: string): Promise<boolean> {
    try {
      await this.s3.send(new HeadObjectCommand({ Bucket: this.bucket, Key: name }));
      return true;
    } catch (error) {
      if (status(error) === 404) return false;
      throw error;
    }
  }

  async write(name: string, body: AsyncIterable<Uint8Array>): Promise<'created' | 'present'> {
    const at = { Bucket: this.bucket, Key: name };
    const upload = new Upload(this.s3, at);
    try {
      for await (const { bytes, last } of parts(body)) {
        if (last && !upload.begun)
          return await unlessTaken(() => this.s3.send(new PutObjectCommand({ ...at, Body: bytes, IfNoneMatch: '*' })));
        await upload.part(bytes);
      }
      const state = await unlessTaken(() => upload.complete());
      if (state === 'present') await upload.abort();
      return state;
    } catch (error) {
      await upload.abort();
      throw error;
    }
  }
}

/** Content type is left to the reader: the bucket's default encryption and no metadata are all an export has. */
class Upload {
  private id: string | undefined;
  private readonly done: CompletedPart[] = [];

  constructor(
    private readonly s3: S3Client,
    private readonly at: { readonly Bucket: string; readonly Key: string },
  ) {}

  get begun(): boolean {
    return this.id !== undefined;
  }

  async part(Body: Uint8Array): Promise<void> {
    this.id ??= (await this.s3.send(new CreateMultipartUploadCommand(this.at))).UploadId;
    if (this.id === undefined) throw new Error('S3 began a multipart upload without an id');
    const PartNumber = this.done.length + 1;
    const { ETag } = await this.s3.send(new UploadPartCommand({ ...this.at, UploadId: this.id, PartNumber, Body }));
    if (ETag === undefined) throw new Error('S3 took a part without an entity tag');
    this.done.push({ PartNumber, ETag });
  }

  async complete(): Promise<void> {
    const MultipartUpload = { Parts: this.done };
    await this.s3.send(
      new CompleteMultipartUploadCommand({ ...this.at, UploadId: this.id, MultipartUpload, IfNoneMatch: '*' }),
    );
  }

  /** Parts of an upload that is never completed are invisible but stored and paid for. */
  async abort(): Promise<void> {
    if (this.id === undefined) return;
    try {
      await this.s3.send(new AbortMultipartUploadCommand({ ...this.at, UploadId: this.id }));
    } catch {
      // The first error is the one that counts; the bucket's lifecycle rule removes what is left.
    }
  }
}

/** Asked of the last step alone: the body's own failures, a changed source among them, answer 412 as well. */
async function unlessTaken(write: () => Promise<unknown>): Promise<'created' | 'present'> {
  try {
    await write();
    return 'created';
  } catch (error) {
    if (status(error) === 412) return 'present';
    throw error;
  }
}

/** HTTP status of an SDK error. */
function status(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
