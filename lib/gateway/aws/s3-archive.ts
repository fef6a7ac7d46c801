/** The archive of records: one object each, never written over. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { ARCHIVE_PREFIX } from '../contract';
import type { Archive } from '../audit/recorder';
import type { AuditRecord } from '../audit/audit-record';

/** Key of a record: by day, so that an auditor can take a day at a time. */
export function archiveKey({ id, at }: Pick<AuditRecord, 'id' | 'at'>): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${ARCHIVE_PREFIX}${day}/${id}.json`;
}

export class S3Archive implements Archive {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async keep(record: AuditRecord): Promise<void> {
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: archiveKey(record),
          Body: JSON.stringify(record),
          ContentType: 'application/json',
          // Buckets with Object Lock demand a checksum; the condition keeps a record from being replaced.
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
    } catch (error) {
      // An earlier attempt arrived although its answer did not: ids are random, so it is this record.
      if ((error as { name?: string }).name !== 'PreconditionFailed') throw error;
    }
  }
}
