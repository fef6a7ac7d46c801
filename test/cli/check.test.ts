/** `enclave check`: the contract other tools rely on. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { run } from '../../bin/cli';
import type { Judgement } from '../../lib/residency';

const folder = mkdtempSync(path.join(tmpdir(), 'check-'));
const write = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return file;
};
const OURS = '111111111111';
const secret = (region: string): string => `Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: token
      ReplicaRegions:
        - Region: ${region}
`;
const abroad = write('abroad.yaml', secret('us-east-1'));
const inside = write('inside.yaml', secret('eu-north-1'));
const byTag = write('tags.yaml', secret('!Ref AWS::Region'));
const nothing = write('nothing.json', { Resources: { W: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } });
const from = write('from.json', {
  Resources: {
    B: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        ReplicationConfiguration: {
          Role: `arn:aws:iam::${OURS}:role/r`,
          Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copy' } }],
        },
      },
    },
  },
});
const to = write('to.json', { Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'copy' } } } });

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function check(...given: readonly string[]): Promise<Said> {
  let [out, err] = ['', ''];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((words) => ((out += String(words)), true));
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((words) => ((err += String(words)), true));
  try {
    return { code: await run(['node', 'enclave', 'check', ...given]), out, err };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    process.exitCode = undefined;
  }
}
const said = async (...given: readonly string[]): Promise<Said> => {
  const answer = await check(...given);
  return { ...answer };
};
const asJson = async (...given: readonly string[]): Promise<Judgement> =>
  JSON.parse((await said(...given, '--format', 'json')).out) as Judgement;
const atHome = ['--region', 'eu-west-1', '--account', OURS];

describe('the exit code answers the question', () => {
  test('0 when nothing is outside or unknown', async () => {
    expect(await said(inside, ...atHome)).toMatchObject({ code: 0, err: '' });
  });
  test('1 when something is outside', async () => {
    expect(await said(abroad, ...atHome)).toMatchObject({ code: 1, err: '' });
  });
  test('1 when something cannot be told, such as where a bare template would be deployed', async () => {
    expect(await said(inside)).toMatchObject({ code: 1, err: '' });
  });
  test('0 and "none" when there is no store', async () => {
    expect((await said(nothing)).code).toBe(0);
    expect((await asJson(nothing)).verdict).toBe('none');
  });
});

describe('bad input is exit 2 and one clear line on standard error', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['a path that does not exist', [path.join(folder, 'no.yaml')], /no\.yaml: does not exist/],
    ['a file that is no template', [write('list.json', [1])], /list\.json/],
    ['YAML that does not parse', [write('broken.yaml', 'Resources:\n  A: [\n')], /broken\.yaml:\d+: /],
    ['JSON that does not parse', [write('broken.json', '{\n "Resources": {,}\n}')], /broken\.json:2: /],
    ['an account that is no account', [inside, '--account', '12'], /12 digits/],
    ['an unknown class', [inside, '--class', 'secret'], /--class.*restricted/],
    ['an unknown format', [inside, '--format', 'pdf'], /--format.*sarif/],
    ['an unknown option', [inside, '--fast'], /--fast/],
    ['an empty Region', [`${inside}@`], /no Region after "@"/],
    [
      'a register that cannot be read',
      [inside, '--stores', path.join(folder, 'none.yaml')],
      /none\.yaml: cannot be read \(ENOENT\)/,
    ],
    ['a register that does not parse', [inside, '--waivers', write('w.yaml', 'waivers: [\n')], /w\.yaml:\d+: /],
    [
      'a register with a wrong entry',
      [inside, '--waivers', write('w2.yaml', 'waivers:\n  - owner: a\n')],
      /w2\.yaml: waivers\[0\]/,
    ],
    [
      'an answer that cannot be written',
      [inside, '--output', path.join(folder, 'no', 'x.txt')],
      /x\.txt: cannot be written/,
    ],
  ])('%s', async (_words, given, line) => {
    const { code, out, err } = await said(...given);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).not.toMatch(/\bat .*\.(ts|js):\d+/);
  });
});

describe('several paths are one application', () => {
  test('PATH@REGION places each: the same bucket name proves a Region here and another there', async () => {
    const near = await asJson(`${from}@eu-west-1`, `${to}@eu-north-1`, '--account', OURS);
    expect(near).toMatchObject({ verdict: 'inside', counts: { stacks: 2, stores: 2 } });
    const far = await asJson(`${from}@eu-west-1`, `${to}@eu-west-2`, '--account', OURS);
    expect(far.verdict).toBe('outside');
    expect(far.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['s3-replication-bucket', 'store-placement']),
    );
  });
  test('alone, the source cannot tell where the copy goes', async () => {
    expect(await asJson(`${from}@eu-west-1`, '--account', OURS)).toMatchObject({ verdict: 'unknown' });
  });
  test('CloudFormation tags are understood', async () => {
    expect(await asJson(byTag, ...atHome)).toMatchObject({ verdict: 'inside' });
  });
});

describe('the JSON form', () => {
  test('has the shape of the contract', async () => {
    const judgement = await asJson(abroad, ...atHome);
    expect(Object.keys(judgement)).toEqual(['schemaVersion', 'verdict', 'flows', 'findings', 'counts']);
    expect(judgement.findings).toMatchObject([
      {
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        store: { stack: 'abroad', logicalId: 'Token', type: 'AWS::SecretsManager::Secret', class: 'restricted' },
        channel: 'replication',
        path: 'ReplicaRegions[0].Region',
        destination: { kind: 'region', value: 'us-east-1', region: 'us-east-1', country: 'US' },
        verdict: 'outside',
        why: expect.stringContaining('United States'),
        source: { file: abroad, line: 7 },
      },
    ]);
    expect(judgement.flows).toEqual(expect.arrayContaining([...judgement.findings]));
  });
  test('--class names the class of stores without a tag', async () => {
    const { flows } = await asJson(abroad, ...atHome, '--class', 'public');
    expect(new Set(flows.map(({ store }) => store.class))).toEqual(new Set(['public']));
  });
});

describe('registers', () => {
  test('a waiver covers its flow and a register of stores proves a Region', async () => {
    const [finding] = (await asJson(abroad, ...atHome)).findings;
    const waivers = write(
      'waivers.yaml',
      `waivers:\n  - fingerprint: "${finding!.fingerprint}"\n    owner: ola\n    approver: aoife\n    reason: until it moves\n    legalBasis: contract\n    expires: 2999-12-31\n`,
    );
    const covered = await said(abroad, ...atHome, '--waivers', waivers);
    expect(covered.code).toBe(0);
    expect(covered.out).toContain('approved by aoife');
    const stores = write('stores.json', { stores: [{ name: 'copy', region: 'eu-north-1' }] });
    expect((await said(`${from}@eu-west-1`, '--account', OURS, '--stores', stores)).code).toBe(0);
  });
});

describe('forms for people and tools', () => {
  test('text groups by store, says why and what to do, and has no colour away from a terminal', async () => {
    const { out } = await said(abroad, ...atHome);
    expect(out).toMatch(/^abroad\/Token {2}AWS::SecretsManager::Secret {2}restricted, not classified$/m);
    expect(out).toContain('outside: data can leave the EEA.');
    expect(out).toMatch(/ at {2}.*abroad\.yaml:7 {2}ReplicaRegions\[0\]\.Region/);
    expect(out).not.toContain('\u001b[');
  });
  test('--output writes the file and leaves standard output empty', async () => {
    const file = path.join(folder, 'answer.sarif');
    expect(await said(abroad, ...atHome, '--format', 'sarif', '--output', file)).toMatchObject({ code: 1, out: '' });
    const log = JSON.parse(readFileSync(file, 'utf8')) as { runs: readonly { results: readonly unknown[] }[] };
    expect(log.runs[0]!.results).toHaveLength(1);
  });
});

describe('as a process', () => {
  const cli = (...given: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', 'bin/cli.ts', ...given], {
      encoding: 'utf8',
      cwd: path.join(__dirname, '../..'),
    });
  test('answers with the exit code', () => {
    const { status, stdout } = cli('check', abroad, ...atHome);
    expect(status).toBe(1);
    expect(stdout).toContain('us-east-1 (United States)');
  });
  test('never loads aws-cdk-lib', () => {
    const script = `const { run } = require('./bin/cli.ts'); run(['node', 'enclave', 'check', ${JSON.stringify(inside)}]).then(() => { console.error(Object.keys(require.cache).filter((file) => /node_modules.(aws-cdk-lib|cdk-nag|constructs)/.test(file)).length); });`;
    const { stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
      encoding: 'utf8',
      cwd: path.join(__dirname, '../..'),
    });
    expect(stderr.trim().split('\n').at(-1)).toBe('0');
  });
});
