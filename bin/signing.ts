/** Who signs a statement: a key of KMS, or for development a key in a file. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PAYLOAD_TYPE, envelopeText, preAuthenticationEncoding, sha256 } from '../lib/report/statement';
import { UsageError } from './input';

export interface Signer {
  readonly kind: 'kms' | 'development';
  readonly keyId: string;
  readonly note: string;
  /** ECDSA over SHA-256 in DER, or Ed25519. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

const KINDS = 'an EC key on P-256 or an Ed25519 key';

/** A private key in a PEM file. Whoever has the file can sign, so that its statements say they are for development. */
export function developmentSigner(file: string): Signer {
  const key = keyAt(file, createPrivateKey, 'private');
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    kind: 'development',
    keyId: `sha256:${sha256(spki)}`,
    note: 'signed with a local key for development: it proves that nothing changed, not who said so',
    sign: (bytes) => Promise.resolve(sign(digestOf(key), bytes, key)),
  };
}

/** A statement as a signed envelope (DSSE). */
export async function signed(statement: string, signer: Signer): Promise<string> {
  const payload = Buffer.from(statement, 'utf8');
  const signature = await signer.sign(preAuthenticationEncoding(PAYLOAD_TYPE, payload));
  return envelopeText({
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString('base64'),
    signatures: [{ keyid: signer.keyId, sig: Buffer.from(signature).toString('base64') }],
  });
}

/** The public key with which statements are verified. @throws UsageError */
export const publicKeyAt = (file: string): KeyObject => keyAt(file, createPublicKey, 'public');

/** Whether the signature is that of the key over these bytes. */
export function isSignedBy(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify(digestOf(key), bytes, key, signature);
}

const digestOf = (key: KeyObject): 'sha256' | null => (key.asymmetricKeyType === 'ed25519' ? null : 'sha256');

function keyAt(file: string, read: (pem: Buffer) => KeyObject, kind: string): KeyObject {
  let pem: Buffer;
  try {
    pem = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${file}: cannot be read (${code}). Give the path of a PEM file.`);
  }
  let key: KeyObject;
  try {
    key = read(pem);
  } catch {
    throw new UsageError(`${file}: holds no ${kind} key in PEM form. Give ${KINDS}.`);
  }
  const p256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (!p256 && key.asymmetricKeyType !== 'ed25519')
    throw new UsageError(`${file}: holds a key of another kind (${key.asymmetricKeyType}). Give ${KINDS}.`);
  return key;
}
