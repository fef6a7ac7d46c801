/** The real CDK command line: whatever it is asked to do, a finding ends it with an error. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const CDK = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** One run of the CLI in an empty home, without credentials, telemetry or network. */
function cdk(shape: string, ...command: readonly string[]): Promise<Ended> {
  const home = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  const app = `${JSON.stringify(process.execPath)} -r ts-node/register/transpile-only test/nag/fixtures/app.ts ${shape}`;
  const child = spawn(
    process.execPath,
    [CDK, ...command, '--app', app, '--output', path.join(home, 'cdk.out'), '--no-notices'],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        CI: '1',
        CDK_VALIDATION: 'false',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_DISABLE_VERSION_CHECK: '1',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (words) => (said += String(words)));
    child.stderr.on('data', (words) => (said += String(words)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

test('an application without findings is synthesised', async () => {
  expect(await cdk('sound', 'synth', '-q')).toMatchObject({ code: 0 });
});

test.each<[string, string, readonly string[], RegExp]>([
  ['a leak fails synth', 'leak', ['synth', '-q'], /Residency-secret-replica-region/],
  [
    'a leak in a stack that is not selected fails synth of another',
    'leak',
    ['synth', '-q', 'Sound'],
    /Residency-secret-replica-region/,
  ],
  ['a leak inside a Stage fails plain synth', 'stage', ['synth', '-q'], /Residency-secret-replica-region/],
  [
    'a leak fails even with --ignore-errors',
    'leak',
    ['synth', '-q', '--ignore-errors'],
    /Residency-secret-replica-region/,
  ],
  [
    'a leak fails deployment of another stack before any call to AWS',
    'leak',
    ['deploy', 'Sound', '--require-approval', 'never'],
    /Residency-secret-replica-region/,
  ],
  ['another plug-in that throws fails synth', 'crash', ['synth', '-q'], /the plug-in broke/],
])('%s', async (_words, shape, command, words) => {
  const { code, said } = await cdk(shape, ...command);
  expect(said).toMatch(words);
  expect(code).not.toBe(0);
});
