/** Every policy of an assembly that decides over restricted data, with what it is attached to. */
import type { PolicyDocument } from './document';

/** A service control policy (callers) or resource control policy (resources) and the roots, units and accounts it is on. */
export interface OrganizationPolicy {
  readonly kind: 'scp' | 'rcp';
  readonly document: PolicyDocument;
  readonly targets: readonly string[];
}

export type GuardedKind = 'bucket' | 'key' | 'table' | 'secret' | 'queue';

/** Something with data or key material in it, and the policies that stand on it. */
export interface GuardedResource {
  readonly kind: GuardedKind;
  /** For people: the physical name, or stack and logical id. */
  readonly name: string;
  /** What requests on it name: for a bucket itself and its objects. */
  readonly arns: readonly string[];
  readonly account: string;
  readonly region: string;
  /** `restricted` when its tag says so or cannot be read. */
  readonly restricted: boolean;
  readonly documents: readonly PolicyDocument[];
  /** ARN of the key under which a bucket encrypts. */
  readonly encryptedBy?: string;
  /** The role by which S3 copies this bucket's objects, when it is configured to. */
  readonly replicationRole?: string;
}

export interface EnclaveRole {
  readonly arn: string;
  readonly account: string;
  readonly trust: PolicyDocument;
  readonly identity: readonly PolicyDocument[];
  /** Policies of AWS whose text no template holds: taken to allow everything. */
  readonly unseen: readonly string[];
  /** ARN of the managed policy that bounds it. */
  readonly boundaryArn?: string;
  readonly boundary?: PolicyDocument;
}

export interface Endpoint {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** `com.amazonaws.eu-west-1.s3`. */
  readonly service: string;
  readonly vpc: string | undefined;
  /** Absent: everything is allowed through it. */
  readonly document?: PolicyDocument;
}

export interface EnclavePolicies {
  /** The organization the policies name. */
  readonly organization: string;
  /** Path under which the enclave's own roles stand (`/enclave/`): that of their boundaries. Absent when they have none. */
  readonly rolePath?: string;
  /** Accounts that hold guarded resources: the enclave's sites. */
  readonly siteAccounts: readonly string[];
  /** Accounts of all stacks but the organization's own: sites and auditor. */
  readonly memberAccounts: readonly string[];
  /** Where the organization's policies are managed; absent when the assembly has none. */
  readonly managementAccount?: string;
  readonly organizationPolicies: readonly OrganizationPolicy[];
  readonly guarded: readonly GuardedResource[];
  readonly roles: readonly EnclaveRole[];
  readonly endpoints: readonly Endpoint[];
}

/** The partition (`aws`) everything of the enclave is in. */
export const partitionOf = ({ guarded }: EnclavePolicies): string => guarded[0]?.arns[0]?.split(':')[1] ?? 'aws';
