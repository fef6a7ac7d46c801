/** The scheduled attestation with recorded answers: what it refuses, what it keeps, what it writes. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswersInBucket } from '../../bin/attestation/answers-in-bucket';
import type { KeptObjects } from '../../bin/attestation/answers-in-bucket';
import { bundleAttestation } from '../../bin/attestation/bundle';
import { metricLine } from '../../bin/attestation/metrics';
import { publishAssembly } from '../../bin/attestation/publish-assembly';
import { PUBLISHED_KEY } from '../../bin/attestation/published-assembly';
import { attestOnSchedule } from '../../bin/attestation/scheduled-run';
import type { Surroundings } from '../../bin/attestation/scheduled-run';
import { settingsFrom } from '../../bin/attestation/settings';
import { kmsVerifier } from '../../bin/aws/kms-verifier';
import type { VerifyCall } from '../../bin/aws/kms-verifier';
import { signed } from '../../bin/signing';
import { isDeclared, readAttestationStatement } from '../../lib/attestation';
import { readEnvelope } from '../../lib/report/statement';
import { said } from '../cli/run';
import { FAMILIES } from './families';
import { ACCOUNT, REGION, STACK, STORES, recordedReadings } from './recorded-aws';
import type { Answers } from './recorded-aws';

const { resources, physical, answers: recorded, service } = FAMILIES[0]!;
const NOW = new Date('2026-11-22T03:20:00Z');
const ELSEWHERE = '999900001111';
const folder = mkdtempSync(join(tmpdir(), 'scheduled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// ---------------------------------------------------------------------------------------------------------------------
// The reviewed assembly
// ---------------------------------------------------------------------------------------------------------------------

const assembly = join(folder, 'cdk.out');
mkdirSync(assembly);
const template = (name: string, account: string) => [
  name,
  {
    type: 'aws:cloudformation:stack',
    environment: `aws://${account}/${REGION}`,
    properties: { templateFile: `${name}.template.json`, stackName: name },
  },
];
writeFileSync(join(assembly, `${STACK}.template.json`), JSON.stringify({ Resources: resources }));
writeFileSync(join(assembly, 'above.template.json'), JSON.stringify({ Resources: {} }));
writeFileSync(
  join(assembly, 'manifest.json'),
  JSON.stringify({
    version: '50.0.0',
    artifacts: Object.fromEntries([template(STACK, ACCOUNT), template('above', ELSEWHERE)]),
  }),
);

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = join(folder, 'key.pem');
writeFileSync(KEY, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** Evidence of the assembly, signed; @returns its folder and the key it names. */
async function evidence(): Promise<{ readonly at: string; readonly keyId: string }> {
  const at = join(folder, 'evidence');
  const { code, err } = await said('register', assembly, '--output', at, '--sign-key', KEY, '--as-of', '2026-11-22');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const read = readEnvelope(readFileSync(join(at, 'statement.dsse.json'), 'utf8'));
  return { at, keyId: typeof read === 'string' ? '' : read.envelope.signatures[0]!.keyid };
}

// ---------------------------------------------------------------------------------------------------------------------
// The auditor's account, recorded
// ---------------------------------------------------------------------------------------------------------------------

class Objects implements KeptObjects {
  readonly all = new Map<string, { text: string; at: Date }>();
  constructor(private readonly now: () => Date = () => NOW) {}
  list = (prefix: string) =>
    Promise.resolve([...this.all].filter(([key]) => key.startsWith(prefix)).map(([key, { at }]) => ({ key, at })));
  get = (key: string) =>
    this.all.has(key) ? Promise.resolve(this.all.get(key)!.text) : Promise.reject(new Error(`no ${key}`));
  put = (key: string, text: string) => {
    this.all.set(key, { text, at: this.now() });
    return Promise.resolve();
  };
}

let published: string;
let keyId: string;
beforeAll(async () => {
  const { at, keyId: by } = await evidence();
  keyId = by;
  await publishAssembly(assembly, `kept@${REGION}`, at, (_bucket, _region, key, text) => {
    expect(key).toBe(PUBLISHED_KEY);
    published = text;
    return Promise.resolve();
  });
});

