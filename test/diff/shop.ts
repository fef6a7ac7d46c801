/** An ordinary shop, as a reviewer knows it: orders, their key, a network, a worker that reads them. */
import type { Json } from '../../lib/template';
import type { Resources, Stack } from '../residency/court';
import { OURS } from '../residency/court';

type Properties = { readonly [name: string]: Json };

const tags = (cls: string): Json => [{ Key: 'data-class', Value: cls }];

export const resource = (type: string, properties: Properties = {}, rest: Properties = {}): Json => ({
  Type: type,
  Properties: properties as { [name: string]: Json },
  ...rest,
});

export const bucket = (name: string, cls: string | undefined, properties: Properties = {}): Json =>
  resource('AWS::S3::Bucket', {
    ...(name === '' ? {} : { BucketName: name }),
    ...(cls === undefined ? {} : { Tags: tags(cls) }),
    ...properties,
  });

export const replicatingTo = (name: string): Properties => ({
  ReplicationConfiguration: {
    Role: `arn:aws:iam::${OURS}:role/replication`,
    Rules: [{ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${name}` } }],
  },
});

export const ADMINISTRATION: Json = {
  Sid: 'Administration',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${OURS}:root` },
  Action: ['kms:DescribeKey', 'kms:PutKeyPolicy'],
  Resource: '*',
};
export const NEVER_ABROAD: Json = {
  Sid: 'NeverAbroad',
  Effect: 'Deny',
  Principal: '*',
  Action: 'kms:ReplicateKey',
  Resource: '*',
};
export const key = (...statements: readonly Json[]): Json =>
  resource('AWS::KMS::Key', {
    Tags: tags('restricted'),
    KeyPolicy: { Version: '2012-10-17', Statement: [...statements] },
  });

export const OWN_BUCKETS_ONLY: Json = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::shop-orders/*',
  Condition: { StringEquals: { 'aws:ResourceAccount': OURS } },
};
export const endpoint = (...statements: readonly Json[]): Json =>
  resource('AWS::EC2::VPCEndpoint', {
    VpcId: { Ref: 'Vpc' },
    ServiceName: 'com.amazonaws.eu-west-1.s3',
    PolicyDocument: { Version: '2012-10-17', Statement: [...statements] },
  });

export const permissions = (...statements: readonly Json[]): Json =>
  resource('AWS::IAM::Policy', {
    PolicyName: 'work',
    Roles: [{ Ref: 'Worker' }],
    PolicyDocument: { Version: '2012-10-17', Statement: [...statements] },
  });
export const READS_ORDERS: Json = {
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, { 'Fn::Sub': '${Orders.Arn}/*' }],
};

const encrypted: Properties = {
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    ],
  },
};

/** Everything the shop holds, to be changed by scenarios. */
export const SHOP: Resources = {
  Key: key(ADMINISTRATION, NEVER_ABROAD),
  Orders: bucket('shop-orders', 'restricted', encrypted),
  Figures: bucket('shop-figures', 'aggregate'),
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Endpoint: endpoint(OWN_BUCKETS_ONLY),
  Group: resource('AWS::EC2::SecurityGroup', {
    VpcId: { Ref: 'Vpc' },
    GroupDescription: 'workers',
    SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' }],
  }),
  Worker: resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  }),
  Work: permissions(READS_ORDERS),
};

/** Where copies stand: Frankfurt, and for the bad idea London. */
export const FRANKFURT: Stack = {
  name: 'copies',
  region: 'eu-central-1',
  resources: { Copy: bucket('orders-copy-frankfurt', 'restricted') },
};
export const LONDON: Stack = {
  name: 'london',
  region: 'eu-west-2',
  resources: { Copy: bucket('orders-copy-london', 'restricted') },
};

/** The shop with some resources replaced, added or (undefined) taken away. */
export function shop(changes: { readonly [logicalId: string]: Json | undefined } = {}, name = 'shop'): Stack {
  const all = Object.entries({ ...SHOP, ...changes }).filter(([, one]) => one !== undefined) as [string, Json][];
  return { name, resources: Object.fromEntries(all) };
}
