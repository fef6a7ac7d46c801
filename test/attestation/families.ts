/** One declared thing of every family with the answers that show it as declared, and one answer for each way it can differ. */
import type { Answers, Recorded } from './recorded-aws';
import { ACCOUNT, REGION, refusal } from './recorded-aws';

const restricted = [{ Key: 'data-class', Value: 'restricted' }];
const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1111`;
const policy = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Ours', Effect: 'Deny', Principal: '*', Action: 'x:*', Resource: '*' }],
};
const loosened = JSON.stringify({
  ...policy,
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'x:*', Resource: '*' }],
});
const text = JSON.stringify(policy);
const arn = (service: string, resource: string, region = REGION): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

export interface Family extends Recorded {
  readonly service: string;
  /** Title → answers that differ, and the claim (or `unexpected TYPE`) that must be the only fault. */
  readonly breaks: Readonly<Record<string, readonly [Answers, string]>>;
}

const instance = {
  DBInstanceIdentifier: 'accounts',
  DBInstanceArn: arn('rds', 'db:accounts'),
  AvailabilityZone: `${REGION}a`,
  MultiAZ: true,
  StorageEncrypted: true,
  KmsKeyId: key,
  PubliclyAccessible: false,
  DBSubnetGroup: { DBSubnetGroupName: 'isolated' },
  TagList: restricted,
};
const instances = (change: object): Answers => ({ DescribeDBInstances: { DBInstances: [{ ...instance, ...change }] } });

const subnetsOf = (...ids: readonly string[]): Answers => ({
  DescribeDBSubnetGroups: {
    DBSubnetGroups: [{ DBSubnetGroupName: 'isolated', Subnets: ids.map((SubnetIdentifier) => ({ SubnetIdentifier })) }],
  },
});

const table = {
  TableName: 'messages',
  TableArn: arn('dynamodb', 'table/messages'),
  SSEDescription: { KMSMasterKeyArn: key },
  DeletionProtectionEnabled: true,
};
const secret = { ARN: arn('secretsmanager', 'secret:pin-AbCdEf'), Name: 'pin', KmsKeyId: key, Tags: restricted };
const group = { logGroupName: '/enclave/audit', retentionInDays: 400, kmsKeyId: key };

const subscription = {
  SubscriptionArn: `${arn('sns', 'incidents')}:1111`,
  TopicArn: arn('sns', 'incidents'),
  Protocol: 'sqs',
  Endpoint: arn('sqs', 'reader'),
};
const steps = { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: arn('lambda', 'function:ask'), End: true } } };
const role = `arn:aws:iam::${ACCOUNT}:role/enclave/gateway/steps`;
const workflow = (change: object = {}): Answers => ({
  DescribeStateMachine: {
    definition: JSON.stringify(steps),
    roleArn: role,
    loggingConfiguration: {
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: arn('logs', 'log-group:steps:*') } }],
    },
    ...change,
  },
});

const task = {
  Id: 't',
  Arn: arn('sqs', 'incidents'),
  Input: '{"to":"us"}',
  EcsParameters: { NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1', 'subnet-2'] } } },
};
const rulesThat =
  (State: string) =>
  ({ EventBusName }: Record<string, unknown>): object =>
    EventBusName === 'default'
      ? {
          Rules: [
            { Name: 'rule', State },
            { Name: 'task', State: 'ENABLED' },
          ],
        }
      : { Rules: [] };
/** Targets of the two rules: of the plain one with more, of the other one with changes. */
const targetsOf =
  (change: object = {}, more: readonly object[] = []) =>
  ({ Rule }: Record<string, unknown>): object => ({
    Targets: Rule === 'task' ? [{ ...task, ...change }] : [{ Id: 'a', Arn: arn('sqs', 'incidents') }, ...more],
  });

const association = (change: object): Answers => ({
  DescribeAssociation: {
    AssociationDescription: {
      Name: 'AWS-RunPatchBaseline',
      Parameters: { Operation: ['Scan'] },
      OutputLocation: { S3Location: { OutputS3BucketName: 'ours', OutputS3Region: REGION } },
      ...change,
    },
  },
});

const guards = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const replicatedTo = (bucket: string): object => ({
  Role: 'arn:aws:iam::111122223333:role/replication',
  Rules: [{ Id: 'r', Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${bucket}` } }],
});
const owner = { Owner: { ID: 'us' }, Grants: [{ Grantee: { ID: 'us' }, Permission: 'FULL_CONTROL' }] };
const localRoute = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' };
const endpoint = {
  VpcEndpointId: 'vpce-1',
  ServiceName: 'com.amazonaws.eu-west-1.s3',
  VpcId: 'vpc-1',
  PolicyDocument: text,
};

