/** A statement signed by KMS: the digest goes there, the signature comes back and fits. */
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { SignCommandInput } from '@aws-sdk/client-kms';
import { kmsSigner } from '../../bin/aws/kms-signer';
import { isSignedBy } from '../../bin/signing';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const bytes = Buffer.from('a statement longer than KMS would take as a message '.repeat(200));

test('KMS is asked to sign the digest with ECDSA over SHA-256, and its signature verifies with the public key', async () => {
  const asked: SignCommandInput[] = [];
  const signer = kmsSigner(ARN, (input) => {
    asked.push(input);
    // What KMS does with a digest is what signing the message does.
    return Promise.resolve({ Signature: sign('sha256', bytes, privateKey) });
  });
  const signature = await signer.sign(bytes);
  expect(asked).toEqual([
    {
      KeyId: ARN,
      Message: createHash('sha256').update(bytes).digest(),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    },
  ]);
  expect(isSignedBy(createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })), bytes, signature)).toBe(true);
  expect(signer).toMatchObject({ kind: 'kms', keyId: ARN });
});

test('a refusal of KMS is one line that says what to do', async () => {
  const signer = kmsSigner(ARN, () => Promise.reject(new Error('AccessDenied')));
  await expect(signer.sign(bytes)).rejects.toThrow(/could not sign \(Error: AccessDenied\).*kms:Sign/);
});

test('what is no ARN of a key is refused before anything is called', () => {
  expect(() => kmsSigner('alias/evidence')).toThrow(/is not the ARN of a KMS key/);
});
