/** The pull-request workflow: what it may do, what it runs, and the same steps as a plain script. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { COMMENT_MARK } from '../../lib/report/diff';

const ROOT = resolve(__dirname, '../..');
const FILE = join(ROOT, '.github/workflows/residency.yml');
const text = readFileSync(FILE, 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
}
interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, { permissions: Record<string, string>; steps: Step[] }>;
}
const workflow = parse(text) as Workflow;
const jobs = Object.values(workflow.jobs);
const steps = jobs.flatMap((job) => job.steps);

describe('the workflow', () => {
  test('is there to be called, and starts by nothing else', () => {
    expect(Object.keys(workflow.on)).toEqual(['workflow_call']);
  });
  test('gives each job the least it needs, and none to the one that runs the code of the change beyond reading', () => {
    expect(workflow.permissions).toEqual({});
    expect(Object.fromEntries(Object.entries(workflow.jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      diff: { contents: 'read' },
      tell: { 'pull-requests': 'write', 'security-events': 'write' },
      verdict: {},
    });
  });
  test('pins every action to a commit, with its version beside it', () => {
    const used = [...text.matchAll(/^\s*- uses: (.*)$/gmu)].map(([, action]) => action!);
    expect(used.length).toBeGreaterThan(3);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
  test('leaves no credentials in the checkout and checks nothing out where it may write', () => {
    const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts).toHaveLength(1);
    expect(checkouts[0]!.with).toMatchObject({ 'persist-credentials': false });
    expect(workflow.jobs['tell']!.steps.some((step) => step.uses?.startsWith('actions/checkout@'))).toBe(false);
  });
  test('passes what others write to its scripts by environment, never into their text', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });
  test('finds its own comment by the mark that the Markdown begins with', () => {
    expect(text).toContain(`startswith("${COMMENT_MARK}")`);
  });
  test('uploads SARIF, and fails on what the script says', () => {
    expect(steps.some((step) => step.uses?.startsWith('github/codeql-action/upload-sarif@'))).toBe(true);
    expect(workflow.jobs['verdict']!.steps[0]!.run).toContain('test "$STATUS" = 0');
  });
});

describe('the script for other systems', () => {
  const folder = mkdtempSync(join(tmpdir(), 'residency-sh-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const assembly = (name: string, region: string): string => {
    const path = join(folder, name);
    mkdirSync(path);
    const template = {
      Resources: {
        Token: { Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: [{ Region: region }] } },
      },
    };
    writeFileSync(join(path, 'shop.template.json'), JSON.stringify(template));
    const shop = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111111111111/eu-west-1',
      properties: { templateFile: 'shop.template.json', stackName: 'shop' },
    };
    writeFileSync(join(path, 'manifest.json'), JSON.stringify({ version: '50.0.0', artifacts: { shop } }));
    return path;
  };
  const near = assembly('near', 'eu-north-1');
  const far = assembly('far', 'us-east-1');
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(ROOT, 'bin/enclave.cjs'), join(folder, 'node_modules/.bin/enclave'));
  const script = (output: string, ...args: readonly string[]) =>
    spawnSync(join(ROOT, 'scripts/ci/residency.sh'), args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, OUTPUT: join(folder, output) },
    });

  test('may be run', () => {
    expect(statSync(join(ROOT, 'scripts/ci/residency.sh')).mode & 0o111).not.toBe(0);
  });
  test('ends with 1 on a widening, after writing all three forms', () => {
    const { status, stdout } = script('widened', near, far);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^residencyWidened/);
    expect(status).toBe(1);
    for (const form of ['md', 'sarif', 'json'])
      expect(existsSync(join(folder, 'widened', `residency.${form}`))).toBe(true);
    expect(readFileSync(join(folder, 'widened/residency.md'), 'utf8').startsWith(COMMENT_MARK)).toBe(true);
  });
  test('ends with 0 on the way back', () => {
    expect(script('narrowed', far, near)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('residencyNarrowed') as string,
    });
  });
  test('ends with 2 where it cannot tell', () => {
    expect(script('none', near, join(folder, 'none')).status).toBe(2);
  });
});
