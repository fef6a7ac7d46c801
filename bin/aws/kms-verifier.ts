/** Verifies with an asymmetric key of KMS, so that whoever verifies needs no copy of the public key to trust. */
import { createHash } from 'node:crypto';
import { KMSClient, VerifyCommand } from '@aws-sdk/client-kms';
import type { VerifyCommandInput, VerifyCommandOutput } from '@aws-sdk/client-kms';

/** The one call that is made. */
export type VerifyCall = (input: VerifyCommandInput) => Promise<Pick<VerifyCommandOutput, 'SignatureValid'>>;

/** Whether a signature is that of the key of this ARN over the bytes. Throws when KMS cannot be asked: that is no answer. */
export const kmsVerifier =
  (arn: string, call: VerifyCall = callKms(arn)) =>
  async (bytes: Uint8Array, signature: Uint8Array): Promise<boolean> => {
    try {
      const { SignatureValid } = await call({
        KeyId: arn,
        Message: createHash('sha256').update(bytes).digest(),
        MessageType: 'DIGEST',
        Signature: signature,
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      return SignatureValid === true;
    } catch (error) {
      // KMS says so by an error, never by `false`.
      if (error instanceof Error && error.name === 'KMSInvalidSignatureException') return false;
      throw error;
    }
  };

function callKms(arn: string): VerifyCall {
  const region = arn.split(':')[3];
  if (!region) throw new Error(`${arn}: is no ARN of a key`);
  return (input) => new KMSClient({ region }).send(new VerifyCommand(input));
}
