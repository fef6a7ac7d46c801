/**
 * The template of an ordinary stack, as the CDK writes it: buckets with policies and replication, queues, tables,
 * functions with their roles and policies, log groups, alarms and the parts of a VPC. Nothing in it leaves the EEA, so that
 * what is measured is the judging and not the writing of findings.
 */

type Json = string | number | boolean | Json[] | { [key: string]: Json };
type Properties = { [key: string]: Json };

/** Resources of one stack; CloudFormation allows 500. */
export const STACK_SIZE = 400;

const ACCOUNT = '111111111111';
const HOME = 'eu-west-1';

/** Resources that one service brings: see `service`. */
const SERVICE_SIZE = 17;
/** Resources that the network of a stack brings: see `network`. */
const NETWORK_SIZE = 16;

export interface OrdinaryStack {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly template: { readonly Resources: Readonly<Record<string, object>>; readonly Outputs: object };
}

/** The stack at `position` of an application, with `size` resources. It reads the queue that the stack before it exports. */
export function ordinaryStack(position: number, size: number): OrdinaryStack {
  const name = `shop-${position}`;
  const resources: Record<string, object> = {};
  const add = (id: string, type: string, properties: Properties, more: Properties = {}): void => {
    if (Object.keys(resources).length >= size) return;
    const path = { 'aws:cdk:path': `${name}/${id.replace(/\d+$/, '')}/${id}/Resource` };
    resources[id] = { Type: type, Properties: properties, ...more, Metadata: path };
  };
  if (size >= NETWORK_SIZE) network(add, name);
  const services = Math.ceil((size - Object.keys(resources).length) / SERVICE_SIZE);
  for (let index = 0; index < services; index += 1) service(add, name, index, position);
  return {
    name,
    region: HOME,
    account: ACCOUNT,
    template: {
      Resources: resources,
      Outputs: resources['Orders0']
        ? {
            ExportOrders: {
              Value: { 'Fn::GetAtt': ['Orders0', 'Arn'] },
              Export: { Name: `${name}:ExportOrders` },
            },
          }
        : {},
    },
  };
}

type Add = (id: string, type: string, properties: Properties, more?: Properties) => void;

const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const ref = (id: string): Json => ({ Ref: id });
const tags = (name: string): Json => [
  { Key: 'data-class', Value: 'restricted' },
  { Key: 'Name', Value: name },
  { Key: 'owner', Value: 'orders' },
];
const statement = (actions: Json, resource: Json, more: Properties = {}): Properties => ({
  Action: actions,
  Effect: 'Allow',
  Resource: resource,
  ...more,
});
const document = (...statements: Json[]): Properties => ({ Statement: statements, Version: '2012-10-17' });
const assumedBy = (service: string): Properties =>
  document({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: service } });

