/** The signed statement of an attestation: made from recorded answers, verified by `enclave verify`, and refused when a byte changes. */
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { attestationEvidence, documentBeside } from '../../bin/attestation-evidence';
import { filesOf } from '../../bin/hashes';
import { developmentSigner } from '../../bin/signing';
import { AnswersDigest, isDeclared } from '../../lib/attestation';
import type { AttestationPredicate } from '../../lib/attestation';
import { said } from '../cli/run';
import { FAMILIES } from './families';
import { ACCOUNT, REGION, STACK, STORES, attestRecorded, refusal } from './recorded-aws';
import type { Answers } from './recorded-aws';

const { resources, physical, answers: recorded, service } = FAMILIES[0]!;
const AT = new Date('2026-11-22T05:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'attested-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const assembly = join(folder, 'cdk.out');
mkdirSync(join(assembly, 'evidence'), { recursive: true });
writeFileSync(join(assembly, `${STACK}.template.json`), JSON.stringify({ Resources: resources }, null, 1));
writeFileSync(join(assembly, 'evidence', 'summary.json'), '{}');
writeFileSync(
  join(assembly, 'manifest.json'),
  JSON.stringify({
    version: '50.0.0',
    artifacts: {
      [STACK]: {
        type: 'aws:cloudformation:stack',
        environment: `aws://${ACCOUNT}/${REGION}`,
        properties: { templateFile: `${STACK}.template.json`, stackName: STACK },
      },
    },
  }),
);

function keyPair(name: string): { readonly privateKey: string; readonly publicKey: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const files = { privateKey: join(folder, `${name}.pem`), publicKey: join(folder, `${name}.pub.pem`) };
  writeFileSync(files.privateKey, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(files.publicKey, pair.publicKey.export({ type: 'spki', format: 'pem' }));
  return files;
}
const OURS = keyPair('ours');

/** Attests the recorded family and writes the evidence into a folder of its own. */
async function evidence(name: string, change: Answers = {}) {
  const answers = new AnswersDigest();
  const attestation = await attestRecorded(
    { resources, physical, answers: { ...recorded, ...change } },
    STORES.filter(({ slug }) => slug === service),
    { onAnswer: (question, answer) => answers.note(question, answer) },
  );
  const file = join(folder, name, 'daily.dsse.json');
  const declared = filesOf(assembly).filter((each) => isDeclared(each.name));
  const run = { attestation, answers, declared, accountsLeftOut: ['999900001111'], attestedAt: AT };
  const { statement, document } = await attestationEvidence(run, developmentSigner(OURS.privateKey), file);
  mkdirSync(join(folder, name));
  writeFileSync(file, statement);
  writeFileSync(documentBeside(file), document);
  const { payload } = JSON.parse(statement) as { payload: string };
  const stated = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as {
    subject: { name: string }[];
    predicate: AttestationPredicate;
  };
  return { file, attestation, ...stated };
}

const verify = (file: string, of = assembly, key = OURS.publicKey) =>
  said('verify', file, '--assembly', of, '--key', key);

describe('the statement', () => {
  test('speaks of the manifest and every template, and of nothing else in the assembly', async () => {
    const { subject } = await evidence('subject');
    expect(subject.map(({ name }) => name)).toEqual([`${STACK}.template.json`, 'manifest.json']);
  });

  test('carries verdict, counts, places, rules and the time it was given', async () => {
    const { predicate, attestation } = await evidence('predicate');
    expect(predicate).toMatchObject({
      verdict: attestation.verdict,
      counts: attestation.counts,
      places: [{ account: ACCOUNT, region: REGION }],
      accountsLeftOut: ['999900001111'],
      attestedAt: '2026-11-22T05:00:00.000Z',
    });
    expect(predicate.answers.asked).toBeGreaterThan(3);
  });

  test('has the same digests for the same answers, and others as soon as one answer differs or is refused', async () => {
    const [one, again] = [await evidence('one'), await evidence('again')];
    expect(again.predicate).toEqual(one.predicate);
    const operation = Object.keys(recorded).find((name) => name.startsWith('Describe') || name.startsWith('Get'))!;
    const refused = await evidence('refused', { [operation]: refusal() });
    expect(refused.predicate.answers.sha256).not.toBe(one.predicate.answers.sha256);
    expect(refused.predicate.claims).not.toBe(one.predicate.claims);
    expect(refused.predicate.answers.asked).toBeLessThanOrEqual(one.predicate.answers.asked);
  });
});

describe('enclave verify of an attestation', () => {
  let file: string;
  beforeAll(async () => {
    ({ file } = await evidence('kept'));
  });

  test('accepts what was signed, and says verdict, time and what was left out', async () => {
    const { code, out } = await verify(file);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/attested at 2026-11-22T05.*\nverified\n$/s) as string,
    });
    expect(out).toMatch(
      /2 templates and 1 documents as signed; attested: \w+ \(\d+ holds, .*not looked into: 999900001111/,
    );
  });

  test('refuses the statement under another key', async () => {
    expect((await verify(file, assembly, keyPair('theirs').publicKey)).out).toBe(
      'signature: it is not that of this key over this statement\nnot verified\n',
    );
  });

  test.each([`${STACK}.template.json`, 'manifest.json'])(
    'names %s of the assembly when a byte of it changed',
    async (name) => {
      const copy = join(folder, `assembly-${name}`);
      cpSync(assembly, copy, { recursive: true });
      writeFileSync(join(copy, name), `${readFileSync(join(copy, name), 'utf8')} `);
      expect(await verify(file, copy)).toMatchObject({
        code: 1,
        out: `assembly: ${name} was changed\nnot verified\n`,
      });
    },
  );

  test('names a template that was added, and does not mind what is no template', async () => {
    const copy = join(folder, 'assembly-more');
    cpSync(assembly, copy, { recursive: true });
    writeFileSync(join(copy, 'notes.txt'), 'more');
    expect((await verify(file, copy)).code).toBe(0);
    writeFileSync(join(copy, 'more.template.json'), '{}');
    expect((await verify(file, copy)).out).toBe('assembly: more.template.json was added\nnot verified\n');
  });

  test('names the document when a byte of it changed', async () => {
    const copy = join(folder, 'document');
    cpSync(join(file, '..'), copy, { recursive: true });
    const document = join(copy, 'daily.json');
    writeFileSync(document, readFileSync(document, 'utf8').replace('"holds"', '"holdz"'));
    expect((await verify(join(copy, basename(file)))).out).toBe('evidence: daily.json was changed\nnot verified\n');
  });

  test('refuses a byte changed anywhere in the statement', async () => {
    const copy = join(folder, 'statement');
    cpSync(join(file, '..'), copy, { recursive: true });
    const path = join(copy, basename(file));
    const whole = readFileSync(path);
    for (let position = 0; position < whole.length; position += Math.ceil(whole.length / 40)) {
      const bytes = Buffer.from(whole);
      bytes[position] = bytes[position]! ^ 1;
      writeFileSync(path, bytes);
      const { code, out } = await verify(path);
      expect({ position, code }).toEqual({ position, code: 1 });
      expect(out).toMatch(/^(statement|signature): /);
    }
  });
});

describe('enclave attest', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['a statement without a key', ['--statement', 'a.dsse.json'], /belong together/],
    ['a key without a statement', ['--sign-with', `file:${OURS.privateKey}`], /belong together/],
    [
      'a statement of another name',
      ['--statement', 'a.json', '--sign-with', `file:${OURS.privateKey}`],
      /is a \*\.dsse\.json/,
    ],
    ['a key of no kind', ['--statement', 'a.dsse.json', '--sign-with', OURS.privateKey], /Write kms:ARN or file:PEM/],
    [
      'a key that is no ARN',
      ['--statement', 'a.dsse.json', '--sign-with', 'kms:alias/x'],
      /is not the ARN of a KMS key/,
    ],
  ])('%s is exit 2 and one line, before AWS is asked anything', async (_words, options, line) => {
    const { code, err } = await said('attest', assembly, ...options);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(line) as string });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
