import type { KeyDescription, KeyGrant, KeyRotation, KmsReader } from '../../lib/attestation';
import { answered } from '../../lib/attestation';
import type { Answer } from '../../lib/attestation';

interface RecordedKey {
  description: KeyDescription;
  aliases: string[];
  tags: Map<string, string>;
  policy: string;
  rotation: KeyRotation;
  grants: KeyGrant[];
}

export interface KeyRecord {
  readonly description?: string;
  readonly aliases?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly policy?: string;
  readonly rotation?: KeyRotation;
  readonly grants?: readonly KeyGrant[];
  readonly key?: Partial<KeyDescription>;
}

/** Answers of KMS as recorded, to be bent by a test; actions can be denied. */
export class RecordedKms implements KmsReader {
  readonly denied = new Set<string>();
  private readonly keys = new Map<string, RecordedKey>();

  constructor(
    private readonly account: string,
    private readonly region: string,
  ) {}

  add(keyId: string, { key, ...record }: KeyRecord): void {
    this.keys.set(keyId, {
      description: {
        keyId,
        arn: `arn:aws:kms:${this.region}:${this.account}:key/${keyId}`,
        description: record.description ?? '',
        manager: 'CUSTOMER',
        state: 'Enabled',
        enabled: true,
        origin: 'AWS_KMS',
        spec: 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        multiRegion: false,
        replicas: [],
        ...key,
      },
      aliases: [...(record.aliases ?? [])],
      tags: new Map(Object.entries(record.tags ?? {})),
      policy: record.policy ?? '{}',
      rotation: record.rotation ?? { enabled: false, periodInDays: undefined },
      grants: [...(record.grants ?? [])],
    });
  }

  /** Changes a key by hand, as somebody with a console would. */
  change(keyId: string, change: Partial<Omit<RecordedKey, 'description'>> & { key?: Partial<KeyDescription> }): void {
    const { key, ...rest } = change;
    const before = this.key(keyId);
    this.keys.set(keyId, { ...before, ...rest, description: { ...before.description, ...key } });
  }

  remove(keyId: string): void {
    this.keys.delete(keyId);
  }

  listKeys() {
    return this.answer('kms:ListKeys', () => [...this.keys.keys()]);
  }

  listAliases() {
    return this.answer('kms:ListAliases', () =>
      [...this.keys].flatMap(([targetKeyId, { aliases }]) => aliases.map((name) => ({ name, targetKeyId }))),
    );
  }

  describeKey(keyId: string) {
    return this.answer('kms:DescribeKey', () => this.keys.get(keyId)?.description);
  }

  keyPolicy(keyId: string) {
    return this.answer('kms:GetKeyPolicy', () => this.key(keyId).policy);
  }

  keyRotation(keyId: string) {
    return this.answer('kms:GetKeyRotationStatus', () => this.key(keyId).rotation);
  }

  keyGrants(keyId: string) {
    return this.answer('kms:ListGrants', () => this.key(keyId).grants);
  }

  keyTags(keyId: string): Promise<Answer<ReadonlyMap<string, string>>> {
    return this.answer('kms:ListResourceTags', () => this.key(keyId).tags);
  }

  private key(keyId: string): RecordedKey {
    const key = this.keys.get(keyId);
    if (!key) throw new Error(`The record holds no key ${keyId}.`);
    return key;
  }

  private answer<T>(action: string, value: () => T): Promise<Answer<T>> {
    return Promise.resolve(
      this.denied.has(action)
        ? { kind: 'missing', action, why: `${action} is denied`, remedy: `Allow ${action}.` }
        : answered(value()),
    );
  }
}
