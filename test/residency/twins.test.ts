/** One application twice: every channel led to a Region abroad, then to a Region inside. All are found, none is on the twin. */
import type { Json } from '../../lib/template';
import { OURS, flowsOf, judged } from './court';
import type { Resources, Stack } from './court';

const ABROAD = 'us-east-1';
const INSIDE = 'eu-north-1';
const arn = (service: string, region: string, rest: string): string => `arn:aws:${service}:${region}:${OURS}:${rest}`;
const ROLE = `arn:aws:iam::${OURS}:role/r`;
const keyPolicy: Json = { Statement: [{ Effect: 'Allow', Principal: { AWS: OURS }, Action: 'kms:*', Resource: '*' }] };
const one = (type: string, properties: { readonly [name: string]: Json }): Resources => ({
  Subject: { Type: type, Properties: properties },
});

/** What stands in Dublin, and what stands at the other end when the channel needs something there. */
type Channel = (region: string) => { readonly here?: Resources; readonly there?: Resources };

const CHANNELS: { readonly [name: string]: Channel } = {
  'S3 replication': () => ({
    here: one('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Role: ROLE,
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copy' } }],
      },
    }),
    there: { Copy: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'copy' } } },
  }),
  'S3 replica key': (region) => ({
    here: one('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Role: ROLE,
        Rules: [
          {
            Status: 'Enabled',
            Destination: {
              Bucket: 'arn:aws:s3:::any',
              EncryptionConfiguration: { ReplicaKmsKeyID: arn('kms', region, 'key/k') },
            },
          },
        ],
      },
    }),
  }),
  'S3 inventory': () => ({
    here: one('AWS::S3::Bucket', {
      InventoryConfigurations: [
        {
          Id: 'i',
          Enabled: true,
          IncludedObjectVersions: 'All',
          ScheduleFrequency: 'Daily',
          Destination: { BucketArn: 'arn:aws:s3:::copy', Format: 'CSV' },
        },
      ],
    }),
    there: { Copy: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'copy' } } },
  }),
  'S3 access logs': () => ({
    here: one('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: 'copy' } }),
    there: { Copy: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'copy' } } },
  }),
  'S3 notification': (region) => ({
    here: one('AWS::S3::Bucket', {
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: arn('sqs', region, 'q') }],
      },
    }),
  }),
  'RDS automated backups': (region) => ({
    here: one('AWS::RDS::DBInstance', { PubliclyAccessible: false, AutomaticBackupReplicationRegion: region }),
  }),
  'RDS automated backups, key': (region) => ({
    here: one('AWS::RDS::DBInstance', {
      PubliclyAccessible: false,
      AutomaticBackupReplicationRegion: region,
      AutomaticBackupReplicationKmsKeyId: arn('kms', region, 'key/k'),
    }),
  }),
  'RDS read replica': () => ({
    there: one('AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: arn('rds', 'eu-west-1', 'db:main') }),
  }),
  'RDS global cluster member': () => ({ there: one('AWS::RDS::DBCluster', { GlobalClusterIdentifier: 'group' }) }),
  'RDS events': (region) => ({ here: one('AWS::RDS::EventSubscription', { SnsTopicArn: arn('sns', region, 't') }) }),
  'DynamoDB global table': (region) => ({
    here: one('AWS::DynamoDB::GlobalTable', {
      AttributeDefinitions: [],
      KeySchema: [],
      Replicas: [{ Region: 'eu-west-1' }, { Region: region }],
    }),
  }),
  'DynamoDB replica by custom resource': (region) => ({
    here: one('Custom::DynamoDBReplica', { TableName: 't', Region: region }),
  }),
  'DynamoDB stream': (region) => ({
    here: one('AWS::DynamoDB::Table', {
      KeySchema: [],
      KinesisStreamSpecification: { StreamArn: arn('kinesis', region, 'stream/s') },
    }),
  }),
  'KMS replica key': () => ({
    there: one('AWS::KMS::ReplicaKey', { PrimaryKeyArn: arn('kms', 'eu-west-1', 'key/mrk-1'), KeyPolicy: keyPolicy }),
  }),
  'secret replica': (region) => ({
    here: one('AWS::SecretsManager::Secret', { ReplicaRegions: [{ Region: region }] }),
  }),
  'backup copy': (region) => ({
    here: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'v' } },
      Subject: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: 'p',
            BackupPlanRule: [
              {
                RuleName: 'r',
                TargetBackupVault: { Ref: 'Vault' },
                CopyActions: [{ DestinationBackupVaultArn: arn('backup', region, 'backup-vault:v') }],
              },
            ],
          },
        },
      },
    },
  }),
  'SNS subscription': (region) => ({
    here: one('AWS::SNS::Subscription', {
      Protocol: 'sqs',
      Endpoint: arn('sqs', region, 'q'),
      TopicArn: arn('sns', 'eu-west-1', 't'),
    }),
  }),
  'log subscription': (region) => ({
    here: one('AWS::Logs::SubscriptionFilter', {
      LogGroupName: 'g',
      FilterPattern: '',
      DestinationArn: arn('kinesis', region, 'stream/s'),
      RoleArn: ROLE,
    }),
  }),
  'event rule target': (region) => ({
    here: one('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 day)',
      Targets: [{ Id: 't', Arn: arn('events', region, 'event-bus/b') }],
    }),
  }),
  'function environment': (region) => ({
    here: one('AWS::Lambda::Function', {
      Code: { ZipFile: 'x' },
      Role: ROLE,
      Environment: { Variables: { QUEUE: `https://sqs.${region}.amazonaws.com/${OURS}/q` } },
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
    }),
  }),
  'function dead letters': (region) => ({
    here: one('AWS::Lambda::Function', {
      Code: { ZipFile: 'x' },
      Role: ROLE,
      DeadLetterConfig: { TargetArn: arn('sqs', region, 'q') },
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
    }),
  }),
  'VPC peering': (region) => ({
    here: {
      ...one('AWS::EC2::VPCPeeringConnection', {
        VpcId: { Ref: 'Vpc' },
        PeerVpcId: { Ref: 'Vpc' },
        PeerRegion: region,
      }),
      Vpc: { Type: 'AWS::EC2::VPC' },
    },
  }),
  'VPC endpoint': (region) => ({
    here: {
      ...one('AWS::EC2::VPCEndpoint', {
        VpcId: { Ref: 'Vpc' },
        ServiceName: `com.amazonaws.${region}.s3`,
        ServiceRegion: region,
      }),
      Vpc: { Type: 'AWS::EC2::VPC' },
    },
  }),
  'permission to write': (region) => ({
    here: {
      ...one('AWS::IAM::Policy', {
        PolicyName: 'p',
        Roles: ['r'],
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn('sqs', region, 'q') }],
        },
      }),
    },
  }),
  'state machine text': (region) => ({
    here: one('AWS::StepFunctions::StateMachine', {
      RoleArn: ROLE,
      DefinitionString: JSON.stringify({ Resource: arn('lambda', region, 'function:f') }),
    }),
  }),
  'property nobody described': (region) => ({
    here: one('AWS::SQS::Queue', { ReplicateInto: { Deep: [{ Where: `copies go to ${region}` }] } }),
  }),
};

