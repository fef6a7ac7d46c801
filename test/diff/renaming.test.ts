/** Names, places in the program, order and formatting are no change: hundreds of lines of text, no row. And the reverse. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { stringify } from 'yaml';
import { applicationAt } from '../../bin/input';
import type { ResidencyDiff } from '../../lib/report/diff';
import { compare, lines, sideOf } from './sides';

const folder = mkdtempSync(join(tmpdir(), 'renaming-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { account: '111111111111', region: 'eu-west-1' };
let count = 0;

/** Where an app was synthesised to. */
function synthesised(build: (app: App) => void): string {
  const outdir = join(folder, `app-${(count += 1)}`);
  const app = new App({ outdir, analyticsReporting: false, context: { 'aws:cdk:enable-path-metadata': true } });
  build(app);
  app.synth();
  return outdir;
}

/** Part of a shop: a bucket with a key, a queue, and code that reads both. */
function part(scope: Construct, name: string): void {
  const inner = new Construct(scope, name);
  const key = new Key(inner, 'Key', { description: `opens ${inner.node.path}` });
  const bucket = new Bucket(inner, 'Bucket', {
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    enforceSSL: true,
  });
  const queue = new Queue(inner, 'Queue', { enforceSSL: true });
  const code = new Lambda(inner, 'Code', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => undefined;'),
    environment: { BUCKET: bucket.bucketName, QUEUE: queue.queueUrl },
  });
  bucket.grantRead(code);
  queue.grantConsumeMessages(code);
  code.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
}

const ordinary = (names: readonly string[]) =>
  synthesised((app) => {
    const stack = new Stack(app, 'Shop', { env });
    for (const name of names) part(stack, name);
  });

const between = (base: string, head: string): ResidencyDiff =>
  compare(sideOf(applicationAt([base], {})), sideOf(applicationAt([head], {})));

const templates = (assembly: string): readonly string[] =>
  readdirSync(assembly).filter((name) => name.endsWith('.template.json'));

/** Lines that a textual comparison of the templates shows. */
function changedLines(base: string, head: string): number {
  const text = (assembly: string): string => {
    const file = join(folder, `text-${(count += 1)}`);
    writeFileSync(
      file,
      templates(assembly)
        .map((name) => readFileSync(join(assembly, name), 'utf8'))
        .join('\n'),
    );
    return file;
  };
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--numstat', text(base), text(head)], {
    encoding: 'utf8',
  });
  const [added = '0', removed = '0'] = stdout.split('\t');
  return Number(added) + Number(removed);
}

/** A copy of an assembly with every template rewritten. */
function rewritten(assembly: string, change: (template: string) => string): string {
  const copy = join(folder, `copy-${(count += 1)}`);
  mkdirSync(copy);
  for (const name of readdirSync(assembly)) {
    const file = join(assembly, name);
    if (!name.endsWith('.json')) continue;
    const text = readFileSync(file, 'utf8');
    writeFileSync(join(copy, name), name.endsWith('.template.json') ? change(text) : text);
  }
  return copy;
}

const PARTS = ['Orders', 'Returns', 'Invoices', 'Offers', 'Carts', 'Reviews', 'Claims', 'Ratings', 'Gifts', 'Visits'];
const RENAMED = PARTS.map((name) => `New${name}`);
const SHOP = ordinary(PARTS);

describe('hundreds of changed lines, and no row', () => {
  test.each<[string, () => string]>([
    ['every construct is renamed', () => ordinary(RENAMED)],
    [
      'a construct moves a level deeper',
      () =>
        synthesised((app) => {
          const stack = new Stack(app, 'Shop', { env });
          for (const name of PARTS) part(new Construct(stack, 'Sales' + name), name);
        }),
    ],
    [
      'the stack is renamed',
      () =>
        synthesised((app) => {
          const stack = new Stack(app, 'Store', { env });
          for (const name of PARTS) part(stack, name);
        }),
    ],
    [
      'constructs move to a stack of their own',
      () =>
        synthesised((app) => {
          const [first, ...others] = PARTS;
          part(new Stack(app, 'Shop', { env }), first!);
          const other = new Stack(app, 'Returning', { env });
          for (const name of others) part(other, name);
        }),
    ],
    ['the program lists them in another order', () => ordinary([...PARTS].reverse())],
    [
      'a new CDK writes other metadata and another order of keys',
      () =>
        rewritten(SHOP, (text) => {
          const template = JSON.parse(text) as { Resources: Record<string, { Metadata?: object }> };
          for (const resource of Object.values(template.Resources))
            resource.Metadata = { 'aws:cdk:path': 'moved/on', new: 1 };
          return JSON.stringify(
            {
              Description: 'written anew',
              ...template,
              Resources: Object.fromEntries(Object.entries(template.Resources).reverse()),
            },
            null,
            4,
          );
        }),
    ],
  ])('%s', (_what, head) => {
    const after = head();
    const difference = between(SHOP, after);
    expect(lines(difference)).toEqual([]);
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(changedLines(SHOP, after)).toBeGreaterThan(150);
  });

  test('the template is YAML now', () => {
    const json = join(SHOP, 'Shop.template.json');
    const yaml = join(folder, 'Shop.yaml');
    writeFileSync(yaml, stringify(JSON.parse(readFileSync(json, 'utf8'))));
    const alone = (file: string) => sideOf(applicationAt([file], env));
    expect(lines(compare(alone(json), alone(yaml)))).toEqual([]);
  });

  test('what was taken for the same is listed, so that a reader can disagree', () => {
    const { renamings } = between(SHOP, ordinary(RENAMED));
    expect(renamings.length).toBeGreaterThan(60);
    expect(renamings).toContainEqual(
      expect.objectContaining({ type: 'AWS::S3::Bucket', before: expect.stringContaining('Orders') }),
    );
  });
});

describe('a line or two of text, and residencyWidened', () => {
  const changing = (from: string | RegExp, to: string) => rewritten(SHOP, (text) => text.replace(from, to));
  test.each<[string, () => string]>([
    ['an action becomes a star', () => changing('"s3:GetObject*"', '"s3:*"')],
    ['a denial becomes a permission', () => changing('"Effect": "Deny"', '"Effect": "Allow"')],
    ['a trusted service becomes everyone', () => changing('"Service": "lambda.amazonaws.com"', '"AWS": "*"')],
    ['the key is left out', () => changing('"KMSMasterKeyID"', '"Other"')],
  ])('%s', (_what, head) => {
    const after = head();
    expect(changedLines(SHOP, after)).toBeGreaterThan(0);
    expect(changedLines(SHOP, after)).toBeLessThan(20);
    expect(between(SHOP, after).verdict).toBe('residencyWidened');
  });
});
