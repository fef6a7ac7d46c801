/** Single calls of an account whose condition keys say where something goes, or who changes what. */
import { EEA_REGIONS } from '../../geo';
import { family } from '../authorization';
import { action, arnLike, everyIs, is, isTrue, like, present, resource, someLike } from '../encode/tests';
import { and, not, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { Scope } from '../scope';
import { isKeyAdministrator, isRepair, siteAccounts } from './facts';
import type { Invariant } from './invariant';

const WITHOUT = 'no account with restricted data';
const caller = (): Formula => family('same account');

/** An invariant about calls of one account. */
const ofCalls = (slug: string, sentence: string, violation: (scope: Scope) => Formula): Invariant => ({
  slug,
  sentence,
  scopes: siteAccounts,
  without: WITHOUT,
  violation: (scope) => and(caller(), violation(scope)),
});

const WRITES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQL*',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'events:PutEvents',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:ReEncryptTo',
  'lambda:InvokeFunction',
  'logs:PutLogEvents',
  's3:PutObject',
  's3:ReplicateObject',
  'secretsmanager:PutSecretValue',
  'sns:Publish',
  'sqs:SendMessage',
  'ssm:PutParameter',
  'states:StartExecution',
  'sts:AssumeRole',
];

/** Roles that meet data: applications and the gateway under the path of the enclave, and those that carry its name. */
const boundedRoles = ({ policies: { rolePath = '/nowhere/' } }: Scope): readonly string[] =>
  [`${rolePath}app/*`, `${rolePath}gateway/*`, `${rolePath.slice(0, -1)}-*`].map(
    (name) => `arn:aws:iam::*:role${name}`,
  );

export const CALL_INVARIANTS: readonly Invariant[] = [
  ofCalls(
    'data-is-written-only-into-the-organization',
    'Nothing is written, sent or entered that does not belong to our organization.',
    // Without the key the resource is of an account that is in no organization.
    ({ policies }) => and(action(...WRITES), not(is('aws:ResourceOrgID', policies.organization))),
  ),
  ofCalls(
    'subscriptions-end-in-our-accounts',
    'A topic is subscribed to only by something in an account of ours and in the EEA: by no mail address, telephone or web host.',
    () => and(action('sns:Subscribe'), not(like('sns:Endpoint', ...EEA_REGIONS.map((r) => `arn:aws:*:${r}:*`)))),
  ),
  ofCalls(
    'grants-of-accounts-serve-aws-in-the-eea',
    'No account grants the use of a key but to AWS itself, through a service in an EEA Region.',
    () =>
      and(
        action('kms:CreateGrant'),
        not(
          and(
            isTrue('kms:GrantIsForAWSResource'),
            like('kms:ViaService', ...EEA_REGIONS.map((r) => `*.${r}.amazonaws.com`)),
          ),
        ),
      ),
  ),
  ofCalls('no-key-of-an-account-leaves-the-eea', 'No key at all gets a replica or its primary outside the EEA.', () =>
    or(
      and(action('kms:ReplicateKey'), not(is('kms:ReplicaRegion', ...EEA_REGIONS))),
      and(action('kms:UpdatePrimaryRegion'), not(is('kms:PrimaryRegion', ...EEA_REGIONS))),
    ),
  ),
  ofCalls(
    'only-keepers-change-keys-of-an-account',
    'Key policies are put, and keys are scheduled for deletion, by deployment, a repair and key administrators alone.',
    (scope) =>
      and(action('kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'), not(or(isRepair(scope), isKeyAdministrator(scope)))),
  ),
  ofCalls(
    'stacks-are-sent-only-into-the-eea',
    'Stack instances are created only in Regions of the EEA, and never without saying where.',
    () =>
      and(
        action('cloudformation:CreateStackInstances'),
        or(not(present('cloudformation:TargetRegion')), not(everyIs('cloudformation:TargetRegion', EEA_REGIONS))),
      ),
  ),
  ofCalls('secret-replicas-say-where', 'A secret is not replicated by a call that does not say where to.', () =>
    and(action('secretsmanager:ReplicateSecretToRegions'), not(present('secretsmanager:AddReplicaRegions'))),
  ),
  ofCalls('buckets-are-made-in-the-eea', 'No bucket is made in a location outside the EEA.', () =>
    and(action('s3:CreateBucket'), present('s3:locationconstraint'), not(is('s3:locationconstraint', ...EEA_REGIONS))),
  ),
  ofCalls('access-points-stay-in-vpcs', 'No access point is made that can be reached from the internet.', () =>
    and(action('s3:CreateAccessPoint'), not(is('s3:AccessPointNetworkOrigin', 'VPC'))),
  ),
  ofCalls('database-backups-stay-in-the-region', 'No database is made whose backups stand outside its Region.', () =>
    and(
      action('rds:CreateDBInstance', 'rds:RestoreDBInstance*'),
      present('rds:BackupTarget'),
      not(is('rds:BackupTarget', 'region')),
    ),
  ),
  ofCalls(
    'roles-of-the-enclave-stay-bounded',
    'A role of an application, of the gateway or under the enclave’s name is made only with its boundary, which is taken off by nobody.',
    (scope) =>
      and(
        resource(...boundedRoles(scope)),
        or(
          action('iam:DeleteRolePermissionsBoundary'),
          and(
            action('iam:CreateRole', 'iam:PutRolePermissionsBoundary'),
            not(arnLike('iam:PermissionsBoundary', `arn:aws:iam::*:policy${scope.policies.rolePath ?? '/nowhere/'}*`)),
          ),
        ),
      ),
  ),
  ofCalls('nobody-owns-the-tags-of-the-gateway', 'No role or user is given a tag by which the gateway vouches.', () =>
    and(action('iam:CreateRole', 'iam:CreateUser', 'iam:TagRole', 'iam:TagUser'), someLike('aws:TagKeys', ['gw:*'])),
  ),
];
