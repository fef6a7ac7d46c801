/** What every call goes through: caller, size, shape, clock, single use; then the work; then the record; then the answer. */
import type { z } from 'zod';
import type { AuditFacts, AuditRecord, Stage } from '../audit/audit-record';
import { NotRecorded } from '../audit/recorder';
import { requesterFrom } from '../decision/facts';
import type { Requester } from '../decision/facts';
import type { GatewayPorts } from '../ports/ports';
import { NONCE } from '../requests/documents';
import { requesterZone } from '../zones/requester-zone';
import { apiCall, jsonAnswer } from './api-event';
import type { ApiAnswer, ApiCall } from './api-event';
import { Refusal, asRefusal, deniedFacts } from './refusal';
import type { KnownFacts } from './refusal';

/** Longest body of a request, in bytes. */
export const MOST_REQUEST_BYTES = 8_192;

/** A call that may be looked into: who asks, as the directory knows them, and what, as the schema knows it. */
export interface Call<Body> {
  readonly requester: Requester;
  readonly body: Body;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What came of the work. */
export interface Outcome {
  readonly facts: KnownFacts;
  /** Takes effect after the record is written; throws {@link Refusal} when somebody else was first. */
  readonly effect?: () => Promise<void>;
  readonly answer: (record: AuditRecord) => ApiAnswer;
}

interface Once {
  readonly nonce: string;
  readonly issuedAt: number;
}

export type ApiHandler = (event: unknown) => Promise<ApiAnswer>;

/** A handler for one path of the API. It never throws and no answer to a refusal contains a value of the request. */
export function answering<Body extends Once>(
  stage: Stage,
  ports: GatewayPorts,
  schema: z.ZodType<Body>,
  work: (call: Call<Body>) => Promise<Outcome>,
): ApiHandler {
  return async (event) => {
    let known: KnownFacts = {};
    try {
      const raw = apiCall(event);
      if (!raw) throw new Refusal(401, ['caller.unknown']);
      known = { requestBytes: raw.bytes };
      const now = ports.now();
      const body = parsedBody(raw, schema);
      const requester = await requesterOf(raw, ports);
      known = { ...known, person: requester.id, role: requester.role, zone: requesterZone(requester.countries) };
      checkClock(body, now, ports);
      await claimNonce(body, requester.id, now, ports);
      const outcome = await work({ requester, body, now });
      const facts: AuditFacts = { reasons: [], policies: [], ...known, ...outcome.facts, stage, outcome: 'allow' };
      const record = await ports.recorder.record(facts);
      await outcome.effect?.();
      return outcome.answer(record);
    } catch (error) {
      return refused(error, stage, known, ports);
    }
  };
}

async function refused(error: unknown, stage: Stage, known: KnownFacts, ports: GatewayPorts): Promise<ApiAnswer> {
  if (error instanceof NotRecorded) return jsonAnswer(503, { decision: 'deny', reasons: ['not-recorded'] });
  const refusal = asRefusal(error);
  try {
    const { id } = await ports.recorder.record(deniedFacts(refusal, stage, known));
    return jsonAnswer(refusal.status, { decision: 'deny', reasons: refusal.reasons, record: id });
  } catch {
    return jsonAnswer(503, { decision: 'deny', reasons: ['not-recorded'] });
  }
}

function parsedBody<Body>({ text, bytes }: ApiCall, schema: z.ZodType<Body>): Body {
  if (bytes > MOST_REQUEST_BYTES) throw new Refusal(413, ['request.too-large']);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, ['request.malformed']);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const unknownField = parsed.error.issues.some(({ code }) => code === 'unrecognized_keys');
  throw new Refusal(400, [unknownField ? 'request.unknown-field' : 'request.malformed']);
}

async function requesterOf({ person: id, network }: ApiCall, { directory }: GatewayPorts): Promise<Requester> {
  const person = await directory.find(id);
  if (!person || person.id !== id) throw new Refusal(403, ['person.unknown'], { person: id });
  if (!person.active) throw new Refusal(403, ['person.inactive'], { person: id, role: person.role });
  return requesterFrom(person, network);
}

function checkClock({ issuedAt }: Once, now: number, { settings }: GatewayPorts): void {
  if (issuedAt > now + settings.clockSkewSeconds * 1000) throw new Refusal(400, ['request.from-the-future']);
  if (now - issuedAt >= settings.requestAgeSeconds * 1000) throw new Refusal(400, ['request.too-old']);
}

async function claimNonce(
  { nonce }: Once,
  person: string,
  now: number,
  { ledger, settings }: GatewayPorts,
): Promise<void> {
  // Kept a little longer than a request can be fresh, so that it cannot come again.
  const forgetAt = now + 2 * (settings.requestAgeSeconds + settings.clockSkewSeconds) * 1000;
  const claimed = await ledger.create(NONCE, `${person}/${nonce}`, { at: now }, forgetAt);
  if (claimed === 'exists') throw new Refusal(409, ['request.replayed']);
}
