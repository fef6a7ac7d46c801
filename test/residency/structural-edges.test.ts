/** The structural rules at their edges: what counts as a key, as encrypted, as one class, as one of our places. */
import { judge } from '../../lib/residency';
import type { JudgeOptions } from '../../lib/residency';
import { readTemplate } from './written';
import type { Json } from '../../lib/template';
import { FOREIGN, OPTIONS, OURS, judged } from './court';
import type { Resources, Stack } from './court';

const SITES: Partial<JudgeOptions> = { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] };
const key = (cls?: string): Json => ({
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: OURS }, Action: 'kms:*', Resource: '*' }] },
    ...(cls ? { Tags: [{ Key: 'data-class', Value: cls }] } : {}),
  },
});
const tagged = (cls: string): Json => [{ Key: 'data-class', Value: cls }];
const database = (properties: { readonly [name: string]: Json }): Json => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { Tags: tagged('restricted'), ...properties },
});

function found(
  rule: string,
  resources: Resources,
  options: Partial<JudgeOptions> = {},
  more: Partial<Stack> = {},
): readonly string[] {
  return judged({ name: 'here', resources, ...more }, { ...SITES, ...options })
    .findings.filter((finding) => finding.rule === rule)
    .map(({ store, verdict }) => `${store.logicalId} ${verdict}`);
}

const either = {
  rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } } },
};

describe('unencrypted-store', () => {
  const encrypted = (properties: { readonly [name: string]: Json }, more: Partial<Stack> = either): readonly string[] =>
    found('unencrypted-store', { Key: key('restricted'), Db: database(properties) }, {}, more);
  const own = { KmsKeyId: { Ref: 'Key' } };

  test('accepts a key of ours with the switch on, however it is spelled', () => {
    expect(encrypted({ ...own, StorageEncrypted: true })).toEqual([]);
    expect(encrypted({ ...own, StorageEncrypted: 'TRUE' })).toEqual([]);
  });
  test('convicts a switch that is off, missing, or may be off', () => {
    expect(encrypted({ ...own, StorageEncrypted: false })).toEqual(['Db unknown']);
    expect(encrypted(own)).toEqual(['Db unknown']);
    expect(encrypted({ ...own, StorageEncrypted: { 'Fn::If': ['C', true, false] } })).toEqual(['Db unknown']);
  });
  test('convicts a key that may be left out, belongs to AWS, or is given at deployment', () => {
    const maybe = { 'Fn::If': ['C', { Ref: 'Key' }, { Ref: 'AWS::NoValue' }] };
    expect(encrypted({ KmsKeyId: maybe, StorageEncrypted: true })).toEqual(['Db unknown']);
    expect(encrypted({ KmsKeyId: 'alias/aws/rds', StorageEncrypted: true })).toEqual(['Db unknown']);
    expect(encrypted({ KmsKeyId: { Ref: 'Open' }, StorageEncrypted: true })).toEqual(['Db unknown']);
  });
  test('asks the cluster and not its member', () => {
    expect(encrypted({ DBClusterIdentifier: 'c' })).toEqual([]);
    const cluster = {
      Type: 'AWS::RDS::DBCluster',
      Properties: { DBClusterIdentifier: 'c', Tags: tagged('restricted') },
    };
    expect(found('unencrypted-store', { Cluster: cluster })).toEqual(['Cluster unknown']);
  });
  test('convicts a store one of whose copies may have no key', () => {
    const replica = (own: Json): Json => ({ Region: 'eu-west-1', SSESpecification: { KMSMasterKeyId: own } });
    const table = (replicas: Json): Json => ({
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { Replicas: replicas, Tags: tagged('restricted') },
    });
    const maybe = { 'Fn::If': ['C', { Ref: 'Key' }, { Ref: 'AWS::NoValue' }] };
    const mixed = { Key: key(), T: table([replica({ Ref: 'Key' }), replica(maybe)]) };
    expect(found('unencrypted-store', mixed, {}, either)).toEqual(['T unknown']);
    const [finding] = judged({ name: 'here', resources: mixed, ...either }, SITES).findings.filter(
      ({ rule }) => rule === 'unencrypted-store',
    );
    expect(finding!.path).toBe('Replicas.SSESpecification.KMSMasterKeyId');
  });
});

