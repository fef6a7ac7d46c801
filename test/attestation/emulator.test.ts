import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, GetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ReplicateKeyCommand,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { KeySpec, KeyUsageType } from '@aws-sdk/client-kms';
import type { Command } from 'commander';
import { attestCommand } from '../../bin/commands/attest';
import { protectCommand } from '../../bin/commands/protect';
import type { AttestedClaim, Unexpected } from '../../lib/attestation';
import { STACK_POLICY } from '../../lib/enclave/stack-policy';
import { Emulator } from '../emulator/emulator';
import { findEmulator } from '../emulator/find';
import { TEMPLATE, deployedPolicy } from './declared-enclave';

const found = findEmulator(process.env);
if (!found.ok && process.env.REQUIRE_EMULATOR === '1') throw new Error(found.why);
if (!found.ok) console.warn(`Not run against an emulator: ${found.why}`);
const withEmulator = found.ok ? describe : describe.skip;

/** Accounts nobody else uses, so that an emulator that runs already holds nothing of theirs. */
const freshAccount = (): string => `9${String(Math.floor(Math.random() * 1e11)).padStart(11, '0')}`;
const DUBLIN = { stack: 'dub-1-keys', account: freshAccount(), region: 'eu-west-1' };
const STOCKHOLM = { stack: 'nordic-1-keys', account: freshAccount(), region: 'eu-north-1' };
type Site = typeof DUBLIN;

