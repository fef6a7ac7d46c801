/** Every first rule, planted through real constructs: outside, inside, and where it cannot be told. */
import { CfnParameter, CfnResource, PhysicalName, Stack, Tags } from 'aws-cdk-lib/core';
import type { App } from 'aws-cdk-lib/core';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type { ResidencyChecksOptions } from '../../lib/nag';
import type { Judgement } from '../../lib/residency';
import { ACCOUNT, DUBLIN, VIRGINIA, gate } from './gate';

type Where = 'outside' | 'inside' | 'unknown';
const REGION: Readonly<Record<Exclude<Where, 'unknown'>, string>> = { outside: 'us-east-1', inside: 'eu-north-1' };

/** A Region as the case wants it: a literal, or a parameter nobody has fixed. */
const regionFor = (stack: Stack, where: Where): string =>
  where === 'unknown' ? new CfnParameter(stack, 'Region').valueAsString : REGION[where];
const stackAt = (app: App, where: Where): Stack =>
  new Stack(
    app,
    'There',
    where === 'unknown' ? { env: { account: ACCOUNT } } : { env: { account: ACCOUNT, region: REGION[where] } },
  );
const keyArn = (region: string): string => `arn:aws:kms:${region}:${ACCOUNT}:key/k`;
const raw = (stack: Stack, type: string, properties: Record<string, unknown>): CfnResource =>
  new CfnResource(stack, 'Subject', { type, properties });
const LOCAL_DATABASE = `arn:aws:rds:eu-west-1:${ACCOUNT}:db:main`;

const PLANTED: readonly (readonly [string, string, (stack: Stack, where: Where, app: App) => void])[] = [
  [
    'S3 replication',
    's3-replication-bucket',
    (stack, where, app) => {
      const destination =
        where === 'unknown'
          ? s3.Bucket.fromBucketName(stack, 'Imported', 'someone-else')
          : new s3.Bucket(stackAt(app, where), 'Copy', {
              bucketName: PhysicalName.GENERATE_IF_NEEDED,
              versioned: true,
            });
      new s3.Bucket(stack, 'Subject', { versioned: true, replicationRules: [{ destination }] });
    },
  ],
  [
    'replication of RDS automated backups',
    'rds-instance-backup-replication',
    (stack, where) =>
      void raw(stack, 'AWS::RDS::DBInstance', { AutomaticBackupReplicationRegion: regionFor(stack, where) }),
  ],
  [
    'an RDS read replica',
    'rds-instance-replica-source',
    (_stack, where, app) =>
      void raw(stackAt(app, where), 'AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: LOCAL_DATABASE }),
  ],
  [
    'a member of an RDS global cluster',
    'rds-cluster-global-member',
    (_stack, where, app) =>
      void raw(stackAt(app, where), 'AWS::RDS::DBCluster', {
        GlobalClusterIdentifier: 'group',
        Engine: 'aurora-postgresql',
      }),
  ],
  [
    'a DynamoDB global table',
    'dynamodb-replica-region',
    (stack, where) => {
      const table = new dynamodb.TableV2(stack, 'Subject', {
        partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      });
      (table.node.defaultChild as CfnResource).addPropertyOverride('Replicas', [
        { Region: 'eu-west-1' },
        { Region: regionFor(stack, where) },
      ]);
    },
  ],
  [
    'a DynamoDB replica made by a custom resource',
    'cdk-dynamodb-replica',
    (stack, where) => void raw(stack, 'Custom::DynamoDBReplica', { TableName: 't', Region: regionFor(stack, where) }),
  ],
  [
    'a replica of a KMS key',
    'kms-replica-key',
    (_stack, where, app) =>
      void raw(stackAt(app, where), 'AWS::KMS::ReplicaKey', {
        PrimaryKeyArn: keyArn('eu-west-1'),
        KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'kms:*', Resource: '*' }] },
      }),
  ],
  [
    'a replica of a secret',
    'secret-replica-region',
    (stack, where) =>
      void new secrets.Secret(stack, 'Subject', { replicaRegions: [{ region: regionFor(stack, where) }] }),
  ],
  [
    'a backup copy',
    'backup-copy-vault',
    (stack, where, app) => {
      const vault = new backup.BackupVault(stack, 'Vault');
      const plan = new backup.BackupPlan(stack, 'Subject', { backupVault: vault });
      const there =
        where === 'unknown'
          ? backup.BackupVault.fromBackupVaultArn(stack, 'Imported', new CfnParameter(stack, 'Arn').valueAsString)
          : new backup.BackupVault(stackAt(app, where), 'Copy', { backupVaultName: 'copy' });
      plan.addRule(new backup.BackupPlanRule({ copyActions: [{ destinationBackupVault: there }] }));
    },
  ],
  [
    'a public database',
    'rds-instance-public',
    (stack, where) =>
      void raw(stack, 'AWS::RDS::DBInstance', {
        PubliclyAccessible: where === 'unknown' ? new CfnParameter(stack, 'Public').valueAsString : where === 'outside',
      }),
  ],
  [
    'a bucket policy',
    's3-bucket-policy',
    (stack, where) => {
      const principal = {
        outside: new iam.AnyPrincipal(),
        inside: new iam.AccountRootPrincipal(),
        unknown: new iam.AccountPrincipal('999999999999'),
      }[where];
      new s3.Bucket(stack, 'Subject').addToResourcePolicy(
        new iam.PolicyStatement({ principals: [principal], actions: ['s3:GetObject'], resources: ['*'] }),
      );
    },
  ],
  [
    'a key policy',
    'kms-key-policy',
    (stack, where) => {
      const principal = {
        outside: new iam.AnyPrincipal(),
        inside: new iam.AccountRootPrincipal(),
        unknown: new iam.AccountPrincipal('999999999999'),
      }[where];
      new kms.Key(stack, 'Subject', {
        policy: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ principals: [principal], actions: ['kms:*'], resources: ['*'] })],
        }),
      });
    },
  ],
];

