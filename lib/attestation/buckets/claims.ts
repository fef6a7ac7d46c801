/** What a template promises about a bucket, claim by claim. */
import type {
  GetBucketAccelerateConfigurationCommandOutput,
  GetBucketAclCommandOutput,
  GetBucketEncryptionCommandOutput,
  GetBucketLocationCommandOutput,
  GetBucketLoggingCommandOutput,
  GetBucketNotificationConfigurationCommandOutput,
  GetBucketOwnershipControlsCommandOutput,
  GetBucketPolicyCommandOutput,
  GetBucketReplicationCommandOutput,
  GetBucketTaggingCommandOutput,
  GetBucketVersioningCommandOutput,
  GetBucketWebsiteCommandOutput,
  GetObjectLockConfigurationCommandOutput,
  GetPublicAccessBlockCommandOutput,
} from '@aws-sdk/client-s3';
import type { Json } from '../../template';
import {
  REDEPLOY,
  equalText,
  given,
  listOf,
  orDefault,
  samePolicy,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  within,
} from '../comparison';
import type { DeclaredSet } from '../comparison';
import { dataClassClaim } from '../data-class';
import { policyOf } from '../companion';
import { broken, holds, unseen } from '../model';
import type { Answer, Claim } from '../model';
import { describePlace, reachedPlace } from '../places';
import type { DeclaredThing } from '../service';
import {
  analyticsDestinations,
  encryptionRules,
  inventoryDestinations,
  notificationTargets,
  objectLock,
  publicAccessGuards,
  replicationRules,
} from './forms';

type Asked<T> = Answer<T | undefined>;

export interface BucketEvidence {
  readonly location: Asked<GetBucketLocationCommandOutput>;
  readonly replication: Asked<GetBucketReplicationCommandOutput>;
  readonly policy: Asked<GetBucketPolicyCommandOutput>;
  readonly publicAccess: Asked<GetPublicAccessBlockCommandOutput>;
  readonly encryption: Asked<GetBucketEncryptionCommandOutput>;
  readonly versioning: Asked<GetBucketVersioningCommandOutput>;
  readonly objectLock: Asked<GetObjectLockConfigurationCommandOutput>;
  readonly logging: Asked<GetBucketLoggingCommandOutput>;
  readonly ownership: Asked<GetBucketOwnershipControlsCommandOutput>;
  readonly inventories: Answer<readonly Json[]>;
  readonly analytics: Answer<readonly Json[]>;
  readonly notifications: Asked<GetBucketNotificationConfigurationCommandOutput>;
  readonly acl: Asked<GetBucketAclCommandOutput>;
  readonly website: Asked<GetBucketWebsiteCommandOutput>;
  readonly acceleration: Asked<GetBucketAccelerateConfigurationCommandOutput>;
  readonly tags: Asked<GetBucketTaggingCommandOutput>;
}

type BucketClaim = Claim<BucketEvidence>;

/** Rows of the catalogue that these claims answer for. */
export const BUCKET_CHANNELS = [
  's3-replication-bucket',
  's3-replication-key',
  's3-replication-owner',
  's3-replication-role',
  's3-bucket-policy',
  's3-public-access-block',
  's3-access-log-bucket',
  's3-object-ownership',
  's3-inventory-bucket',
  's3-inventory-account',
  's3-analytics-bucket',
  's3-analytics-account',
  's3-notification-target',
  's3-canned-acl',
  's3-website',
  's3-website-redirect',
  's3-transfer-acceleration',
];

/** All claims about one declared bucket. */
export const bucketClaims = (bucket: DeclaredThing): BucketClaim[] => [
  region(bucket),
  replication(bucket),
  policy(bucket),
  publicAccess(bucket),
  encryption(bucket),
  versioning(bucket),
  lock(bucket),
  logging(bucket),
  ownership(bucket),
  set(
    bucket,
    'inventory',
    'sends no list of its objects anywhere',
    'InventoryConfigurations',
    inventoryDestinations,
    'inventories',
  ),
  set(
    bucket,
    'analytics',
    'sends no access analysis anywhere',
    'AnalyticsConfigurations',
    analyticsDestinations,
    'analytics',
  ),
  notifications(bucket),
  acl(),
  website(bucket),
  acceleration(bucket),
  dataClassClaim(bucket, (evidence: BucketEvidence) =>
    evidence.tags.kind === 'missing' ? evidence.tags : { kind: 'answer', value: evidence.tags.value?.TagSet ?? [] },
  ),
];

/** S3 answers nothing for its first Region and `EU` for Ireland (S3 API reference, GetBucketLocation). */
export const regionOfLocation = (constraint: string | undefined): string =>
  constraint === undefined || constraint === '' ? 'us-east-1' : constraint === 'EU' ? 'eu-west-1' : constraint;

