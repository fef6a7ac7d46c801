/** The channels real applications open most, with everything their types require. Each is tried in every way of writing. */
import type { Channel } from '../channel';
import { CONSTRUCTS } from './constructs';
import type { Way } from './ways';
import { FOREIGN, HOME, OURS } from '../places';
import type { Twin } from '../places';
import type { Json } from '../../../lib/template';
import {
  arn,
  arnOf,
  bucket,
  bucketAt,
  bucketArn,
  flag,
  keyArn,
  keyBeside,
  region,
  standing,
  standingReplicaOf,
} from './ways';

const ROLE = `arn:aws:iam::${OURS}:role/service`;

type Everyday = readonly [
  slug: string,
  type: string,
  path: string,
  way: Way,
  rest?: Channel['rest'],
  beside?: Channel['beside'],
];

/** A way without its list of paths: each channel here has one. */
const only = (way: Way & { readonly paths?: readonly string[] }): Way => {
  const { paths: _, ...rest } = way;
  return rest;
};

/** A resource policy that lets somebody in, against one that lets in our own account. */
const opened = (action: string, leaving: Json, resource: Json = '*'): Way => ({
  manner: 'policy',
  convicted: 'outside',
  value: (twin) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: twin.leaves ? leaving : { AWS: `arn:aws:iam::${OURS}:root` },
        Action: action,
        Resource: resource,
      },
    ],
  }),
});
const EVERYONE: Json = '*';
const STRANGER: Json = { AWS: `arn:aws:iam::${FOREIGN}:root` };
const CUSTODY = 'a foreign account in the same Region: the place is inside, custody is not ours';

const store =
  (type: string, properties: { readonly [key: string]: Json } = {}) =>
  () => ({
    Store: { Type: type, Properties: { ...properties } },
  });
const vpc = (CidrBlock: string): Json => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock } });
const refStore: Json = { Ref: 'Store' };
const arnOfStore: Json = { 'Fn::GetAtt': ['Store', 'Arn'] };

const SNAPSHOT_POLICY = (twin: Twin): { [key: string]: Json } => ({
  Description: 'daily',
  ExecutionRoleArn: ROLE,
  State: 'ENABLED',
  PolicyDetails: {
    ResourceTypes: ['VOLUME'],
    TargetTags: [{ Key: 'backup', Value: twin.id }],
    Schedules: [
      {
        Name: 'daily',
        CreateRule: { Interval: 24, IntervalUnit: 'HOURS' },
        RetainRule: { Count: 3 },
        CrossRegionCopyRules: [{ Encrypted: true, RetainRule: { Interval: 1, IntervalUnit: 'MONTHS' } }],
      },
    ],
  },
});

const pipeline = (): { [key: string]: Json } => ({
  RoleArn: ROLE,
  Stages: [
    {
      Name: 'Source',
      Actions: [
        {
          Name: 'Source',
          ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'CodeCommit', Version: '1' },
          Configuration: { RepositoryName: 'code', BranchName: 'main' },
          OutputArtifacts: [{ Name: 'Code' }],
        },
      ],
    },
    {
      Name: 'Deploy',
      Actions: [
        {
          Name: 'Deploy',
          ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'CloudFormation', Version: '1' },
          Configuration: { StackName: 'app', ActionMode: 'CREATE_UPDATE' },
          InputArtifacts: [{ Name: 'Code' }],
        },
      ],
    },
  ],
});

/** The Region of a bucket that is named beside it. */
const regionOfBucket = only({ ...region(), companions: bucketAt });

const rdsInstance = {
  DBSubnetGroupName: 'isolated',
  DBInstanceClass: 'db.t4g.medium',
  Engine: 'postgres',
  AllocatedStorage: '20',
  StorageEncrypted: true,
};
const firehoseTo = { RoleARN: ROLE };

const REPLICATING: Channel['rest'] = () => ({
  VersioningConfiguration: { Status: 'Enabled' },
  ReplicationConfiguration: { Role: ROLE, Rules: [{ Status: 'Enabled', Destination: { Bucket: '' } }] },
});

