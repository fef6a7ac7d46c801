/** The borderline cases, decided once, line by line. */
import type { Json } from '../../lib/template';
import { FOREIGN, OURS, flowsOf, here, judged, register, told } from './court';

const replicating = (destination: { readonly [key: string]: Json }, status = 'Enabled'): Json => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    ReplicationConfiguration: {
      Role: `arn:aws:iam::${OURS}:role/r`,
      Rules: [{ Status: status, Destination: destination }],
    },
  },
});
const keyPolicy: Json = {
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
};
const abroad = {
  name: 'abroad',
  region: 'us-east-1',
  resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'far' } } },
};
const secret = (region: Json): Json => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties: { ReplicaRegions: [{ Region: region }] },
});

describe('a latent capability is a finding, marked latent', () => {
  test('a multi-Region key without a replica', () => {
    const judgement = here({ Key: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: true, KeyPolicy: keyPolicy } } });
    expect(flowsOf(judgement, 'kms-multi-region')).toMatchObject([{ verdict: 'unknown', latent: true }]);
    expect(judgement.findings).toHaveLength(1);
  });
  test('a global cluster without a second member', () => {
    const judgement = here({
      Group: { Type: 'AWS::RDS::GlobalCluster', Properties: { GlobalClusterIdentifier: 'g' } },
    });
    expect(flowsOf(judgement, 'rds-global-cluster')).toMatchObject([{ verdict: 'unknown', latent: true }]);
  });
  test('a replication rule that is switched off', () => {
    const judgement = judged([
      { name: 'here', resources: { B: replicating({ Bucket: 'arn:aws:s3:::far' }, 'Disabled') } },
      abroad,
    ]);
    expect(flowsOf(judgement, 's3-replication-bucket')).toMatchObject([{ verdict: 'unknown', latent: true }]);
  });
});

describe('a parameter', () => {
  const withParameter = (parameter: { readonly [key: string]: Json }): readonly string[] =>
    told(
      judged({ resources: { S: secret({ Ref: 'P' }) }, rest: { Parameters: { P: { Type: 'String', ...parameter } } } }),
    );
  test('whose default is outside is outside where the default applies', () => {
    expect(withParameter({ Default: 'us-east-1' })).toContain('secret-replica-region outside');
  });
  test('whose default is inside stays open at deployment: unknown', () => {
    expect(withParameter({ Default: 'eu-north-1' })).toEqual(['secret-replica-region unknown']);
  });
  test('whose allowed values are all inside is inside', () => {
    expect(withParameter({ Default: 'eu-north-1', AllowedValues: ['eu-north-1', 'eu-west-1'] })).toEqual(
      expect.arrayContaining(['secret-replica-region inside']),
    );
    expect(withParameter({ AllowedValues: ['eu-north-1', 'eu-west-1'] })).not.toContain(
      'secret-replica-region unknown',
    );
  });
  test('of whose allowed values one is outside is outside', () => {
    expect(withParameter({ Default: 'eu-north-1', AllowedValues: ['eu-north-1', 'eu-west-2'] })).toContain(
      'secret-replica-region outside',
    );
  });
});