interface Change {
  readonly published?: string;
  readonly remaining?: () => number;
  readonly answers?: Answers;
  readonly id?: string;
  readonly objects?: Objects;
}

async function run(change: Change = {}) {
  const objects = change.objects ?? new Objects();
  await objects.put(PUBLISHED_KEY, change.published ?? published);
  const archive = new Map<string, string>();
  let calls = 0;
  const world: Surroundings = {
    objects,
    archive: (key, text) => {
      archive.set(key, text);
      return Promise.resolve();
    },
    verify: (bytes, signature) => Promise.resolve(verify('sha256', bytes, pair.publicKey, signature)),
    signer: {
      kind: 'kms',
      keyId: 'statements',
      note: 'recorded',
      sign: (bytes) => Promise.resolve(sign('sha256', bytes, pair.privateKey)),
    },
    readings: (options) =>
      recordedReadings(
        { physical, answers: { ...recorded, ...change.answers } },
        { ...options, onCall: () => void (calls += 1) },
      ),
    now: () => NOW,
    remaining: change.remaining ?? (() => 900_000),
  };
  const attesting = attestOnSchedule(
    {
      id: change.id ?? 'run-1',
      accounts: [ACCOUNT],
      regions: [],
      accepted: [],
      services: STORES.filter(({ slug }) => slug === service),
      assemblyKey: keyId,
    },
    world,
  );
  const outcome = await attesting.then(
    (attestation) => ({ attestation, error: undefined }),
    (error: Error) => ({ attestation: undefined, error }),
  );
  return { ...outcome, archive, objects, calls: () => calls };
}

describe('a run', () => {
  test('writes the attestation and a signed statement about it into the archive, by the time it began', async () => {
    const { attestation, archive } = await run();
    expect([...archive.keys()]).toEqual([
      'attestation/2026-11-22T032000.000Z.json',
      'attestation/2026-11-22T032000.000Z.dsse.json',
    ]);
    const read = readEnvelope(archive.get('attestation/2026-11-22T032000.000Z.dsse.json')!);
    const statement = readAttestationStatement((read as { payload: Buffer }).payload);
    expect(statement).toMatchObject({
      predicate: {
        verdict: attestation!.verdict,
        counts: attestation!.counts,
        documents: [{ name: '2026-11-22T032000.000Z.json' }],
        accountsLeftOut: [ELSEWHERE],
      },
    });
    expect((statement as { subject: { name: string }[] }).subject.map(({ name }) => name).sort()).toEqual([
      'above.template.json',
      `${STACK}.template.json`,
      'manifest.json',
    ]);
  });

  test('says the same of the same answers, and finds what was changed', async () => {
    const { attestation } = await run();
    const operation = Object.keys(recorded).find((name) => name.startsWith('Get') || name.startsWith('Describe'))!;
    const again = await run({ answers: { [operation]: Object.assign(new Error('no'), { name: 'AccessDenied' }) } });
    expect(attestation!.counts.holds).toBeGreaterThan(3);
    expect(again.attestation!.counts.unseen).toBeGreaterThan(attestation!.counts.unseen);
  });
});