/** Sixteen parts of a VPC without a way to the internet. */
function network(add: Add, name: string): void {
  add('Vpc', 'AWS::EC2::VPC', {
    CidrBlock: '10.0.0.0/16',
    EnableDnsHostnames: true,
    EnableDnsSupport: true,
    InstanceTenancy: 'default',
    Tags: tags(`${name}/Vpc`),
  });
  for (const zone of ['a', 'b', 'c']) {
    const subnet = `Subnet${zone}`;
    add(subnet, 'AWS::EC2::Subnet', {
      AvailabilityZone: `${HOME}${zone}`,
      CidrBlock: `10.0.${zone.charCodeAt(0) - 97}.0/24`,
      MapPublicIpOnLaunch: false,
      Tags: tags(`${name}/Vpc/${subnet}`),
      VpcId: ref('Vpc'),
    });
    add(`Table${zone}`, 'AWS::EC2::RouteTable', { Tags: tags(`${name}/Vpc/${subnet}`), VpcId: ref('Vpc') });
    add(`Join${zone}`, 'AWS::EC2::SubnetRouteTableAssociation', {
      RouteTableId: ref(`Table${zone}`),
      SubnetId: ref(subnet),
    });
  }
  add('ServiceGroup', 'AWS::EC2::SecurityGroup', {
    GroupDescription: `${name}/ServiceGroup`,
    SecurityGroupEgress: [
      { CidrIp: '10.0.0.0/16', Description: 'Within the network', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
    ],
    VpcId: ref('Vpc'),
  });
  add('EndpointGroup', 'AWS::EC2::SecurityGroup', {
    GroupDescription: `${name}/EndpointGroup`,
    SecurityGroupEgress: [
      { CidrIp: '10.0.0.0/16', Description: 'Within the network', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
    ],
    SecurityGroupIngress: [
      { CidrIp: '10.0.0.0/16', Description: 'From the services', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
    ],
    VpcId: ref('Vpc'),
  });
  add('FromServices', 'AWS::EC2::SecurityGroupIngress', {
    FromPort: 443,
    GroupId: { 'Fn::GetAtt': ['EndpointGroup', 'GroupId'] },
    IpProtocol: 'tcp',
    SourceSecurityGroupId: { 'Fn::GetAtt': ['ServiceGroup', 'GroupId'] },
    ToPort: 443,
  });
  for (const service of ['s3', 'dynamodb']) {
    add(`Gateway${service}`, 'AWS::EC2::VPCEndpoint', {
      RouteTableIds: ['a', 'b', 'c'].map((zone) => ref(`Table${zone}`)),
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', ref('AWS::Region'), `.${service}`]] },
      VpcEndpointType: 'Gateway',
      VpcId: ref('Vpc'),
    });
  }
  add('Key', 'AWS::KMS::Key', {
    EnableKeyRotation: true,
    KeyPolicy: document({
      Action: 'kms:*',
      Effect: 'Allow',
      Principal: {
        AWS: {
          'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':iam::', ref('AWS::AccountId'), ':root']],
        },
      },
      Resource: '*',
    }),
    Tags: tags(`${name}/Key`),
  });
}

const unchanged: Properties = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

/** Seventeen resources: a function with a table, queues, a bucket and its replica, and what watches them. */
function service(add: Add, stack: string, index: number, position: number): void {
  const id = (word: string): string => `${word}${index}`;
  add(
    id('Table'),
    'AWS::DynamoDB::Table',
    {
      AttributeDefinitions: [
        { AttributeName: 'customer', AttributeType: 'S' },
        { AttributeName: 'placed', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'customer', KeyType: 'HASH' },
        { AttributeName: 'placed', KeyType: 'RANGE' },
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { KMSMasterKeyId: arn('Key'), SSEEnabled: true, SSEType: 'KMS' },
      Tags: tags(`${stack}/Table`),
    },
    unchanged,
  );
  add(id('Refused'), 'AWS::SQS::Queue', { KmsMasterKeyId: arn('Key'), Tags: tags(`${stack}/Refused`) });
  add(id('Orders'), 'AWS::SQS::Queue', {
    KmsMasterKeyId: arn('Key'),
    RedrivePolicy: { deadLetterTargetArn: arn(id('Refused')), maxReceiveCount: 5 },
    Tags: tags(`${stack}/Orders`),
    VisibilityTimeout: 300,
  });
  add(id('OrdersPolicy'), 'AWS::SQS::QueuePolicy', {
    PolicyDocument: document({
      Action: 'sqs:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Resource: arn(id('Orders')),
    }),
    Queues: [ref(id('Orders'))],
  });
  add(
    id('Replica'),
    'AWS::S3::Bucket',
    {
      BucketEncryption: encryption(),
      PublicAccessBlockConfiguration: closed(),
      Tags: tags(`${stack}/Replica`),
      VersioningConfiguration: { Status: 'Enabled' },
    },
    unchanged,
  );
  add(
    id('Receipts'),
    'AWS::S3::Bucket',
    {
      BucketEncryption: encryption(),
      LifecycleConfiguration: {
        Rules: [
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Id: 'unfinished', Status: 'Enabled' },
          { ExpirationInDays: 3650, Id: 'kept', Prefix: 'receipts/', Status: 'Enabled' },
        ],
      },
      PublicAccessBlockConfiguration: closed(),
      ReplicationConfiguration: {
        Role: arn(id('CopyRole')),
        Rules: [
          {
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: {
              Bucket: arn(id('Replica')),
              EncryptionConfiguration: { ReplicaKmsKeyID: arn('Key') },
              StorageClass: 'STANDARD_IA',
            },
            Filter: { Prefix: '' },
            Id: 'copy',
            Priority: 1,
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Status: 'Enabled',
          },
        ],
      },
      Tags: tags(`${stack}/Receipts`),
      VersioningConfiguration: { Status: 'Enabled' },
    },
    unchanged,
  );
  add(id('ReceiptsPolicy'), 'AWS::S3::BucketPolicy', {
    Bucket: ref(id('Receipts')),
    PolicyDocument: document({
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Resource: [arn(id('Receipts')), { 'Fn::Join': ['', [arn(id('Receipts')), '/*']] }],
    }),
  });
  add(id('CopyRole'), 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: assumedBy('s3.amazonaws.com'),
    Tags: tags(`${stack}/CopyRole`),
  });
  add(id('CopyPolicy'), 'AWS::IAM::Policy', {
    PolicyDocument: document(
      statement(['s3:GetReplicationConfiguration', 's3:ListBucket'], arn(id('Receipts'))),
      statement(['s3:ReplicateObject', 's3:ReplicateDelete'], { 'Fn::Join': ['', [arn(id('Replica')), '/*']] }),
    ),
    PolicyName: `CopyPolicy${index}`,
    Roles: [ref(id('CopyRole'))],
  });
  add(
    id('Log'),
    'AWS::Logs::LogGroup',
    {
      KmsKeyId: arn('Key'),
      LogGroupName: `/${stack}/take-order-${index}`,
      RetentionInDays: 365,
      Tags: tags(`${stack}/Log`),
    },
    unchanged,
  );
  add(id('Role'), 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com'),
    Description: 'Runs the function that takes orders',
    Tags: tags(`${stack}/Role`),
  });
  add(id('RolePolicy'), 'AWS::IAM::Policy', {
    PolicyDocument: document(
      statement(
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        [arn(id('Table')), { 'Fn::Join': ['', [arn(id('Table')), '/index/*']] }],
      ),
      statement(['sqs:SendMessage', 'sqs:GetQueueAttributes'], arn(id('Orders'))),
      statement(
        ['s3:GetObject*', 's3:ListBucket'],
        [arn(id('Receipts')), { 'Fn::Join': ['', [arn(id('Receipts')), '/*']] }],
      ),
      statement(['logs:CreateLogStream', 'logs:PutLogEvents'], arn(id('Log'))),
      ...(position > 0 && index === 0
        ? [statement('sqs:SendMessage', { 'Fn::ImportValue': `shop-${position - 1}:ExportOrders` })]
        : []),
    ),
    PolicyName: `RolePolicy${index}`,
    Roles: [ref(id('Role'))],
  });
  add(
    id('Function'),
    'AWS::Lambda::Function',
    {
      Architectures: ['arm64'],
      Code: { S3Bucket: `cdk-hnb659fds-assets-${ACCOUNT}-${HOME}`, S3Key: `${'0123456789abcdef'.repeat(4)}.zip` },
      Environment: {
        Variables: {
          LOG_LEVEL: 'info',
          ORDERS: ref(id('Orders')),
          RECEIPTS: ref(id('Receipts')),
          TABLE: ref(id('Table')),
        },
      },
      Handler: 'index.handler',
      KmsKeyArn: arn('Key'),
      LoggingConfig: { LogGroup: ref(id('Log')) },
      MemorySize: 512,
      Role: arn(id('Role')),
      Runtime: 'nodejs22.x',
      Tags: tags(`${stack}/Function`),
      Timeout: 30,
      VpcConfig: {
        SecurityGroupIds: [{ 'Fn::GetAtt': ['ServiceGroup', 'GroupId'] }],
        SubnetIds: ['a', 'b', 'c'].map((zone) => ref(`Subnet${zone}`)),
      },
    },
    { DependsOn: [id('RolePolicy')] },
  );
  add(id('Source'), 'AWS::Lambda::EventSourceMapping', {
    BatchSize: 10,
    EventSourceArn: arn(id('Orders')),
    FunctionName: ref(id('Function')),
  });
  for (const [word, namespace, metric, dimension, of] of [
    ['Errors', 'AWS/Lambda', 'Errors', 'FunctionName', ref(id('Function'))],
    ['Slow', 'AWS/Lambda', 'Duration', 'FunctionName', ref(id('Function'))],
    ['Waiting', 'AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', { 'Fn::GetAtt': [id('Orders'), 'QueueName'] }],
  ] as const) {
    add(id(word), 'AWS::CloudWatch::Alarm', {
      AlarmDescription: `${metric} of ${stack}, see the runbook`,
      ComparisonOperator: 'GreaterThanThreshold',
      Dimensions: [{ Name: dimension, Value: of as Json }],
      EvaluationPeriods: 3,
      MetricName: metric,
      Namespace: namespace,
      Period: 300,
      Statistic: 'Maximum',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
  }
}

const encryption = (): Json => ({
  ServerSideEncryptionConfiguration: [
    {
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: { KMSMasterKeyID: arn('Key'), SSEAlgorithm: 'aws:kms' },
    },
  ],
});

const closed = (): Json => ({
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
});
