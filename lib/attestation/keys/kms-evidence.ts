/** What KMS can answer about keys, as the claims need it: the seam between judging and reading. */
import type { Answer } from '../model';

export interface KeyReplica {
  readonly arn: string;
  readonly region: string;
}

export interface KeyDescription {
  readonly keyId: string;
  readonly arn: string;
  readonly description: string;
  // Each of these is undefined when the answer leaves it out, which shows nothing.
  /** `CUSTOMER` or `AWS`. */
  readonly manager: string | undefined;
  /** `Enabled`, `Disabled`, `PendingDeletion`, … */
  readonly state: string | undefined;
  readonly enabled: boolean | undefined;
  readonly origin: string | undefined;
  readonly spec: string | undefined;
  readonly usage: string | undefined;
  readonly multiRegion: boolean | undefined;
  /** `PRIMARY` or `REPLICA`, for multi-Region keys. */
  readonly multiRegionType?: string;
  readonly primary?: KeyReplica;
  readonly replicas: readonly KeyReplica[];
  /** ISO time at which the key is gone, for keys pending deletion. */
  readonly deletionDate?: string;
}

export interface KeyRotation {
  readonly enabled: boolean | undefined;
  readonly periodInDays: number | undefined;
}

export interface KeyGrant {
  readonly grantId: string;
  readonly grantee: string;
  readonly operations: readonly string[];
}

export interface KeyAlias {
  /** With the prefix: `alias/enclave/data`. */
  readonly name: string;
  /** Absent for aliases AWS keeps ready for keys that do not exist yet. */
  readonly targetKeyId?: string;
}

/** Read-only questions to the KMS of one account and Region. A refused question is a `missing` answer; none of them throws. */
export interface KmsReader {
  /** Ids of every key, AWS-managed ones included. */
  listKeys(): Promise<Answer<readonly string[]>>;
  listAliases(): Promise<Answer<readonly KeyAlias[]>>;
  /** `undefined` when KMS says there is no such key. */
  describeKey(keyId: string): Promise<Answer<KeyDescription | undefined>>;
  /** The policy document as JSON text. */
  keyPolicy(keyId: string): Promise<Answer<string>>;
  keyRotation(keyId: string): Promise<Answer<KeyRotation>>;
  keyGrants(keyId: string): Promise<Answer<readonly KeyGrant[]>>;
  keyTags(keyId: string): Promise<Answer<ReadonlyMap<string, string>>>;
}

/** Everything that was answered about one key. */
export interface KeyEvidence {
  readonly keyId: string;
  readonly description: Answer<KeyDescription>;
  readonly aliases: Answer<readonly KeyAlias[]>;
  readonly policy: Answer<string>;
  readonly rotation: Answer<KeyRotation>;
  readonly grants: Answer<readonly KeyGrant[]>;
  readonly tags: Answer<ReadonlyMap<string, string>>;
}
