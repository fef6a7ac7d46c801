/** The root key as an HMAC key in KMS, in the Region of the client. KMS answers MACs; the key itself never leaves it. */
import type { KMSClient } from '@aws-sdk/client-kms';
import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { PseudonymKeyError } from './keys';
import type { RootKey } from './keys';

/** What KMS takes in one GenerateMac request, in bytes. */
const LONGEST_MESSAGE = 4096;

export class KmsRootKey implements RootKey {
  /** @param keyId ARN of an HMAC_256 key in the client's Region; an alias would let whoever moves it change all pseudonyms */
  constructor(
    private readonly kms: Pick<KMSClient, 'send'>,
    private readonly keyId: string,
  ) {}

  async generateMac(message: Uint8Array): Promise<Uint8Array> {
    if (message.length > LONGEST_MESSAGE)
      throw new PseudonymKeyError(
        `the domain of the pseudonyms takes ${message.length} bytes; KMS takes ${LONGEST_MESSAGE}`,
      );
    let mac: Uint8Array | undefined;
    try {
      const answer = await this.kms.send(
        new GenerateMacCommand({ KeyId: this.keyId, MacAlgorithm: 'HMAC_SHA_256', Message: message }),
      );
      mac = answer.Mac;
    } catch (error) {
      // The cause stays behind: its text may hold the request.
      throw new PseudonymKeyError(`KMS GenerateMac failed: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
    if (mac === undefined) throw new PseudonymKeyError('KMS GenerateMac answered without a MAC');
    return mac;
  }
}