describe('foreign-key and shared-key', () => {
  const queue = (keyId: Json, cls?: string): Json => ({
    Type: 'AWS::SQS::Queue',
    Properties: { KmsMasterKeyId: keyId, ...(cls ? { Tags: tagged(cls) } : {}) },
  });

  test('a key is not asked which key it is encrypted with', () => {
    const replica = {
      Type: 'AWS::KMS::ReplicaKey',
      Properties: { PrimaryKeyArn: `arn:aws:kms:us-east-1:${OURS}:key/1`, KeyPolicy: {} },
    };
    expect(found('foreign-key', { Replica: replica })).toEqual([]);
    const custom = {
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: {}, KmsKeyId: `arn:aws:kms:us-east-1:${OURS}:key/1` },
    };
    expect(found('foreign-key', { Key: custom })).toEqual([]);
    const two = {
      Key: key('restricted'),
      Odd: { Type: 'AWS::KMS::Key', Properties: { KmsKeyId: { Ref: 'Key' }, Tags: tagged('public') } },
    };
    expect(found('shared-key', two)).toEqual([]);
  });
  test('only a property that names a key names a key', () => {
    const odd = {
      Type: 'AWS::SQS::Queue',
      Properties: { KmsMasterKeyIdSuffix: `arn:aws:kms:us-east-1:${OURS}:key/1`, QueueName: 'q' },
    };
    expect(found('foreign-key', { Q: odd })).toEqual([]);
    expect(found('foreign-key', { Q: queue(`arn:aws:kms:us-east-1:${OURS}:key/1`) })).toEqual(['Q outside']);
  });
  test('the key of a copy elsewhere is judged with the copy', () => {
    const bucket = {
      Type: 'AWS::S3::Bucket',
      Properties: {
        ReplicationConfiguration: {
          Role: 'r',
          Rules: [
            {
              Destination: {
                Bucket: 'arn:aws:s3:::c',
                EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:us-east-1:${OURS}:key/1` },
              },
            },
          ],
        },
      },
    };
    expect(found('foreign-key', { B: bucket })).toEqual([]);
  });
  test('one key for one class is fine, for two it is shared, and the key’s own class counts', () => {
    expect(
      found('shared-key', {
        Key: key('public'),
        A: queue({ Ref: 'Key' }, 'public'),
        B: queue({ Ref: 'Key' }, 'public'),
      }),
    ).toEqual([]);
    expect(
      found('shared-key', { Key: key(), A: queue({ Ref: 'Key' }, 'public'), B: queue({ Ref: 'Key' }, 'public') }),
    ).toEqual([]);
    expect(found('shared-key', { Key: key('restricted'), A: queue({ Ref: 'Key' }, 'public') })).toEqual(['A unknown']);
    expect(
      found('shared-key', { Key: key(), A: queue({ Ref: 'Key' }, 'public'), B: queue({ Ref: 'Key' }, 'audit') }),
    ).toEqual(['A unknown', 'B unknown']);
  });
  test('an alias is no other key, whether it is referred to or named', () => {
    const alias = { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/shop', TargetKeyId: { Ref: 'Key' } } };
    const shared = { Key: key(), Alias: alias, A: queue({ Ref: 'Key' }, 'public') };
    expect(found('shared-key', { ...shared, B: queue({ Ref: 'Alias' }, 'audit') })).toEqual(['A unknown', 'B unknown']);
    expect(found('shared-key', { ...shared, B: queue('alias/shop', 'audit') })).toEqual(['A unknown', 'B unknown']);
    expect(found('shared-key', { ...shared, B: queue({ Ref: 'Alias' }, 'public') })).toEqual([]);
    const noAlias = { Type: 'Custom::Keys', Properties: { ServiceToken: 'arn', TargetKeyId: { Ref: 'Key' } } };
    expect(found('shared-key', { ...shared, Alias: noAlias, B: queue({ Ref: 'Alias' }, 'audit') })).toEqual([]);
  });
  test('two answers of one resource that is no key are not one key', () => {
    const Made = { Type: 'Custom::Keys', Properties: { ServiceToken: 'arn' } };
    const answer = (name: string): Json => ({ 'Fn::GetAtt': ['Made', name] });
    expect(
      found('shared-key', { Made, A: queue(answer('First'), 'public'), B: queue(answer('Second'), 'audit') }),
    ).toEqual([]);
  });
  test('what is shared is named by where it is, and else by its name', () => {
    const values = (resources: Resources): readonly string[] =>
      judged({ name: 'here', resources }, SITES)
        .findings.filter(({ rule }) => rule === 'shared-key')
        .map(({ destination }) => destination.value);
    expect(values({ Key: key('restricted'), A: queue({ Ref: 'Key' }, 'public') })).toEqual(['Key']);
    const built = { ...(key('restricted') as object), Metadata: { 'aws:cdk:path': 'here/Keys/Key/Resource' } };
    expect(values({ Key: built, A: queue({ Ref: 'Key' }, 'public') })).toEqual(['here/Keys/Key/Resource']);
  });
});

describe('missing-class and store-outside-site', () => {
  test('a store that cannot be tagged is not asked for a tag', () => {
    const user = { Type: 'AWS::IAM::Role', Properties: {} };
    expect(found('missing-class', { User: user })).toEqual([]);
    expect(found('missing-class', { Q: { Type: 'AWS::SQS::Queue' } })).toEqual(['Q unknown']);
  });
  test('the finding points at the property that holds the tags', () => {
    const path = (Type: string): string | undefined =>
      judged({ name: 'here', resources: { S: { Type } } }, SITES).findings.find(({ rule }) => rule === 'missing-class')
        ?.path;
    expect(path('AWS::SQS::Queue')).toBe('Tags');
    expect(path('AWS::Backup::BackupVault')).toBe('BackupVaultTags');
  });
  test('only a store is asked where it stands', () => {
    const role = { Type: 'AWS::IAM::Role', Properties: {} };
    expect(
      found('store-outside-site', { Role: role, Q: { Type: 'AWS::SQS::Queue' } }, {}, { account: FOREIGN }),
    ).toEqual(['Q unknown']);
  });
  test('only a registered source of this account and Region excuses a store abroad', () => {
    const abroad = { region: 'us-east-1' };
    const store = { Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: tagged('restricted') } } };
    const source = (account: string, region: string) => ({ siteId: 's', account, region });
    const outside = (...sources: readonly object[]): readonly string[] =>
      found('store-outside-site', store, { sources } as Partial<JudgeOptions>, abroad);
    expect(outside()).toEqual(['Q outside']);
    expect(outside(source(FOREIGN, 'eu-west-1'), source(OURS, 'us-east-1'))).toEqual([]);
    expect(outside(source(OURS, 'eu-west-2'))).toEqual(['Q outside']);
    expect(outside(source(FOREIGN, 'us-east-1'))).toEqual(['Q outside']);
  });
});

test('a finding names the line where it stands in the text', () => {
  const text = [
    'Resources:',
    '  Queue:',
    '    Type: AWS::SQS::Queue',
    '    Properties:',
    `      KmsMasterKeyId: arn:aws:kms:us-east-1:${OURS}:key/1`,
    '  Gate:',
    '    Type: AWS::EC2::VPNGateway',
    '    Properties:',
    '      Type: ipsec.1',
  ].join('\n');
  const { findings } = judge(readTemplate(text), { ...OPTIONS, ...SITES });
  const lineOf = (rule: string): number | undefined => findings.find((finding) => finding.rule === rule)!.source?.line;
  expect(lineOf('foreign-key')).toBe(5);
  expect(lineOf('missing-class')).toBe(2);
  expect(lineOf('vpn-gateway')).toBe(6);
});
