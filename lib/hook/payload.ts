/** The document behind the presigned address that CloudFormation hands over, fetched from S3 of the hook's own Region. */
import { z } from 'zod';
import { findRegion } from '../geo';
import { RequestError } from './request';

/** A template is at most 1 MB; the document holds two of them and what has changed. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_MILLISECONDS = 8_000;

const template = z.union([z.string().min(1), z.record(z.string(), z.json())]);

const payloadSchema = z.object({
  /** The template as it was given, macros not yet run, in JSON or YAML. */
  template,
  /** What is deployed now; absent for a stack that is new. */
  previousTemplate: template.nullish().or(z.literal('')),
});

export interface Payload {
  readonly template: z.output<typeof template>;
  readonly previousTemplate?: z.output<typeof template>;
}

/** How the document is fetched; the global `fetch` at run time. */
export type Fetch = (url: URL, init: { readonly redirect: 'error'; readonly signal: AbortSignal }) => Promise<Response>;

/**
 * The address, when it is one of S3 in this Region: `bucket.s3.<region>.<suffix>`, `s3.<region>.<suffix>/bucket`, and the
 * same with `s3-` or dual-stack. Whoever could name another host could hand the judge another template than is deployed.
 *
 * @throws RequestError for any other address
 */
export function payloadAddress(text: string, region: string): URL {
  const known = findRegion(region);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!known || !url) throw new RequestError('the template of the hook has no readable address');
  const name = region.replaceAll('.', '\\.');
  const suffix = { aws: 'amazonaws\\.com', 'aws-eusc': 'amazonaws\\.eu' }[known.partition as string];
  const host = new RegExp(`^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\\.)?s3[.-](dualstack\\.)?${name}\\.${suffix ?? '(?!)'}$`);
  if (
    url.protocol !== 'https:' ||
    url.port !== '' ||
    url.username !== '' ||
    url.password !== '' ||
    !host.test(url.hostname)
  )
    throw new RequestError(`the template of the hook is at ${url.protocol}//${url.host}, which is not S3 in ${region}`);
  return url;
}

/** Fetches and reads the document. @throws RequestError when it cannot be had in time, is too large, or holds no template */
export async function fetchPayload(url: URL, fetch: Fetch): Promise<Payload> {
  const text = await fetchText(url, fetch);
  const result = payloadSchema.safeParse(parsed(text));
  if (!result.success) throw new RequestError('the document handed to the hook holds no template');
  const { template: current, previousTemplate: previous } = result.data;
  return { template: current, ...(previous ? { previousTemplate: previous } : {}) };
}

async function fetchText(url: URL, fetch: Fetch): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(MOST_MILLISECONDS) });
    if (response.status !== 200) throw new RequestError(`S3 answered ${response.status} for the template of the hook`);
    return await boundedText(response);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    // The address is a secret for as long as its signature holds: only its host is told.
    throw new RequestError(`the template of the hook could not be read from ${url.host} (${(error as Error).name})`);
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).byteLength;
    if (size > MOST_BYTES) throw new RequestError(`the document handed to the hook is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError('the document handed to the hook is not JSON');
  }
}
