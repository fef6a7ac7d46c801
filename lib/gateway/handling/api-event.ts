/** The event of a private REST API (Lambda proxy, payload version 1.0), as far as it is believed. */
import { z } from 'zod';
import { personId } from '../decision/facts';

/** What the authoriser established. Everything else in the event is the caller's word. */
const eventSchema = z.object({
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
  requestContext: z.object({
    authorizer: z.object({
      person: personId,
      /** Country of the endpoint the request entered by; absent where it is not known. */
      network: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullish(),
    }),
  }),
});

export interface ApiCall {
  readonly person: string;
  readonly network: string | undefined;
  /** Text of the body, decoded; empty when there is none. */
  readonly text: string;
  readonly bytes: number;
}

export interface ApiAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The call, or undefined when no authoriser vouched for the caller. */
export function apiCall(event: unknown): ApiCall | undefined {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { body, isBase64Encoded, requestContext } = parsed.data;
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  return {
    person: requestContext.authorizer.person,
    network: requestContext.authorizer.network ?? undefined,
    text: bytes.toString('utf8'),
    bytes: bytes.length,
  };
}

/** No answer may stay in a cache. */
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function jsonAnswer(statusCode: number, body: object): ApiAnswer {
  return { statusCode, headers: { ...HEADERS, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Rows as JSON Lines, with the record they were released under. */
export function rowsAnswer(lines: readonly string[], headers: Readonly<Record<string, string>>): ApiAnswer {
  return {
    statusCode: 200,
    headers: { ...HEADERS, ...headers, 'content-type': 'application/x-ndjson' },
    body: lines.map((line) => `${line}\n`).join(''),
  };
}
