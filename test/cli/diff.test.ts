/** `enclave diff`: the contract that workflows rely on. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { said } from './run';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const secret = (region: string): string =>
  `Resources:\n  Token:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      Name: token\n      ReplicaRegions:\n        - Region: ${region}\n`;
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const near = write('near.yaml', secret('eu-north-1'));
mkdirSync(join(folder, 'new'));
const far = write('new/near.yaml', secret('us-east-1'));
const home = ['--region', 'eu-west-1', '--account', '111111111111'];

describe('the exit code', () => {
  test.each<[number, string, readonly string[]]>([
    [0, 'without --fail-on, whatever changed', [near, far]],
    [1, 'widened, and that fails', [near, far, '--fail-on', 'widened']],
    [0, 'narrowed, and only a widening fails', [far, near, '--fail-on', 'widened']],
    [1, 'narrowed, and that fails', [far, near, '--fail-on', 'narrowed']],
    [1, 'any change fails', [far, near, '--fail-on', 'any']],
    [0, 'no change', [near, near, '--fail-on', 'any']],
  ])('is %i: %s', async (code, _words, given) => {
    expect(await said('diff', ...given, ...home)).toMatchObject({ code, err: '' });
  });
  test('is 0 for a widening that a waiver covers', async () => {
    const { out } = await said('diff', near, far, ...home, '--format', 'json');
    const { rows } = JSON.parse(out) as { rows: { fingerprint: string; section: string }[] };
    const waivers = write(
      'waivers.yaml',
      `waivers:\n  - { fingerprint: "${rows[0]!.fingerprint}", owner: a, approver: b, reason: c, legalBasis: d, expires: 2999-12-31 }\n`,
    );
    const given = ['diff', near, far, ...home, '--fail-on', 'widened'];
    expect((await said(...given)).code).toBe(1);
    const covered = await said(...given, '--waivers', waivers);
    expect(covered.code).toBe(0);
    expect(covered.out).toContain('residencyWidened');
    expect(covered.out).toContain('approved by b');
  });
});

test('the last word is the verdict', async () => {
  const last = async (...paths: readonly string[]) =>
    (await said('diff', ...paths, ...home)).out.trimEnd().split('\n').at(-1)!.split(':')[0];
  expect(await last(near, far)).toBe('residencyWidened');
  expect(await last(far, near)).toBe('residencyNarrowed');
  expect(await last(near, near)).toBe('residencyUnchanged');
});

test('--output writes the file and leaves standard output empty', async () => {
  const file = join(folder, 'comment.md');
  expect(await said('diff', near, far, ...home, '--format', 'markdown', '--output', file)).toMatchObject({
    code: 0,
    out: '',
  });
  expect(readFileSync(file, 'utf8')).toContain('## residencyWidened');
});

test('--write writes further forms beside the answer', async () => {
  const file = join(folder, 'further.sarif');
  const { out } = await said('diff', near, far, ...home, '--write', `sarif=${file}`);
  expect(out).toContain('residencyWidened');
  expect(readFileSync(file, 'utf8')).toContain('"2.1.0"');
  expect(await said('diff', near, far, '--write', 'pdf=x')).toMatchObject({ code: 2 });
});

test('a file that cannot be written leaves everything as it was: nothing printed, no other file made or changed', async () => {
  const [made, kept] = [join(folder, 'made.json'), write('kept.sarif', 'as it was')];
  const targets = [`sarif=${kept}`, `json=${made}`, `markdown=${join(folder, 'missing', 'x')}`];
  expect(await said('diff', near, far, ...home, '--write', ...targets)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/missing\/x: cannot be written \(ENOENT\)[^\n]*\n$/u) as string,
  });
  expect(existsSync(made)).toBe(false);
  expect(readFileSync(kept, 'utf8')).toBe('as it was');
});

describe('bad input is exit 2 and one clear line', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['one path', [near], /write BASE HEAD/],
    ['three paths', [near, near, near], /was given 3/],
    ['a path that does not exist', [near, 'none.yaml'], /none\.yaml: does not exist/],
    ['a revision that does not exist', ['--base', 'no-such-branch', near], /no-such-branch: no such revision/],
    ['an option for a revision', ['--base', '--upload-pack=x', near], /is no revision|argument missing|unknown option/],
    ['an unknown --fail-on', [near, near, '--fail-on', 'worse'], /--fail-on.*widened/],
  ])('%s', async (_words, given, line) => {
    const { code, err } = await said('diff', ...given, ...home);
    expect(code).toBe(2);
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a git revision', () => {
  const repository = join(folder, 'repository');
  const git = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args],
      { cwd: repository, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const app = (region: string): string =>
    `const { App, Stack } = require('aws-cdk-lib/core');
const { CfnSecret } = require('aws-cdk-lib/aws-secretsmanager');
const stack = new Stack(new App(), 'shop', { env: { account: '111111111111', region: 'eu-west-1' } });
new CfnSecret(stack, 'Token', { name: 'token', replicaRegions: [{ region: '${region}' }] });
`;
  const enclave = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'bin/enclave.cjs'), ...args], { cwd: repository, encoding: 'utf8' });

  beforeAll(() => {
    mkdirSync(repository);
    symlinkSync(join(ROOT, 'node_modules'), join(repository, 'node_modules'), 'dir');
    writeFileSync(join(repository, '.gitignore'), 'node_modules\ncdk.out\n');
    writeFileSync(join(repository, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
    writeFileSync(join(repository, 'app.js'), app('eu-north-1'));
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'inside');
    writeFileSync(join(repository, 'app.js'), app('us-east-1'));
    git('commit', '-q', '-a', '-m', 'abroad');
  });

  test('is synthesised in a worktree of its own, compared, and leaves nothing behind', () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('enclave-diff-'));
    const { status, stdout, stderr } = enclave('diff', '--base', 'HEAD~1', '--head', 'HEAD', '--fail-on', 'widened');
    expect(stderr).toBe('');
    expect(stdout).toContain('us-east-1 (United States)');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^residencyWidened/);
    expect(status).toBe(1);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(git('status', '--porcelain')).toBe('');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('enclave-diff-'))).toEqual(before);
    expect(existsSync(join(repository, 'cdk.out'))).toBe(false);
  });

  test('that does not synthesise is one clear line, and leaves nothing behind', () => {
    writeFileSync(join(repository, 'app.js'), 'throw new Error("the app is broken");');
    git('commit', '-q', '-a', '-m', 'broken');
    const { status, stderr } = enclave('diff', '--base', 'HEAD', near);
    expect(status).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^enclave: HEAD: cdk synth failed there/);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });
});