withEmulator('against a local AWS', () => {
  let emulator: Emulator;
  let assembly: string;
  const before = { ...process.env };
  const dataKeys = new Map<Site, string>();
  const kms = async ({ account, region }: { account: string; region: string }) =>
    new KMSClient(await emulator.client(account, region));

  beforeAll(async () => {
    if (!found.ok) return;
    emulator = await Emulator.start(found, { env: process.env, region: DUBLIN.region });
    // The commands run in this process and see what a caller in the Dublin account would have.
    for (const name of Object.keys(process.env))
      if (/^(AWS_|HTTPS?_PROXY$|ALL_PROXY$)/iu.test(name)) delete process.env[name];
    Object.assign(process.env, await emulator.env({ account: DUBLIN.account }));
    assembly = mkdtempSync(join(tmpdir(), 'attested-'));
    writeAssembly(assembly, [DUBLIN, STOCKHOLM]);
    for (const site of [DUBLIN, STOCKHOLM]) dataKeys.set(site, await deployByApi(await kms(site), site));
  }, 120_000);

  afterAll(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    if (assembly) rmSync(assembly, { recursive: true, force: true });
    await emulator?.stop();
  });

  const attested = async (...options: string[]) => {
    const { status, output } = await run(attestCommand(), [assembly, '--format', 'json', ...options]);
    const answer = JSON.parse(output) as { verdict: string; claims: AttestedClaim[]; unexpected: Unexpected[] };
    // The keys are made by their API, without a stack: what is said of other services is not this test's matter.
    const claims = answer.claims.filter(({ resource }) => resource.type.startsWith('AWS::KMS'));
    const unexpected = answer.unexpected.filter(({ type }) => type.startsWith('AWS::KMS'));
    expect(status).toBe(answer.verdict === 'holds' ? 0 : 1);
    return {
      faults: claims.filter(({ verdict }) => verdict !== 'holds').map(({ verdict, id }) => `${verdict} ${id}`),
      claims,
      unexpected,
    };
  };
  const inBoth = ['--role', 'attestor'];
  const key = (site: Site): string => dataKeys.get(site) ?? '';

  test('keys deployed as declared hold in both accounts', async () => {
    const clean = await attested(...inBoth, '--regions', 'us-east-1', 'eu-central-1');
    expect(clean).toMatchObject({ faults: [], unexpected: [] });
    expect(clean.claims).toHaveLength(2 * 25 + 2 * 4);
  });

  test("without a role the other account's claims are unseen, with what to do, and the caller's own hold", async () => {
    const alone = await attested('--regions', 'us-east-1');
    expect(alone.faults.every((fault) => fault.includes(STOCKHOLM.account) || fault.includes(STOCKHOLM.stack))).toBe(
      true,
    );
    expect(alone.claims.find(({ verdict }) => verdict === 'unseen')?.remedy).toContain('--role');
  });

  test('a loosened policy is named by its statement, and nothing else', async () => {
    const client = await kms(DUBLIN);
    const policy = deployedPolicy(DUBLIN.account, DUBLIN.region);
    const open = { Sid: 'OpenDoor', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
    const put = (document: object) =>
      client.send(
        new PutKeyPolicyCommand({ KeyId: key(DUBLIN), PolicyName: 'default', Policy: JSON.stringify(document) }),
      );
    await put({ ...policy, Statement: [...policy.Statement, open] });
    const seen = await attested(...inBoth, '--regions', DUBLIN.region);
    await put(policy);
    expect(seen).toMatchObject({ faults: ['broken dub-1-keys/Data/policy'], unexpected: [] });
    expect(seen.claims.find(({ verdict }) => verdict === 'broken')?.why).toBe('statement OpenDoor was added');
  });

  test('disabled rotation in the other account is named, and nothing else', async () => {
    const client = await kms(STOCKHOLM);
    await client.send(new DisableKeyRotationCommand({ KeyId: key(STOCKHOLM) }));
    const seen = await attested(...inBoth, '--regions', DUBLIN.region);
    await client.send(new EnableKeyRotationCommand({ KeyId: key(STOCKHOLM), RotationPeriodInDays: 365 }));
    expect(seen).toMatchObject({ faults: ['broken nordic-1-keys/Data/rotation'], unexpected: [] });
  });

  test('a grant to a stranger is named, and nothing else', async () => {
    const client = await kms(DUBLIN);
    const GranteePrincipal = 'arn:aws:iam::999988887777:role/reader';
    const made = await client.send(
      new CreateGrantCommand({ KeyId: key(DUBLIN), GranteePrincipal, Operations: ['Decrypt'] }),
    );
    const seen = await attested(...inBoth, '--regions', DUBLIN.region);
    await client.send(new RevokeGrantCommand({ KeyId: key(DUBLIN), GrantId: made.GrantId }));
    expect(seen).toMatchObject({ faults: ['broken dub-1-keys/Data/grants'], unexpected: [] });
    expect(seen.claims.find(({ verdict }) => verdict === 'broken')?.why).toContain(GranteePrincipal);
  });

  test('put back, everything holds again', async () => {
    expect(await attested(...inBoth, '--regions', DUBLIN.region)).toMatchObject({ faults: [], unexpected: [] });
  });

  test('a multi-Region key made by hand and replicated to us-east-1 is unexpected on both sides, and nothing else', async () => {
    const client = await kms(DUBLIN);
    const made = await client.send(new CreateKeyCommand({ MultiRegion: true, Description: 'made by hand' }));
    await client.send(new ReplicateKeyCommand({ KeyId: made.KeyMetadata?.KeyId, ReplicaRegion: 'us-east-1' }));
    const seen = await attested(...inBoth, '--regions', 'us-east-1');
    expect(seen).toMatchObject({ faults: [] });
    expect(seen.unexpected.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    expect(seen.unexpected[0]?.reaches).toEqual([{ region: 'us-east-1', country: 'United States', eea: false }]);
  });

  test('a declared key pending deletion is broken', async () => {
    const client = await kms(DUBLIN);
    await client.send(new ScheduleKeyDeletionCommand({ KeyId: key(DUBLIN), PendingWindowInDays: 30 }));
    const seen = await attested(...inBoth, '--regions', DUBLIN.region);
    expect(seen.faults).toContain('broken dub-1-keys/Data/state');
    expect(seen.faults.every((fault) => fault.includes('dub-1-keys/Data/'))).toBe(true);
  });

  test('protect puts the stack policy on every stack, twice with the same result, and says which stack is missing', async () => {
    const { account, region, stack } = DUBLIN;
    const cloudFormation = new CloudFormationClient(await emulator.client(account, region));
    const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    await cloudFormation.send(new CreateStackCommand({ StackName: stack, TemplateBody }));
    const first = await run(protectCommand(), [assembly, ...inBoth]);
    expect(first.output).toContain(`protected  ${stack}  policy set and read back\n`);
    expect(first.output).toContain(`not protected  ${STOCKHOLM.stack}  cloudformation:`);
    expect(first.status).toBe(1);
    const { StackPolicyBody } = await cloudFormation.send(new GetStackPolicyCommand({ StackName: stack }));
    expect(JSON.parse(StackPolicyBody ?? '')).toEqual(STACK_POLICY);
    const again = await run(protectCommand(), [assembly, ...inBoth]);
    expect(again.output).toContain(`protected  ${stack}  had the policy already\n`);
  });
});

describe('bad input', () => {
  test.each<[string, () => Command, string[], RegExp]>([
    ['a folder that is no assembly', attestCommand, [tmpdir()], /no manifest\.json in it/u],
    ['a path that does not exist', protectCommand, ['no/such/folder'], /no\/such\/folder: no manifest/u],
    ['an ARN where a role name belongs', attestCommand, ['.', '--role', 'arn:aws:iam::1:role/x'], /not its ARN/u],
    [
      'a Region that does not exist',
      attestCommand,
      ['.', '--regions', 'eu-nowhere-1'],
      /No Region is called eu-nowhere-1/u,
    ],
  ])('%s is refused in one line before AWS is asked', async (_title, command, args, words) => {
    const quiet = command()
      .exitOverride()
      .configureOutput({ outputError: () => undefined });
    await expect(run(quiet, args)).rejects.toThrow(words);
  });
});

/** Runs a command in this process; nothing of it outlives the call. */
async function run(command: Command, args: string[]): Promise<{ status: unknown; output: string }> {
  const written = { output: '' };
  const out = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => Boolean((written.output += String(text))));
  const exitCode = process.exitCode;
  try {
    await command.parseAsync(args, { from: 'user' });
    return { status: process.exitCode, ...written };
  } finally {
    process.exitCode = exitCode;
    out.mockRestore();
  }
}

