/** Calls that move nothing themselves but take away what keeps data in: one promise for each thing that they would weaken. */
import { family } from '../authorization';
import { action, like, present, resource } from '../encode/tests';
import { FALSE, and, not, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { Scope } from '../scope';
import { isDeployment, isKeyAdministrator, isRepair, siteAccounts } from './facts';
import type { Invariant } from './invariant';

interface Concern {
  readonly slug: string;
  readonly sentence: string;
  /** Who may call them after all. */
  readonly but?: (scope: Scope) => Formula;
  readonly actions: readonly string[];
}

const CONCERNS: readonly Concern[] = [
  {
    slug: 'records-of-what-happens-are-not-opened',
    sentence: 'Recorded events and settings are opened to no other account, and no second record of them is made.',
    actions: [
      'cloudtrail:CreateEventDataStore',
      'cloudtrail:PutResourcePolicy',
      'cloudtrail:UpdateEventDataStore',
      'config:PutAggregationAuthorization',
    ],
  },
  {
    slug: 'alarms-and-detectors-stay-on',
    sentence:
      'Alarms, detection rules, recorders and the retention of logs are changed by deployment alone: nobody who acts silences what reports it.',
    but: isDeployment,
    actions: [
      'cloudtrail:CreateTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:UpdateTrail',
      'cloudwatch:DeleteAlarms',
      'cloudwatch:DisableAlarmActions',
      'cloudwatch:PutCompositeAlarm',
      'cloudwatch:PutMetricAlarm',
      'config:DeleteConfigRule',
      'config:PutConfigRule',
      'config:PutConfigurationAggregator',
      'config:PutDeliveryChannel',
      'ec2:CreateFlowLogs',
      'ec2:DeleteFlowLogs',
      'events:DeleteEventBus',
      'events:DeleteRule',
      'events:DisableRule',
      'events:PutRule',
      'events:RemoveTargets',
      'logs:AssociateKmsKey',
      'logs:DeleteMetricFilter',
      'logs:DeleteRetentionPolicy',
      'logs:DisassociateKmsKey',
      'logs:PutMetricFilter',
      'logs:PutRetentionPolicy',
      'sns:DeleteTopic',
      'sns:SetSubscriptionAttributes',
      'sns:Unsubscribe',
      'sqs:DeleteQueue',
      'sqs:PurgeQueue',
    ],
  },
  {
    slug: 'names-are-resolved-as-deployed',
    sentence: 'The filter and the log of name resolution are changed by deployment alone.',
    but: isDeployment,
    actions: [
      'route53resolver:CreateResolverQueryLogConfig',
      'route53resolver:DeleteResolverQueryLogConfig',
      'route53resolver:DisassociateFirewallRuleGroup',
      'route53resolver:DisassociateResolverQueryLogConfig',
      'route53resolver:UpdateFirewallConfig',
      'route53resolver:UpdateFirewallDomains',
      'route53resolver:UpdateFirewallRule',
    ],
  },
  {
    slug: 'the-judge-of-deployments-stays-on',
    sentence: 'Stacks, their hooks and their protections are changed by deployment alone.',
    but: isDeployment,
    actions: [
      'cloudformation:DeactivateType',
      'cloudformation:DeregisterType',
      'cloudformation:SetStackPolicy',
      'cloudformation:SetTypeConfiguration',
      'cloudformation:SetTypeDefaultVersion',
      'cloudformation:UpdateStack',
      'cloudformation:UpdateTerminationProtection',
    ],
  },
  {
    slug: 'stacks-are-not-sent-elsewhere',
    sentence: 'No account of a site sends stacks to other accounts.',
    actions: ['cloudformation:CreateStackSet', 'cloudformation:UpdateStackInstances', 'cloudformation:UpdateStackSet'],
  },
  {
    slug: 'the-gateway-decides-as-deployed',
    sentence: 'What the gateway decides by is changed by deployment alone.',
    but: isDeployment,
    actions: [
      'verifiedpermissions:DeletePolicyStore',
      'verifiedpermissions:PutSchema',
      'verifiedpermissions:UpdatePolicyStore',
    ],
  },
  {
    slug: 'stores-keep-what-protects-their-content',
    sentence:
      'Versions, encryption and retention of stored objects, and the block of public access, are changed by deployment alone.',
    but: isDeployment,
    actions: [
      'dynamodb:UpdateContinuousBackups',
      's3:PutAccountPublicAccessBlock',
      's3:PutBucketObjectLockConfiguration',
      's3:PutBucketVersioning',
      's3:PutEncryptionConfiguration',
      's3:PutLifecycleConfiguration',
      'secretsmanager:UpdateSecret',
    ],
  },
  {
    slug: 'labels-stay-as-deployed',
    sentence:
      'Tags, by which stores show their class and by which policies, detectors and inventories know them, are set and taken away by deployment alone.',
    but: isDeployment,
    actions: [
      'dynamodb:TagResource',
      'dynamodb:UntagResource',
      'kms:TagResource',
      'kms:UntagResource',
      'logs:TagLogGroup',
      'logs:TagResource',
      'logs:UntagLogGroup',
      'logs:UntagResource',
      'rds:AddTagsToResource',
      'rds:RemoveTagsFromResource',
      's3:PutBucketTagging',
      's3:TagResource',
      's3:UntagResource',
      'secretsmanager:TagResource',
      'secretsmanager:UntagResource',
      'sns:TagResource',
      'sns:UntagResource',
      'sqs:TagQueue',
      'sqs:UntagQueue',
      'tag:TagResources',
      'tag:UntagResources',
    ],
  },
  {
    slug: 'second-copies-are-made-by-deployment-or-a-repair-alone',
    sentence: 'Backups, snapshots and stores restored from them are made by deployment, or a repair, alone.',
    but: isRepair,
    actions: [
      'dynamodb:CreateBackup',
      'dynamodb:RestoreTableFromBackup',
      'dynamodb:RestoreTableToPointInTime',
      'dynamodb:StartAwsBackupJob',
      'rds:CopyDBClusterSnapshot',
      'rds:CopyDBSnapshot',
      'rds:CreateBlueGreenDeployment',
      'rds:CreateDBClusterSnapshot',
      'rds:CreateDBInstanceReadReplica',
      'rds:CreateDBSnapshot',
      'rds:RestoreDBClusterFromS3',
      'rds:RestoreDBClusterFromSnapshot',
      'rds:RestoreDBClusterToPointInTime',
      'rds:RestoreDBInstanceFromDBSnapshot',
      'rds:RestoreDBInstanceFromS3',
      'rds:RestoreDBInstanceToPointInTime',
    ],
  },
  {
    slug: 'what-a-database-does-is-streamed-to-nobody',
    sentence: 'No stream of what happens in a database is opened or changed.',
    actions: ['rds:ModifyActivityStream', 'rds:StartActivityStream'],
  },
  {
    slug: 'keys-are-weakened-by-their-keepers-alone',
    sentence: 'No key of an account is disabled, or its rotation, but by deployment, a repair and key administrators.',
    but: (scope) => or(isRepair(scope), isKeyAdministrator(scope)),
    actions: ['kms:DisableKey', 'kms:DisableKeyRotation', 'kms:ScheduleKeyDeletion'],
  },
  {
    slug: 'locked-objects-stay-locked',
    sentence: 'Nobody deletes an object before its retention ends.',
    actions: ['s3:BypassGovernanceRetention'],
  },
  {
    slug: 'policies-of-stores-stay-as-deployed',
    sentence:
      'Policies of buckets, tables and VPC endpoints are changed or taken away by deployment, or a repair, alone.',
    but: isRepair,
    actions: [
      'dynamodb:DeleteResourcePolicy',
      'dynamodb:PutResourcePolicy',
      'ec2:ModifyVpcEndpoint',
      's3:DeleteBucketPolicy',
      's3:PutBucketPolicy',
    ],
  },
  {
    slug: 'objects-are-not-opened-by-lists-or-origins',
    sentence: 'No access control list and no origin of other sites is put on a bucket, an object or an access point.',
    actions: [
      's3:PutAccessPointPolicyForObjectLambda',
      's3:PutBucketAbac',
      's3:PutBucketAcl',
      's3:PutBucketCORS',
      's3:PutObjectAcl',
      's3:PutObjectVersionAcl',
      's3:UpdateObjectEncryption',
    ],
  },
  {
    slug: 'disks-are-not-pictured',
    sentence: 'No snapshot or image is made of a disk, and their block of public access stays.',
    actions: [
      'ec2:CreateImage',
      'ec2:CreateSnapshot',
      'ec2:CreateSnapshots',
      'ec2:CreateStoreImageTask',
      'ec2:DisableImageBlockPublicAccess',
      'ec2:DisableSnapshotBlockPublicAccess',
    ],
  },
  {
    slug: 'hosts-are-not-entered',
    sentence: 'Nobody opens a session or a console on a host, nor runs a command there.',
    actions: ['ec2:EnableSerialConsoleAccess', 'ssm:SendCommand', 'ssm:StartSession'],
  },
  {
    slug: 'networks-are-not-joined',
    sentence: 'No network of another account is let in: not by its gateway, nor by handing out an interface.',
    actions: ['ec2:AcceptTransitGatewayPeeringAttachment', 'ec2:CreateNetworkInterfacePermission'],
  },
  {
    slug: 'nobody-gets-a-credential-beside-the-gateway',
    sentence: 'No user, group, key, certificate, password or identity provider is made or changed to sign in with.',
    actions: [
      'iam:AddClientIDToOpenIDConnectProvider',
      'iam:AttachGroupPolicy',
      'iam:AttachUserPolicy',
      'iam:CreateGroup',
      'iam:CreateServiceSpecificCredential',
      'iam:PutGroupPolicy',
      'iam:PutUserPolicy',
      'iam:UpdateLoginProfile',
      'iam:UpdateSAMLProvider',
      'iam:UploadSSHPublicKey',
      'iam:UploadSigningCertificate',
    ],
  },
  {
    slug: 'policies-in-use-stay-as-deployed',
    sentence: 'Which version of a managed policy is in force is changed by deployment alone.',
    but: isDeployment,
    actions: ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'],
  },
  {
    slug: 'key-material-stays-in-kms',
    sentence: 'No key store outside KMS is connected or changed, and no key material is brought in.',
    actions: [
      'kms:ConnectCustomKeyStore',
      'kms:DeleteImportedKeyMaterial',
      'kms:ImportKeyMaterial',
      'kms:UpdateCustomKeyStore',
    ],
  },
  {
    slug: 'keys-keep-their-names',
    sentence:
      'The names by which policies know keys of restricted objects are given, moved and taken away by deployment alone.',
    but: isDeployment,
    actions: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'],
  },
  {
    slug: 'functions-get-no-address',
    sentence: 'No function is given an address on the internet.',
    actions: ['lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],
  },
  {
    slug: 'changes-of-tables-are-streamed-to-nobody',
    sentence: 'Nobody reads the stream of a table, and no table is made global.',
    actions: [
      'dynamodb:CreateGlobalTable',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:UpdateGlobalTable',
    ],
  },
  {
    slug: 'the-organization-is-governed-from-outside',
    sentence: 'No account of a site makes, changes or detaches a policy of the organization.',
    actions: [
      'organizations:CreatePolicy',
      'organizations:DetachPolicy',
      'organizations:PutResourcePolicy',
      'organizations:UpdatePolicy',
    ],
  },
];

/** Roles under the enclave’s own path or name, and its managed policies: what other policies trust or rest on. */
function trustedByName({ policies: { rolePath } }: Scope): readonly string[] {
  if (rolePath === undefined) return [];
  const name = rolePath.slice(1, -1);
  return [`role${rolePath}*`, `role/${name}-*`, `policy${rolePath}*`].map((rest) => `arn:aws:iam::*:${rest}`);
}

const CHANGES: readonly string[] = ['Attach', 'Create', 'Delete', 'Detach', 'Put', 'Tag', 'Untag', 'Update'].map(
  (verb) => `iam:${verb}*`,
);

export const CONCERN_INVARIANTS: readonly Invariant[] = [
  ...CONCERNS.map(({ slug, sentence, but, actions }) => ({
    slug,
    sentence,
    scopes: siteAccounts,
    without: 'no account with restricted data',
    violation: (scope: Scope) => and(family('same account'), action(...actions), not(but?.(scope) ?? FALSE)),
  })),
  {
    slug: 'roles-and-policies-of-the-enclave-stay-as-deployed',
    sentence:
      'Roles and managed policies under the enclave’s name are made, tagged and changed in whatever way by deployment alone.',
    scopes: (policies) => siteAccounts(policies).filter((scope) => trustedByName(scope).length > 0),
    without: 'no role of the enclave has a boundary',
    violation: (scope) =>
      and(family('same account'), action(...CHANGES), resource(...trustedByName(scope)), not(isDeployment(scope))),
  },
  {
    slug: 'roles-are-passed-only-to-services-of-a-site',
    sentence: 'No role is passed, not even by deployment, to a service that moves data or without saying to which.',
    scopes: siteAccounts,
    without: 'no account with restricted data',
    violation: () =>
      and(
        family('same account'),
        action('iam:PassRole'),
        or(not(present('iam:PassedToService')), like('iam:PassedToService', ...NEVER_PASSED_TO)),
      ),
  },
];

/** Services that would move data with the role they are handed, and of which no site is built. */
const NEVER_PASSED_TO = [
  'appflow',
  'batchoperations.s3',
  'bedrock',
  'datasync',
  'dlm',
  'dms',
  'ec2',
  'ecs-tasks',
  'export.rds',
  'firehose',
  'glue',
  'imagebuilder',
  'sagemaker',
  'ssm',
  'transfer',
].map((service) => `${service}.amazonaws.com`);
