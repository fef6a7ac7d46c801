/**
 * Stores of whatever class, restricted or not: what is recorded, logged and published must not be touched in passing either,
 * and a store that looks harmless is no way round one that is not.
 */
import { EEA_REGIONS } from '../../geo';
import { family } from '../authorization';
import { action, is, isBelow, isFalse, isTrue, like, present, resource } from '../encode/tests';
import { FALSE, and, not, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { EnclavePolicies, GuardedKind } from '../policy/enclave-policies';
import { resourceScope, roleScope } from '../scope';
import type { Scope } from '../scope';
import {
  actsForUs,
  every,
  fromOrganization,
  isAnyReplication,
  isNamedRole,
  isReplication,
  isSettingsRecorder,
  ownKey,
  throughEndpoint,
} from './facts';
import { readsAsAttestor } from './attestor-reads';
import { OBJECT_CHANGES, OBJECT_READS } from './buckets';
import { KEY_USES } from './keys';
import { TABLE_CHANGES, TABLE_READS } from './records';
import type { Invariant } from './invariant';

/** Buckets of sites with content of their own: encrypted under a key of the assembly. Logs of access are not. */
const contentBuckets = (policies: EnclavePolicies): readonly Scope[] =>
  policies.guarded
    .filter((r) => r.kind === 'bucket' && r.encryptedBy !== undefined && policies.siteAccounts.includes(r.account))
    .map((r) => resourceScope(policies, r));

/** What a site writes into the bucket of its partner, or of the auditor. */
const WRITES_COPIES = [
  's3:ObjectOwnerOverrideToBucketOwner',
  's3:ReplicateDelete',
  's3:ReplicateObject',
  's3:ReplicateTags',
];

const atSite = ({ siteAccounts }: EnclavePolicies, account: string): boolean => siteAccounts.includes(account);

/** Stores of the accounts that the organization’s policies are taken to bind. */
const everyAtSites =
  (...kinds: readonly GuardedKind[]) =>
  (policies: EnclavePolicies): readonly Scope[] =>
    every(...kinds)(policies).filter(({ account }) => atSite(policies, account));

const objectsOf = ({ arns = [] }: Scope): Formula => resource(...arns.filter((arn) => arn.endsWith('/*')));

const NO_CONTENT = 'no bucket of a site under a key of this assembly';

export const STORE_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'nobody-outside-reaches-a-store',
    sentence:
      'Nobody outside the organization but AWS itself does anything at all to a bucket, key, table, secret or queue, of whatever class.',
    scopes: every('bucket', 'key', 'table', 'secret', 'queue'),
    without: 'no store',
    violation: (scope) => and(not(fromOrganization(scope)), not(family('service', 'service-linked role'))),
  },
  {
    slug: 'stores-of-every-class-are-reached-with-tls',
    sentence: 'Nothing is asked of any bucket, secret or queue, whatever its class, over a connection without TLS.',
    scopes: every('bucket', 'secret', 'queue'),
    without: 'no bucket, secret or queue',
    violation: ({ policies, account }) =>
      or(
        isFalse('aws:SecureTransport'),
        // Only the organization’s policies refuse requests that do not say; which of them bind the auditor no template tells.
        atSite(policies, account) ? and(not(isTrue('aws:SecureTransport')), not(family('service-linked role'))) : FALSE,
      ),
  },
  {
    slug: 'buckets-of-every-class-are-reached-with-present-tls',
    sentence: 'Nothing is asked of any bucket, whatever its class, with TLS before version 1.2.',
    scopes: every('bucket'),
    without: 'no bucket',
    violation: () => isBelow('s3:TlsVersion', 1.2),
  },
  {
    slug: 'content-of-every-class-is-asked-for-in-signed-requests',
    sentence: 'Nothing is asked of a bucket with content but in requests signed by version 4 of the method.',
    scopes: contentBuckets,
    without: NO_CONTENT,
    violation: () => not(is('s3:signatureversion', 'AWS4-HMAC-SHA256')),
  },
  {
    slug: 'content-of-every-class-is-encrypted-under-its-own-key',
    sentence:
      'No object is written that names another way of encryption than its bucket’s, another key, or a way without its key.',
    scopes: contentBuckets,
    without: NO_CONTENT,
    violation: (scope) =>
      and(
        action('s3:PutObject'),
        objectsOf(scope),
        or(
          names('s3:x-amz-server-side-encryption', 'aws:kms'),
          names('s3:x-amz-server-side-encryption-aws-kms-key-id', ownKey(scope) ?? ''),
          and(
            present('s3:x-amz-server-side-encryption'),
            not(present('s3:x-amz-server-side-encryption-aws-kms-key-id')),
          ),
        ),
      ),
  },
  {
    slug: 'content-of-every-class-is-handled-inside-the-perimeter',
    sentence:
      'An object of whatever class is read, listed or changed only by our organization, and only through an endpoint of a site or by the bucket’s own replication role.',
    scopes: contentBuckets,
    without: NO_CONTENT,
    violation: (scope) =>
      and(
        action(...OBJECT_READS, ...OBJECT_CHANGES),
        not(and(fromOrganization(scope), or(throughEndpoint(scope), isReplication(scope)))),
      ),
  },
  {
    slug: 'content-of-every-class-is-handled-by-named-roles',
    sentence:
      'An object of whatever class is read, listed, copied or changed only by applications, the gateway and replication.',
    scopes: contentBuckets,
    without: NO_CONTENT,
    violation: (scope) =>
      and(
        action(...OBJECT_READS, ...OBJECT_CHANGES, 's3:Replicate*'),
        not(isNamedRole(scope)),
        not(isAnyReplication(scope)),
      ),
  },
  {
    slug: 'other-accounts-write-copies-and-no-more',
    sentence:
      'Other accounts of the organization write copies of objects into a bucket of a site, by the role of replication, and do nothing else to it.',
    scopes: everyAtSites('bucket'),
    without: 'no bucket of a site',
    violation: (scope) =>
      and(family('organization'), not(and(isAnyReplication(scope), action(...WRITES_COPIES), objectsOf(scope)))),
  },
  {
    slug: 'records-come-from-sites-and-are-read-by-none',
    sentence:
      'Other accounts of the organization write their settings into a bucket of the auditor, look whose it is, and neither read nor delete there.',
    scopes: (policies) => every('bucket')(policies).filter(({ account }) => !policies.siteAccounts.includes(account)),
    without: 'no bucket of an auditor',
    violation: (scope) =>
      and(
        family('organization'),
        not(
          and(
            isSettingsRecorder(scope),
            or(and(action('s3:PutObject'), objectsOf(scope)), action('s3:GetBucketAcl', 's3:ListBucket')),
          ),
        ),
      ),
  },
  {
    slug: 'services-act-for-us-alone',
    sentence:
      'A service of AWS that acts in its own name on a bucket, key or queue acts for an account of ours, and says so.',
    scopes: every('bucket', 'key', 'queue'),
    without: 'no bucket, key or queue',
    violation: (scope) => and(family('service'), not(actsForUs(scope))),
  },
  {
    slug: 'services-write-records-and-read-none',
    sentence:
      'A service of AWS puts records into buckets and messages into queues, uses keys for that, and does nothing else in its own name.',
    scopes: every('bucket', 'key', 'queue', 'table', 'secret'),
    without: 'no store',
    violation: () =>
      and(
        family('service'),
        not(action('s3:PutObject', 's3:GetBucketAcl', 'sqs:SendMessage', 'kms:DescribeKey', ...KEY_USES)),
      ),
  },
  {
    slug: 'services-are-nobody-s-tool',
    sentence: 'No service of AWS reaches a store or a role of a site for an account outside the organization.',
    scopes: (policies) => [
      ...everyAtSites('bucket', 'key', 'queue', 'table', 'secret')(policies),
      ...policies.roles
        .filter(({ account }) => policies.siteAccounts.includes(account))
        .map((role) => roleScope(policies, role)),
    ],
    without: 'no store and no role',
    violation: ({ policies }) =>
      and(
        family('service'),
        present('aws:SourceAccount'),
        not(is('aws:SourceOrgID', policies.organization)),
        action('kms:*', 's3:*', 'secretsmanager:*', 'sqs:*', 'sts:AssumeRole'),
      ),
  },
  {
    slug: 'keys-of-every-class-work-inside-services-of-the-eea',
    sentence:
      'Users and roles, of whatever account, use a key only through a service of AWS in an EEA Region; but for codes, which the pseudonymiser makes.',
    scopes: every('key'),
    without: 'no key',
    violation: () =>
      and(
        action(...KEY_USES),
        not(family('service')),
        not(like('kms:ViaService', ...EEA_REGIONS.map((region) => `*.${region}.amazonaws.com`))),
      ),
  },
  {
    slug: 'other-accounts-encrypt-and-no-more',
    sentence:
      'Other accounts of the organization encrypt under a key what they copy or record, and do nothing else with it.',
    scopes: every('key'),
    without: 'no key',
    violation: (scope) =>
      and(
        family('organization'),
        not(
          and(
            or(isAnyReplication(scope), isSettingsRecorder(scope)),
            action('kms:Encrypt', 'kms:GenerateDataKey*'),
            present('kms:ViaService'),
          ),
        ),
      ),
  },
  {
    slug: 'queues-are-for-their-own-account',
    sentence: 'No other account does anything to a queue.',
    scopes: every('queue'),
    without: 'no queue',
    violation: () => family('organization', 'management account', 'external', 'anonymous'),
  },
  {
    slug: 'items-of-every-class-are-handled-inside-the-perimeter',
    sentence:
      'An item of whatever table is read or changed only by our organization, only through an endpoint of a site, and only by applications, the gateway and the directory.',
    scopes: every('table'),
    without: 'no table',
    violation: (scope) =>
      and(
        action(...TABLE_READS, ...TABLE_CHANGES),
        not(and(fromOrganization(scope), throughEndpoint(scope), isNamedRole(scope))),
      ),
  },
  {
    slug: 'tables-of-every-class-gain-no-replica',
    sentence: 'No table, of whatever class, gets a replica or is exported, not even by AWS itself.',
    scopes: every('table'),
    without: 'no table',
    violation: () => action('dynamodb:CreateTableReplica', 'dynamodb:ExportTableToPointInTime'),
  },
  {
    slug: 'stores-are-not-reached-through-another-region',
    sentence:
      'Nobody but AWS itself does anything to a store of a site, of whatever class, by a call to a Region outside the EEA; the attestor reads its settings.',
    scopes: everyAtSites('bucket', 'key', 'table', 'secret', 'queue'),
    without: 'no store',
    violation: (scope) =>
      and(
        not(is('aws:RequestedRegion', ...EEA_REGIONS)),
        not(family('service', 'service-linked role')),
        action(`${scope.service ?? '*'}:*`),
        not(readsAsAttestor(scope)),
      ),
  },
  {
    slug: 'endpoints-serve-the-account-they-stand-in',
    sentence: 'Through the endpoint of a site nobody of another account comes.',
    scopes: every('bucket', 'key', 'table', 'secret', 'queue'),
    without: 'no store',
    violation: ({ policies, service }) =>
      or(
        ...policies.endpoints
          .filter((endpoint) => service !== undefined && endpoint.service.split('.').slice(3).includes(service))
          .map((endpoint) => and(is('aws:SourceVpce', endpoint.id), not(is('aws:PrincipalAccount', endpoint.account)))),
      ),
  },
];

/** The key is there and says something else. */
const names = (key: string, but: string): Formula => and(present(key), not(is(key, but)));