function region({ subject }: DeclaredThing): BucketClaim {
  return {
    slug: 'region',
    expected: subject.region ? describePlace(reachedPlace(subject.region)) : 'not fixed by the stack',
    judge: ({ location }) =>
      given(location, (answer) =>
        equalText(
          regionOfLocation(answer?.LocationConstraint),
          subject.region,
          'the bucket stands in another Region',
          (name) => describePlace(reachedPlace(name)),
        ),
      ),
  };
}

function replication(bucket: DeclaredThing): BucketClaim {
  const rules = setOf(bucket.at('ReplicationConfiguration'), replicationRules);
  const role = bucket.at('ReplicationConfiguration.Role');
  return {
    slug: 'replication',
    expected: setWords(rules, 'copies nothing anywhere'),
    judge: (evidence) =>
      given(evidence.replication, (answer) => {
        const configuration = answer?.ReplicationConfiguration;
        const seen = configuration ? replicationRules(configuration as unknown as Json) : [];
        const same = sameSet(seen, rules, 'no replication');
        return same.verdict === 'holds' && role.kind === 'fixed' && configuration
          ? { ...sameText(configuration.Role, role, 'the copies are made by another role'), seen: same.seen }
          : same;
      }),
  };
}

function policy(bucket: DeclaredThing): BucketClaim {
  const declared = policyOf(bucket, 'AWS::S3::BucketPolicy', 'Bucket', 'PolicyDocument');
  return {
    slug: 'policy',
    expected: 'the bucket policy of the template, and nothing beside it',
    judge: (evidence) => given(evidence.policy, (answer) => samePolicy(answer?.Policy, declared)),
  };
}

function publicAccess(bucket: DeclaredThing): BucketClaim {
  const guards = setOf(bucket.at('PublicAccessBlockConfiguration'), publicAccessGuards);
  return {
    slug: 'public-access-block',
    expected: setWords(guards, 'no guard of its own'),
    judge: (evidence) =>
      given(evidence.publicAccess, (answer) =>
        sameSet(publicAccessGuards((answer?.PublicAccessBlockConfiguration ?? null) as Json), guards, 'no guard'),
      ),
  };
}

function encryption(bucket: DeclaredThing): BucketClaim {
  const declared = bucket.at('BucketEncryption');
  // S3 encrypts every object with its own key where nothing is said (S3 user guide, since January 2023).
  const rules: DeclaredSet =
    declared.kind === 'absent'
      ? { kind: 'fixed', value: ['AES256'] }
      : setOf(declared, (value) => encryptionRules(within(value, 'ServerSideEncryptionConfiguration')));
  return {
    slug: 'encryption',
    expected: setWords(rules, 'none'),
    judge: (evidence) =>
      given(evidence.encryption, (answer) => {
        const seen = encryptionRules((answer?.ServerSideEncryptionConfiguration?.Rules ?? null) as Json);
        return sameSet(
          seen.length === 0 && declared.kind === 'absent' ? ['AES256'] : seen,
          rules,
          'no default encryption',
        );
      }),
  };
}

function versioning(bucket: DeclaredThing): BucketClaim {
  const declared = orDefault(bucket.at('VersioningConfiguration.Status'), 'never enabled');
  return {
    slug: 'versioning',
    expected: shown(declared),
    judge: (evidence) =>
      given(evidence.versioning, (answer) =>
        sameText(answer?.Status ?? 'never enabled', declared, 'versions are not kept as declared'),
      ),
  };
}

function lock(bucket: DeclaredThing): BucketClaim {
  const declared = bucket.at('ObjectLockConfiguration');
  const enabled = bucket.at('ObjectLockEnabled');
  const wanted = setOf(
    declared.kind === 'absent' && enabled.kind === 'fixed' && enabled.value === true
      ? { kind: 'fixed', value: { ObjectLockEnabled: 'Enabled' } }
      : declared,
    objectLock,
  );
  return {
    slug: 'object-lock',
    expected: setWords(wanted, 'no object lock'),
    judge: (evidence) =>
      given(evidence.objectLock, (answer) =>
        sameSet(objectLock((answer?.ObjectLockConfiguration ?? null) as Json), wanted, 'no object lock'),
      ),
  };
}

function logging(bucket: DeclaredThing): BucketClaim {
  const target = setOf(bucket.at('LoggingConfiguration'), (value) => [
    // Without a bucket of its own name the log is written into the bucket itself.
    `${String(within(value, 'DestinationBucketName') ?? bucket.subject.name)}/${String(within(value, 'LogFilePrefix') ?? '')}`,
  ]);
  return {
    slug: 'logging',
    expected: setWords(target, 'writes no access log'),
    judge: (evidence) =>
      given(evidence.logging, (answer) => {
        const to = answer?.LoggingEnabled;
        return sameSet(to ? [`${to.TargetBucket ?? ''}/${to.TargetPrefix ?? ''}`] : [], target, 'no access log');
      }),
  };
}