describe('an assembly is refused, and nothing is asked or archived,', () => {
  const altered = (change: (object: { statement: string; files: Record<string, string> }) => void): string => {
    const object = JSON.parse(published) as { statement: string; files: Record<string, string> };
    change(object);
    return JSON.stringify(object);
  };

  test.each<[string, () => string, string]>([
    [
      'when a template was changed',
      () => altered(({ files }) => (files[`${STACK}.template.json`] += ' ')),
      `assembly: ${STACK}.template.json was changed`,
    ],
    [
      'when a template is missing',
      () => altered(({ files }) => delete files['above.template.json']),
      'assembly: above.template.json is missing',
    ],
    [
      'when a template was added',
      () => altered(({ files }) => (files['more.template.json'] = '{}')),
      'assembly: more.template.json was added',
    ],
    [
      'when the statement was changed',
      () =>
        altered((object) => {
          const envelope = JSON.parse(object.statement) as { payload: string };
          const payload = Buffer.from(envelope.payload, 'base64').toString('utf8').replace('2026-11-22', '2026-11-23');
          object.statement = `${JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') }, null, 2)}\n`;
        }),
      'signature: it is not that of this key over this statement',
    ],
    ['when it is something else', () => '[]', 'object: is no published assembly'],
    ['when it is no JSON', () => 'x', 'object: is no JSON'],
  ])('%s', async (_words, text, why) => {
    const { error, archive, calls } = await run({ published: text() });
    expect(error).toMatchObject({ name: 'RefusedAssembly', message: why });
    expect(archive.size).toBe(0);
    expect(calls()).toBe(0);
  });

  test('when another key signed it, even a genuine one', async () => {
    const before = keyId;
    keyId = 'arn:aws:kms:eu-central-1:444455556666:key/other';
    const { error } = await run();
    keyId = before;
    expect(error?.message).toMatch(/^signature: is by sha256:[0-9a-f]{64}, not by arn:aws:kms/);
  });

  test('when a genuine signature is over a statement of another kind', async () => {
    const signer = {
      kind: 'kms' as const,
      keyId,
      note: '',
      sign: (bytes: Uint8Array) => Promise.resolve(sign('sha256', bytes, pair.privateKey)),
    };
    const statement = await signed(JSON.stringify({ predicateType: 'other' }), signer);
    const { error } = await run({ published: altered((object) => (object.statement = statement)) });
    expect(error).toMatchObject({ name: 'RefusedAssembly', message: expect.stringMatching(/^statement: /) as string });
  });
});

describe('a run that does not fit into one invocation', () => {
  test('keeps its answers and fails; the next attempt asks only what is left and comes to its end', async () => {
    const whole = await run();
    const objects = new Objects();
    // One question never comes back before the invocation is over.
    const operation = Object.keys(recorded).find((name) => name.startsWith('Get') || name.startsWith('Describe'))!;
    const never = { [operation]: () => new Promise(() => undefined) };
    const broken = await run({ objects, answers: never, remaining: () => 60_200 });
    expect(broken.error?.name).toBe('Unfinished');
    expect(broken.archive.size).toBe(0);
    const next = await run({ objects });
    expect(next.attestation!.counts).toEqual(whole.attestation!.counts);
    expect(next.calls()).toBeGreaterThan(0);
    expect(next.calls()).toBeLessThan(whole.calls());
  });

  test('another run, another assembly and answers older than an hour start from nothing', async () => {
    const objects = new Objects();
    const memory = await AnswersInBucket.open(objects, 'run-1 abc', NOW.getTime());
    memory.keep(`${ACCOUNT} ${REGION} s3:GetBucketPolicy {}`, [{ Policy: '{}' }]);
    await memory.saveAll();
    const recalled = async (id: string, now: number) => (await AnswersInBucket.open(objects, id, now)).recalled;
    expect(await recalled('run-1 abc', NOW.getTime() + 3_000_000)).toBe(1);
    expect(await recalled('run-2 abc', NOW.getTime())).toBe(0);
    expect(await recalled('run-1 def', NOW.getTime())).toBe(0);
    expect(await recalled('run-1 abc', NOW.getTime() + 3_700_000)).toBe(0);
  });
});

describe('publishing', () => {
  test('refuses evidence that is not about this assembly, before anything is written', async () => {
    const at = join(folder, 'evidence');
    const other = join(folder, 'other');
    mkdirSync(other, { recursive: true });
    for (const name of ['manifest.json', `${STACK}.template.json`])
      writeFileSync(join(other, name), readFileSync(join(assembly, name)));
    const put = jest.fn();
    await expect(publishAssembly(other, `kept@${REGION}`, at, put)).rejects.toThrow(
      'assembly: above.template.json is missing',
    );
    expect(put).not.toHaveBeenCalled();
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no evidence', ['--publish', `kept@${REGION}`], /--publish needs --evidence/],
    ['no Region', ['--publish', 'kept', '--evidence', folder], /Write BUCKET@REGION/],
    ['a Region nobody knows', ['--publish', 'kept@eu-moon-1', '--evidence', folder], /Write BUCKET@REGION/],
    ['no statement', ['--publish', `kept@${REGION}`, '--evidence', folder], /no signed statement there/],
  ])('%s is exit 2 and one line', async (_words, options, line) => {
    const { code, err } = await said('attest', assembly, ...options);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(line) as string });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('what an attestation reads is the manifest and the templates of every folder', () => {
    const names = ['manifest.json', 'a.template.json', 'nested/b.template.json', 'c.assets.json', 'x/tree.json'];
    expect(names.filter(isDeclared)).toEqual(['manifest.json', 'a.template.json', 'nested/b.template.json']);
  });
});