function writeAssembly(folder: string, sites: readonly Site[]): void {
  const artifacts = sites.map(({ stack, account, region }) => [
    stack,
    {
      type: 'aws:cloudformation:stack',
      environment: `aws://${account}/${region}`,
      properties: { templateFile: `${stack}.template.json` },
    },
  ]);
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ version: '43.0.0', artifacts: Object.fromEntries(artifacts) as object }),
  );
  for (const { stack } of sites) writeFileSync(join(folder, `${stack}.template.json`), JSON.stringify(TEMPLATE));
}

/** What CloudFormation would do for the declared keys. Gives the id of the data key. */
async function deployByApi(client: KMSClient, { account, region }: Site): Promise<string> {
  const make = async (
    Description: string,
    alias: string,
    tags: Record<string, string>,
    spec: KeySpec,
    usage: KeyUsageType,
  ) => {
    const { KeyMetadata } = await client.send(
      new CreateKeyCommand({
        Description,
        Policy: JSON.stringify(deployedPolicy(account, region)),
        Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
        KeySpec: spec,
        KeyUsage: usage,
        MultiRegion: false,
      }),
    );
    const KeyId = KeyMetadata?.KeyId ?? '';
    await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyId }));
    return KeyId;
  };
  const restricted = { 'data-class': 'restricted' };
  const data = await make(
    'enclave data',
    'alias/enclave/data',
    { ...restricted, site: 'dub-1' },
    'SYMMETRIC_DEFAULT',
    'ENCRYPT_DECRYPT',
  );
  await client.send(new EnableKeyRotationCommand({ KeyId: data, RotationPeriodInDays: 365 }));
  await make('enclave codes', 'alias/enclave/codes', restricted, 'HMAC_256', 'GENERATE_VERIFY_MAC');
  return data;
}