describe('a bucket no judged template creates', () => {
  test.each(['arn:aws:s3:::copy-eu-west-1', 'arn:aws:s3:::copy-us-east-1', 'arn:aws:s3:::anything'])(
    '%s is unknown, whatever Region its name mentions',
    (arn) => {
      expect(told(here({ B: replicating({ Bucket: arn }) }))).toEqual(['s3-replication-bucket unknown']);
    },
  );
  test.each([
    ['eu-north-1', 'inside'],
    ['eu-central-2', 'outside'],
  ])('is proved by the Region of its replica key: %s is %s', (region, verdict) => {
    const bucket = replicating({
      Bucket: 'arn:aws:s3:::anything',
      EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:${region}:${OURS}:key/k` },
    });
    expect(flowsOf(here({ B: bucket }), 's3-replication-bucket')).toMatchObject([{ verdict, destination: { region } }]);
  });
});

describe('everyone is outside', () => {
  const bucketPolicy = (statement: { readonly [key: string]: Json }): Json => ({
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'B' },
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }] },
    },
  });
  const B: Json = { Type: 'AWS::S3::Bucket', Properties: {} };
  test('Principal * without a bound', () => {
    const [flow] = flowsOf(here({ B, P: bucketPolicy({ Principal: '*' }) }), 's3-bucket-policy');
    expect(flow).toMatchObject({
      verdict: 'outside',
      destination: { kind: 'everyone' },
      store: { logicalId: 'B' },
      via: { logicalId: 'P' },
    });
  });
  test.each<Json>([
    { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    { StringEquals: { 'aws:PrincipalAccount': OURS } },
    { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
  ])('but not when bound by %j', (condition) => {
    expect(told(here({ B, P: bucketPolicy({ Principal: '*', Condition: condition }) }))).toEqual([]);
  });
  test('a public database', () => {
    expect(told(here({ D: { Type: 'AWS::RDS::DBInstance', Properties: { PubliclyAccessible: true } } }))).toContain(
      'rds-instance-public outside',
    );
  });
  test('a CDN over a restricted bucket', () => {
    expect(told(here({ B, P: bucketPolicy({ Principal: { Service: 'cloudfront.amazonaws.com' } }) }))).toContain(
      's3-bucket-policy outside',
    );
  });
});

describe('a foreign account in the same Region', () => {
  const bucket = replicating({ Bucket: 'arn:aws:s3:::theirs', Account: FOREIGN });
  const theirs = {
    name: 'theirs',
    region: 'eu-north-1',
    resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'theirs' } } },
  };
  test('is a place inside in custody that is not ours: a finding', () => {
    const judgement = judged([{ name: 'here', resources: { B: bucket } }, theirs]);
    expect(flowsOf(judgement, 's3-replication-owner')).toMatchObject([
      { verdict: 'unknown', destination: { account: FOREIGN, country: 'IE' } },
    ]);
  });
  test('is no finding once it is registered', () => {
    const stores = register({ accounts: [{ id: FOREIGN, owner: 'processor', legalBasis: 'contract' }] });
    expect(judged([{ name: 'here', resources: { B: bucket } }, theirs], { stores }).findings).toEqual([]);
  });
});

describe('a third party', () => {
  const topic = (protocol: string, endpoint: string): Json => ({
    Type: 'AWS::SNS::Topic',
    Properties: { Subscription: [{ Protocol: protocol, Endpoint: endpoint }] },
  });
  test.each([
    ['https', 'https://hooks.example.org/x'],
    ['email', 'a@example.org'],
    ['sms', '+4712345678'],
  ])('%s is unknown', (protocol, endpoint) => {
    expect(told(here({ T: topic(protocol, endpoint) }))).toEqual([expect.stringMatching(/ unknown$/)]);
  });
  test('is inside once its host is registered with a country of the EEA', () => {
    const stores = register({ hosts: [{ host: 'hooks.example.org', country: 'FR' }] });
    expect(here({ T: topic('https', 'https://hooks.example.org/x') }, { stores }).findings).toEqual([]);
  });
});

describe('data that comes in is no egress', () => {
  const replica = (source: string): Json => ({
    Type: 'AWS::RDS::DBInstance',
    Properties: { SourceDBInstanceIdentifier: source, SourceRegion: source.split(':')[3]! },
  });
  const database = (region: string): string => `arn:aws:rds:${region}:${OURS}:db:main`;
  test('a replica here of a database abroad is silent', () => {
    expect(told(here({ R: replica(database('us-east-1')) }))).toEqual([]);
  });
  test('the same replica abroad of a database here is egress', () => {
    const flows = told(judged({ name: 'away', region: 'us-east-1', resources: { R: replica(database('eu-west-1')) } }));
    expect(flows).toEqual(
      expect.arrayContaining(['rds-instance-replica-source outside', 'rds-instance-source-region outside']),
    );
  });
  test('a snapshot to restore from is silent', () => {
    const properties = { DBSnapshotIdentifier: `arn:aws:rds:us-east-1:${OURS}:snapshot:s`, PubliclyAccessible: false };
    expect(told(here({ D: { Type: 'AWS::RDS::DBInstance', Properties: properties } }))).toEqual([]);
  });
  test('the Region of a topic one subscribes to is silent', () => {
    const properties = {
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:eu-west-1:${OURS}:q`,
      TopicArn: `arn:aws:sns:us-east-1:${OURS}:t`,
      Region: 'us-east-1',
    };
    const flows = here({ S: { Type: 'AWS::SNS::Subscription', Properties: properties } }).findings;
    expect(flows).toEqual([]);
  });
  test('a store abroad whose replication leads here is convicted for where it stands, not for what it sends', () => {
    const judgement = judged([
      { name: 'away', region: 'us-east-1', resources: { Old: replicating({ Bucket: 'arn:aws:s3:::new' }) } },
      { name: 'here', resources: { New: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'new' } } } },
    ]);
    expect(judgement.findings.map(({ rule }) => rule)).toEqual(['store-placement']);
  });
});

