/** Signs with an asymmetric key of KMS; the key never leaves it. */
import { createHash } from 'node:crypto';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { SignCommandInput, SignCommandOutput } from '@aws-sdk/client-kms';
import { UsageError } from '../input';
import type { Signer } from '../signing';
import { awsError } from './session';

/** The one call that is made. */
export type SignCall = (input: SignCommandInput) => Promise<Pick<SignCommandOutput, 'Signature'>>;

const KEY_ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:key\/[A-Za-z0-9-]+$/u;

/** A signer for the key of this ARN: ECC_NIST_P256, for signing. @throws UsageError */
export function kmsSigner(arn: string, call: SignCall = callKms(arn)): Signer {
  return {
    kind: 'kms',
    keyId: arn,
    note: 'signed with a key of AWS KMS',
    async sign(bytes) {
      try {
        // The message itself may be longer than KMS takes.
        const Message = createHash('sha256').update(bytes).digest();
        const { Signature } = await call({
          KeyId: arn,
          Message,
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        });
        if (Signature === undefined) throw new Error('KMS answered without a signature');
        return Signature;
      } catch (error) {
        throw new UsageError(
          `${arn}: could not sign (${awsError(error)}). The key must be ECC_NIST_P256 for SIGN_VERIFY, and the caller may need kms:Sign.`,
        );
      }
    },
  };
}

function callKms(arn: string): SignCall {
  const region = KEY_ARN.exec(arn)?.[1];
  if (region === undefined)
    throw new UsageError(`${arn}: is not the ARN of a KMS key. Write arn:aws:kms:REGION:ACCOUNT:key/ID.`);
  return async (input) => {
    const client = new KMSClient({ region });
    try {
      return await client.send(new SignCommand(input));
    } finally {
      client.destroy();
    }
  };
}
