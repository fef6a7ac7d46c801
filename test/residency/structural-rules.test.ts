/** The structural rules: each convicts, acquits, says "cannot tell", and is silent where no sites are declared. */
import type { JudgeOptions } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { STRUCTURAL_RULES } from '../../lib/residency/rules';
import { FOREIGN, OURS, flowsOf, judged } from './court';
import type { Resources, Stack } from './court';

const SITES: Partial<JudgeOptions> = {
  sites: [
    { siteId: 'dub-1', account: OURS, region: 'eu-west-1' },
    { siteId: 'nordic-1', account: OURS, region: 'eu-north-1' },
  ],
  accounts: [FOREIGN],
};
const tags = (cls: string): Json => [{ Key: 'data-class', Value: cls }];
const keyPolicy: Json = {
  Statement: [{ Effect: 'Allow', Principal: { AWS: { Ref: 'AWS::AccountId' } }, Action: 'kms:*', Resource: '*' }],
};
const key = (cls: string): Json => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: keyPolicy, Tags: tags(cls) } });
const bucket = (keyId: Json | undefined, cls: string | undefined, name?: string): Json => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    ...(name ? { BucketName: name } : {}),
    ...(cls ? { Tags: tags(cls) } : {}),
    ...(keyId === undefined
      ? {}
      : {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyId } },
            ],
          },
        }),
  },
});
const arnOf = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const sound: Resources = { Key: key('restricted'), B: bucket(arnOf('Key'), 'restricted') };
const one = (resources: Resources, more: Partial<Stack> = {}): Stack => ({ name: 'dub-1-stores', resources, ...more });
const structural = (stack: Stack, options: Partial<JudgeOptions> = SITES): readonly string[] =>
  judged(stack, options)
    .findings.filter(({ rule }) => rule in STRUCTURAL_RULES)
    .map(({ rule, store, verdict }) => `${rule} ${store.logicalId} ${verdict}`);

test('an encrypted, classified store in its site offends no rule', () => {
  const judgement = judged(one(sound), SITES);
  expect(judgement.findings).toEqual([]);
  expect(judgement.counts.stores).toBe(2);
});

test('without declared sites no structural rule speaks', () => {
  expect(structural(one({ B: bucket(undefined, undefined) }, { account: FOREIGN }), {})).toEqual([]);
});

describe('store-outside-site', () => {
  test('convicts a store in an EEA Region of no site', () => {
    expect(structural(one(sound, { region: 'eu-central-1' }))).toEqual(
      expect.arrayContaining(['store-outside-site B unknown']),
    );
  });
  test('convicts a store in the Region of a site but another account', () => {
    expect(structural(one(sound, { account: FOREIGN }))).toEqual(
      expect.arrayContaining(['store-outside-site B unknown', 'store-outside-site Key unknown']),
    );
  });
  test('says outside of a store abroad', () => {
    expect(structural(one(sound, { region: 'us-east-1' }))).toEqual(
      expect.arrayContaining(['store-outside-site B outside']),
    );
  });
  test('cannot tell where a stack without a Region stands', () => {
    expect(structural(one(sound, { region: undefined }))).toEqual(
      expect.arrayContaining(['store-outside-site B unknown']),
    );
  });
  test('acquits a registered source, whose placement abroad is then no finding either', () => {
    const judgement = judged(one(sound, { region: 'us-east-1' }), {
      ...SITES,
      sources: [{ account: OURS, region: 'us-east-1' }],
    });
    expect(judgement.findings.filter(({ rule }) => rule.startsWith('store-'))).toEqual([]);
    expect(flowsOf(judgement, 'store-placement')).toMatchObject([
      { verdict: 'outside', waiver: 'registered source' },
      { verdict: 'outside', waiver: 'registered source' },
    ]);
  });
});

