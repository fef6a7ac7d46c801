import { readFileSync } from 'node:fs';
import path from 'node:path';
import { allRows, describedTypes, isStore, row, rowsOf, storeFacts, verdictOf } from '../../lib/catalogue';
import type { ChannelRow } from '../../lib/catalogue';
import { allTypes } from '../../scripts/catalogue/enumerate';

const rows = allRows();

function failing(promise: (candidate: ChannelRow) => boolean): string[] {
  return rows.filter((candidate) => !promise(candidate)).map((candidate) => candidate.slug);
}

test('every slug is unique, in kebab case, and finds its row', () => {
  const slugs = rows.map((candidate) => candidate.slug);
  expect(slugs.length).toBe(new Set(slugs).size);
  expect(failing((candidate) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(candidate.slug))).toEqual([]);
  expect(failing((candidate) => row(candidate.slug) === candidate)).toEqual([]);
});

test('a slug nobody wrote finds no row', () => {
  expect(row('no-such-channel')).toBeUndefined();
});

test('every row says why it matters, what to do and what it cannot see, each in a sentence', () => {
  const sentence = (text: string): boolean => text.length > 15 && /[.`]$/.test(text);
  expect(failing((r) => sentence(r.rationale) && sentence(r.remedy) && sentence(r.blindSpot))).toEqual([]);
});

test('every row on an AWS type cites a page of the vendor, and every row evidences a public control', () => {
  expect(failing((r) => !r.type.startsWith('AWS::') || r.references.length > 0)).toEqual([]);
  expect(failing((r) => r.references.every((url) => url.startsWith('https://docs.aws.amazon.com/')))).toEqual([]);
  expect(failing((r) => r.controls.length > 0)).toEqual([]);
});

test('every defence is either specific or says why there is none', () => {
  expect(
    failing(({ defences: { permission, detection, attestation } }) => {
      const reasons = [permission, detection, attestation].flatMap((defence) =>
        'none' in defence ? [defence.none] : [],
      );
      return (
        reasons.every((reason) => reason.length > 20) &&
        ('none' in permission || permission.actions.length > 0) &&
        ('none' in detection ||
          (/^[a-z0-9-]+\.amazonaws\.com$/.test(detection.eventSource) && detection.eventNames.length > 0)) &&
        ('none' in attestation || /^(Get|List|Describe|Batch|Search)/.test(attestation.operation))
      );
    }),
  ).toEqual([]);
});

test('a probe never changes anything: each of the clients installed here has the read operation it names', () => {
  const clients: Record<string, string> = {
    s3: 'client-s3',
    rds: 'client-rds',
    dynamodb: 'client-dynamodb',
    ec2: 'client-ec2',
    kms: 'client-kms',
    cloudformation: 'client-cloudformation',
  };
  const commands = new Map(
    Object.entries(clients).map(([service, name]) => {
      const index = path.join(
        path.dirname(require.resolve(`@aws-sdk/${name}/package.json`)),
        'dist-types/commands/index.d.ts',
      );
      return [service, readFileSync(index, 'utf8')];
    }),
  );
  const probed = rows.flatMap(({ slug, defences: { attestation } }) =>
    'none' in attestation ? [] : [{ slug, ...attestation }],
  );
  const missing = probed.filter(
    ({ service, operation }) => commands.get(service)?.includes(`/${operation}Command"`) === false,
  );
  expect(missing).toEqual([]);
  expect(probed.filter(({ service }) => commands.has(service)).length).toBeGreaterThan(80);
});

test('the channels that made headlines are there, with the evaluator that fits', () => {
  const expected: Record<string, string> = {
    's3-replication-bucket': 's3Name',
    's3-transfer-acceleration': 'flagDeny',
    'rds-instance-backup-replication': 'regionLiteral',
    'rds-instance-replica-source': 'stackRegion',
    'dynamodb-replica-region': 'replicasCovered',
    'kms-multi-region': 'flagDeny',
    'kms-replica-key': 'stackRegion',
    'secret-replica-region': 'regionLiteral',
    'backup-copy-vault': 'arnRegion',
    'ecr-replication-region': 'regionLiteral',
    'log-subscription-destination': 'arnRegion',
    'sns-subscription-endpoint': 'snsEndpoint',
    'vpc-endpoint-service': 'endpointServiceName',
    'cdk-dynamodb-replica': 'regionLiteral',
    'anthropic-geography': 'geoLiteral',
  };
  expect(Object.fromEntries(Object.keys(expected).map((slug) => [slug, row(slug)?.evaluator]))).toEqual(expected);
});

test('every store says where its data class is written, in a property the type really has', () => {
  const union = allTypes();
  const wrong = [...union.keys()].filter((type) => {
    const facts = storeFacts(type);
    if (!facts?.tags) return facts !== undefined && facts.shape !== 'none';
    return !union.get(type)!.get('')!.has(facts.tags.split(/[[.]/)[0]!);
  });
  expect(wrong).toEqual([]);
});

test('buckets, databases, tables, queues, topics, log groups, secrets and keys are stores; networks and policies are not', () => {
  const stores = [
    'S3::Bucket',
    'RDS::DBInstance',
    'RDS::DBCluster',
    'DynamoDB::Table',
    'DynamoDB::GlobalTable',
    'SQS::Queue',
    'SNS::Topic',
    'Logs::LogGroup',
    'SecretsManager::Secret',
    'KMS::Key',
    'KMS::ReplicaKey',
    'EC2::Volume',
    'ECR::Repository',
    'EFS::FileSystem',
    'Backup::BackupVault',
    'Kinesis::Stream',
    'FSx::FileSystem',
    'Timestream::Table',
  ];
  expect(stores.filter((name) => !isStore(`AWS::${name}`))).toEqual([]);
  expect(
    ['EC2::VPC', 'S3::BucketPolicy', 'IAM::Role', 'Lambda::Function'].filter((name) => isStore(`AWS::${name}`)),
  ).toEqual([]);
  expect(storeFacts('AWS::KMS::Key')).toEqual({ tags: 'Tags', shape: 'list', keyMaterial: true });
  expect(storeFacts('AWS::Backup::BackupVault')).toEqual({ tags: 'BackupVaultTags', shape: 'map' });
});

test('types that stay denied may have rows, so that a finding names the channel', () => {
  const denied = describedTypes().filter((type) => verdictOf(type)?.verdict === 'denied' && rowsOf(type).length > 0);
  expect(denied).toEqual(
    expect.arrayContaining(['AWS::ImageBuilder::DistributionConfiguration', 'AWS::SecurityLake::DataLake']),
  );
});

test('every policy document of an ordinary type is scanned', () => {
  const scanned = new Set(rows.filter((r) => r.evaluator === 'policyScan').map((r) => r.type));
  const wanted = [
    'S3::BucketPolicy',
    'KMS::Key',
    'KMS::ReplicaKey',
    'SQS::QueuePolicy',
    'SNS::TopicPolicy',
    'IAM::Role',
    'IAM::Policy',
    'IAM::ManagedPolicy',
    'EC2::VPCEndpoint',
    'SecretsManager::ResourcePolicy',
    'Logs::ResourcePolicy',
    'ECR::Repository',
    'EFS::FileSystem',
    'Events::EventBusPolicy',
    'Organizations::Policy',
    'Lambda::Permission',
    'Backup::BackupVault',
    'DynamoDB::Table',
  ];
  expect(wanted.filter((name) => !scanned.has(`AWS::${name}`))).toEqual([]);
});