export const FAMILIES: readonly Family[] = [
  {
    service: 'buckets',
    resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          ReplicationConfiguration: replicatedTo('partner') as never,
          PublicAccessBlockConfiguration: guards,
          VersioningConfiguration: { Status: 'Enabled' },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } },
            ],
          },
          LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'media/' },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          ObjectLockConfiguration: {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
          },
          Tags: restricted,
        },
      },
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: policy } },
    },
    physical: { Bucket: 'media' },
    answers: {
      ListBuckets: { Buckets: [{ Name: 'media' }] },
      GetBucketLocation: { LocationConstraint: REGION },
      GetBucketReplication: { ReplicationConfiguration: replicatedTo('partner') },
      GetBucketPolicy: { Policy: text },
      GetPublicAccessBlock: { PublicAccessBlockConfiguration: guards },
      GetBucketEncryption: {
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }],
        },
      },
      GetBucketVersioning: { Status: 'Enabled' },
      GetObjectLockConfiguration: {
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
        },
      },
      GetBucketLogging: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'media/' } },
      GetBucketOwnershipControls: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      GetBucketAcl: owner,
      GetBucketWebsite: refusal('NoSuchWebsiteConfiguration'),
      GetBucketTagging: { TagSet: restricted },
    },
    breaks: {
      'a bucket in another Region': [{ GetBucketLocation: {} }, 'Bucket/region'],
      'replication elsewhere': [
        { GetBucketReplication: { ReplicationConfiguration: replicatedTo('thief') } },
        'Bucket/replication',
      ],
      'another role that replicates': [
        { GetBucketReplication: { ReplicationConfiguration: { ...replicatedTo('partner'), Role: 'x' } } },
        'Bucket/replication',
      ],
      'a loosened policy': [{ GetBucketPolicy: { Policy: loosened } }, 'Bucket/policy'],
      'a policy that is gone': [{ GetBucketPolicy: refusal('NoSuchBucketPolicy') }, 'Bucket/policy'],
      'a guard taken off': [
        { GetPublicAccessBlock: { PublicAccessBlockConfiguration: { ...guards, BlockPublicPolicy: false } } },
        'Bucket/public-access-block',
      ],
      'another key': [{ GetBucketEncryption: {} }, 'Bucket/encryption'],
      'versions no longer kept': [{ GetBucketVersioning: { Status: 'Suspended' } }, 'Bucket/versioning'],
      'a shorter lock': [{ GetObjectLockConfiguration: {} }, 'Bucket/object-lock'],
      'logs written elsewhere': [{ GetBucketLogging: { LoggingEnabled: { TargetBucket: 'thief' } } }, 'Bucket/logging'],
      'objects of other owners': [
        { GetBucketOwnershipControls: { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } } },
        'Bucket/ownership',
      ],
      'a list of objects sent abroad': [
        {
          ListBucketInventoryConfigurations: {
            InventoryConfigurationList: [{ Destination: { S3BucketDestination: { Bucket: 'arn:aws:s3:::thief' } } }],
          },
        },
        'Bucket/inventory',
      ],
      'an analysis sent abroad': [
        {
          ListBucketAnalyticsConfigurations: {
            AnalyticsConfigurationList: [
              {
                StorageClassAnalysis: {
                  DataExport: { Destination: { S3BucketDestination: { Bucket: 'arn:aws:s3:::thief' } } },
                },
              },
            ],
          },
        },
        'Bucket/analytics',
      ],
      'a queue that is told': [
        { GetBucketNotificationConfiguration: { QueueConfigurations: [{ QueueArn: arn('sqs', 'q') }] } },
        'Bucket/notifications',
      ],
      'an ACL for everybody': [
        {
          GetBucketAcl: {
            ...owner,
            Grants: [{ Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }],
          },
        },
        'Bucket/acl',
      ],
      'a web site': [{ GetBucketWebsite: { IndexDocument: { Suffix: 'index.html' } } }, 'Bucket/website'],
      acceleration: [{ GetBucketAccelerateConfiguration: { Status: 'Enabled' } }, 'Bucket/acceleration'],
      'a changed data class': [{ GetBucketTagging: { TagSet: [] } }, 'Bucket/data-class'],
      'an access point': [
        { ListAccessPoints: { AccessPointList: [{ Name: 'door', Bucket: 'media', NetworkOrigin: 'Internet' }] } },
        'unexpected AWS::S3::AccessPoint',
      ],
      'a bucket nobody declares': [
        { ListBuckets: { Buckets: [{ Name: 'media' }, { Name: 'thief' }] } },
        'unexpected AWS::S3::Bucket',
      ],
    },
  },
  {
    service: 'network',
    resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Endpoint: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: { ServiceName: endpoint.ServiceName, VpcId: { Ref: 'Vpc' }, PolicyDocument: policy },
      },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityZoneId: 'euw1-az1' } },
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32' }] },
      },
      Flows: { Type: 'AWS::EC2::FlowLog', Properties: { LogGroupName: '/enclave/flows' } },
    },
    physical: { Flows: 'fl-1', Vpc: 'vpc-1', Endpoint: 'vpce-1', Subnet: 'subnet-1', Group: 'sg-1' },
    answers: {
      DescribeFlowLogs: { FlowLogs: [{ FlowLogId: 'fl-1', LogGroupName: '/enclave/flows' }] },
      DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-1' }] },
      DescribeRouteTables: {
        RouteTables: [
          { VpcId: 'vpc-1', Routes: [localRoute, { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' }] },
        ],
      },
      DescribeVpcEndpoints: { VpcEndpoints: [endpoint] },
      DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1', AvailabilityZoneId: 'euw1-az1' }] },
      DescribeSecurityGroups: {
        SecurityGroups: [
          { GroupId: 'sg-1', VpcId: 'vpc-1', IpPermissionsEgress: [{ IpRanges: [{ CidrIp: '255.255.255.255/32' }] }] },
        ],
      },
    },
    breaks: {
      'flow logs that tell somebody else': [
        { DescribeFlowLogs: { FlowLogs: [{ FlowLogId: 'fl-1', LogDestination: 'arn:aws:s3:::theirs' }] } },
        'Flows/destination',
      ],
      'flow logs that another account delivers': [
        {
          DescribeFlowLogs: {
            FlowLogs: [
              { FlowLogId: 'fl-1', LogGroupName: '/enclave/flows', DeliverCrossAccountRole: 'arn:aws:iam::9:role/x' },
            ],
          },
        },
        'Flows/delivery-role',
      ],
      'a far end of a private line': [
        { DescribeCustomerGateways: { CustomerGateways: [{ CustomerGatewayId: 'cgw-1', IpAddress: '198.51.100.1' }] } },
        'unexpected AWS::EC2::CustomerGateway',
      ],
      'a transit gateway': [
        { DescribeTransitGateways: { TransitGateways: [{ TransitGatewayId: 'tgw-1', OwnerId: '9' }] } },
        'unexpected AWS::EC2::TransitGateway',
      ],
      'a route to the internet': [
        {
          DescribeRouteTables: {
            RouteTables: [
              { VpcId: 'vpc-1', Routes: [localRoute, { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }] },
            ],
          },
        },
        'Vpc/routes',
      ],
      'an opened endpoint': [
        { DescribeVpcEndpoints: { VpcEndpoints: [{ ...endpoint, PolicyDocument: loosened }] } },
        'Endpoint/policy',
      ],
      'an endpoint to another Region': [
        { DescribeVpcEndpoints: { VpcEndpoints: [{ ...endpoint, ServiceRegion: 'us-east-1' }] } },
        'Endpoint/service',
      ],
      'public addresses': [
        {
          DescribeSubnets: {
            Subnets: [
              { SubnetId: 'subnet-1', VpcId: 'vpc-1', AvailabilityZoneId: 'euw1-az1', MapPublicIpOnLaunch: true },
            ],
          },
        },
        'Subnet/public-addresses',
      ],
      'a group that lets everything out': [
        {
          DescribeSecurityGroups: {
            SecurityGroups: [
              { GroupId: 'sg-1', VpcId: 'vpc-1', IpPermissionsEgress: [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
            ],
          },
        },
        'Group/egress',
      ],
      ...Object.fromEntries(
        [
          [
            'an internet gateway',
            'DescribeInternetGateways',
            'InternetGateways',
            { InternetGatewayId: 'igw-1' },
            'InternetGateway',
          ],
          ['a NAT gateway', 'DescribeNatGateways', 'NatGateways', { NatGatewayId: 'nat-1' }, 'NatGateway'],
          [
            'a peering abroad',
            'DescribeVpcPeeringConnections',
            'VpcPeeringConnections',
            { VpcPeeringConnectionId: 'pcx-1', AccepterVpcInfo: { Region: 'us-east-1' } },
            'VPCPeeringConnection',
          ],
          [
            'a transit gateway attachment',
            'DescribeTransitGatewayVpcAttachments',
            'TransitGatewayVpcAttachments',
            { TransitGatewayAttachmentId: 'a-1' },
            'TransitGatewayAttachment',
          ],
          [
            'a client VPN',
            'DescribeClientVpnEndpoints',
            'ClientVpnEndpoints',
            { ClientVpnEndpointId: 'c-1' },
            'ClientVpnEndpoint',
          ],
          [
            'a traffic mirror',
            'DescribeTrafficMirrorSessions',
            'TrafficMirrorSessions',
            { TrafficMirrorSessionId: 't-1' },
            'TrafficMirrorSession',
          ],
          [
            'an instance connect endpoint',
            'DescribeInstanceConnectEndpoints',
            'InstanceConnectEndpoints',
            { InstanceConnectEndpointId: 'e-1' },
            'InstanceConnectEndpoint',
          ],
        ].map(([title, operation, list, item, type]) => [
          title,
          [{ [operation as string]: { [list as string]: [item] } }, `unexpected AWS::EC2::${type as string}`],
        ]),
      ),
    },
  },
  {
    service: 'databases',
    resources: {
      Db: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          MultiAZ: true,
          StorageEncrypted: true,
          KmsKeyId: key,
          DBSubnetGroupName: 'isolated',
          Tags: restricted,
        },
      },
      Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: ['subnet-1', 'subnet-2'] } },
      Parameters: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { 'rds.force_ssl': '1' } } },
    },
    physical: { Db: 'accounts', Subnets: 'isolated', Parameters: 'tls' },
    answers: {
      ...instances({}),
      ...subnetsOf('subnet-1', 'subnet-2'),
      DescribeDBParameterGroups: {
        DBParameterGroups: [{ DBParameterGroupName: 'tls' }, { DBParameterGroupName: 'default.postgres17' }],
      },
      DescribeDBParameters: { Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '1' }] },
    },
    breaks: {
      'a subnet more in the group': [subnetsOf('subnet-1', 'subnet-2', 'subnet-public'), 'Subnets/subnets'],
      'a parameter changed': [
        { DescribeDBParameters: { Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '0' }] } },
        'Parameters/parameters',
      ],
      'a group of parameters beside': [
        {
          DescribeDBParameterGroups: {
            DBParameterGroups: [{ DBParameterGroupName: 'tls' }, { DBParameterGroupName: 'open' }],
          },
        },
        'unexpected AWS::RDS::DBParameterGroup',
      ],
      'a public address': [instances({ PubliclyAccessible: true }), 'Db/public-access'],
      'another key': [instances({ KmsKeyId: `${key}2` }), 'Db/encryption'],
      'one zone': [instances({ MultiAZ: false }), 'Db/zones'],
      'a zone of another Region': [instances({ AvailabilityZone: 'eu-west-2a' }), 'Db/zones'],
      'a replica': [instances({ ReadReplicaDBInstanceIdentifiers: ['copy'] }), 'Db/replicas'],
      'other subnets': [instances({ DBSubnetGroup: { DBSubnetGroupName: 'public' } }), 'Db/network'],
      'a role that exports': [instances({ AssociatedRoles: [{ RoleArn: 'arn:aws:iam::1:role/s3' }] }), 'Db/roles'],
      'a changed data class': [instances({ TagList: [{ Key: 'data-class', Value: 'public' }] }), 'Db/data-class'],
      'backups replicated abroad': [
        {
          DescribeDBInstanceAutomatedBackups: (_input: object, region: string) => ({
            DBInstanceAutomatedBackups:
              region === 'us-east-1'
                ? [{ DBInstanceArn: instance.DBInstanceArn, DBInstanceIdentifier: 'accounts', Status: 'replicating' }]
                : [],
          }),
        },
        'Db/backup-replication',
      ],
      'a shared snapshot': [
        {
          DescribeDBSnapshots: { DBSnapshots: [{ DBSnapshotIdentifier: 's', SnapshotType: 'manual' }] },
          DescribeDBSnapshotAttributes: {
            DBSnapshotAttributesResult: {
              DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: ['all'] }],
            },
          },
        },
        'unexpected AWS::RDS::DBSnapshot',
      ],
      'an export': [
        { DescribeExportTasks: { ExportTasks: [{ ExportTaskIdentifier: 'e', Status: 'COMPLETE', S3Bucket: 'x' }] } },
        'unexpected AWS::RDS::ExportTask',
      ],
      'a global cluster': [
        { DescribeGlobalClusters: { GlobalClusters: [{ GlobalClusterIdentifier: 'g' }] } },
        'unexpected AWS::RDS::GlobalCluster',
      ],
      'a zero-ETL integration': [
        {
          DescribeIntegrations: {
            Integrations: [{ IntegrationArn: 'i', TargetArn: arn('redshift', 'n', 'us-east-1') }],
          },
        },
        'unexpected AWS::RDS::Integration',
      ],
    },
  },
  {
    service: 'tables',
    resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          SSESpecification: { SSEEnabled: true, KMSMasterKeyId: key },
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          ResourcePolicy: { PolicyDocument: policy },
          Tags: restricted,
        },
      },
    },
    physical: { Table: 'messages' },
    answers: {
      ListTables: { TableNames: ['messages'] },
      DescribeTable: { Table: table },
      GetResourcePolicy: { Policy: text },
      DescribeContinuousBackups: {
        ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
      },
      ListTagsOfResource: { Tags: restricted },
    },
    breaks: {
      'a replica abroad': [
        { DescribeTable: { Table: { ...table, Replicas: [{ RegionName: 'us-east-1' }] } } },
        'Table/replicas',
      ],
      'a witness abroad': [
        { DescribeTable: { Table: { ...table, GlobalTableWitnesses: [{ RegionName: 'us-east-2' }] } } },
        'Table/replicas',
      ],
      'a stream': [
        { DescribeTable: { Table: { ...table, StreamSpecification: { StreamEnabled: true } } } },
        'Table/stream',
      ],
      'a Kinesis stream that is fed': [
        { DescribeKinesisStreamingDestination: { KinesisDataStreamDestinations: [{ StreamArn: 'x' }] } },
        'Table/kinesis-destinations',
      ],
      'a loosened policy': [{ GetResourcePolicy: { Policy: loosened } }, 'Table/policy'],
      'an export': [
        { ListExports: { ExportSummaries: [{ ExportArn: 'x', ExportStatus: 'COMPLETED' }] } },
        'Table/exports',
      ],
      'no point-in-time recovery': [{ DescribeContinuousBackups: {} }, 'Table/point-in-time-recovery'],
      'a table nobody declares': [
        { ListTables: { TableNames: ['messages', 'other'] } },
        'unexpected AWS::DynamoDB::Table',
      ],
    },
  },
  {
    service: 'secrets',
    resources: {
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { KmsKeyId: key, Tags: restricted } },
      SecretPolicy: {
        Type: 'AWS::SecretsManager::ResourcePolicy',
        Properties: { SecretId: { Ref: 'Secret' }, ResourcePolicy: policy },
      },
    },
    physical: { Secret: secret.ARN },
    answers: {
      ListSecrets: { SecretList: [secret] },
      DescribeSecret: secret,
      GetResourcePolicy: { ResourcePolicy: text },
    },
    breaks: {
      'a replica abroad': [
        { DescribeSecret: { ...secret, ReplicationStatus: [{ Region: 'us-east-1' }] } },
        'Secret/replicas',
      ],
      'another key': [{ DescribeSecret: { ...secret, KmsKeyId: undefined } }, 'Secret/encryption'],
      'a rotation function': [{ DescribeSecret: { ...secret, RotationLambdaARN: 'f' } }, 'Secret/rotation'],
      'a loosened policy': [{ GetResourcePolicy: { ResourcePolicy: loosened } }, 'Secret/policy'],
      'a secret nobody declares': [
        { ListSecrets: { SecretList: [secret, { ...secret, ARN: `${secret.ARN}2` }] } },
        'unexpected AWS::SecretsManager::Secret',
      ],
    },
  },
  {
    service: 'backups',
    resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { EncryptionKeyArn: key, AccessPolicy: policy } },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'vault' }] },
        },
      },
    },
    physical: { Vault: 'vault', Plan: 'plan-1' },
    answers: {
      ListBackupVaults: { BackupVaultList: [{ BackupVaultName: 'vault' }] },
      DescribeBackupVault: { EncryptionKeyArn: key },
      GetBackupVaultAccessPolicy: { Policy: text },
      ListBackupPlans: { BackupPlansList: [{ BackupPlanId: 'plan-1' }] },
      GetBackupPlan: { BackupPlan: { Rules: [{ TargetBackupVaultName: 'vault' }] } },
    },
    breaks: {
      'a loosened vault policy': [{ GetBackupVaultAccessPolicy: { Policy: loosened } }, 'Vault/policy'],
      'a plan that copies abroad': [
        {
          GetBackupPlan: {
            BackupPlan: {
              Rules: [
                {
                  TargetBackupVaultName: 'vault',
                  CopyActions: [{ DestinationBackupVaultArn: arn('backup', 'backup-vault:x', 'us-east-1') }],
                },
              ],
            },
          },
        },
        'Plan/rules',
      ],
      'a copy made by hand': [
        {
          ListCopyJobs: {
            CopyJobs: [
              {
                CopyJobId: 'c',
                State: 'COMPLETED',
                DestinationBackupVaultArn: arn('backup', 'backup-vault:x', 'us-east-1'),
              },
            ],
          },
        },
        'unexpected AWS::Backup::CopyJob',
      ],
    },
  },
  {
    service: 'repositories',
    resources: {
      Repository: { Type: 'AWS::ECR::Repository', Properties: { RepositoryPolicyText: policy } },
    },
    physical: { Repository: 'images' },
    answers: {
      DescribeRepositories: { repositories: [{ repositoryName: 'images' }] },
      GetRepositoryPolicy: { policyText: text },
    },
    breaks: {
      'a loosened policy': [{ GetRepositoryPolicy: { policyText: loosened } }, 'Repository/policy'],
      'replication abroad': [
        {
          DescribeRegistry: {
            replicationConfiguration: { rules: [{ destinations: [{ region: 'us-east-1', registryId: ACCOUNT }] }] },
          },
        },
        'unexpected AWS::ECR::ReplicationConfiguration',
      ],
      'a registry policy': [{ GetRegistryPolicy: { policyText: text } }, 'unexpected AWS::ECR::RegistryPolicy'],
      'an upstream registry': [
        { DescribePullThroughCacheRules: { pullThroughCacheRules: [{ ecrRepositoryPrefix: 'hub' }] } },
        'unexpected AWS::ECR::PullThroughCacheRule',
      ],
    },
  },
  {
    service: 'file-systems',
    resources: {
      Files: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: true, KmsKeyId: key, FileSystemPolicy: policy } },
    },
    physical: { Files: 'fs-1' },
    answers: {
      DescribeFileSystems: { FileSystems: [{ FileSystemId: 'fs-1', Encrypted: true, KmsKeyId: key }] },
      DescribeFileSystemPolicy: { Policy: text },
    },
    breaks: {
      'replication abroad': [
        {
          DescribeReplicationConfigurations: {
            Replications: [{ SourceFileSystemId: 'fs-1', Destinations: [{ Region: 'us-east-1' }] }],
          },
        },
        'Files/replication',
      ],
      'a loosened policy': [{ DescribeFileSystemPolicy: { Policy: loosened } }, 'Files/policy'],
    },
  },
  {
    service: 'logs',
    resources: {
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 400, KmsKeyId: key } },
    },
    physical: { Group: group.logGroupName },
    answers: { DescribeLogGroups: { logGroups: [group] } },
    breaks: {
      'a subscription abroad': [
        {
          DescribeSubscriptionFilters: {
            subscriptionFilters: [{ destinationArn: arn('logs', 'destination:x', 'us-east-1') }],
          },
        },
        'Group/subscriptions',
      ],
      'another retention': [
        { DescribeLogGroups: { logGroups: [{ ...group, retentionInDays: 1 }] } },
        'Group/retention',
      ],
      'an export': [
        { DescribeExportTasks: { exportTasks: [{ taskId: 't', destination: 'x' }] } },
        'unexpected AWS::Logs::ExportTask',
      ],
      'a destination': [
        {
          DescribeDestinations: {
            destinations: [{ destinationName: 'd', targetArn: arn('kinesis', 'stream/x', 'us-east-1') }],
          },
        },
        'unexpected AWS::Logs::Destination',
      ],
      'a delivery': [{ DescribeDeliveries: { deliveries: [{ id: 'd' }] } }, 'unexpected AWS::Logs::Delivery'],
    },
  },
  {
    service: 'events',
    resources: {
      Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'a', Arn: arn('sqs', 'incidents') }] } },
      Task: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Targets: [
            {
              Id: 't',
              Arn: arn('sqs', 'incidents'),
              Input: '{"to":"us"}',
              EcsParameters: { NetworkConfiguration: { AwsVpcConfiguration: { Subnets: ['subnet-2', 'subnet-1'] } } },
            },
          ],
        },
      },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'own' } },
    },
    physical: { Rule: 'rule', Task: 'task', Bus: 'own' },
    answers: {
      ListEventBuses: { EventBuses: [{ Name: 'default' }, { Name: 'own' }] },
      ListRules: rulesThat('ENABLED'),
      ListTargetsByRule: targetsOf(),
    },
    breaks: {
      'another target': [
        { ListTargetsByRule: targetsOf({}, [{ Arn: arn('events', 'event-bus/x', 'us-east-1') }]) },
        'Rule/targets',
      ],
      'another text for a target': [
        { ListTargetsByRule: targetsOf({ Input: '{"to":"them"}' }) },
        'Task/target-settings',
      ],
      'a task with a shell': [
        { ListTargetsByRule: targetsOf({ EcsParameters: { ...task.EcsParameters, EnableExecuteCommand: true } }) },
        'Task/target-settings',
      ],
      'a task in other subnets': [
        {
          ListTargetsByRule: targetsOf({
            EcsParameters: { NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-public'] } } },
          }),
        },
        'Task/target-settings',
      ],
      'dead letters of a bus': [
        {
          DescribeEventBus: ({ Name }: Record<string, unknown>) =>
            Name === 'own' ? { DeadLetterConfig: { Arn: arn('sqs', 'x', 'us-east-1') } } : {},
        },
        'Bus/dead-letters',
      ],
      'a rule switched off': [{ ListRules: rulesThat('DISABLED') }, 'Rule/state'],
      'a bus open to others': [
        { DescribeEventBus: ({ Name }: Record<string, unknown>) => (Name === 'own' ? {} : { Policy: loosened }) },
        'unexpected AWS::Events::EventBus',
      ],
      'a global endpoint': [{ ListEndpoints: { Endpoints: [{ Name: 'e' }] } }, 'unexpected AWS::Events::Endpoint'],
    },
  },
  {
    service: 'topics',
    resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: key } },
      TopicPolicy: {
        Type: 'AWS::SNS::TopicPolicy',
        Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: policy },
      },
      Reader: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: subscription.Endpoint },
      },
    },
    physical: { Topic: arn('sns', 'incidents'), Reader: subscription.SubscriptionArn },
    answers: {
      ListTopics: { Topics: [{ TopicArn: arn('sns', 'incidents') }] },
      GetTopicAttributes: { Attributes: { KmsMasterKeyId: key, Policy: text } },
      ListSubscriptionsByTopic: { Subscriptions: [subscription] },
      ListSubscriptions: { Subscriptions: [subscription] },
      GetSubscriptionAttributes: { Attributes: subscription },
    },
    breaks: {
      'a subscriber': [
        {
          ListSubscriptionsByTopic: {
            Subscriptions: [subscription, { Protocol: 'email', Endpoint: 'x@example.com' }],
          },
        },
        'Topic/subscriptions',
      ],
      'a subscription led elsewhere': [
        { GetSubscriptionAttributes: { Attributes: { ...subscription, Endpoint: arn('sqs', 'x', 'us-east-1') } } },
        'Reader/endpoint',
      ],
      'dead letters of a subscription': [
        {
          GetSubscriptionAttributes: {
            Attributes: { ...subscription, RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:1:x"}' },
          },
        },
        'Reader/dead-letters',
      ],
      'a subscription to a topic abroad': [
        {
          ListSubscriptions: {
            Subscriptions: [
              subscription,
              { ...subscription, SubscriptionArn: 's2', TopicArn: arn('sns', 'theirs', 'us-east-1') },
            ],
          },
        },
        'unexpected AWS::SNS::Subscription',
      ],
      'a loosened policy': [
        { GetTopicAttributes: { Attributes: { KmsMasterKeyId: key, Policy: loosened } } },
        'Topic/policy',
      ],
    },
  },
  {
    service: 'queues',
    resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: key } },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: policy },
      },
    },
    physical: { Queue: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q' },
    answers: {
      ListQueues: { QueueUrls: ['https://sqs.eu-west-1.amazonaws.com/111122223333/q'] },
      GetQueueAttributes: { Attributes: { KmsMasterKeyId: key, Policy: text } },
    },
    breaks: {
      'a loosened policy': [
        { GetQueueAttributes: { Attributes: { KmsMasterKeyId: key, Policy: loosened } } },
        'Queue/policy',
      ],
      'dead letters elsewhere': [
        {
          GetQueueAttributes: {
            Attributes: { KmsMasterKeyId: key, Policy: text, RedrivePolicy: '{"deadLetterTargetArn":"x"}' },
          },
        },
        'Queue/dead-letters',
      ],
    },
  },
  {
    service: 'workflows',
    resources: {
      Steps: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          DefinitionString: JSON.stringify(steps, undefined, 1),
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          LoggingConfiguration: {
            Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: arn('logs', 'log-group:steps:*') } }],
          },
        },
      },
      Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/enclave/gateway/' } },
    },
    physical: { Steps: arn('states', 'stateMachine:steps'), Role: 'steps' },
    answers: {
      ListStateMachines: {
        stateMachines: [{ stateMachineArn: arn('states', 'stateMachine:steps'), type: 'STANDARD' }],
      },
      ...workflow(),
    },
    breaks: {
      'another step': [
        workflow({ definition: JSON.stringify({ ...steps, States: { ...steps.States, Send: { Type: 'Succeed' } } }) }),
        'Steps/definition',
      ],
      'a role of the same name at another path': [
        workflow({ roleArn: role.replace('/enclave/gateway/', '/') }),
        'Steps/role',
      ],
      'a log abroad': [
        workflow({
          loggingConfiguration: {
            destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: arn('logs', 'log-group:x:*', 'us-east-1') } }],
          },
        }),
        'Steps/log',
      ],
      'a workflow beside': [
        {
          ListStateMachines: {
            stateMachines: [
              { stateMachineArn: arn('states', 'stateMachine:steps') },
              { stateMachineArn: arn('states', 'stateMachine:theirs') },
            ],
          },
        },
        'unexpected AWS::StepFunctions::StateMachine',
      ],
    },
  },
  {
    service: 'stack-sets',
    resources: {
      Set: {
        Type: 'AWS::CloudFormation::StackSet',
        Properties: {
          StackInstancesGroup: [{ Regions: [REGION], DeploymentTargets: { Accounts: [ACCOUNT] } }],
        },
      },
    },
    physical: { Set: 'set:1' },
    answers: {
      ListStackSets: { Summaries: [{ StackSetName: 'set', StackSetId: 'set:1' }] },
      ListStackInstances: { Summaries: [{ Account: ACCOUNT, Region: REGION }] },
    },
    breaks: {
      'an instance in another Region': [
        {
          ListStackInstances: {
            Summaries: [
              { Account: ACCOUNT, Region: REGION },
              { Account: ACCOUNT, Region: 'us-east-1' },
            ],
          },
        },
        'Set/regions',
      ],
      'an instance in another account': [
        {
          ListStackInstances: {
            Summaries: [
              { Account: ACCOUNT, Region: REGION },
              { Account: '999999999999', Region: REGION },
            ],
          },
        },
        'Set/accounts',
      ],
      'a stack set beside': [
        {
          ListStackSets: {
            Summaries: [
              { StackSetName: 'set', StackSetId: 'set:1' },
              { StackSetName: 'theirs', StackSetId: 'theirs:2' },
            ],
          },
        },
        'unexpected AWS::CloudFormation::StackSet',
      ],
    },
  },
  {
    service: 'inventory',
    resources: {
      Patching: {
        Type: 'AWS::SSM::Association',
        Properties: {
          Name: 'AWS-RunPatchBaseline',
          Parameters: { Operation: ['Scan'] },
          OutputLocation: { S3Location: { OutputS3BucketName: 'ours', OutputS3Region: REGION } },
        },
      },
    },
    physical: { Patching: 'a-1' },
    answers: { ListAssociations: { Associations: [{ AssociationId: 'a-1' }] }, ...association({}) },
    breaks: {
      'another document': [association({ Name: 'Send' }), 'Patching/document'],
      'output into another bucket': [
        association({ OutputLocation: { S3Location: { OutputS3BucketName: 'theirs', OutputS3Region: REGION } } }),
        'Patching/output-bucket',
      ],
      'output into another Region': [
        association({ OutputLocation: { S3Location: { OutputS3BucketName: 'ours', OutputS3Region: 'us-east-1' } } }),
        'Patching/output-region',
      ],
      'other parameters': [association({ Parameters: { Operation: ['Install'] } }), 'Patching/parameters'],
      'an association beside': [
        { ListAssociations: { Associations: [{ AssociationId: 'a-1' }, { AssociationId: 'a-2' }] } },
        'unexpected AWS::SSM::Association',
      ],
    },
  },
  {
    service: 'inventory',
    resources: { Runbook: { Type: 'AWS::SSM::Document', Properties: { Content: {} } } },
    physical: { Runbook: 'runbook' },
    answers: {
      ListDocuments: { DocumentIdentifiers: [{ Name: 'runbook' }] },
      DescribeDocumentPermission: { AccountIds: [] },
    },
    breaks: {
      'a document shared with another account': [
        { DescribeDocumentPermission: { AccountIds: ['999999999999'] } },
        'Runbook/sharing',
      ],
      'a document shared with everybody': [{ DescribeDocumentPermission: { AccountIds: ['all'] } }, 'Runbook/sharing'],
      'a document beside': [
        { ListDocuments: { DocumentIdentifiers: [{ Name: 'runbook' }, { Name: 'theirs' }] } },
        'unexpected AWS::SSM::Document',
      ],
    },
  },
  {
    service: 'organization',
    resources: {
      Perimeter: { Type: 'AWS::Organizations::Policy', Properties: { Content: policy, TargetIds: ['ou-1'] } },
    },
    physical: { Perimeter: 'p-1' },
    answers: {
      ListPolicies: ({ Filter }: Record<string, unknown>) => ({
        Policies:
          Filter === 'SERVICE_CONTROL_POLICY' ? [{ Id: 'p-1' }, { Id: 'p-FullAWSAccess', AwsManaged: true }] : [],
      }),
      DescribePolicy: { Policy: { Content: text } },
      ListTargetsForPolicy: { Targets: [{ TargetId: 'ou-1' }] },
    },
    breaks: {
      'a loosened text': [{ DescribePolicy: { Policy: { Content: loosened } } }, 'Perimeter/text'],
      'a policy taken off': [{ ListTargetsForPolicy: { Targets: [] } }, 'Perimeter/attachments'],
      'a delegation': [
        { DescribeResourcePolicy: { ResourcePolicy: { ResourcePolicySummary: { Id: 'd' }, Content: text } } },
        'unexpected AWS::Organizations::ResourcePolicy',
      ],
    },
  },
];
