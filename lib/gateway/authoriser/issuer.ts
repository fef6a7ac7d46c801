/** Who issues the tokens the gateway believes: part of the signed bundle, changed by review. */
import { z } from 'zod';

const key = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('EC'), kid: z.string().min(1), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  z.object({ kty: z.literal('RSA'), kid: z.string().min(1), n: z.string().min(342), e: z.string() }),
]);

export const issuerSchema = z.strictObject({
  issuer: z.url(),
  audience: z.string().min(1),
  /** Public keys, as the issuer publishes them (JWK). RSA keys have 2,048 bits at least. */
  keys: z.array(key).min(1),
});
export type Issuer = z.output<typeof issuerSchema>;
