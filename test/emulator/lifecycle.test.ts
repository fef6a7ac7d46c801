import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { GetBucketReplicationCommand, GetBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { describeOwnEmulator } from './deployment-tests';
import { Emulator } from './emulator';
import { HOME, NORTH, ORGANIZATION, PARTNER, synthesiseSample, type Variant } from './sample-app';

const STACKS = 7;

describeOwnEmulator('cdk deploy over two accounts and two Regions', process.env, (found) => {
  let emulator: Emulator;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sample-'));
    for (const [name, variant] of Object.entries(variants)) synthesiseSample(join(folder, name), variant);
    emulator = await Emulator.start(found, { env: process.env, region: HOME.region, organization: ORGANIZATION });
  }, 120_000);

  afterAll(async () => {
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const variants = {
    first: {},
    second: { retention: 90, edition: 'second', unprotected: true },
    broken: { retention: 365, edition: 'second', broken: true },
  } satisfies Record<string, Variant>;

  const cdk = (variant: keyof typeof variants, ...args: string[]) =>
    emulator.cdk([...args, '--app', join(folder, variant)], folder);
  const deploy = (variant: keyof typeof variants, ...stacks: string[]) =>
    cdk(
      variant,
      'deploy',
      ...(stacks.length > 0 ? stacks : ['--all']),
      '--require-approval',
      'never',
      '--concurrency',
      '3',
    );

  test('bootstraps every environment', async () => {
    await emulator.bootstrap([HOME, NORTH, PARTNER]);
    const cloudformation = new CloudFormationClient(await emulator.client(PARTNER.account, PARTNER.region));
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
    expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
  }, 180_000);

  test('deploys all stacks everywhere from the base account', async () => {
    const { status, output } = await deploy('first');
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  }, 180_000);

  test('a weak reference carries its value into another Region', async () => {
    const keyId = await physicalId('sample-keys', HOME, 'AWS::KMS::Key');
    expect(await output('sample-north', NORTH, 'HomeKeyId')).toBe(keyId);
  });

  test('the custom resource has really emptied the default security group', async () => {
    const ec2 = new EC2Client(await emulator.client(HOME.account, HOME.region));
    const GroupIds = [await output('sample-network', HOME, 'DefaultGroup')];
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds }));
    expect(SecurityGroups?.[0]).toMatchObject({ GroupName: 'default', IpPermissions: [], IpPermissionsEgress: [] });
  });

  test('subnets stand in the zones named by their zone ids, and endpoints have their policies', async () => {
    const ec2 = new EC2Client(await emulator.client(HOME.account, HOME.region));
    const { Subnets } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'tag:application', Values: ['sample'] }] }),
    );
    expect(Subnets?.map((subnet) => subnet.AvailabilityZoneId).sort()).toEqual(['euw1-az1', 'euw1-az2']);
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({}));
    expect(VpcEndpoints).toHaveLength(2);
    for (const endpoint of VpcEndpoints ?? []) expect(endpoint.PolicyDocument).toContain(HOME.account);
  });

  test('a bucket replicates to a bucket of another account, and the rule reads back as it was written', async () => {
    const s3 = new S3Client(await emulator.client(HOME.account, HOME.region));
    const Bucket = await physicalId('sample-stores', HOME, 'AWS::S3::Bucket');
    const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket }));
    expect(ReplicationConfiguration?.Rules).toEqual([
      {
        ID: 'to-partner',
        Priority: 7,
        Status: 'Enabled',
        Filter: { Prefix: 'shared/' },
        DeleteMarkerReplication: { Status: 'Enabled' },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: {
          Bucket: `arn:aws:s3:::sample-replica-${PARTNER.account}`,
          Account: PARTNER.account,
          AccessControlTranslation: { Owner: 'Destination' },
          EncryptionConfiguration: {
            ReplicaKmsKeyID: `arn:aws:kms:${PARTNER.region}:${PARTNER.account}:alias/sample/data`,
          },
        },
      },
    ]);
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    expect(TagSet).toContainEqual({ Key: 'data-class', Value: 'restricted' });
  });

  test('the database answers with its keys, and its backups are recorded in the other Region', async () => {
    const rds = new RDSClient(await emulator.client(HOME.account, HOME.region));
    const key = await output('sample-keys', HOME, /Arn/);
    const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toEqual([
      expect.objectContaining({
        KmsKeyId: key,
        StorageEncrypted: true,
        PerformanceInsightsEnabled: true,
        PerformanceInsightsKMSKeyId: key,
        MasterUserSecret: expect.objectContaining({ KmsKeyId: key }),
        MaxAllocatedStorage: 200,
        EnabledCloudwatchLogsExports: ['postgresql'],
      }),
    ]);
    const north = new RDSClient(await emulator.client(NORTH.account, NORTH.region));
    const { DBInstanceAutomatedBackups } = await north.send(new DescribeDBInstanceAutomatedBackupsCommand({}));
    expect(DBInstanceAutomatedBackups).toEqual([
      expect.objectContaining({
        DBInstanceArn: DBInstances?.[0]?.DBInstanceArn,
        Region: HOME.region,
        BackupRetentionPeriod: 14,
      }),
    ]);
  });

  test('the table and the key answer with their settings', async () => {
    const dynamodb = new DynamoDBClient(await emulator.client(HOME.account, HOME.region));
    const TableName = (await dynamodb.send(new ListTablesCommand({}))).TableNames?.[0];
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.SSEDescription).toMatchObject({
      Status: 'ENABLED',
      SSEType: 'KMS',
      KMSMasterKeyArn: await output('sample-keys', HOME, /Arn/),
    });
    const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 20,
    });
    const kms = new KMSClient(await emulator.client(HOME.account, HOME.region));
    const KeyId = await physicalId('sample-keys', HOME, 'AWS::KMS::Key');
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 180,
    });
  });

  test('deploying again changes nothing, and diff agrees', async () => {
    const again = await deploy('first');
    expect(again.status).toBe(0);
    expect(again.output.match(/\(no changes\)/g)).toHaveLength(STACKS);
    expect(await cdk('first', 'diff', '--all', '--fail', '--method=template')).toMatchObject({ status: 0 });
  }, 180_000);

  test('a protected stack is not destroyed', async () => {
    const { status, output } = await cdk('first', 'destroy', 'sample-stores', '--force');
    expect(status).toBe(1);
    expect(output).toContain('cannot be deleted while TerminationProtection is enabled');
  }, 60_000);

  test('a difference fails diff --fail, and an update of everything replaces nothing', async () => {
    const diff = await cdk('second', 'diff', 'sample-oversight', '--exclusively', '--fail');
    expect(diff).toMatchObject({ status: 1, output: expect.stringContaining('RetentionInDays') });
    const before = await everyPhysicalId();
    const { status, output } = await deploy('second');
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    expect(await everyPhysicalId()).toEqual(before);
    expect(await cdk('second', 'diff', 'sample-oversight', '--exclusively', '--fail')).toMatchObject({ status: 0 });
  }, 180_000);

  test('a failed update rolls back and says why', async () => {
    const { status, output } = await deploy('broken', 'sample-oversight', '--exclusively');
    expect(status).toBe(1);
    expect(output).toMatch(/CREATE_FAILED[\s\S]*Impossible[\s\S]*Invalid bucket name/);
    const cloudformation = new CloudFormationClient(await emulator.client(HOME.account, HOME.region));
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'sample-oversight' }));
    expect(Stacks?.[0]?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  }, 180_000);

  test('without protection everything is destroyed, except what must be kept', async () => {
    const databases = new RDSClient(await emulator.client(HOME.account, HOME.region));
    const north = new KMSClient(await emulator.client(NORTH.account, NORTH.region));
    const kept = await physicalId('sample-north', NORTH, 'AWS::KMS::Key');
    const { status, output } = await cdk('second', 'destroy', '--all', '--force');
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    expect(output).toMatch(/DELETE_SKIPPED\s*\|\s*AWS::Logs::LogGroup\s*\|\s*Kept/);
    expect((await databases.send(new DescribeDBInstancesCommand({}))).DBInstances).toEqual([]);
    const { DBSnapshots } = await databases.send(new DescribeDBSnapshotsCommand({ SnapshotType: 'manual' }));
    expect(DBSnapshots).toHaveLength(1);
    expect((await north.send(new DescribeKeyCommand({ KeyId: kept }))).KeyMetadata?.KeyState).toBe('Enabled');
  }, 180_000);

  type Environment = { readonly account: string; readonly region: string };

  async function output(StackName: string, { account, region }: Environment, key: string | RegExp): Promise<string> {
    const cloudformation = new CloudFormationClient(await emulator.client(account, region));
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    const found = Stacks?.[0]?.Outputs?.find(({ OutputKey = '' }) =>
      typeof key === 'string' ? OutputKey === key : key.test(OutputKey),
    );
    if (found?.OutputValue === undefined) throw new Error(`${StackName} has no output ${key}`);
    return found.OutputValue;
  }

  /** Stack, logical id and physical id of every resource. */
  async function everyPhysicalId(): Promise<string[]> {
    const stacks = {
      'sample-keys': HOME,
      'sample-network': HOME,
      'sample-stores': HOME,
      'sample-oversight': HOME,
      'sample-north': NORTH,
    };
    const lists = Object.entries(stacks).map(async ([StackName, { account, region }]) => {
      const cloudformation = new CloudFormationClient(await emulator.client(account, region));
      const { StackResourceSummaries = [] } = await cloudformation.send(new ListStackResourcesCommand({ StackName }));
      return StackResourceSummaries.map(
        (found) => `${StackName} ${found.LogicalResourceId} ${found.PhysicalResourceId}`,
      );
    });
    return (await Promise.all(lists)).flat().sort();
  }

  async function physicalId(StackName: string, { account, region }: Environment, type: string): Promise<string> {
    const cloudformation = new CloudFormationClient(await emulator.client(account, region));
    const { StackResourceSummaries } = await cloudformation.send(new ListStackResourcesCommand({ StackName }));
    const found = StackResourceSummaries?.find(({ ResourceType }) => ResourceType === type)?.PhysicalResourceId;
    if (found === undefined) throw new Error(`${StackName} has no ${type}`);
    return found;
  }
});
