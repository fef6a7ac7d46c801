/** The deployed function's own script against emulated accounts: what it writes, and what becomes of what it finds. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { ACCEPTED_FILE } from '../../bin/attestation/accepted-file';
import { bundleAttestation } from '../../bin/attestation/bundle';
import { publishAssembly } from '../../bin/attestation/publish-assembly';
import { attestedEnclave } from '../../config/examples/attested';
import { parseEnclave } from '../../config/parse';
import { AttestationStack } from '../../lib/enclave/attestation/attestation-stack';
import { AttestorStack } from '../../lib/enclave/attestation/attestor-stack';
import {
  attestationBucketName,
  attestationFunctionName,
  attestationMetrics,
} from '../../lib/enclave/attestation/names';
import { ATTESTATIONS_PREFIX } from '../../lib/enclave/attestation/prefixes';
import { archiveBucketName, auditorKeyAlias } from '../../lib/enclave/oversight/auditor-context';
import { OversightStack } from '../../lib/enclave/oversight/oversight-stack';
import { IdentityStack } from '../../lib/enclave/perimeter/identity-stack';
import { siteContext } from '../../lib/enclave/site-context';
import { said } from '../cli/run';
import { describeOwnEmulator } from '../emulator/deployment-tests';
import { Emulator } from '../emulator/emulator';
import { keepEnvironment } from '../emulator/kept-environment';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};
const config = parseEnclave(attestedEnclave);
const { auditor } = config;
const site = siteContext(config, config.sites[0]!.id);
const ARCHIVE = archiveBucketName(config);
const ABROAD = 'us-east-1';

type Handler = (
  event: { id: string },
  invocation: { getRemainingTimeInMillis(): number },
) => Promise<{ verdict: string }>;
type Figures = Readonly<Record<'Completed' | 'Holds' | 'Broken' | 'Unseen' | 'Unexpected', number>>;

interface Alarm {
  readonly name: string;
  readonly metric: keyof Figures;
  readonly above: boolean;
  readonly threshold: number;
  readonly topic: string;
}

describeOwnEmulator('the scheduled attestation as deployed', process.env, (found) => {
  const folder = mkdtempSync(join(tmpdir(), 'scheduled-attestation-'));
  const assembly = join(folder, 'cdk.out');
  const restoreEnvironment = keepEnvironment();
  let emulator: Emulator;
  let handler: Handler;
  let sqs: SQSClient;
  let archive: S3Client;
  let onCall = '';
  let runs = 0;
  /** What the last run wrote into its log. */
  let log = '';

  beforeAll(async () => {
    const { code } = bundleAttestation();
    const app = new App({ outdir: assembly, context });
    const oversight = new OversightStack(app, config);
    new AttestationStack(app, config, config.attestation!, { code }, oversight);
    new IdentityStack(app, site);
    new AttestorStack(app, site);
    app.synth();
    // The script that is deployed, with a register that accepts besides who hears of incidents.
    cpSync(code, join(folder, 'code'), { recursive: true });
    rmSync(code, { recursive: true });
    emulator = await Emulator.start(found, { env: process.env, region: auditor.region });
    await emulator.bootstrap([auditor, { account: site.site.account, region: site.region.name }]);
    sqs = new SQSClient(await emulator.client(auditor.account, auditor.region));
    archive = new S3Client(await emulator.client(auditor.account, auditor.region));
    onCall = (await sqs.send(new CreateQueueCommand({ QueueName: auditor.incidents[0]!.name }))).QueueUrl!;
    const { status, output } = await emulator.cdk(
      ['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--concurrency', '4'],
      folder,
    );
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    Object.assign(process.env, await emulator.env({ account: auditor.account }), await deployedEnvironment());
    const load = createRequire(__filename);
    handler = (load(join(folder, 'code', 'index.js')) as { handler: Handler }).handler;
    accept();
    await publish();
  }, 240_000);

  afterAll(async () => {
    restoreEnvironment();
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A call to a service of which no client is installed. The emulator takes any signature. */
  async function ask(service: string, path: string, form?: Readonly<Record<string, string>>): Promise<string> {
    const { accessKeyId } = await emulator.credentials(auditor.account);
    const credential = `${accessKeyId}/20261122/${auditor.region}/${service}/aws4_request`;
    const answer = await fetch(`${emulator.url}${path}`, {
      headers: { Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none` },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service}${path}: ${text}`);
    return text;
  }

  /** What Lambda gives the function, but for accounts that are not deployed here and Regions that hold nothing. */
  async function deployedEnvironment(): Promise<Record<string, string>> {
    const configuration = await ask('lambda', `/2015-03-31/functions/${attestationFunctionName(config)}/configuration`);
    const { Environment } = JSON.parse(configuration) as { Environment: { Variables: Record<string, string> } };
    expect(Environment.Variables['REGIONS']).toBe('"enabled"');
    return {
      ...Environment.Variables,
      ACCOUNTS: JSON.stringify([site.site.account, auditor.account]),
      REGIONS: JSON.stringify([auditor.region, site.region.name, ABROAD]),
    };
  }

  /** The alarms over figures of a run that stand in the auditor's account, with what they are to do. */
  async function alarms(): Promise<readonly Alarm[]> {
    const xml = await ask('monitoring', '/', { Action: 'DescribeAlarms', Version: '2010-08-01' });
    const one = (text: string, tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1] ?? '';
    return xml
      .split('<AlarmName>')
      .slice(1)
      .map((rest) => `<AlarmName>${rest}`)
      .filter((text) => one(text, 'Namespace') === attestationMetrics(config))
      .map((text) => ({
        name: one(text, 'AlarmName'),
        metric: one(text, 'MetricName') as keyof Figures,
        above: one(text, 'ComparisonOperator') === 'GreaterThanThreshold',
        threshold: Number(one(text, 'Threshold')),
        topic: /<AlarmActions>\s*<member>([^<]*)</.exec(text)?.[1] ?? '',
      }));
  }

  /** CloudWatch's part, which the emulator leaves out: figures against alarms, and word of each that is in breach. */
  async function evaluate(figures: Figures): Promise<readonly string[]> {
    const sns = new SNSClient(await emulator.client(auditor.account, auditor.region));
    const breached = (await alarms()).filter(({ metric, above, threshold }) =>
      above ? figures[metric] > threshold : figures[metric] < threshold,
    );
    for (const { name, topic } of breached)
      await sns.send(new PublishCommand({ TopicArn: topic, Message: JSON.stringify({ AlarmName: name }) }));
    return breached.map(({ name }) => name);
  }

  /** What those who are on call were told, and the queue empty again. */
  async function told(): Promise<readonly string[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: onCall, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: onCall, ReceiptHandle }));
    return Messages.map(({ Body = '' }) => {
      const { Message } = JSON.parse(Body) as { Message: string };
      return (JSON.parse(Message) as { AlarmName: string }).AlarmName;
    });
  }

  const inArchive = async (): Promise<readonly string[]> => {
    const { Contents = [] } = await archive.send(
      new ListObjectsV2Command({ Bucket: ARCHIVE, Prefix: ATTESTATIONS_PREFIX }),
    );
    return Contents.map(({ Key }) => Key!);
  };

  function accept(): void {
    const path = join(folder, 'code', ACCEPTED_FILE);
    const register = JSON.parse(readFileSync(path, 'utf8')) as { accepted: object[] };
    const queue = {
      type: 'AWS::SQS::Queue',
      name: onCall,
      class: 'audit',
      owner: 'On-call team',
      reason: 'The queue in which incidents are told of.',
      expires: '2099-12-31',
    };
    writeFileSync(path, JSON.stringify({ accepted: [...register.accepted, queue] }));
  }

  /** The auditor signs what was reviewed and hands it to the function. */
  async function publish(): Promise<void> {
    const kms = new KMSClient(await emulator.client(auditor.account, auditor.region));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: auditorKeyAlias(config, 'assemblies') }));
    const evidence = join(folder, 'evidence');
    const { err } = await said('register', assembly, '--output', evidence, '--sign-kms', KeyMetadata!.Arn!);
    expect(err).not.toContain('could not');
    const line = await publishAssembly(assembly, `${attestationBucketName(config)}@${auditor.region}`, evidence);
    expect(line).toContain('published');
  }

  /** One run as its schedule starts it, and the figures that CloudWatch reads from its log. */
  async function run(): Promise<{ verdict: string; figures: Figures }> {
    log = '';
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((log += String(text)), true));
    try {
      runs += 1;
      const { verdict } = await handler({ id: `run-${runs}` }, { getRemainingTimeInMillis: () => 900_000 });
      return { verdict, figures: JSON.parse(log) as Figures };
    } finally {
      out.mockRestore();
    }
  }

  test('compares every claim of what is deployed, and leaves evidence in the archive that nobody can take away', async () => {
    const { verdict, figures } = await run();
    expect({ verdict, figures }).toMatchObject({
      verdict: 'holds',
      figures: { Completed: 1, Broken: 0, Unseen: 0, Unexpected: 0 },
    });
    expect(figures.Holds).toBeGreaterThan(200);
    const keys = await inArchive();
    expect(keys.map((key) => key.replace(/\d{4}-[0-9T.-]+Z/u, 'WHEN'))).toEqual([
      `${ATTESTATIONS_PREFIX}WHEN.dsse.json`,
      `${ATTESTATIONS_PREFIX}WHEN.json`,
    ]);
    const retained = Date.now() + (config.retention.logDays - 1) * 86_400_000;
    for (const Key of keys) {
      const head = await archive.send(new HeadObjectCommand({ Bucket: ARCHIVE, Key }));
      expect(head).toMatchObject({ ObjectLockMode: 'COMPLIANCE', ServerSideEncryption: 'aws:kms' });
      expect(head.SSEKMSKeyId).toBe(process.env['DATA_KEY']);
      expect(head.ObjectLockRetainUntilDate!.getTime()).toBeGreaterThan(retained);
      const text = await (await archive.send(new GetObjectCommand({ Bucket: ARCHIVE, Key }))).Body!.transformToString();
      expect(text).toContain(Key.endsWith('.dsse.json') ? process.env['STATEMENT_KEY'] : '"verdict": "holds"');
    }
  }, 120_000);

  test('raises no incident over accounts that nobody altered', async () => {
    const { figures } = await run();
    expect((await alarms()).map(({ metric }) => metric).sort()).toEqual([
      'Broken',
      'Completed',
      'Unexpected',
      'Unseen',
    ]);
    expect(await evaluate(figures)).toEqual([]);
    expect(await told()).toEqual([]);
  }, 120_000);

  test('a bucket that somebody hid in Virginia is unexpected, and the people on call are told', async () => {
    const hidden = new S3Client(await emulator.client(site.site.account, ABROAD));
    await hidden.send(new CreateBucketCommand({ Bucket: 'hidden-in-virginia' }));
    try {
      const before = await inArchive();
      const { verdict, figures } = await run();
      expect({ verdict, figures }).toMatchObject({ verdict: 'unexpected', figures: { Broken: 0, Unexpected: 1 } });
      const [key] = (await inArchive()).filter((one) => !before.includes(one) && !one.endsWith('.dsse.json'));
      const text = await (
        await archive.send(new GetObjectCommand({ Bucket: ARCHIVE, Key: key }))
      ).Body!.transformToString();
      const { unexpected } = JSON.parse(text) as { unexpected: readonly object[] };
      expect(unexpected).toMatchObject([
        { account: site.site.account, region: ABROAD, type: 'AWS::S3::Bucket', dataClass: 'unknown' },
      ]);
      expect(JSON.stringify(unexpected)).toContain('hidden-in-virginia');
      const alarm = `${attestationFunctionName(config)}-unexpected`;
      expect(await evaluate(figures)).toEqual([alarm]);
      expect(await told()).toEqual([alarm]);
    } finally {
      await hidden.send(new DeleteBucketCommand({ Bucket: 'hidden-in-virginia' }));
    }
  }, 120_000);

  test('a run whose evidence cannot be written ends in an error and gives no figures, so that it counts as missed', async () => {
    const bucket = process.env['ARCHIVE'];
    const before = await inArchive();
    process.env['ARCHIVE'] = 'an-archive-that-is-gone';
    try {
      await expect(run()).rejects.toThrow(/NoSuchBucket|bucket does not exist/u);
    } finally {
      process.env['ARCHIVE'] = bucket;
    }
    expect(log).toBe('');
    expect(await inArchive()).toEqual(before);
  }, 120_000);
});
