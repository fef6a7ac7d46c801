/** Restricted buckets: copies of them in the partner's Region included. */
import { family } from '../authorization';
import { action, is, isFalse, isTrue, present } from '../encode/tests';
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
const READS = ['s3:GetObject*', 's3:ListBucket*', 's3:ListMultipartUploadParts'];

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

const WITHOUT = 'no bucket with restricted data';

const outsidePerimeter = (scope: Scope, inside: Formula): Formula =>
  and(action(...READS), not(and(fromOrganization(scope), inside)));

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
    violation: (scope) => outsidePerimeter(scope, or(throughEndpoint(scope), isReplication(scope))),
  },
  {
    slug: 'objects-stay-inside-when-the-bucket-policy-falls',
    sentence:
      'Even under a bucket policy that allows everybody everything, an object is read only by our organization and only through an endpoint of a site or by replication.',
    scopes: openedBuckets,
    without: WITHOUT,
    // No organization policy binds service-linked roles: for them the bucket policy is the only layer.
    violation: (scope) =>
      and(
        outsidePerimeter(scope, or(throughEndpoint(scope), throughOwnAccount(scope), isAnyReplication(scope))),
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
    violation: () => and(action(...READS), outsideEea(), not(family('service-linked role'))),
  },
  {
    slug: 'objects-travel-encrypted',
    sentence: 'No object is read or written over a connection without TLS.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: () => and(action(...READS, 's3:PutObject'), isFalse('aws:SecureTransport')),
  },
  {
    slug: 'only-deployment-says-where-a-bucket-sends',
    sentence:
      'Replication, inventory, logging, notification and every other setting that sends data or names is changed by deployment alone.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(action(...SENDS), not(isDeployment(scope)), not(family('service-linked role'))),
  },
  {
    slug: 'only-deployment-or-repair-opens-a-bucket',
    sentence:
      'Policy, access control lists and public-access settings of a restricted bucket are changed by deployment, or a repair, alone.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(action(...OPENS), not(isRepair(scope)), not(family('service-linked role'))),
  },
  {
    slug: 'objects-are-read-only-by-data-roles',
    sentence:
      'An object is read or listed only by applications, the data plane of the gateway, and replication: by no administrator, pipeline or repair.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(action(...READS), not(isDataRole(scope)), not(isAnyReplication(scope))),
  },
  {
    slug: 'gateway-sessions-carry-their-approval',
    sentence:
      'The data plane of the gateway reads only in a session that names ticket, reason, second factor and person.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(isGateway(scope), action(...READS), not(carriesApproval())),
  },
  {
    slug: 'the-gateway-only-reads',
    sentence: 'The data plane of the gateway does nothing to a restricted bucket but get objects and list them.',
    scopes: restricted('bucket'),
    without: WITHOUT,
    violation: (scope) => and(isGateway(scope), not(action('s3:GetObject', 's3:ListBucket'))),
  },
];
