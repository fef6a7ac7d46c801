/** Keys of restricted data: without them a copy is noise. */
import { family } from '../authorization';
import { action, is, isTrue } from '../encode/tests';
import { and, not, or } from '../logic/formula';
import { EEA_REGIONS } from '../../geo';
import type { EnclavePolicies } from '../policy/enclave-policies';
import { resourceScope } from '../scope';
import type { Scope } from '../scope';
import {
  fromOrganization,
  inEveryEeaRegion,
  every,
  isAnyReplication,
  isDataRole,
  isKeyAdministrator,
  isPseudonymiser,
  isRepair,
  restricted,
} from './facts';
import type { Invariant } from './invariant';

const WITHOUT = 'no key with restricted data';

/** Services of AWS that keep data at a site and use its keys. */
const STORAGE = ['dynamodb', 'ec2', 'rds', 's3', 'secretsmanager', 'sqs'];

const OPENS = [
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:UntagResource',
  'kms:UpdateAlias',
];

/** What the material of a key is used for. */
export const KEY_USES = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** Looking after a key, without use of its material. */
const LOOKS_AFTER = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:Describe*',
  'kms:EnableKey*',
  'kms:Get*',
  'kms:List*',
  'kms:RetireGrant',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:TagResource',
  'kms:UpdateKeyDescription',
];

/** Keys under which restricted buckets are encrypted. */
function keysOfBuckets(policies: EnclavePolicies): readonly Scope[] {
  const used = policies.guarded.flatMap((r) => (r.kind === 'bucket' && r.restricted ? (r.encryptedBy ?? []) : []));
  return policies.guarded
    .filter((r) => r.kind === 'key' && r.arns.some((arn) => used.includes(arn)))
    .map((key) => resourceScope(policies, key));
}

export const KEY_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'keys-decrypt-only-for-storage-in-the-eea',
    sentence:
      'A restricted key encrypts and decrypts only for our organization, and only through a storage service in an EEA Region.',
    scopes: restricted('key'),
    without: WITHOUT,
    violation: (scope) =>
      and(
        action(...KEY_USES),
        not(and(fromOrganization(scope), is('kms:ViaService', ...inEveryEeaRegion(...STORAGE)))),
      ),
  },
  {
    slug: 'keys-never-leave-the-eea',
    sentence: 'No key is replicated to, or gets its primary in, a Region outside the EEA.',
    scopes: every('key'),
    without: WITHOUT,
    violation: () =>
      or(
        and(action('kms:ReplicateKey'), not(is('kms:ReplicaRegion', ...EEA_REGIONS))),
        and(action('kms:UpdatePrimaryRegion'), not(is('kms:PrimaryRegion', ...EEA_REGIONS))),
      ),
  },
  {
    slug: 'grants-are-only-for-aws-resources',
    sentence:
      'A grant on a key is made only by our organization, for a resource of AWS itself, through a service in the EEA.',
    scopes: every('key'),
    without: WITHOUT,
    violation: (scope) =>
      and(
        action('kms:CreateGrant'),
        not(
          and(
            isTrue('kms:GrantIsForAWSResource'),
            fromOrganization(scope),
            is('kms:ViaService', ...inEveryEeaRegion(...STORAGE)),
          ),
        ),
      ),
  },
  {
    slug: 'nobody-outside-uses-a-key',
    sentence: 'Nobody outside the organization does anything at all with a key.',
    scopes: restricted('key'),
    without: WITHOUT,
    violation: (scope) => not(fromOrganization(scope)),
  },
  {
    slug: 'only-keepers-change-a-key',
    sentence:
      'The policy of a key, of whatever class, is changed, and the key weakened or deleted, by deployment, a repair and key administrators alone.',
    scopes: every('key'),
    without: WITHOUT,
    violation: (scope) => and(action(...OPENS), not(or(isRepair(scope), isKeyAdministrator(scope)))),
  },
  {
    slug: 'keys-stay-generated-here',
    sentence: 'No key material is brought in from elsewhere for a key.',
    scopes: every('key'),
    without: WITHOUT,
    violation: () => and(action('kms:ImportKeyMaterial'), not(family('service-linked role'))),
  },
  {
    slug: 'keys-of-objects-open-only-for-data-roles',
    sentence:
      'The key of a restricted bucket encrypts and decrypts for applications, the data plane of the gateway and replication alone.',
    scopes: keysOfBuckets,
    without: 'no bucket with restricted data under a key of this assembly',
    violation: (scope) => and(action(...KEY_USES), not(isDataRole(scope)), not(isAnyReplication(scope))),
  },
  {
    slug: 'keys-do-nothing-but-their-work',
    sentence: 'A key is looked after, encrypts, decrypts and makes codes for pseudonyms; no other call to it succeeds.',
    scopes: every('key'),
    without: WITHOUT,
    violation: () => not(action(...LOOKS_AFTER, ...OPENS, ...KEY_USES, 'kms:CreateGrant', 'kms:GenerateMac')),
  },
  {
    slug: 'codes-are-made-by-the-pseudonymiser-alone',
    sentence: 'Codes for pseudonyms are made by the pseudonymiser of a site alone, and compared by nobody.',
    scopes: every('key'),
    without: WITHOUT,
    violation: (scope) => or(action('kms:VerifyMac'), and(action('kms:GenerateMac'), not(isPseudonymiser(scope)))),
  },
  {
    slug: 'keys-never-lock-out-their-keepers',
    sentence: 'No policy is put on a key with the check against locking out its keepers passed over.',
    scopes: every('key'),
    without: WITHOUT,
    violation: () => and(action('kms:PutKeyPolicy'), isTrue('kms:BypassPolicyLockoutSafetyCheck')),
  },
];