describe('missing-class', () => {
  test('convicts a store without a class', () => {
    expect(structural(one({ ...sound, B: bucket(arnOf('Key'), undefined) }))).toEqual(['missing-class B unknown']);
  });
  test('cannot tell a class that is a parameter or no class at all', () => {
    expect(structural(one({ ...sound, B: bucket(arnOf('Key'), 'secret') }))).toEqual(['missing-class B unknown']);
  });
  test('reads tags written as a map', () => {
    const vault: Json = {
      Type: 'AWS::Backup::BackupVault',
      Properties: {
        BackupVaultName: 'v',
        BackupVaultTags: { 'data-class': 'restricted' },
        EncryptionKeyArn: arnOf('Key'),
      },
    };
    expect(structural(one({ ...sound, V: vault }))).toEqual([]);
    expect(
      structural(
        one({
          ...sound,
          V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'v', EncryptionKeyArn: arnOf('Key') } },
        }),
      ),
    ).toEqual(['missing-class V unknown']);
  });
});

describe('shared-key', () => {
  test('convicts both stores of different classes under one key', () => {
    expect(structural(one({ ...sound, P: bucket(arnOf('Key'), 'public') }))).toEqual([
      'shared-key B unknown',
      'shared-key P unknown',
    ]);
  });
  test('convicts a store whose class is not that of its key', () => {
    expect(structural(one({ Key: key('public'), B: bucket(arnOf('Key'), 'restricted') }))).toEqual([
      'shared-key B unknown',
    ]);
  });
  test('acquits two stores of one class', () => {
    expect(structural(one({ ...sound, C: bucket(arnOf('Key'), 'restricted') }))).toEqual([]);
  });
});

describe('foreign-key', () => {
  const withKey = (keyArn: Json): readonly string[] => structural(one({ B: bucket(keyArn, 'restricted') }));
  test('convicts a key of another Region of the EEA', () => {
    expect(withKey(`arn:aws:kms:eu-north-1:${OURS}:key/k`)).toEqual(['foreign-key B unknown']);
  });
  test('says outside of a key abroad', () => {
    expect(withKey(`arn:aws:kms:us-east-1:${OURS}:key/k`)).toEqual(['foreign-key B outside']);
  });
  test('convicts a key of another account, even one of ours', () => {
    expect(withKey(`arn:aws:kms:eu-west-1:${FOREIGN}:key/k`)).toEqual(['foreign-key B unknown']);
  });
  test('cannot tell a key that is a parameter', () => {
    const stack = one({ B: bucket({ Ref: 'K' }, 'restricted') }, { rest: { Parameters: { K: { Type: 'String' } } } });
    expect(structural(stack)).toEqual(expect.arrayContaining(['foreign-key B unknown']));
  });
  test('acquits a key of the same place by ARN', () => {
    expect(withKey(`arn:aws:kms:eu-west-1:${OURS}:key/k`)).toEqual([]);
  });
});

describe('unencrypted-store', () => {
  test('convicts a restricted store without a key', () => {
    expect(structural(one({ B: bucket(undefined, 'restricted') }))).toEqual(['unencrypted-store B unknown']);
  });
  test('convicts a key that belongs to AWS', () => {
    expect(structural(one({ B: bucket('alias/aws/s3', 'restricted') }))).toEqual(['unencrypted-store B unknown']);
  });
  test('convicts a database that names a key but is not encrypted', () => {
    const database = (encrypted: boolean): Json => ({
      Type: 'AWS::RDS::DBInstance',
      Properties: { KmsKeyId: arnOf('Key'), StorageEncrypted: encrypted, Tags: tags('restricted') },
    });
    expect(structural(one({ ...sound, D: database(false) }))).toEqual(['unencrypted-store D unknown']);
    expect(structural(one({ ...sound, D: database(true) }))).toEqual([]);
  });
  test('acquits a public store without a key', () => {
    expect(structural(one({ B: bucket(undefined, 'public') }))).toEqual([]);
  });
});

test('every structural rule says what it demands and what to do', () => {
  for (const [slug, rule] of Object.entries(STRUCTURAL_RULES)) {
    expect(rule.slug).toBe(slug);
    expect(rule.demands).toMatch(/\.$/);
    expect(rule.remedy).toMatch(/\.$/);
  }
});
