/** The guardrails themselves: nobody inside an account takes them down, switches the audit off, or walks around them. */
import { family } from '../authorization';
import { action, is, like, present, resource } from '../encode/tests';
import { and, not } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { Scope } from '../scope';
import { isDataRole, isDeployment, siteAccounts } from './facts';
import type { Invariant } from './invariant';

const WITHOUT = 'no account with restricted data';

const CHANGES_ROLE = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
];

const STOPS_AUDIT = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:StopConfigurationRecorder',
  'ec2:DeleteFlowLogs',
  'guardduty:DeleteDetector',
  'logs:DeleteLogGroup',
  'logs:DeleteLogStream',
];

/** Services that move data with a role they are handed. */
const MOVERS = [
  'appflow.amazonaws.com',
  'batchoperations.s3.amazonaws.com',
  'datasync.amazonaws.com',
  'dlm.amazonaws.com',
  'dms.amazonaws.com',
  'export.rds.amazonaws.com',
  'glue.amazonaws.com',
  'imagebuilder.amazonaws.com',
  's3.amazonaws.com',
  'transfer.amazonaws.com',
];

/** Reads of data that have no policy of their own to say from where. */
const READS_WITHOUT_POLICY = [
  'ebs:GetSnapshotBlock',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:StartSession',
];

/** Patterns of roles in this account that a statement excepts or allows by name; service-linked roles belong to AWS. */
function trustedRoles({ policies, account }: Scope): readonly string[] {
  const documents = [
    ...policies.organizationPolicies.map(({ document }) => document),
    ...policies.guarded.filter((r) => r.restricted).flatMap((r) => r.documents),
    ...policies.roles.map(({ trust }) => trust),
  ];
  const named = documents.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) =>
      conditions.filter(({ key }) => key === 'aws:principalarn').flatMap(({ values }) => values),
    ),
  );
  const here = new RegExp(`^arn:[^:]*:iam::(?:${account}|\\*):role/(?!aws-service-role/)`);
  return [...new Set(named.filter((arn) => here.test(arn)))].sort();
}

const caller = (): Formula => family('same account');
const isRoot = ({ account }: Scope): Formula => like('aws:PrincipalArn', `arn:aws:iam::${account}:root`);

export const GUARDRAIL_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'root-does-nothing',
    sentence: 'The root user of a site’s account can do nothing.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: (scope) => and(caller(), isRoot(scope)),
  },
  {
    slug: 'only-deployment-changes-trusted-roles',
    sentence: 'A role that any policy trusts by its name is created and changed by deployment alone.',
    scopes: (policies) => siteAccounts(policies).filter((scope) => trustedRoles(scope).length > 0),
    without: 'no policy trusts a role of an account with restricted data by its name',
    violation: (scope) =>
      and(caller(), action(...CHANGES_ROLE), resource(...trustedRoles(scope)), not(isDeployment(scope))),
  },
  {
    slug: 'the-perimeter-cannot-be-left',
    sentence: 'No account of a site leaves the organization.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () => and(caller(), action('organizations:LeaveOrganization')),
  },
  {
    slug: 'audit-cannot-be-switched-off',
    sentence: 'Trails, flow logs, recorders and log groups are stopped or deleted by nobody but deployment.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: (scope) => and(caller(), action(...STOPS_AUDIT), not(isDeployment(scope))),
  },
  {
    slug: 'no-role-is-handed-to-a-mover',
    sentence: 'No role is passed to a service that moves data, except by deployment.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: (scope) =>
      and(caller(), action('iam:PassRole'), is('iam:PassedToService', ...MOVERS), not(isDeployment(scope))),
  },
  {
    slug: 'nothing-is-shared-with-other-accounts',
    sentence: 'No resource, snapshot or image is shared through resource sharing or its own attributes.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () =>
      and(
        caller(),
        action(
          'ec2:ModifyImageAttribute',
          'ec2:ModifySnapshotAttribute',
          'ram:AssociateResourceShare',
          'ram:CreateResourceShare',
          'rds:ModifyDBClusterSnapshotAttribute',
          'rds:ModifyDBSnapshotAttribute',
        ),
      ),
  },
  {
    slug: 'no-other-way-in',
    sentence: 'No user, access key or identity provider is created that would stand beside the gateway.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () =>
      and(
        caller(),
        action(
          'iam:CreateAccessKey',
          'iam:CreateLoginProfile',
          'iam:CreateOpenIDConnectProvider',
          'iam:CreateSAMLProvider',
          'iam:CreateUser',
        ),
      ),
  },
  {
    slug: 'secrets-and-disks-are-read-only-through-endpoints',
    sentence: 'Secrets, disks and sessions on hosts are reached only through an endpoint in a VPC.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () => and(caller(), action(...READS_WITHOUT_POLICY), not(present('aws:SourceVpce'))),
  },
  {
    slug: 'databases-let-in-only-data-roles',
    sentence: 'A token to sign in to a database, and a secret, is had by data roles alone.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: (scope) =>
      and(
        caller(),
        action('rds-db:connect', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'),
        not(isDataRole(scope)),
      ),
  },
  {
    slug: 'database-logs-are-not-downloaded',
    sentence: 'Logs of databases, in which statements stand with their values, are downloaded by nobody.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () => and(caller(), action('rds:DownloadCompleteDBLogFile', 'rds:DownloadDBLogFilePortion')),
  },
];
