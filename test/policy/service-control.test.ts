import { policyDocument, siteRegions } from '../../lib/policy';
import type { PolicyDocument } from '../../lib/policy';
import { destinationKeyDenials } from '../../lib/policy/destination-keys';
import { placeDenials } from '../../lib/policy/service-control';
import { deniedBy } from './evaluator';
import type { Request } from './evaluator';
import { oversightScps, request, settings, siteScps, without } from './perimeter';

interface Pair {
  /** Requests the statement denies, each by itself. */
  readonly convicts: readonly Request[];
  /** Legitimate requests close by, which no statement denies. */
  readonly acquits: readonly Request[];
}

const viaRds = { 'kms:GrantIsForAWSResource': 'true', 'kms:ViaService': 'rds.eu-west-1.amazonaws.com' };
const vault = (region: string, account: string): string => `arn:aws:backup:${region}:${account}:backup-vault:nightly`;
const endpoint = 'arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/vpce-1';
const ownQueue = 'arn:aws:sqs:eu-west-1:111122223333:incidents';
const appRole = 'arn:aws:iam::111122223333:role/enclave/app/web';
const bounded = { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/enclave/boundary' };
const toLambda = { 'iam:PassedToService': 'lambda.amazonaws.com' };

/** Every statement by its Sid. */
const STATEMENTS: Record<string, Pair> = {
  OnlyDeclaredRegions: {
    convicts: [
      request('app', 's3:PutObject', { 'aws:RequestedRegion': 'us-east-1' }),
      request('exec', 'rds:CopyDBSnapshot', { 'aws:RequestedRegion': 'eu-west-2' }),
      request('exec', 'kms:CreateKey', { 'aws:RequestedRegion': 'eu-central-2' }),
      // In the EEA, but no site stands there: the auditor's Region is for the auditor.
      request('exec', 'rds:StartDBInstanceAutomatedBackupsReplication', { 'aws:RequestedRegion': 'eu-central-1' }),
      without('aws:RequestedRegion', request('app', 's3:PutObject')),
      // Reading too, by everybody but the attestor, his namesakes included.
      request('admin', 's3:GetBucketPolicy', { 'aws:RequestedRegion': 'us-east-1' }),
      request('attestorNamesake', 's3:GetBucketPolicy', { 'aws:RequestedRegion': 'us-east-1' }),
    ],
    acquits: [
      request('app', 's3:PutObject'),
      request('exec', 'rds:StartDBInstanceAutomatedBackupsReplication', { 'aws:RequestedRegion': 'eu-north-1' }),
      request('exec', 'iam:CreateRole', { 'aws:RequestedRegion': 'us-east-1', ...bounded }, appRole),
      request('app', 'sts:GetCallerIdentity', { 'aws:RequestedRegion': 'us-east-1' }),
    ],
  },
  OnlyServicesInUse: {
    convicts: [
      request('exec', 'datasync:CreateTask'),
      request('exec', 'athena:StartQueryExecution'),
      request('exec', 'bedrock:InvokeModel'),
      request('exec', 'ebs:GetSnapshotBlock'),
      request('exec', 's3express:CreateBucket'),
      request('exec', 'a-service-of-tomorrow:Copy'),
      request('attestorNamesake', 'backup:ListBackupVaults'),
    ],
    acquits: [request('app', 'dynamodb:GetItem'), request('app', 'sqs:ReceiveMessage')],
  },
  OnlyReadsForTheAttestor: {
    convicts: [
      request('attestor', 's3:GetObject'),
      request('attestor', 's3:GetObject', { 'aws:RequestedRegion': 'us-east-1' }),
      request('attestor', 's3:ListBucket'),
      request('attestor', 'dynamodb:GetItem'),
      request('attestor', 'secretsmanager:GetSecretValue', { 'aws:SourceVpce': 'vpce-1' }),
      request('attestor', 'ssm:GetParameter'),
      request('attestor', 'kms:Decrypt'),
      request('attestor', 's3:PutObject', { 'aws:RequestedRegion': 'us-east-1' }),
      request('attestor', 'backup:CreateBackupVault', { 'aws:RequestedRegion': 'us-east-1' }),
      request('attestor', 'athena:GetQueryResults'),
      request('attestor', 'iam:CreateRole', bounded, appRole),
    ],
    acquits: [
      request('attestor', 's3:GetBucketPolicy', { 'aws:RequestedRegion': 'us-east-1' }),
      request('attestor', 'ec2:DescribeVolumes', { 'aws:RequestedRegion': 'ap-southeast-2' }),
      request('attestor', 'backup:ListBackupVaults'),
      request('attestor', 'elasticfilesystem:DescribeFileSystems', { 'aws:RequestedRegion': 'us-east-1' }),
    ],
  },
  NothingAsRoot: {
    convicts: [request('root', 's3:GetObject'), request('root', 'iam:CreateRole')],
    acquits: [request('admin', 's3:ListAllMyBuckets')],
  },
  NeverCalled: {
    convicts: [
      request('exec', 's3:PutInventoryConfiguration'),
      request('pipeline', 's3:CreateMultiRegionAccessPoint'),
      request('exec', 's3:CreateJob'),
      request('exec', 'rds:CreateGlobalCluster'),
      request('exec', 'rds:ModifyDBSnapshotAttribute'),
      request('exec', 'rds:StartExportTask'),
      request('exec', 'ec2:ModifySnapshotAttribute'),
      request('exec', 'ec2:CreateVpcPeeringConnection'),
      request('exec', 'ec2:ModifyAvailabilityZoneGroup'),
      request('exec', 'ec2:CreateInternetGateway'),
      request('exec', 'dynamodb:ExportTableToPointInTime'),
      request('exec', 'ecr:PutReplicationConfiguration'),
      request('exec', 'ssm:CreateResourceDataSync'),
      request('exec', 'logs:CreateExportTask'),
      request('exec', 'kms:ImportKeyMaterial'),
      request('exec', 'dynamodb:CreateBackup'),
      request('exec', 'dynamodb:StartAwsBackupJob'),
      request('breakGlass', 's3:UpdateObjectEncryption'),
      request('exec', 'kms:CreateCustomKeyStore'),
      request('exec', 'iam:CreateUser'),
      request('exec', 'iam:CreateSAMLProvider'),
      request('breakGlass', 'cloudtrail:StopLogging'),
      request('admin', 'organizations:LeaveOrganization'),
    ],
    acquits: [
      request('app', 's3:GetObject'),
      request('exec', 'rds:CreateDBInstance'),
      request('exec', 'ec2:CreateVpc'),
      request('exec', 'cloudtrail:CreateTrail'),
      request('admin', 'cloudtrail:LookupEvents'),
    ],
  },
  OnlyByTheDeployment: {
    convicts: [
      request('admin', 's3:PutReplicationConfiguration'),
      request('breakGlass', 's3:PutReplicationConfiguration'),
      request('admin', 'rds:CrossRegionCommunication'),
      request('admin', 'iam:UpdateAssumeRolePolicy'),
      request('app', 'lambda:UpdateFunctionCode'),
      request('admin', 'route53resolver:DisassociateFirewallRuleGroup'),
      request('admin', 'cloudformation:SetTypeConfiguration'),
      request('admin', 'events:DisableRule'),
      request('admin', 's3:PutBucketTagging'),
      request('admin', 's3:UntagResource'),
      request('breakGlass', 'dynamodb:TagResource'),
      request('keyAdministrator', 'kms:UntagResource'),
      request('admin', 'rds:RemoveTagsFromResource'),
      request('admin', 'tag:TagResources'),
      request('admin', 'rds:CreateDBInstanceReadReplica'),
      request('admin', 'rds:CreateDBSnapshot'),
      // The copy would carry no policy of its source, so nobody who repairs may make one either.
      request('breakGlass', 'dynamodb:RestoreTableToPointInTime'),
      request('breakGlass', 'rds:RestoreDBInstanceFromDBSnapshot'),
      request('admin', 'cloudformation:ExecuteChangeSet'),
      request('admin', 'sns:Unsubscribe'),
      request('admin', 'sqs:PurgeQueue'),
      request('admin', 'iam:PassRole', { 'iam:PassedToService': 's3.amazonaws.com' }),
      request('breakGlass', 'iam:PassRole', toLambda),
      without('aws:PrincipalArn', request('admin', 'logs:DeleteLogGroup')),
    ],
    acquits: [
      request('exec', 's3:PutReplicationConfiguration'),
      request('exec', 'rds:CrossRegionCommunication'),
      request('exec', 'lambda:CreateFunction'),
      request('deploy', 'cloudformation:CreateStack'),
      request('deploy', 'cloudformation:ExecuteChangeSet'),
      request('pipeline', 'dynamodb:RestoreTableToPointInTime'),
      request('exec', 's3:PutBucketTagging'),
      request('exec', 'kms:TagResource'),
      request('exec', 'secretsmanager:TagResource'),
      request('pipeline', 'cloudformation:SetStackPolicy'),
      request('admin', 'logs:FilterLogEvents'),
    ],
  },
  OnlyByTheDeploymentOrARepair: {
    convicts: [
      request('admin', 's3:PutBucketPolicy'),
      request('app', 's3:DeleteBucketPolicy'),
      request('admin', 'dynamodb:PutResourcePolicy'),
      request('keyAdministrator', 'ec2:ModifyVpcEndpoint'),
    ],
    acquits: [
      request('exec', 's3:PutBucketPolicy'),
      request('breakGlass', 's3:PutBucketPolicy'),
      request('admin', 's3:GetBucketPolicy'),
    ],
  },
  OnlyByKeyAdministrators: {
    convicts: [
      request('admin', 'kms:PutKeyPolicy'),
      request('app', 'kms:ScheduleKeyDeletion'),
      request('admin', 'kms:DisableKeyRotation'),
    ],
    acquits: [request('exec', 'kms:PutKeyPolicy'), request('keyAdministrator', 'kms:ScheduleKeyDeletion')],
  },
  KeyReplicasInDeclaredRegions: {
    convicts: [
      request('exec', 'kms:ReplicateKey', { 'kms:ReplicaRegion': 'us-east-1' }),
      request('exec', 'kms:ReplicateKey', { 'kms:ReplicaRegion': 'eu-central-2' }),
      request('exec', 'kms:ReplicateKey'),
    ],
    acquits: [request('exec', 'kms:ReplicateKey', { 'kms:ReplicaRegion': 'eu-north-1' })],
  },
  KeyPrimaryInDeclaredRegions: {
    convicts: [
      request('exec', 'kms:UpdatePrimaryRegion', { 'kms:PrimaryRegion': 'us-east-1' }),
      request('exec', 'kms:UpdatePrimaryRegion'),
    ],
    acquits: [request('exec', 'kms:UpdatePrimaryRegion', { 'kms:PrimaryRegion': 'eu-north-1' })],
  },
  NoMultiRegionKeys: {
    convicts: [request('exec', 'kms:CreateKey', { 'kms:MultiRegion': 'true' })],
    acquits: [request('exec', 'kms:CreateKey', { 'kms:MultiRegion': 'false' }), request('exec', 'kms:CreateKey')],
  },
  GrantsForAwsResourcesOnly: {
    convicts: [
      request('exec', 'kms:CreateGrant', { ...viaRds, 'kms:GrantIsForAWSResource': 'false' }),
      without('kms:GrantIsForAWSResource', request('exec', 'kms:CreateGrant', viaRds)),
    ],
    acquits: [request('exec', 'kms:CreateGrant', viaRds)],
  },
  GrantsThroughServicesOfDeclaredRegionsOnly: {
    convicts: [
      request('exec', 'kms:CreateGrant', { ...viaRds, 'kms:ViaService': 'rds.us-east-1.amazonaws.com' }),
      without('kms:ViaService', request('exec', 'kms:CreateGrant', viaRds)),
    ],
    acquits: [request('exec', 'kms:CreateGrant', { ...viaRds, 'kms:ViaService': 'dynamodb.eu-north-1.amazonaws.com' })],
  },
  // AWS Backup is not in use and denied as a whole; the key is bounded for the day it is.
  SecretReplicasInDeclaredRegions: {
    convicts: [
      request('exec', 'secretsmanager:ReplicateSecretToRegions', {
        'secretsmanager:AddReplicaRegions': ['eu-north-1', 'us-east-1'],
      }),
      request('exec', 'secretsmanager:CreateSecret', { 'secretsmanager:AddReplicaRegions': ['eu-west-2'] }),
    ],
    acquits: [
      request('exec', 'secretsmanager:CreateSecret'),
      request('exec', 'secretsmanager:ReplicateSecretToRegions', {
        'secretsmanager:AddReplicaRegions': ['eu-north-1'],
      }),
    ],
  },
  SecretReplicasSayWhereTo: {
    convicts: [request('exec', 'secretsmanager:ReplicateSecretToRegions')],
    acquits: [
      request('exec', 'secretsmanager:ReplicateSecretToRegions', {
        'secretsmanager:AddReplicaRegions': ['eu-north-1'],
      }),
    ],
  },
  StackInstancesInDeclaredRegions: {
    convicts: [
      request('exec', 'cloudformation:CreateStackInstances', {
        'cloudformation:TargetRegion': ['eu-west-1', 'us-east-1'],
      }),
    ],
    acquits: [request('exec', 'cloudformation:CreateStackInstances', { 'cloudformation:TargetRegion': ['eu-west-1'] })],
  },
  StackInstancesSayWhereTo: {
    convicts: [request('exec', 'cloudformation:CreateStackInstances')],
    acquits: [
      request('exec', 'cloudformation:CreateStackInstances', { 'cloudformation:TargetRegion': ['eu-north-1'] }),
    ],
  },
  EndpointsOfDeclaredRegions: {
    convicts: [
      request('exec', 'ec2:CreateVpcEndpoint', { 'ec2:VpceServiceRegion': 'us-east-1' }, endpoint),
      request('exec', 'ec2:CreateVpcEndpoint', {}, endpoint),
    ],
    acquits: [
      request('exec', 'ec2:CreateVpcEndpoint', { 'ec2:VpceServiceRegion': 'eu-west-1' }, endpoint),
      // The other resources of the same call carry no such key.
      request('exec', 'ec2:CreateVpcEndpoint', {}, 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1'),
    ],
  },
  NoRegionSwitchedOnButDeclared: {
    convicts: [
      request('admin', 'account:EnableRegion', { 'account:TargetRegion': 'me-south-1' }),
      request('admin', 'account:EnableRegion'),
    ],
    acquits: [request('admin', 'account:EnableRegion', { 'account:TargetRegion': 'eu-north-1' })],
  },
  EventTargetsInDeclaredRegions: {
    convicts: [
      request('exec', 'events:PutTargets', {
        'events:TargetArn': ['arn:aws:events:us-east-1:111122223333:event-bus/b'],
      }),
      request('exec', 'events:PutTargets', {
        'events:TargetArn': [ownQueue, 'arn:aws:sqs:us-east-1:111122223333:mine'],
      }),
    ],
    acquits: [request('exec', 'events:PutTargets', { 'events:TargetArn': [ownQueue] })],
  },
  EventTargetsInOwnAccounts: {
    convicts: [
      request('exec', 'events:PutTargets', {
        'events:TargetArn': [ownQueue, 'arn:aws:sqs:eu-west-1:999999999999:mine'],
      }),
    ],
    acquits: [
      request('exec', 'events:PutTargets', { 'events:TargetArn': [ownQueue] }),
      request('exec', 'events:PutTargets', {
        'events:TargetArn': ['arn:aws:events:eu-central-1:444455556666:event-bus/audit'],
      }),
    ],
  },
  EventTargetsSayWhereTo: {
    convicts: [request('exec', 'events:PutTargets')],
    acquits: [request('exec', 'events:PutTargets', { 'events:TargetArn': [ownQueue] })],
  },
  SubscriptionsOfOwnAccounts: {
    convicts: [
      request('exec', 'sns:Subscribe', { 'sns:Endpoint': 'somebody@example.com' }),
      request('exec', 'sns:Subscribe', { 'sns:Endpoint': 'https://example.com/arn:aws:sqs:eu-west-1:111122223333:x' }),
      request('exec', 'sns:Subscribe', { 'sns:Endpoint': 'arn:aws:sqs:eu-west-1:999999999999:mine' }),
      request('exec', 'sns:Subscribe'),
    ],
    acquits: [request('exec', 'sns:Subscribe', { 'sns:Endpoint': ownQueue })],
  },
  AccessPointsInsideVpcs: {
    convicts: [
      request('exec', 's3:CreateAccessPoint', { 's3:AccessPointNetworkOrigin': 'Internet' }),
      request('exec', 's3:CreateAccessPoint'),
    ],
    acquits: [request('exec', 's3:CreateAccessPoint', { 's3:AccessPointNetworkOrigin': 'VPC' })],
  },
  BucketsInDeclaredRegions: {
    convicts: [request('exec', 's3:CreateBucket', { 's3:locationconstraint': 'eu-west-2' })],
    acquits: [
      request('exec', 's3:CreateBucket', { 's3:locationconstraint': 'eu-north-1' }),
      request('exec', 's3:CreateBucket'),
    ],
  },
  DatabaseBackupsInTheRegion: {
    convicts: [
      request('exec', 'rds:CreateDBInstance', { 'rds:BackupTarget': 'outposts' }),
      request('exec', 'rds:RestoreDBInstanceFromDBSnapshot', { 'rds:BackupTarget': 'outposts' }),
    ],
    acquits: [
      request('exec', 'rds:CreateDBInstance', { 'rds:BackupTarget': 'region' }),
      request('pipeline', 'rds:RestoreDBInstanceToPointInTime'),
    ],
  },
  RolesPassedToServicesInUse: {
    convicts: [
      request('exec', 'iam:PassRole', { 'iam:PassedToService': 'export.rds.amazonaws.com' }),
      request('exec', 'iam:PassRole', { 'iam:PassedToService': 'batchoperations.s3.amazonaws.com' }),
      request('exec', 'iam:PassRole', { 'iam:PassedToService': 'datasync.amazonaws.com' }),
      request('exec', 'iam:PassRole'),
    ],
    acquits: [
      request('exec', 'iam:PassRole', { 'iam:PassedToService': 's3.amazonaws.com' }),
      request('exec', 'iam:PassRole', toLambda),
      request('deploy', 'iam:PassRole', { 'iam:PassedToService': 'cloudformation.amazonaws.com' }),
    ],
  },
  TrustedRolesStayAsDeployed: {
    convicts: [
      request('admin', 'iam:CreateRole', bounded, appRole),
      request('breakGlass', 'iam:UpdateAssumeRolePolicy', {}, appRole),
      request('app', 'iam:PutRolePolicy', {}, appRole),
      request('admin', 'iam:TagRole', {}, 'arn:aws:iam::111122223333:role/enclave-dub-1-replication'),
      request(
        'admin',
        'iam:DeleteRole',
        {},
        'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1',
      ),
      request('admin', 'iam:CreateRole', {}, 'arn:aws:iam::111122223333:role/stacksets-exec-1234'),
      request('admin', 'iam:CreatePolicyVersion', {}, 'arn:aws:iam::111122223333:policy/enclave/boundary'),
    ],
    acquits: [
      request('exec', 'iam:CreateRole', bounded, appRole),
      request(
        'pipeline',
        'iam:UpdateAssumeRolePolicy',
        {},
        'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-1-eu-west-1',
      ),
      request('admin', 'iam:GetRole', {}, appRole),
      request('exec', 'iam:CreatePolicyVersion', {}, 'arn:aws:iam::111122223333:policy/enclave/boundary'),
    ],
  },
  TrustedRolesKeepTheirBoundary: {
    convicts: [
      request('exec', 'iam:CreateRole', {}, appRole),
      request(
        'exec',
        'iam:PutRolePermissionsBoundary',
        { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/wide' },
        appRole,
      ),
    ],
    acquits: [
      request('exec', 'iam:CreateRole', bounded, 'arn:aws:iam::111122223333:role/enclave/gateway/broker'),
      // The pipeline bootstraps accounts before there is a boundary.
      request('pipeline', 'iam:CreateRole', {}, 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-1-eu-west-1'),
    ],
  },
  TrustedRolesAreNotUnbound: {
    convicts: [request('exec', 'iam:DeleteRolePermissionsBoundary', {}, appRole)],
    acquits: [request('exec', 'iam:DeleteRolePolicy', {}, appRole)],
  },
  NobodyOwnsGatewayTags: {
    convicts: [
      request('exec', 'iam:TagRole', { 'aws:TagKeys': ['team', 'gw:ticket'] }, appRole),
      request('exec', 'iam:CreateRole', { ...bounded, 'aws:TagKeys': ['gw:mfa'] }, appRole),
    ],
    acquits: [request('exec', 'iam:CreateRole', { ...bounded, 'aws:TagKeys': ['site', 'operator'] }, appRole)],
  },
  WritesOnlyIntoTheOrganisation: {
    convicts: [
      request('app', 's3:PutObject', { 'aws:ResourceOrgID': 'o-somebodyelse' }),
      request('replication', 's3:ReplicateObject', { 'aws:ResourceOrgID': 'o-somebodyelse' }),
      request('app', 'sqs:SendMessage', { 'aws:ResourceOrgID': 'o-somebodyelse' }),
      request('app', 'kms:Encrypt', { 'aws:ResourceOrgID': 'o-somebodyelse' }),
      // The owner is in no organisation.
      without('aws:ResourceOrgID', request('app', 's3:PutObject')),
    ],
    acquits: [
      request('app', 's3:PutObject', { 'aws:ResourceOrgID': 'o-exampleorg1' }),
      request('replication', 's3:ReplicateObject', { 'aws:ResourceOrgID': 'o-exampleorg1' }),
      request('app', 's3:GetObject', { 'aws:ResourceOrgID': 'o-somebodyelse' }),
    ],
  },
  SecretsAndDatabasesOnlyForDataRoles: {
    convicts: [
      request('admin', 'secretsmanager:GetSecretValue', { 'aws:SourceVpce': 'vpce-1' }),
      request('breakGlass', 'rds-db:connect'),
      request('lookAlike', 'rds-db:connect'),
      request('exec', 'secretsmanager:BatchGetSecretValue', { 'aws:SourceVpce': 'vpce-1' }),
    ],
    acquits: [
      request('app', 'rds-db:connect'),
      request('app', 'secretsmanager:GetSecretValue', { 'aws:SourceVpce': 'vpce-1' }),
    ],
  },
  SecretsOnlyThroughEndpoints: {
    convicts: [request('app', 'secretsmanager:GetSecretValue')],
    acquits: [request('app', 'secretsmanager:GetSecretValue', { 'aws:SourceVpce': 'vpce-1' })],
  },
};

const copyHome = request('exec', 'backup:CopyFromBackupVault', {
  'backup:CopyTargets': [vault('eu-north-1', '111122223333')],
});

/** Statements about AWS Backup, where it is in use; where it is not, all of it is denied. */
const STATEMENTS_OF_BACKUP: Record<string, Pair> = {
  BackupCopiesToOwnVaults: {
    convicts: [
      request('exec', 'backup:CopyFromBackupVault', {
        'backup:CopyTargets': [vault('eu-north-1', '111122223333'), vault('eu-north-1', '999999999999')],
      }),
    ],
    acquits: [copyHome],
  },
  BackupCopiesInDeclaredRegions: {
    convicts: [
      request('exec', 'backup:CopyFromBackupVault', { 'backup:CopyTargets': [vault('us-east-1', '111122223333')] }),
      request('exec', 'backup:CopyFromBackupVault', {
        'backup:CopyTargets': [vault('eu-north-1', '111122223333'), vault('eu-west-2', '111122223333')],
      }),
    ],
    acquits: [copyHome],
  },
  BackupCopiesSayWhereTo: { convicts: [request('exec', 'backup:CopyFromBackupVault')], acquits: [copyHome] },
};

const sidsOf = (documents: readonly PolicyDocument[]): readonly string[] => [
  ...new Set(documents.flatMap((d) => d.Statement.map(({ Sid }) => Sid.replace(/\d+$/, '')))),
];
/** Of a perimeter under which backups are made, what says where they may go. */
const withBackup = { ...settings, services: [...settings.services, 'backup'] };
const scpsWithBackup = [
  policyDocument([...placeDenials(withBackup, siteRegions(withBackup)), ...destinationKeyDenials(withBackup)]),
];

test('every statement of the service control policies is tried here, and no other', () => {
  expect(Object.keys(STATEMENTS).sort()).toEqual([...sidsOf(siteScps)].sort());
  const more = sidsOf(scpsWithBackup).filter((sid) => !(sid in STATEMENTS));
  expect(Object.keys(STATEMENTS_OF_BACKUP).sort()).toEqual([...more].sort());
});

test('what is said of a service that is not in use is said by one statement', () => {
  for (const { convicts } of Object.values(STATEMENTS_OF_BACKUP))
    for (const wrong of convicts) expect(deniedBy(siteScps, wrong)).toEqual(['OnlyServicesInUse']);
});

describe.each([
  ...Object.entries(STATEMENTS).map(([sid, pair]) => [sid, pair, siteScps] as const),
  ...Object.entries(STATEMENTS_OF_BACKUP).map(([sid, pair]) => [sid, pair, scpsWithBackup] as const),
])('%s', (sid, { convicts, acquits }, scps) => {
  test('denies what it is there for', () => {
    expect(convicts.length).toBeGreaterThan(0);
    for (const wrong of convicts)
      expect([wrong.action, deniedBy(scps, wrong)]).toEqual([wrong.action, expect.arrayContaining([sid])]);
  });

  test('lets pass what the enclave does', () => {
    expect(acquits.length).toBeGreaterThan(0);
    const passes = sid === 'NoRegionSwitchedOnButDeclared' ? ['OnlyDeclaredRegions'] : [];
    for (const right of acquits)
      expect([right.action, deniedBy(scps, right).filter((by) => !passes.includes(by))]).toEqual([right.action, []]);
  });
});

test('the auditor works in their own Region and in those of the sites, and nowhere else', () => {
  const inRegion = (region: string) =>
    deniedBy(oversightScps, request('exec', 's3:CreateBucket', { 'aws:RequestedRegion': region }));
  expect(['eu-central-1', 'eu-west-1', 'eu-north-1'].map(inRegion)).toEqual([[], [], []]);
  expect(inRegion('eu-west-3')).toEqual(['OnlyDeclaredRegions']);
  expect(inRegion('us-east-1')).toEqual(['OnlyDeclaredRegions']);
});

test('an action is denied whatever its case', () => {
  expect(deniedBy(siteScps, request('exec', 'S3:pUtInVeNtOrYcOnFiGuRaTiOn'))).toEqual(['NeverCalled']);
});
