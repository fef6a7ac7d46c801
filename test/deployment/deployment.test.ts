import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  GetStackPolicyCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRouteTablesCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ReplicateKeyCommand,
} from '@aws-sdk/client-kms';
import { ListPoliciesForTargetCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { PolicyType } from '@aws-sdk/client-organizations';
import { DescribeDBInstanceAutomatedBackupsCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetBucketLocationCommand, GetBucketReplicationCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import type { Attestation } from '../../lib/attestation';
import { STACK_POLICY } from '../../lib/enclave/stack-policy';
import { environmentsOf, stacksOf } from '../../bin/aws/assembly';
import { startEnclaveEmulator } from '../../scripts/local/enclave-emulator';
import { standing, unprotect } from '../../scripts/local/standing';
import type { Emulator } from '../emulator/emulator';
import { findEmulator } from '../emulator/find';
import { knownTypes, unknownIn } from '../emulator/known-types';
import type { Template } from '../emulator/known-types';
import { synthesiseTo } from './assembly';

const ROOT = resolve(__dirname, '../..');
const found = findEmulator(process.env);
if (!found.ok) {
  if (process.env['REQUIRE_EMULATOR'] === '1') throw new Error(found.why);
  process.stderr.write(`deployment tests skipped: ${found.why}\n`);
}

/** Gives the changed template of a stack another asset hash: under the old one the command line finds it uploaded already. */
function rename(folder: string, stack: string): void {
  const assets = readFileSync(join(folder, `${stack}.assets.json`), 'utf8');
  const hash = /"([0-9a-f]{64})": \{[^}]*"displayName": "[^"]*Template"/.exec(assets)?.[1] ?? '';
  expect(hash).toHaveLength(64);
  for (const file of [`${stack}.assets.json`, 'manifest.json']) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(hash, [...hash].reverse().join('')));
  }
}

