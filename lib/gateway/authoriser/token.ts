/** Is this token the issuer's, for us, and valid now? Only then it names a person; it never says what that person is. */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { personId } from '../decision/facts';
import type { Issuer } from './issuer';

const MOST_CHARACTERS = 8_192;

const headerSchema = z.object({ alg: z.enum(['ES256', 'RS256']), kid: z.string(), crit: z.never().optional() });
const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  sub: personId,
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number(),
  /** How the person signed in (RFC 8176). */
  amr: z.array(z.string()),
});

/** Said of a sign-in with more than one factor; without it a token names nobody. */
const SECOND_FACTOR = 'mfa';

/** Longest life of a token that is accepted, in seconds: a stolen one ends within the day. */
const LONGEST_LIFE = 43_200;

/**
 * The person a token names, or undefined when it is not to be believed. Never throws.
 *
 * @param now milliseconds since 1970
 */
export function personOfToken(token: string, issuer: Issuer, now: number, skewSeconds: number): string | undefined {
  if (token.length > MOST_CHARACTERS) return undefined;
  const parts = token.split('.');
  const [head, body, signature] = parts;
  if (parts.length !== 3 || !head || !body || !signature) return undefined;
  const header = headerSchema.safeParse(jsonOf(head));
  const claims = claimsSchema.safeParse(jsonOf(body));
  if (!header.success || !claims.success) return undefined;
  if (!signed(`${head}.${body}`, signature, header.data, issuer)) return undefined;
  const { iss, aud, sub, exp, nbf, iat, amr } = claims.data;
  const seconds = now / 1000;
  const believed =
    iss === issuer.issuer &&
    [aud].flat().includes(issuer.audience) &&
    amr.includes(SECOND_FACTOR) &&
    seconds < exp &&
    exp - iat <= LONGEST_LIFE &&
    iat <= seconds + skewSeconds &&
    (nbf ?? iat) <= seconds + skewSeconds;
  return believed ? sub : undefined;
}

function signed(
  text: string,
  signature: string,
  { alg, kid }: z.output<typeof headerSchema>,
  { keys }: Issuer,
): boolean {
  // The key decides the algorithm, not the token.
  const key = keys.find((candidate) => candidate.kid === kid && (candidate.kty === 'EC') === (alg === 'ES256'));
  if (!key) return false;
  try {
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    return verify(
      'sha256',
      Buffer.from(text),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
  } catch {
    return false;
  }
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
