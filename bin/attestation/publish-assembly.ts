/** `attest cdk.out --publish BUCKET@REGION --evidence DIR`: hands the reviewed assembly to the scheduled attestation. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { findRegion } from '../../lib/geo';
import { isDeclared } from '../../lib/attestation';
import { PUBLISHED_KEY, RefusedAssembly, publishable } from './published-assembly';
import { requireManifest } from '../aws/assembly';
import { awsError } from '../aws/session';
import { filesOf } from '../hashes';
import { UsageError } from '../input';
import { STATEMENT } from '../commands/register';

/** The one call that is made; the SDK's client fits. */
export type Put = (bucket: string, region: string, key: string, text: string) => Promise<void>;

/**
 * Publishes manifest and templates with the statement signed over them. @returns one line that says what was published
 *
 * @param target `bucket@region`
 * @param evidence folder that `enclave register` wrote and signed
 * @throws UsageError when the statement is not about exactly this assembly: then nothing is written
 */
export async function publishAssembly(
  path: string,
  target: string,
  evidence: string,
  put: Put = putObject,
): Promise<string> {
  requireManifest(path);
  const [, bucket, region] = /^([a-z0-9.-]{3,63})@([a-z0-9-]+)$/u.exec(target) ?? [];
  if (!bucket || !region || !findRegion(region))
    throw new UsageError(`${target}: is no bucket with its Region. Write BUCKET@REGION.`);
  const file = join(evidence, STATEMENT);
  if (!existsSync(file))
    throw new UsageError(`${file}: no signed statement there. Write one with enclave register --sign-kms.`);
  const names = filesOf(path, evidence)
    .map(({ name }) => name)
    .filter(isDeclared);
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
  let text: string;
  try {
    text = publishable(readFileSync(file, 'utf8'), files);
  } catch (error) {
    if (!(error instanceof RefusedAssembly)) throw error;
    throw new UsageError(`${file}: ${error.message}. Write the evidence of this assembly again, then publish it.`);
  }
  try {
    await put(bucket, region, PUBLISHED_KEY, text);
  } catch (error) {
    throw new UsageError(`${target}: could not be written (${awsError(error)}). The assembly of before still stands.`);
  }
  return `${names.length} files of the assembly published to ${bucket}/${PUBLISHED_KEY}`;
}

async function putObject(Bucket: string, region: string, Key: string, Body: string): Promise<void> {
  // Encrypted as the bucket says.
  await new S3Client({ region }).send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
}
