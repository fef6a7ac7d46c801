/**
 * What a bucket held at one moment: one object a line, with the checksum S3 itself computed. Written on both sides of a
 * migration by whoever may read there, compared without either side's credentials.
 */
import { createHash } from 'node:crypto';

/** Algorithms S3 computes and answers with; a whole-object checksum, never one of parts. */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** `ALGORITHM:base64`; undefined when S3 holds none for the whole object. */
  readonly checksum?: string;
}

export interface Manifest {
  readonly bucket: string;
  readonly region: string;
  /** ISO time of the reading. */
  readonly readAt: string;
  /** `absent`: S3 answered that there is no such bucket. */
  readonly state: 'present' | 'absent';
  /** Versions and delete markers of any age; 0 only when nothing at all is left. */
  readonly versions: number;
  readonly objects: readonly ListedObject[];
}

/** The manifest as text: a head line, then one JSON line per object, sorted by key. */
export function manifestText({ objects, ...head }: Manifest): string {
  const sorted = [...objects].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return [head, ...sorted].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** SHA-256 of the text, in hex: what the ledger says it compared. */
export const manifestDigest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The manifest in a text; or, as a string, what is wrong with which line. */
export function readManifest(text: string): Manifest | string {
  const lines = text.split('\n').filter((line) => line !== '');
  const parsed: unknown[] = [];
  for (const [i, line] of lines.entries()) {
    try {
      parsed.push(JSON.parse(line));
    } catch {
      return `line ${i + 1}: is no JSON; write it with enclave migration manifest`;
    }
  }
  const [head, ...objects] = parsed;
  if (!isHead(head)) return 'line 1: is no head of a manifest (bucket, region, readAt, state, versions)';
  const keys = new Set<string>();
  for (const [i, object] of objects.entries()) {
    if (!isListed(object)) return `line ${i + 2}: is no object (key, size, checksum)`;
    if (keys.has(object.key)) return `line ${i + 2}: names ${JSON.stringify(object.key)} a second time`;
    keys.add(object.key);
  }
  return { ...head, objects: objects as ListedObject[] };
}

type Head = Omit<Manifest, 'objects'>;

function isHead(value: unknown): value is Head {
  const head = value as Partial<Record<keyof Head, unknown>> | null;
  return (
    typeof head === 'object' &&
    typeof head?.bucket === 'string' &&
    typeof head.region === 'string' &&
    typeof head.readAt === 'string' &&
    !Number.isNaN(Date.parse(head.readAt)) &&
    (head.state === 'present' || head.state === 'absent') &&
    isCount(head.versions)
  );
}

function isListed(value: unknown): value is ListedObject {
  const object = value as Partial<Record<keyof ListedObject, unknown>> | null;
  return (
    typeof object === 'object' &&
    typeof object?.key === 'string' &&
    isCount(object.size) &&
    (object.checksum === undefined ||
      (typeof object.checksum === 'string' &&
        CHECKSUM_ALGORITHMS.some((name) => (object.checksum as string).startsWith(`${name}:`))))
  );
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