describe('a replica key here of a primary abroad', () => {
  test('is a finding on keys, not on data', () => {
    const judgement = here({
      K: {
        Type: 'AWS::KMS::ReplicaKey',
        Properties: { PrimaryKeyArn: `arn:aws:kms:us-east-1:${OURS}:key/mrk-1`, KeyPolicy: keyPolicy },
      },
    });
    expect(judgement.findings).toMatchObject([{ rule: 'kms-replica-key', verdict: 'outside', carries: 'keys' }]);
  });
});

describe('a Region that is only mentioned is silent', () => {
  test('in mappings nobody refers to, conditions, descriptions, tags, names and Deny statements', () => {
    const judgement = judged({
      resources: {
        B: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: 'logs-us-east-1', Tags: [{ Key: 'from', Value: 'us-east-1' }] },
        },
        T: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'alarms of us-east-1' } },
        P: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'B' },
            PolicyDocument: {
              Statement: [
                {
                  Effect: 'Deny',
                  Principal: '*',
                  Action: '*',
                  Resource: 'arn:aws:sqs:us-east-1:1:q',
                  Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
                },
              ],
            },
          },
        },
      },
      rest: {
        Description: 'moved from us-east-1',
        Mappings: { M: { 'us-east-1': { Bucket: 'ap-south-1' } } },
        Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
        Metadata: { note: 'us-east-1' },
      },
    });
    expect(told(judgement)).toEqual([]);
    expect(judgement.counts.stores).toBe(2);
  });
});

describe('the spelling of a Region', () => {
  test.each(['US-EAST-1', ' us-east-1', 'us-east-1 '])('"%s" is read as AWS reads it, and reported', (written) => {
    const [flow] = flowsOf(here({ S: secret(written) }), 'secret-replica-region');
    expect(flow).toMatchObject({ verdict: 'outside', destination: { region: 'us-east-1' } });
    expect(flow!.why).toContain(`written "${written}"`);
  });
  test.each(['eu-west-9', 'europe', 'eu_west_1'])('"%s", which nobody knows, is unknown', (written) => {
    expect(told(here({ S: secret(written) }))).toEqual(['secret-replica-region unknown']);
  });
});

describe('a stack that holds restricted data needs a literal Region', () => {
  test('a store in a stack that could be deployed anywhere is unknown', () => {
    expect(told(judged({ region: undefined, resources: { B: { Type: 'AWS::S3::Bucket' } } }))).toEqual([
      'store-placement unknown',
    ]);
  });
  test('a stack without stores may be deployed anywhere', () => {
    expect(
      judged({ region: undefined, resources: { W: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } }).verdict,
    ).toBe('none');
  });
});
