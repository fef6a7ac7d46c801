import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOwnEmulator } from './deployment-tests';
import { Emulator, withoutSettings } from './emulator';
import { knownTypes, unknownIn } from './known-types';

const start = { env: process.env, region: 'eu-west-1' };

describe('the environment of a command', () => {
  test('keeps nothing that steers AWS, the CDK or a proxy', () => {
    const kept = withoutSettings({
      PATH: '/bin',
      AWS_PROFILE: 'production',
      CDK_DEFAULT_ACCOUNT: '1',
      https_proxy: 'x',
      HTTP_PROXY: 'x',
      no_proxy: 'x',
      UNSET: undefined,
    });
    expect(kept).toEqual({ PATH: '/bin' });
  });
});

describeOwnEmulator('the emulator server', process.env, (found) => {
  test('acts in the account the environment was made for, and removes its home when it stops', async () => {
    const emulator = await Emulator.start(found, {
      ...start,
      env: { ...process.env, AWS_PROFILE: 'production', HTTPS_PROXY: 'http://proxy' },
    });
    const base = await emulator.env();
    expect(base).toMatchObject({
      AWS_ENDPOINT_URL: emulator.url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_REGION: 'eu-west-1',
      HOME: emulator.home,
      CI: '1',
    });
    expect(Object.keys(base)).not.toEqual(expect.arrayContaining(['AWS_PROFILE']));
    expect(base['HTTPS_PROXY']).toBeUndefined();
    const other = await emulator.env({ account: '222222222222' });
    expect(other['AWS_SESSION_TOKEN']).toEqual(expect.any(String));
    await emulator.stop();
    await expect(fetch(emulator.url)).rejects.toThrow();
    expect(spawnSync('ls', [emulator.home]).status).not.toBe(0);
  }, 90_000);

  test('started detached, it answers until it is told to end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-log-'));
    const emulator = await Emulator.start(found, { ...start, detachedLog: join(folder, 'server.log') });
    try {
      await emulator.stop();
      expect((await fetch(emulator.url)).status).toBeGreaterThan(0);
    } finally {
      Emulator.kill(emulator.pid!);
      rmSync(folder, { recursive: true });
    }
    await gone(emulator.pid!);
  }, 90_000);

  test('does not start with an account pinned for every caller', () => {
    const server = join(__dirname, 'server.py');
    const run = spawnSync(found.python, [server, '--exit-with-stdin'], {
      encoding: 'utf8',
      env: { ...process.env, MOTO_ACCOUNT_ID: '111111111111' },
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('MOTO_ACCOUNT_ID');
  }, 60_000);
});

describeOwnEmulator('the list of known types', process.env, (found) => {
  test('is the table in the README, row by row', async () => {
    const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `([\w:]+)`\s*\| ([\w ]+?)\s*\|/gm)].map(
      ([, type, standing]) => `${type} ${standing}`,
    );
    const known = [...(await knownTypes(found))].map(([type, { standing }]) => `${type} ${standing}`);
    expect(rows).toEqual(known.sort());
  }, 60_000);

  test('finds unknown types and unknown properties at any depth, in both branches of a condition', async () => {
    const known = await knownTypes(found);
    expect(known.get('AWS::KMS::Key')).toMatchObject({ standing: 'moto', properties: { MultiRegion: 'boolean' } });
    expect(known.get('AWS::Route53Resolver::FirewallRuleGroup')).toMatchObject({ standing: 'stored' });
    const template = {
      Resources: {
        Good: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: { Ref: 'Name' }, Tags: [{ Key: 'a', Value: 'b' }] },
        },
        Custom: { Type: 'Custom::Anything', Properties: { ServiceToken: 'x', Whatever: { it: ['is'] } } },
        Type: { Type: 'AWS::EC2::Instance' },
        Top: {
          Type: 'AWS::KMS::Key',
          Properties: { KeyPolicy: { any: 'thing' }, BypassPolicyLockoutSafetyCheck: true },
        },
        Nested: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: {
              Role: 'r',
              Rules: [{ Status: 'Enabled', Destination: { Bucket: 'b', Planet: 'Mars' } }],
            },
          },
        },
        Branch: { Type: 'AWS::KMS::Key', Properties: { 'Fn::If': ['C', { Enabled: true }, { Origine: 'AWS_KMS' }] } },
        Form: { Type: 'AWS::KMS::Key', Properties: { Description: ['a', 'list'] } },
      },
    };
    expect(unknownIn(template, known)).toEqual([
      'Branch: AWS::KMS::Key Origine',
      'Form: AWS::KMS::Key Description',
      'Nested: AWS::S3::Bucket ReplicationConfiguration.Rules[0].Destination.Planet',
      'Top: AWS::KMS::Key BypassPolicyLockoutSafetyCheck',
      'Type: type AWS::EC2::Instance',
    ]);
  }, 60_000);
});

/** Resolves when a process has ended; fails after twenty seconds. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(100);
  }
  throw new Error(`process ${pid} still runs`);
}