function ownership(bucket: DeclaredThing): BucketClaim {
  const declared = orDefault(bucket.at('OwnershipControls.Rules[0].ObjectOwnership'), 'BucketOwnerEnforced');
  return {
    slug: 'ownership',
    expected: shown(declared),
    judge: (evidence) =>
      given(evidence.ownership, (answer) =>
        sameText(
          answer === undefined && bucket.at('OwnershipControls').kind === 'absent'
            ? 'BucketOwnerEnforced'
            : (answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'none'),
          declared,
          'objects may belong to somebody else',
        ),
      ),
  };
}

function set(
  bucket: DeclaredThing,
  slug: string,
  none: string,
  path: string,
  form: (configurations: readonly Json[]) => string[],
  of: 'inventories' | 'analytics',
): BucketClaim {
  const declared = setOf(bucket.at(path), (value) => form(listOf(value)));
  return {
    slug,
    expected: setWords(declared, none),
    judge: (evidence) => given(evidence[of], (items) => sameSet(form(items), declared, 'nothing is sent')),
  };
}

function notifications(bucket: DeclaredThing): BucketClaim {
  const declared = setOf(bucket.at('NotificationConfiguration'), notificationTargets);
  const { application } = bucket.resource.template;
  const set = application
    .ofType('Custom::S3BucketNotifications')
    .some((resource) =>
      resource
        .at('BucketName')
        .some(({ possible }) => possible.some(({ value }) => application.denoted(value).includes(bucket.resource))),
    );
  return {
    slug: 'notifications',
    expected: set ? 'what a custom resource sets' : setWords(declared, 'tells nobody of changes'),
    judge: (evidence) =>
      given(evidence.notifications, (answer) =>
        set
          ? unseen(
              'a custom resource sets the notifications, which the template does not show',
              'Declare the notifications on the bucket itself.',
            )
          : sameSet(notificationTargets((answer ?? null) as Json), declared, 'nobody is told'),
      ),
  };
}

/** Nobody but the owner: an ACL is no way to share here, whatever object ownership says. */
function acl(): BucketClaim {
  return {
    slug: 'acl',
    expected: 'grants to nobody but the owner',
    judge: (evidence) =>
      given(evidence.acl, (answer) => {
        const strangers = (answer?.Grants ?? [])
          .filter(({ Grantee }) => Grantee?.ID === undefined || Grantee.ID !== answer?.Owner?.ID)
          // S3's own log delivery group writes logs and reads only the ACL.
          .filter(({ Grantee }) => Grantee?.URI !== 'http://acs.amazonaws.com/groups/s3/LogDelivery')
          .map(
            ({ Grantee, Permission }) =>
              `${Grantee?.URI ?? Grantee?.ID ?? 'somebody'} has ${Permission ?? 'a permission'}`,
          );
        return strangers.length === 0
          ? holds('the owner only')
          : broken(
              strangers.join('; '),
              'an ACL opens the bucket beside its policy',
              'Remove the grants; set object ownership to BucketOwnerEnforced.',
            );
      }),
  };
}

function website(bucket: DeclaredThing): BucketClaim {
  const declared = bucket.at('WebsiteConfiguration');
  const form = (value: Json): string[] =>
    [
      within(value, 'IndexDocument') ?? within(value, 'IndexDocument', 'Suffix'),
      within(value, 'RedirectAllRequestsTo', 'HostName'),
    ].flatMap((part) =>
      part === undefined || part === null
        ? []
        : [typeof part === 'object' ? String(within(part, 'Suffix')) : String(part)],
    );
  return {
    slug: 'website',
    expected: declared.kind === 'absent' ? 'is no web site' : shown(declared),
    judge: (evidence) =>
      given(evidence.website, (answer) =>
        declared.kind === 'absent'
          ? answer === undefined
            ? holds('no web site')
            : broken('a web site', 'a web site answers everybody who may read', REDEPLOY)
          : sameSet(answer ? form(answer as unknown as Json) : [], setOf(declared, form), 'no web site'),
      ),
  };
}

function acceleration(bucket: DeclaredThing): BucketClaim {
  const declared = orDefault(bucket.at('AccelerateConfiguration.AccelerationStatus'), 'Suspended');
  return {
    slug: 'acceleration',
    expected: `transfer acceleration ${shown(declared)}`,
    judge: (evidence) =>
      given(evidence.acceleration, (answer) =>
        sameText(
          answer?.Status ?? 'Suspended',
          declared,
          'transfer acceleration takes objects through edge locations all over the world',
        ),
      ),
  };
}
