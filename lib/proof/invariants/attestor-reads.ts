/** What the attestor may, and who it is: a role of one whole name in every account, so that it has no namesakes. */
import { action } from '../encode/tests';
import { and } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { Scope } from '../scope';
import { enclaveRoles, isOneOf } from './facts';

/** Calls that answer how something is configured, of the services a store, a key or a way out can be of. None opens contents. */
export const READS_OF_SETTINGS: readonly string[] = [
  'backup:DescribeBackupVault',
  'backup:GetBackup*',
  'backup:ListBackup*',
  'backup:ListCopyJobs',
  'cloudformation:ListStack*',
  'dynamodb:Describe*',
  'dynamodb:GetResourcePolicy',
  'dynamodb:List*',
  'ec2:Describe*s',
  'ec2:DescribeSnapshotAttribute',
  'ecr:Describe*',
  'ecr:GetRe*Policy',
  'elasticfilesystem:Describe*',
  'events:DescribeEventBus',
  'events:List*',
  'kms:DescribeKey',
  'kms:GetKey*',
  'kms:List*',
  'logs:Describe*',
  'organizations:Describe*',
  'organizations:List*',
  'rds:Describe*',
  's3:GetA*',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetInventoryConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListA*',
  's3:ListMultiRegionAccessPoints',
  'secretsmanager:DescribeSecret',
  'secretsmanager:GetResourcePolicy',
  'secretsmanager:ListSecrets',
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptions*',
  'sns:ListTopics',
  'sqs:GetQueueAttributes',
  'sqs:ListQueues',
  'ssm:DescribeAssociation',
  'ssm:DescribeDocumentPermission',
  'ssm:DescribeParameters',
  'ssm:ListAssociations',
  'ssm:ListDocuments',
  'ssm:ListResourceDataSync',
  'states:DescribeStateMachine',
  'states:ListStateMachines',
];

const ATTESTOR = 'oversight/attestor';

/** ARN of the attestor of the account of a scope; none when the enclave has no path of its own. */
export const attestorsOf = (scope: Scope): readonly string[] => enclaveRoles(scope, scope.account, ATTESTOR);

export const isAttestor = (scope: Scope): Formula => isOneOf(attestorsOf(scope));

/** The attestor of an account of ours reads settings. */
export const readsAsAttestor = (scope: Scope): Formula =>
  and(
    isOneOf(scope.policies.memberAccounts.flatMap((account) => enclaveRoles(scope, account, ATTESTOR))),
    action(...READS_OF_SETTINGS),
  );
