/** The envelope of a signed statement: DSSE 1.0 (https://github.com/secure-systems-lab/dsse, protocol.md and envelope.md). */

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

export interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** What is signed: type and payload with their lengths, so that neither can be read as part of the other. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** The one way in which an envelope is written, so that a byte that means nothing cannot be changed either. */
export const envelopeText = (envelope: Envelope): string => `${JSON.stringify(envelope, null, 2)}\n`;

/** Reads an envelope of one signature. Answers with what is wrong when it is none. */
export function readEnvelope(text: string): { readonly envelope: Envelope; readonly payload: Buffer } | string {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  const { payloadType, payload, signatures } = (read ?? {}) as Partial<Record<keyof Envelope, unknown>>;
  if (payloadType !== PAYLOAD_TYPE) return `its payload type is not ${PAYLOAD_TYPE}`;
  const [signature, ...more] = Array.isArray(signatures) ? (signatures as unknown[]) : [];
  const { keyid, sig } = (signature ?? {}) as { keyid?: unknown; sig?: unknown };
  if (typeof payload !== 'string' || typeof keyid !== 'string' || typeof sig !== 'string' || more.length > 0)
    return 'it has no payload with exactly one signature';
  const envelope: Envelope = { payloadType, payload, signatures: [{ keyid, sig }] };
  const bytes = Buffer.from(payload, 'base64');
  const canonical = [bytes.toString('base64') === payload, Buffer.from(sig, 'base64').toString('base64') === sig];
  if (envelopeText(envelope) !== text || canonical.includes(false))
    return 'it is not written as it was when it was signed';
  return { envelope, payload: bytes };
}