function verdictsOf(
  build: (app: App) => void,
  options: Partial<ResidencyChecksOptions> = {},
): { readonly judgement: Judgement; readonly rules: readonly string[] } {
  let judgement: Judgement | undefined;
  const report = gate(build, { ...options, onJudgement: (given) => (judgement = given) });
  return { judgement: judgement!, rules: report.violations.map(({ ruleName }) => ruleName) };
}

/** A stack with something harmless in it: a template without resources is no template. */
function here(app: App): Stack {
  const stack = new Stack(app, 'Here', DUBLIN);
  new CfnResource(stack, 'Handle', { type: 'AWS::CloudFormation::WaitConditionHandle' });
  return stack;
}

describe.each(PLANTED)('%s', (_name, slug, plant) => {
  test.each<Where>(['outside', 'unknown'])('%s is a fatal violation', (where) => {
    const { judgement, rules } = verdictsOf((app) => plant(here(app), where, app));
    expect(rules).toContain(`Residency-${slug}`);
    expect(judgement.flows.filter(({ rule }) => rule === slug).map(({ verdict }) => verdict)).toContain(where);
  });

  test('inside is none', () => {
    const { judgement, rules } = verdictsOf((app) => plant(here(app), 'inside', app));
    expect(rules).not.toContain(`Residency-${slug}`);
    expect(judgement.counts.resources).toBeGreaterThan(0);
    expect(judgement.flows.filter(({ rule, verdict }) => rule === slug && verdict !== 'inside')).toEqual([]);
  });
});

test('a multi-Region key is a violation before it has any replica', () => {
  expect(
    verdictsOf((app) => void new kms.Key(new Stack(app, 'Here', DUBLIN), 'Key', { multiRegion: true })).rules,
  ).toContain('Residency-kms-multi-region');
});

test('a store abroad is a violation', () => {
  expect(verdictsOf((app) => void new s3.Bucket(new Stack(app, 'There', VIRGINIA), 'B')).rules).toContain(
    'Residency-store-placement',
  );
});

describe('with declared sites', () => {
  const options: Partial<ResidencyChecksOptions> = {
    sites: [{ siteId: 'dub-1', account: ACCOUNT, region: 'eu-west-1' }],
  };
  const store = (
    app: App,
    change: { region?: string; cls?: string; keyRegion?: string; encrypted?: boolean } = {},
  ): void => {
    const stack = new Stack(app, 'Stores', { env: { account: ACCOUNT, region: change.region ?? 'eu-west-1' } });
    const key = change.keyRegion
      ? kms.Key.fromKeyArn(stack, 'Key', keyArn(change.keyRegion))
      : new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Subject', change.encrypted === false ? {} : { encryptionKey: key });
    if (!change.keyRegion) Tags.of(key).add('data-class', 'restricted');
    if (change.cls !== '') Tags.of(bucket).add('data-class', change.cls ?? 'restricted');
  };
  test('a store as it should be passes', () => {
    expect(verdictsOf((app) => store(app), options)).toMatchObject({ rules: [], judgement: { counts: { stores: 2 } } });
  });
  test.each([
    ['a store outside a site', { region: 'eu-north-1' }, 'Residency-store-outside-site'],
    ['a store without a class', { cls: '' }, 'Residency-missing-class'],
    ['a store under a key of another Region', { keyRegion: 'eu-north-1' }, 'Residency-foreign-key'],
    ['a store under a key of another class', { cls: 'public' }, 'Residency-shared-key'],
    ['a restricted store without a key of ours', { encrypted: false }, 'Residency-unencrypted-store'],
  ])('%s is a violation', (_words, change, rule) => {
    expect(verdictsOf((app) => store(app, change), options).rules).toContain(rule);
  });
});

test('a violation names construct, destination, country, reason and remedy', () => {
  const report = gate(
    (app) =>
      void new secrets.Secret(new Stack(app, 'Here', DUBLIN), 'Subject', { replicaRegions: [{ region: 'eu-west-2' }] }),
  );
  expect(report.violations).toMatchObject([
    {
      ruleName: 'Residency-secret-replica-region',
      severity: 'fatal',
      violatingResources: [
        { constructPath: 'Here/Subject/Resource', locations: ['Properties.ReplicaRegions[0].Region'] },
      ],
    },
  ]);
  expect(report.violations[0]!.description).toMatch(
    /eu-west-2 \(United Kingdom\).*outside.*Destination: eu-west-2, United Kingdom\..*\[[0-9a-f]{16}\]$/,
  );
});
