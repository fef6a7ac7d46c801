/** Reads a manifest of a bucket from S3: every object with the checksum S3 holds, and whether anything at all is left. */
import {
  GetObjectAttributesCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Checksum } from '@aws-sdk/client-s3';
import { CHECKSUM_ALGORITHMS } from '../../lib/migration/manifest';
import type { ListedObject, Manifest } from '../../lib/migration/manifest';
import { UsageError } from '../input';
import { awsError } from './session';

/** The calls that are made; the SDK's client fits. */
export type ManifestClient = Pick<S3Client, 'send'>;

/**
 * The manifest of a bucket as it stands. Reads only: `s3:ListBucket`, `s3:ListBucketVersions`, `s3:GetObjectAttributes`.
 *
 * @param now time written into the manifest
 * @throws UsageError when S3 refuses: a bucket that may not be read is not absent
 */
export async function readObjectManifest(
  bucket: string,
  region: string,
  now: Date,
  client: ManifestClient = new S3Client({ region }),
): Promise<Manifest> {
  const head = { bucket, region, readAt: now.toISOString() };
  try {
    const versions = await countVersions(client, bucket);
    return { ...head, state: 'present', versions, objects: await listObjects(client, bucket) };
  } catch (error) {
    if (error instanceof NoSuchBucket || (error as Error).name === 'NoSuchBucket')
      return { ...head, state: 'absent', versions: 0, objects: [] };
    throw new UsageError(`${bucket} in ${region}: could not be read (${awsError(error)}). Nothing was written.`);
  }
}

async function countVersions(client: ManifestClient, Bucket: string): Promise<number> {
  let count = 0;
  let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, ...marker }));
    count += (page.Versions?.length ?? 0) + (page.DeleteMarkers?.length ?? 0);
    if (!page.IsTruncated) return count;
    marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function listObjects(client: ManifestClient, Bucket: string): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    for (const { Key, Size } of page.Contents ?? []) {
      if (Key === undefined || Size === undefined) throw new Error('S3 listed an object without key or size');
      const { Checksum: held } = await client.send(
        new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['Checksum'] }),
      );
      const checksum = wholeObject(held);
      objects.push({ key: Key, size: Size, ...(checksum ? { checksum } : {}) });
    }
    ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (ContinuationToken !== undefined);
  return objects;
}

/** The checksum of the whole object; one of parts depends on how it was uploaded and compares nothing. */
function wholeObject(held: Checksum | undefined): string | undefined {
  if (!held || held.ChecksumType === 'COMPOSITE') return undefined;
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = held[`Checksum${algorithm}`];
    if (value !== undefined && !value.includes('-')) return `${algorithm}:${value}`;
  }
  return undefined;
}
