/** A text that reads the same may mean something else: it is compared again when what it takes its values from changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnQueuePolicy, Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnOutput } from 'aws-cdk-lib/core';
import { applicationAt } from '../../bin/input';
import { compare, lines, sideOf } from './sides';

const folder = mkdtempSync(join(tmpdir(), 'untouched-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { account: '111111111111', region: 'eu-west-1' };
const OWN = 'arn:aws:iam::111111111111:role/reader';
const FOREIGN = 'arn:aws:iam::999999999999:role/reader';
let count = 0;

function rowsBetween(build: (app: App, reader: string) => void, before: string, now: string): readonly string[] {
  const [base, head] = [before, now].map((reader) => {
    const outdir = join(folder, `app-${(count += 1)}`);
    const app = new App({ outdir, analyticsReporting: false });
    build(app, reader);
    app.synth();
    return sideOf(applicationAt([outdir], {}), { accounts: ['111111111111'] });
  });
  return lines(compare(base!, head!)).filter((line) => line.includes(' policies '));
}

/** A queue that one reader may read. */
function queueFor(stack: Stack, reader: string): void {
  const queue = new Queue(stack, 'Orders', { encryptionMasterKey: new Key(stack, 'Key') });
  new CfnQueuePolicy(stack, 'Readers', {
    queues: [queue.queueUrl],
    policyDocument: {
      Statement: [
        { Effect: 'Allow', Principal: { AWS: reader }, Action: 'sqs:ReceiveMessage', Resource: queue.queueArn },
      ],
    },
  });
}

/** The reader is a parameter of a nested stack. */
function nested(app: App, reader: string): void {
  const parent = new Stack(app, 'Parent', { env });
  const inner = new NestedStack(parent, 'Inner', { parameters: { Reader: reader } });
  queueFor(inner, new CfnParameter(inner, 'Reader').valueAsString);
}

/** The reader is exported by another stack. */
function imported(app: App, reader: string): void {
  const names = new Stack(app, 'Names', { env });
  new CfnOutput(names, 'Reader', { value: reader, exportName: 'reader' });
  new Queue(names, 'Other');
  queueFor(new Stack(app, 'Shop', { env }), Fn.importValue('reader'));
}

describe.each([
  ['a parameter that the parent of a nested stack passes', nested],
  ['a value that another stack exports', imported],
])('A policy that takes its principal from %s', (_words, build) => {
  test('has changed when another principal comes from there, though the policy is written as before', () => {
    expect(rowsBetween(build, OWN, FOREIGN)).toEqual([expect.stringMatching(/^widens policies changed .*Orders/u)]);
  });

  test('has not when the same one comes', () => {
    expect(rowsBetween(build, OWN, OWN)).toEqual([]);
  });
});
