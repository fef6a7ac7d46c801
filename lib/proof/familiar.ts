/** Well-known values to show in counter-examples and trees where any value of a class would do. */
import { ACTION, FAMILY, RESOURCE } from './encode/tests';
import { FAMILIES } from './families';
import type { Familiar } from './logic/request-space';
import type { EnclavePolicies } from './policy/enclave-policies';

/** Action names as AWS writes them; requests are compared in lower case. */
const ACTIONS: readonly string[] = [
  'account:EnableRegion',
  'backup:CopyFromBackupVault',
  'cloudtrail:StopLogging',
  'dynamodb:CreateTableReplica',
  'dynamodb:ExportTableToPointInTime',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'ec2:CopySnapshot',
  'ec2:CreateVpcEndpoint',
  'ec2:CreateVpcPeeringConnection',
  'ec2:ModifySnapshotAttribute',
  'events:PutTargets',
  'iam:CreateRole',
  'iam:PassRole',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'kms:CreateGrant',
  'kms:CreateKey',
  'kms:Decrypt',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:UpdatePrimaryRegion',
  'logs:GetLogEvents',
  'organizations:LeaveOrganization',
  'ram:CreateResourceShare',
  'rds:CopyDBSnapshot',
  'rds:ModifyDBSnapshotAttribute',
  'rds:StartExportTask',
  's3:DeleteBucketPolicy',
  's3:GetObject',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:GetObjectVersionTagging',
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:ListMultipartUploadParts',
  's3:PutBucketNotification',
  's3:PutBucketPolicy',
  's3:PutInventoryConfiguration',
  's3:PutObject',
  's3:PutReplicationConfiguration',
  'secretsmanager:CreateSecret',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
  'sts:AssumeRole',
  'sts:TagSession',
];

const WRITTEN = new Map(ACTIONS.map((name) => [name.toLowerCase(), name]));

/** In lower case, as tests on actions are. */
export const WELL_KNOWN_ACTIONS: readonly string[] = [...WRITTEN.keys()];

/** The action as AWS writes it, when it is a well-known one. */
export const actionText = (lower: string): string => WRITTEN.get(lower) ?? lower;

/** Values for the variables of every question over these policies, in order of preference. */
export function familiarValues({ memberAccounts, organization, endpoints, guarded }: EnclavePolicies): Familiar {
  const accounts = [...memberAccounts, '999999999999'];
  return new Map<string, readonly string[]>([
    [FAMILY, FAMILIES],
    [ACTION, WELL_KNOWN_ACTIONS],
    [RESOURCE, guarded.flatMap(({ arns }) => arns.map((arn) => arn.replace(/\*$/, 'object')))],
    ['aws:requestedregion', ['eu-west-1', 'eu-north-1', 'eu-central-1', 'us-east-1', 'eu-west-2']],
    ['aws:principalarn', accounts.map((id) => `arn:aws:iam::${id}:role/Admin`)],
    ['aws:principalaccount', accounts],
    ['aws:principalorgid', [organization, 'o-somebodyelse']],
    ['aws:sourcevpce', [...endpoints.map(({ id }) => id), 'vpce-0fffffffffffffff0']],
    ['kms:viaservice', ['s3.eu-west-1.amazonaws.com', 's3.us-east-1.amazonaws.com']],
  ]);
}
