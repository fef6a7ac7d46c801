/** Restricted buckets: copies of them in the partner's Region included. */
import { family } from '../authorization';
import { action, is, isTrue, present } from '../encode/tests';
import { and, not, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { EnclavePolicies } from '../policy/enclave-policies';
import { withOpenPolicy } from '../scope';
import type { Scope } from '../scope';
import {
  fromOrganization,
  isAnyReplication,
  isDataRole,
  isDeployment,
  isGateway,
  isRepair,
  isReplication,
  outsideEea,
  restricted,
  throughEndpoint,
} from './facts';
import type { Invariant } from './invariant';

/** Content, names, versions, tags and unfinished parts of objects. */
export const OBJECT_READS = ['s3:GetObject*', 's3:ListBucket*', 's3:ListMultipartUploadParts'];

/** Putting content in, taking it away, and bringing it back from an archive. */
export const OBJECT_CHANGES = ['s3:AbortMultipartUpload', 's3:DeleteObject*', 's3:PutObject*', 's3:RestoreObject'];

/** Settings of a bucket that send its data, or the names in it, somewhere. */
const SENDS = [
  's3:CreateBucketMetadataTableConfiguration',
  's3:InitiateReplication',
  's3:PutAccelerateConfiguration',
  's3:PutAnalyticsConfiguration',
  's3:PutBucketLogging',
  's3:PutBucketNotification',
  's3:PutBucketWebsite',
  's3:PutInventoryConfiguration',
  's3:PutReplicationConfiguration',
];

/** Settings that decide who may reach it. */
const OPENS = [
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutObjectAcl',
  's3:PutObjectVersionAcl',
];

/** Settings that keep its content: versions, encryption, retention, and the tags by which it is known. */
const KEEPS = [
  's3:PutBucketAbac',
  's3:PutBucketCORS',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketTagging',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  's3:TagResource',
  's3:UntagResource',
];

const WITHOUT = 'no bucket with restricted data';

const outsidePerimeter = (actions: readonly string[], scope: Scope, inside: Formula): Formula =>
  and(action(...actions), not(and(fromOrganization(scope), inside)));

/** Over all restricted buckets at once the organization knows endpoints by their owner only. */
const throughOwnAccount = ({ policies }: Scope): Formula => is('aws:VpceAccount', ...policies.siteAccounts);

/** What the gateway tells of the approval a session rests on. */
const carriesApproval = (): Formula =>
  and(
    present('aws:PrincipalTag/gw:ticket'),
    present('aws:PrincipalTag/gw:reason'),
    isTrue('aws:PrincipalTag/gw:mfa'),
    present('aws:SourceIdentity'),
  );

const openedBuckets = (policies: EnclavePolicies): readonly Scope[] =>
  restricted('bucket')(policies).map(withOpenPolicy);

export const BUCKET_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'objects-are-read-inside-the-perimeter',
    sentence:
      'An object is read or listed only by our organization, and only through an endpoint of a site or by the bucket’s own replication role.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => outsidePerimeter(OBJECT_READS, scope, or(throughEndpoint(scope), isReplication(scope))),
  },
  {
    slug: 'objects-are-changed-inside-the-perimeter',
    sentence:
      'An object is written, deleted or restored only by our organization, and only through an endpoint of a site or by the bucket’s own replication role.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => outsidePerimeter(OBJECT_CHANGES, scope, or(throughEndpoint(scope), isReplication(scope))),
  },
  {
    slug: 'objects-stay-inside-when-the-bucket-policy-falls',
    sentence:
      'Even under a bucket policy that allows everybody everything, an object is read or changed only by our organization and only through an endpoint of a site or by replication.',
    scopes: openedBuckets,
    without: WITHOUT,
    // No organization policy binds service-linked roles: for them the bucket policy is the only layer.
    violation: (scope) =>
      and(
        outsidePerimeter(
          [...OBJECT_READS, ...OBJECT_CHANGES],
          scope,
          or(throughEndpoint(scope), throughOwnAccount(scope), isAnyReplication(scope)),
        ),
        not(family('service-linked role')),
      ),
  },
  {
    slug: 'nobody-outside-reaches-a-bucket',
    sentence: 'Nobody outside the organization does anything at all to a restricted bucket or its objects.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => not(fromOrganization(scope)),
  },
  {
    slug: 'no-service-reads-objects-in-its-own-name',
    sentence: 'No AWS service reads or writes restricted objects in its own name.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: () => and(family('service'), action('s3:*Object*', 's3:List*')),
  },
  {
    slug: 'objects-are-not-read-through-another-region',
    sentence: 'No object is read by a call made to a Region outside the EEA.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: () => and(action(...OBJECT_READS), outsideEea(), not(family('service-linked role'))),
  },
  {
    slug: 'only-deployment-says-where-a-bucket-sends',
    sentence:
      'Replication, inventory, logging, notification and every other setting that sends data or names is changed by deployment alone.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(action(...SENDS), not(isDeployment(scope))),
  },
  {
    slug: 'only-deployment-changes-what-keeps-a-bucket',
    sentence:
      'Versions, encryption, retention and tags of a restricted bucket are changed by deployment alone, not even by AWS itself.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(action(...KEEPS), not(isDeployment(scope))),
  },
  {
    slug: 'only-deployment-or-repair-opens-a-bucket',
    sentence:
      'Policy, access control lists and public-access settings of a restricted bucket are changed by deployment, or a repair, alone.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(action(...OPENS), not(isRepair(scope))),
  },
  {
    slug: 'objects-are-read-only-by-data-roles',
    sentence:
      'An object is read, listed or changed only by applications, the data plane of the gateway, and replication: by no administrator, pipeline or repair.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) =>
      and(
        action(...OBJECT_READS, ...OBJECT_CHANGES, 's3:Replicate*'),
        not(isDataRole(scope)),
        not(isAnyReplication(scope)),
      ),
  },
  {
    slug: 'gateway-sessions-carry-their-approval',
    sentence:
      'The data plane of the gateway reads only in a session that names ticket, reason, second factor and person.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(isGateway(scope), action(...OBJECT_READS), not(carriesApproval())),
  },
  {
    slug: 'the-gateway-only-reads',
    sentence: 'The data plane of the gateway does nothing to a restricted bucket but get objects and list them.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(isGateway(scope), not(action('s3:GetObject', 's3:ListBucket'))),
  },
];