describe('the function', () => {
  const environment = {
    BUCKET: 'b',
    ARCHIVE: 'a',
    DATA_KEY: 'k',
    ASSEMBLY_KEY: 'k',
    STATEMENT_KEY: 'k',
    METRICS: 'enclave/attestation',
    ATTESTOR: 'enclave/oversight/attestor',
    EXTERNAL_IDS: `{"${ACCOUNT}":"o-x/dub-1"}`,
    ACCOUNTS: `["${ACCOUNT}"]`,
    REGIONS: '"enabled"',
  };

  test('takes what its stack writes, and nothing that is left out', () => {
    expect(settingsFrom(environment)).toMatchObject({ ACCOUNTS: [ACCOUNT], REGIONS: 'enabled' });
    for (const name of Object.keys(environment))
      expect(() => settingsFrom({ ...environment, [name]: undefined })).toThrow(new RegExp(`^${name}: `));
    expect(() => settingsFrom({ ...environment, ACCOUNTS: '[]' })).toThrow(/^ACCOUNTS/);
    expect(() => settingsFrom({ ...environment, REGIONS: 'enabled' })).toThrow(/^REGIONS: is no JSON/);
  });

  test('counts what it found in one line of the log, from which CloudWatch makes metrics', () => {
    const line = metricLine('enclave/attestation', { holds: 3, broken: 1, unseen: 2, unexpected: 0 }, 1);
    expect(line).not.toContain('\n');
    const { _aws: meta, ...values } = JSON.parse(line) as Record<string, unknown> & {
      _aws: { CloudWatchMetrics: { Metrics: { Name: string }[] }[] };
    };
    expect(values).toEqual({ Completed: 1, Holds: 3, Broken: 1, Unseen: 2, Unexpected: 0 });
    expect(meta.CloudWatchMetrics[0]!.Metrics.map(({ Name }) => Name)).toEqual(Object.keys(values));
  });

  test('asks KMS whether a signature holds, takes only yes for yes, and no answer for no answer', async () => {
    const asked: Parameters<VerifyCall>[0][] = [];
    const saying = (answer: () => Promise<{ SignatureValid?: boolean }>) =>
      kmsVerifier('arn:aws:kms:eu-central-1:444455556666:key/k', (input) => {
        asked.push(input);
        return answer();
      })(Buffer.from('bytes'), Buffer.from('signature'));
    expect(await saying(() => Promise.resolve({ SignatureValid: true }))).toBe(true);
    expect(await saying(() => Promise.resolve({}))).toBe(false);
    const named = (name: string) => Promise.reject(Object.assign(new Error(name), { name }));
    expect(await saying(() => named('KMSInvalidSignatureException'))).toBe(false);
    await expect(saying(() => named('AccessDeniedException'))).rejects.toThrow('AccessDeniedException');
    expect(asked[0]).toMatchObject({ MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' });
  });

  test('is bundled to the same bytes twice, loads, and refuses to run without its settings', async () => {
    const [one, two] = [bundleAttestation(), bundleAttestation()];
    try {
      const script = readFileSync(join(one.code, 'index.js'));
      expect(script.equals(readFileSync(join(two.code, 'index.js')))).toBe(true);
      expect(script.includes(process.cwd())).toBe(false);
      // The whole package, unpacked, may be 250 MB; the script alone is what is loaded at a cold start.
      expect(script.length).toBeLessThan(12_000_000);
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the code as Lambda loads it
      const { handler } = require(join(one.code, 'index.js')) as {
        handler: (event: object, context: object) => Promise<unknown>;
      };
      await expect(handler({ id: '1' }, { getRemainingTimeInMillis: () => 900_000 })).rejects.toThrow(
        /Deploy the stack again/,
      );
    } finally {
      for (const { code } of [one, two]) rmSync(code, { recursive: true });
    }
  });
});