function application(channel: Channel, region: string): readonly Stack[] {
  const { here, there } = channel(region);
  return [
    { name: 'here', resources: here ?? { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } },
    ...(there ? [{ name: 'there', region, resources: there }] : []),
  ];
}

const about = (name: string): boolean => name !== 'property nobody described' && name !== 'VPC peering';

describe.each(Object.entries(CHANNELS))('%s', (name, channel) => {
  test('to a Region abroad is found, and said to be outside', () => {
    const judgement = judged(application(channel, ABROAD));
    const channels = judgement.findings.filter(
      ({ rule, verdict }) => rule !== 'store-placement' && verdict === 'outside',
    );
    expect(channels.length).toBeGreaterThan(0);
    expect(channels.some(({ destination }) => destination.country === 'US')).toBe(true);
  });
  test('to a Region inside is not', () => {
    const judgement = judged(application(channel, INSIDE));
    expect(judgement.findings.filter(({ verdict }) => verdict === 'outside')).toEqual([]);
    // A peering and an unknown property stay findings wherever they lead: the first is a path, the second unread.
    if (about(name)) expect(judgement.findings).toEqual([]);
  });
});

test('every store of both twins has its place on record', () => {
  for (const channel of Object.values(CHANNELS)) {
    for (const region of [ABROAD, INSIDE]) {
      const judgement = judged(application(channel, region));
      expect(flowsOf(judgement, 'store-placement')).toHaveLength(judgement.counts.stores);
    }
  }
});