(found.ok ? describe : describe.skip)('the enclave, deployed by the CDK command line into an emulator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'enclave-deployment-'));
  const assembly = join(folder, 'cdk.out');
  let emulator: Emulator;

  const cdk = (...args: string[]) => emulator.cdk(args, ROOT);
  const deploy = (app: string, ...args: string[]) =>
    cdk('deploy', '--all', '--app', app, '--require-approval', 'never', '--concurrency', '4', ...args);
  const statuses = async () =>
    Object.fromEntries((await standing(emulator, stacksOf(assembly))).map((s) => [s.name, s.status]));

  beforeAll(async () => {
    if (!found.ok) return;
    synthesiseTo(assembly);
    emulator = await startEnclaveEmulator(found);
    await emulator.bootstrap(environmentsOf(stacksOf(assembly)));
  }, 180_000);

  afterAll(async () => {
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the emulator understands every type and every property of every template', async () => {
    if (!found.ok || found.kind !== 'own') return;
    const known = await knownTypes(found);
    for (const { templateFile } of stacksOf(assembly)) {
      expect(unknownIn(JSON.parse(readFileSync(templateFile, 'utf8')) as Template, known)).toEqual([]);
    }
  });

  test('every stack is created, in five accounts and three Regions', async () => {
    const { status, output } = await deploy(assembly);
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    const after = await statuses();
    expect(Object.keys(after)).toHaveLength(29);
    expect(new Set(Object.values(after))).toEqual(new Set(['CREATE_COMPLETE']));
  }, 300_000);

  test('a second deployment changes nothing, and cdk diff is clean', async () => {
    const again = await deploy(assembly);
    expect(again.status).toBe(0);
    expect(again.output.match(/\(no changes\)/g)).toHaveLength(29);
    const diff = await cdk('diff', '--all', '--app', assembly, '--method=template', '--fail');
    expect({ status: diff.status, output: diff.status === 0 ? '' : diff.output }).toEqual({ status: 0, output: '' });
  }, 300_000);

  test('buckets copy to the partner’s bucket, which stands in the other Region and account', async () => {
    const source = new S3Client(await emulator.client('111122223333', 'eu-west-1'));
    const { ReplicationConfiguration } = await source.send(
      new GetBucketReplicationCommand({ Bucket: 'enclave-dub-1-media-111122223333' }),
    );
    const copy = 'enclave-nordic-1-media-of-dub-1-333344445555';
    expect(ReplicationConfiguration?.Rules?.map((r) => r.Destination)).toMatchObject([
      { Bucket: `arn:aws:s3:::${copy}`, Account: '333344445555' },
    ]);
    const partner = new S3Client(await emulator.client('333344445555', 'eu-north-1'));
    expect((await partner.send(new GetBucketLocationCommand({ Bucket: copy }))).LocationConstraint).toBe('eu-north-1');
  });

  test('every policy of the organisation is attached to the units it names', async () => {
    const client = new OrganizationsClient(await emulator.client('666677778888', 'us-east-1'));
    const attached = async (Filter: PolicyType, TargetId: string) =>
      (await client.send(new ListPoliciesForTargetCommand({ Filter, TargetId })))
        .Policies!.map((p) => p.Name)
        .filter((name) => name?.startsWith('enclave-'));
    const { data, oversight } = parseEnclave(shipped).organization!.units;
    expect(await attached('SERVICE_CONTROL_POLICY', data)).toEqual([1, 2, 3, 4].map((n) => `enclave-scp-sites-${n}`));
    expect(await attached('SERVICE_CONTROL_POLICY', oversight)).toEqual(
      [1, 2, 3, 4].map((n) => `enclave-scp-oversight-${n}`),
    );
    expect(await attached('RESOURCE_CONTROL_POLICY', data)).toHaveLength(3);
    expect(await attached('DECLARATIVE_POLICY_EC2', data)).toEqual(['enclave-ec2']);
    expect(await attached('AISERVICES_OPT_OUT_POLICY', oversight)).toEqual(['enclave-ai-opt-out']);
  });

  test('the database is private, encrypted and copies its backups to the partner’s Region', async () => {
    const here = new RDSClient(await emulator.client('111122223333', 'eu-west-1'));
    const { DBInstances } = await here.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'enclave-dub-1-accounts' }),
    );
    expect(DBInstances).toMatchObject([
      {
        StorageEncrypted: true,
        PubliclyAccessible: false,
        DeletionProtection: true,
        IAMDatabaseAuthenticationEnabled: true,
      },
    ]);
    const there = new RDSClient(await emulator.client('111122223333', 'eu-north-1'));
    const { DBInstanceAutomatedBackups } = await there.send(new DescribeDBInstanceAutomatedBackupsCommand({}));
    expect(DBInstanceAutomatedBackups?.map((b) => b.DBInstanceIdentifier)).toContain('enclave-dub-1-accounts');
  });

  test('the table is encrypted under the own key and has no replica', async () => {
    const client = new DynamoDBClient(await emulator.client('333344445555', 'eu-north-1'));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'enclave-nordic-1-messages' }));
    expect(Table?.SSEDescription).toMatchObject({
      SSEType: 'KMS',
      KMSMasterKeyArn: expect.stringContaining(':eu-north-1:333344445555:key/'),
    });
    expect(Table?.Replicas ?? []).toEqual([]);
  });

  test('no route leads out of a VPC, and the default security group is empty', async () => {
    const ec2 = new EC2Client(await emulator.client('222233334444', 'eu-west-1'));
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({}));
    const own = RouteTables!.filter((t) => t.Routes?.some((r) => r.DestinationCidrBlock === '10.17.0.0/16'));
    expect(own.length).toBeGreaterThan(1);
    for (const { Routes } of own)
      for (const route of Routes!)
        expect(route.GatewayId === 'local' || route.GatewayId?.startsWith('vpce-')).toBe(true);
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['default'] }] }),
    );
    const closed = SecurityGroups!.filter((g) => own.some((t) => t.VpcId === g.VpcId));
    expect(closed).toHaveLength(1);
    expect(closed[0]).toMatchObject({ IpPermissions: [], IpPermissionsEgress: [] });
  });

  describe('and attested', () => {
    const enclaveCommand = async (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/enclave.cjs', ...args], {
        maxBuffer: 64 * 1024 * 1024,
        cwd: ROOT,
        env: await emulator.env(),
        encoding: 'utf8',
      });
      return { status, output: stdout + stderr };
    };
    const attestation = async () => {
      const { status, output } = await enclaveCommand(
        'attest',
        assembly,
        '--role',
        'attestor',
        '--regions',
        'us-east-1',
        '--accepted',
        'config/accepted-stores.yaml',
        '--format',
        'json',
      );
      return { status, ...(JSON.parse(output) as Attestation) };
    };
    const broken = (a: Attestation) =>
      a.claims.filter((c) => c.verdict !== 'holds').map((c) => `${c.resource.logicalId} ${c.claim}`);
    const kms = async () => new KMSClient(await emulator.client('111122223333', 'eu-west-1'));
    const mediaKey = async () =>
      (await (await kms()).send(new DescribeKeyCommand({ KeyId: 'alias/enclave-dub-1/restricted/objects' })))
        .KeyMetadata!.KeyId!;

    test('every claim about every key, store and network holds, and nothing stands that no template declares and no register accepts', async () => {
      const { status, verdict, claims, unexpected } = await attestation();
      expect({ status, verdict, broken: claims.filter((c) => c.verdict !== 'holds'), unexpected }).toEqual({
        status: 0,
        verdict: 'holds',
        broken: [],
        unexpected: [],
      });
      expect(claims.length).toBeGreaterThan(43 * 10);
    }, 300_000);

    test('a loosened policy, a disabled rotation and a multi-Region key made by hand are each named, and nothing else', async () => {
      const client = await kms();
      const KeyId = await mediaKey();
      const { Policy } = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
      const loosened = JSON.parse(Policy!) as { Statement: object[] };
      loosened.Statement.push({
        Sid: 'Friend',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
        Action: 'kms:Decrypt',
        Resource: '*',
      });
      await client.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: JSON.stringify(loosened) }));
      expect(broken(await attestation())).toEqual([expect.stringMatching(/^restrictedobjects.* policy$/)]);
      await client.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: Policy! }));

      await client.send(new DisableKeyRotationCommand({ KeyId }));
      expect(broken(await attestation())).toEqual([expect.stringMatching(/^restrictedobjects.* rotation$/)]);
      await client.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 365 }));

      const { KeyMetadata } = await client.send(new CreateKeyCommand({ MultiRegion: true }));
      await client.send(new ReplicateKeyCommand({ KeyId: KeyMetadata!.KeyId!, ReplicaRegion: 'us-east-1' }));
      const after = await attestation();
      expect({ broken: broken(after), verdict: after.verdict }).toEqual({ broken: [], verdict: 'unexpected' });
      expect(after.unexpected.length).toBeGreaterThan(0);
      expect(JSON.stringify(after.unexpected)).toMatch(/us-east-1/);
    }, 300_000);

    test('the stack policies are set and read back, twice with the same result', async () => {
      for (const _ of [1, 2]) {
        const { status, output } = await enclaveCommand('protect', assembly, '--role', 'deployer');
        expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
      }
      const cloudformation = new CloudFormationClient(await emulator.client('111122223333', 'eu-west-1'));
      const { StackPolicyBody } = await cloudformation.send(new GetStackPolicyCommand({ StackName: 'dub-1-stores' }));
      expect(JSON.parse(StackPolicyBody!)).toEqual(STACK_POLICY);
    }, 300_000);
  });

  test('a changed configuration is an update of exactly the stacks it concerns', async () => {
    const changed = join(folder, 'changed.out');
    synthesiseTo(changed, { ...shipped, retention: { ...shipped.retention, logDays: 731 } });
    const { status, output } = await deploy(changed);
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    const after = await statuses();
    expect(
      Object.keys(after)
        .filter((name) => after[name] === 'UPDATE_COMPLETE')
        .every((name) => /(^|-)(logs|network|stores|gateway|oversight)$/.test(name)),
    ).toBe(true);
    expect(after).toMatchObject({
      'dub-1-network': 'UPDATE_COMPLETE',
      'nordic-1-logs': 'UPDATE_COMPLETE',
      'dub-2-keys': 'CREATE_COMPLETE',
    });
  }, 300_000);

  test('an update that fails rolls back to what stood, and says why', async () => {
    const broken = join(folder, 'broken.out');
    cpSync(join(folder, 'changed.out'), broken, { recursive: true });
    const file = stacksOf(broken).find((s) => s.name === 'dub-1-stores')!.templateFile;
    const template = JSON.parse(readFileSync(file, 'utf8')) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    const policy = Object.values(template.Resources).find((r) => r.Type === 'AWS::S3::BucketPolicy')!;
    policy.Properties['Bucket'] = 'a-bucket-that-does-not-exist';
    writeFileSync(file, JSON.stringify(template));
    rename(broken, 'dub-1-stores');
    const { status } = await cdk(
      'deploy',
      'dub-1-stores',
      '--exclusively',
      '--app',
      broken,
      '--require-approval',
      'never',
    );
    expect(status).not.toBe(0);
    expect((await statuses())['dub-1-stores']).toBe('UPDATE_ROLLBACK_COMPLETE');
    const cloudformation = new CloudFormationClient(await emulator.client('111122223333', 'eu-west-1'));
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'dub-1-stores' }));
    const reason = StackEvents!.find(
      (e) => e.ResourceStatus === 'UPDATE_FAILED' && e.ResourceType === 'AWS::S3::BucketPolicy',
    )?.ResourceStatusReason;
    expect(reason).toMatch(/NoSuchBucket|does not exist/);
  }, 300_000);

  test('no stack can be destroyed by accident', async () => {
    await cdk('destroy', 'dub-2-stores', '--exclusively', '--force', '--app', assembly);
    expect((await statuses())['dub-2-stores']).toMatch(/_COMPLETE$/);
  }, 300_000);

  test('destroying on purpose takes the stacks and keeps the data', async () => {
    await unprotect(emulator, await standing(emulator, stacksOf(assembly)));
    const { status, output } = await cdk('destroy', '--all', '--force', '--app', assembly);
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['absent']));
    const s3 = new S3Client(await emulator.client('111122223333', 'eu-west-1'));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'enclave-dub-1-media-111122223333' }))).resolves.toBeDefined();
    const rds = new RDSClient(await emulator.client('111122223333', 'eu-west-1'));
    await expect(
      rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'enclave-dub-1-accounts' })),
    ).resolves.toBeDefined();
  }, 300_000);
});