const TABLE: readonly Everyday[] = [
  [
    'bucket-replication',
    'AWS::S3::Bucket',
    'ReplicationConfiguration.Rules[].Destination.Bucket',
    only(bucketArn()),
    REPLICATING,
  ],
  [
    'bucket-replica-key',
    'AWS::S3::Bucket',
    'ReplicationConfiguration.Rules[].Destination.EncryptionConfiguration.ReplicaKmsKeyID',
    only({ ...keyArn(), companions: bucketArn().companions! }),
    (twin) => ({
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: {
        Role: ROLE,
        Rules: [
          {
            Status: 'Enabled',
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Destination: { Bucket: `arn:aws:s3:::${twin.id}-copies` },
          },
        ],
      },
    }),
  ],
  [
    'bucket-inventory',
    'AWS::S3::Bucket',
    'InventoryConfigurations[].Destination.BucketArn',
    only(bucketArn()),
    () => ({
      InventoryConfigurations: [
        {
          Id: 'all',
          Enabled: true,
          IncludedObjectVersions: 'All',
          ScheduleFrequency: 'Daily',
          Destination: { Format: 'CSV' },
        },
      ],
    }),
  ],
  ['multi-region-access-point', 'AWS::S3::MultiRegionAccessPoint', 'Regions[].Bucket', only(bucket())],
  [
    'secret-replica',
    'AWS::SecretsManager::Secret',
    'ReplicaRegions[].Region',
    only(region()),
    () => ({ GenerateSecretString: {} }),
  ],
  [
    'secret-replica-key',
    'AWS::SecretsManager::Secret',
    'ReplicaRegions[].KmsKeyId',
    only(keyBeside('ReplicaRegions[].Region')),
  ],
  [
    'table-replica',
    'AWS::DynamoDB::GlobalTable',
    'Replicas[].Region',
    only(region()),
    () => ({
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  ],
  [
    'table-witness',
    'AWS::DynamoDB::GlobalTable',
    'GlobalTableWitnesses[].Region',
    only(region()),
    () => ({
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [{ Region: HOME }, { Region: 'eu-south-1' }],
    }),
  ],
  [
    'database-backup-replication',
    'AWS::RDS::DBInstance',
    'AutomaticBackupReplicationRegion',
    only(region()),
    () => rdsInstance,
  ],
  [
    'database-backup-replication-key',
    'AWS::RDS::DBInstance',
    'AutomaticBackupReplicationKmsKeyId',
    only(keyArn()),
    (twin) => ({ ...rdsInstance, AutomaticBackupReplicationRegion: twin.region }),
  ],
  [
    'database-read-replica',
    'AWS::RDS::DBInstance',
    'SourceDBInstanceIdentifier',
    only(standingReplicaOf('rds', 'db:main')),
    () => ({ DBInstanceClass: 'db.t4g.medium', StorageEncrypted: true, PubliclyAccessible: false }),
  ],
  [
    'cluster-read-replica',
    'AWS::RDS::DBCluster',
    'ReplicationSourceIdentifier',
    only(standingReplicaOf('rds', 'cluster:main')),
    () => ({ Engine: 'aurora-postgresql', StorageEncrypted: true }),
  ],
  [
    'cluster-global-member',
    'AWS::RDS::DBCluster',
    'GlobalClusterIdentifier',
    only(standing('group')),
    () => ({ Engine: 'aurora-postgresql', StorageEncrypted: true }),
  ],
  [
    'database-public',
    'AWS::RDS::DBInstance',
    'PubliclyAccessible',
    only(flag('outside', undefined, true, false)),
    () => rdsInstance,
  ],
  [
    'database-zero-etl',
    'AWS::RDS::Integration',
    'TargetArn',
    only(arn('redshift-serverless', 'namespace/copy')),
    () => ({ SourceArn: arnOf('rds', HOME, 'cluster:main') }),
  ],
  [
    'neptune-global-member',
    'AWS::Neptune::DBCluster',
    'GlobalClusterIdentifier',
    only(standing('group')),
    () => ({ StorageEncrypted: true }),
  ],
  [
    'docdb-global-member',
    'AWS::DocDB::DBCluster',
    'GlobalClusterIdentifier',
    only(standing('group')),
    () => ({ StorageEncrypted: true }),
  ],
  [
    'backup-copy',
    'AWS::Backup::BackupPlan',
    'BackupPlan.BackupPlanRule[].CopyActions[].DestinationBackupVaultArn',
    only({ ...arn('backup', 'backup-vault:copy'), target: 'AWS::Backup::BackupVault' }),
    () => ({
      BackupPlan: {
        BackupPlanName: 'daily',
        BackupPlanRule: [{ RuleName: 'daily', TargetBackupVault: refStore, CopyActions: [{}] }],
      },
    }),
    store('AWS::Backup::BackupVault', { BackupVaultName: 'vault' }),
  ],
  [
    'key-multi-region',
    'AWS::KMS::Key',
    'MultiRegion',
    only(flag('unknown', 'latent: a multi-Region key without a replica', true, false)),
    () => ({
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OURS}:root` }, Action: 'kms:*', Resource: '*' },
        ],
      },
    }),
  ],
  [
    'key-replica',
    'AWS::KMS::ReplicaKey',
    'PrimaryKeyArn',
    only({ ...standingReplicaOf('kms', 'key/mrk-main'), sharedBothWays: true }),
    () => ({
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OURS}:root` }, Action: 'kms:*', Resource: '*' },
        ],
      },
    }),
  ],
  [
    'key-policy-stranger',
    'AWS::KMS::Key',
    'KeyPolicy',
    { ...opened('kms:Decrypt', STRANGER), convicted: 'unknown', borderline: CUSTODY },
  ],
  ['key-policy-everyone', 'AWS::KMS::Key', 'KeyPolicy', opened('kms:Decrypt', { AWS: '*' })],
  [
    'file-system-replication',
    'AWS::EFS::FileSystem',
    'ReplicationConfiguration.Destinations[].Region',
    only(region()),
    () => ({ Encrypted: true }),
  ],
  [
    'image-replication',
    'AWS::ECR::ReplicationConfiguration',
    'ReplicationConfiguration.Rules[].Destinations[].Region',
    only(region()),
    () => ({ ReplicationConfiguration: { Rules: [{ Destinations: [{ RegistryId: OURS }] }] } }),
  ],
  [
    'warehouse-snapshot-copy',
    'AWS::Redshift::Cluster',
    'DestinationRegion',
    only(region()),
    () => ({
      ClusterType: 'single-node',
      DBName: 'dw',
      MasterUsername: 'admin',
      NodeType: 'ra3.large',
      ManageMasterPassword: true,
      Encrypted: true,
      EnhancedVpcRouting: true,
    }),
  ],
  [
    'cache-global-member',
    'AWS::ElastiCache::ReplicationGroup',
    'GlobalReplicationGroupId',
    only(standing('group')),
    () => ({ ReplicationGroupDescription: 'sessions' }),
  ],
  [
    'cache-group-member-region',
    'AWS::ElastiCache::GlobalReplicationGroup',
    'Members[].ReplicationGroupRegion',
    only({ ...region(), staysUnknown: 'latent: a group of Regions takes another member at any time' }),
    () => ({ Members: [{ ReplicationGroupId: 'sessions' }] }),
  ],
  [
    'pipeline-artifact-region',
    'AWS::CodePipeline::Pipeline',
    'ArtifactStores[].Region',
    regionOfBucket,
    (twin) => ({ ...pipeline(), ArtifactStores: [{ ArtifactStore: { Type: 'S3', Location: `${twin.id}-copies` } }] }),
  ],
  [
    'kafka-target',
    'AWS::MSK::Replicator',
    'ReplicationInfoList[].TargetKafkaClusterArn',
    only(arn('kafka', 'cluster/copy/1')),
    () => ({
      ReplicatorName: 'r',
      ServiceExecutionRoleArn: ROLE,
      KafkaClusters: [{ AmazonMskCluster: { MskClusterArn: arnOf('kafka', HOME, 'cluster/main/1') } }],
      ReplicationInfoList: [
        {
          SourceKafkaClusterArn: arnOf('kafka', HOME, 'cluster/main/1'),
          TargetCompressionType: 'NONE',
          ConsumerGroupReplication: { ConsumerGroupsToReplicate: ['.*'] },
          TopicReplication: { TopicsToReplicate: ['.*'] },
        },
      ],
    }),
  ],
  [
    'global-endpoint-secondary',
    'AWS::Events::Endpoint',
    'RoutingConfig.FailoverConfig.Secondary.Route',
    only(region()),
    (twin) => ({
      EventBuses: [
        { EventBusArn: arnOf('events', HOME, 'event-bus/main') },
        { EventBusArn: arnOf('events', twin.region, 'event-bus/main') },
      ],
      RoutingConfig: { FailoverConfig: { Primary: { HealthCheck: 'arn:aws:route53:::healthcheck/one' } } },
    }),
  ],
  [
    'user-pool-sms-region',
    'AWS::Cognito::UserPool',
    'SmsConfiguration.SnsRegion',
    only(region()),
    () => ({ SmsConfiguration: { SnsCallerArn: ROLE } }),
  ],
  [
    'user-pool-mail-region',
    'AWS::Cognito::UserPool',
    'EmailConfiguration.SourceArn',
    only(arn('ses', 'identity/example.org')),
    () => ({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }),
  ],
  [
    'command-output-region',
    'AWS::SSM::Association',
    'OutputLocation.S3Location.OutputS3Region',
    regionOfBucket,
    (twin) => ({
      Name: 'AWS-RunShellScript',
      OutputLocation: { S3Location: { OutputS3BucketName: `${twin.id}-copies` } },
    }),
  ],
  [
    'inventory-sync-region',
    'AWS::SSM::ResourceDataSync',
    'S3Destination.BucketRegion',
    regionOfBucket,
    (twin) => ({
      SyncName: 's',
      SyncType: 'SyncToDestination',
      S3Destination: { BucketName: `${twin.id}-copies`, SyncFormat: 'JsonSerDe' },
    }),
  ],
  [
    'config-aggregation',
    'AWS::Config::AggregationAuthorization',
    'AuthorizedAwsRegion',
    only(region()),
    () => ({ AuthorizedAccountId: OURS }),
  ],
  [
    'snapshot-copy',
    'AWS::DLM::LifecyclePolicy',
    'PolicyDetails.Schedules[].CrossRegionCopyRules[].Target',
    only(region()),
    SNAPSHOT_POLICY,
  ],
  [
    'stack-set',
    'AWS::CloudFormation::StackSet',
    'StackInstancesGroup[].Regions[]',
    only(region()),
    () => ({
      StackSetName: 's',
      PermissionModel: 'SELF_MANAGED',
      StackInstancesGroup: [{ DeploymentTargets: { Accounts: [OURS] } }],
    }),
  ],
  [
    'subscription-abroad',
    'AWS::SNS::Subscription',
    'Endpoint',
    only({ ...arn('sqs', 'queue'), target: 'AWS::SQS::Queue' }),
    () => ({ TopicArn: refStore, Protocol: 'sqs' }),
    store('AWS::SNS::Topic'),
  ],
  [
    'log-destination-abroad',
    'AWS::Logs::SubscriptionFilter',
    'DestinationArn',
    only({ ...arn('logs', 'destination:sink'), target: 'AWS::Logs::Destination' }),
    () => ({ LogGroupName: refStore, FilterPattern: '' }),
    store('AWS::Logs::LogGroup'),
  ],
  [
    'event-bus-abroad',
    'AWS::Events::Rule',
    'Targets[].Arn',
    only({ ...arn('events', 'event-bus/far'), target: 'AWS::Events::EventBus' }),
    () => ({ EventPattern: { source: ['app'] }, Targets: [{ Id: 'far', RoleArn: ROLE }] }),
  ],
  [
    'schedule-target-abroad',
    'AWS::Scheduler::Schedule',
    'Target.Arn',
    only({ ...arn('sqs', 'queue'), target: 'AWS::SQS::Queue' }),
    () => ({ FlexibleTimeWindow: { Mode: 'OFF' }, ScheduleExpression: 'rate(1 day)', Target: { RoleArn: ROLE } }),
  ],
  [
    'pipe-target-abroad',
    'AWS::Pipes::Pipe',
    'Target',
    only({ ...arn('sqs', 'copy'), target: 'AWS::SQS::Queue' }),
    () => ({ RoleArn: ROLE, Source: arnOfStore }),
    store('AWS::SQS::Queue'),
  ],
  [
    'delivery-stream-abroad',
    'AWS::KinesisFirehose::DeliveryStream',
    'ExtendedS3DestinationConfiguration.BucketARN',
    only(bucketArn()),
    () => ({ DeliveryStreamType: 'DirectPut', ExtendedS3DestinationConfiguration: firehoseTo }),
  ],
  ['trail-bucket-abroad', 'AWS::CloudTrail::Trail', 'S3BucketName', only(bucket()), () => ({ IsLogging: true })],
  [
    'flow-log-abroad',
    'AWS::EC2::FlowLog',
    'LogDestination',
    only(bucketArn()),
    () => ({ ResourceId: 'vpc-1', ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 's3' }),
  ],
  [
    'peering-abroad',
    'AWS::EC2::VPCPeeringConnection',
    'PeerRegion',
    only(region()),
    () => ({ VpcId: refStore, PeerVpcId: { Ref: 'Peer' } }),
    () => ({ Store: vpc('10.0.0.0/16'), Peer: vpc('10.1.0.0/16') }),
  ],
  [
    'transit-peering-abroad',
    'AWS::EC2::TransitGatewayPeeringAttachment',
    'PeerRegion',
    only(region()),
    () => ({ TransitGatewayId: refStore, PeerTransitGatewayId: { Ref: 'Peer' }, PeerAccountId: OURS }),
    () => ({ Store: { Type: 'AWS::EC2::TransitGateway' }, Peer: { Type: 'AWS::EC2::TransitGateway' } }),
  ],
  [
    'bucket-policy-everyone',
    'AWS::S3::BucketPolicy',
    'PolicyDocument',
    opened('s3:GetObject', EVERYONE, { 'Fn::Sub': '${Store.Arn}/*' }),
    () => ({ Bucket: refStore }),
    store('AWS::S3::Bucket'),
  ],
  [
    'bucket-policy-stranger',
    'AWS::S3::BucketPolicy',
    'PolicyDocument',
    { ...opened('s3:GetObject', STRANGER, { 'Fn::Sub': '${Store.Arn}/*' }), convicted: 'unknown', borderline: CUSTODY },
    () => ({ Bucket: refStore }),
    store('AWS::S3::Bucket'),
  ],
  [
    'queue-policy-everyone',
    'AWS::SQS::QueuePolicy',
    'PolicyDocument',
    opened('sqs:ReceiveMessage', EVERYONE, arnOfStore),
    () => ({ Queues: [refStore] }),
    store('AWS::SQS::Queue'),
  ],
  [
    'topic-policy-everyone',
    'AWS::SNS::TopicPolicy',
    'PolicyDocument',
    opened('sns:Subscribe', EVERYONE, refStore),
    () => ({ Topics: [refStore] }),
    store('AWS::SNS::Topic'),
  ],
  ['repository-policy-everyone', 'AWS::ECR::Repository', 'RepositoryPolicyText', opened('ecr:BatchGetImage', EVERYONE)],
  [
    'snapshot-guard-open',
    'AWS::EC2::SnapshotBlockPublicAccess',
    'State',
    only(flag('unknown', 'latent: snapshots may be made public, none is yet', 'unblocked', 'block-all-sharing')),
  ],
];

export const EVERYDAY: readonly Channel[] = TABLE.map(([slug, type, path, way, rest, beside]) => ({
  slug,
  type,
  path,
  ...way,
  ...(rest ? { rest } : {}),
  ...(beside ? { beside } : {}),
  ...(CONSTRUCTS[slug] ? { construct: CONSTRUCTS[slug] } : {}),
  everyWriting: true,
}));
