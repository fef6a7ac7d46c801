/** `enclave register` and `enclave verify`: evidence that is the same twice, and that notices any change. */
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { LONDON, bucket, replicatingTo, shop } from '../diff/shop';
import { OURS } from '../residency/court';
import type { Stack } from '../residency/court';
import { said } from './run';

const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes stacks as an assembly. */
function assembly(name: string, ...stacks: readonly Stack[]): string {
  const path = join(folder, name);
  mkdirSync(path);
  const artifacts = stacks.map((stack) => {
    const stackName = stack.name ?? 'shop';
    const templateFile = `${stackName}.template.json`;
    writeFileSync(join(path, templateFile), JSON.stringify({ Resources: stack.resources }, null, 1));
    const environment = `aws://${OURS}/${stack.region ?? 'eu-west-1'}`;
    return [stackName, { type: 'aws:cloudformation:stack', environment, properties: { templateFile, stackName } }];
  });
  writeFileSync(
    join(path, 'manifest.json'),
    JSON.stringify({ version: '50.0.0', artifacts: Object.fromEntries(artifacts) }),
  );
  return path;
}

const SHOP = assembly('shop', shop());
const ABROAD = assembly(
  'abroad',
  shop({ Figures: bucket('shop-figures', 'aggregate', replicatingTo('orders-copy-london')) }),
  LONDON,
);
const DAY = ['--as-of', '2026-11-22'];

function keys(
  name: string,
  kind: 'ec' | 'ed25519' = 'ec',
): { readonly privateKey: string; readonly publicKey: string } {
  const pair = kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const file = (which: string, pem: string | Buffer): string => {
    const path = join(folder, `${name}-${which}.pem`);
    writeFileSync(path, pem);
    return path;
  };
  return {
    privateKey: file('private', pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: file('public', pair.publicKey.export({ type: 'spki', format: 'pem' })),
  };
}
const OURS_PAIR = keys('ours');
const read = <T>(path: string, name: string): T => JSON.parse(readFileSync(join(path, name), 'utf8')) as T;

async function registered(path: string, name: string, ...options: readonly string[]): Promise<string> {
  const output = join(folder, name);
  const { code, err } = await said('register', path, '--output', output, ...DAY, ...options);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return output;
}

describe('register', () => {
  test('writes every document of the evidence, each with hashes, versions and what it does not show', async () => {
    const output = await registered(SHOP, 'documents');
    const names = readdirSync(output).sort();
    expect(names).toEqual([
      'access-matrix.json',
      'commitments.json',
      'control-map.json',
      'flows.json',
      'index.html',
      'key-custody.json',
      'proof.json',
      'record-of-processing.json',
      'residency-manifest.json',
      'transfer-register.csv',
      'transfer-register.json',
      'waivers.json',
    ]);
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    const first = read<object>(output, 'flows.json') as { assembly: string; configuration: string };
    for (const name of names.filter((one) => one.endsWith('.json'))) {
      const document = read<{ notShown: readonly string[] }>(output, name);
      expect(document).toMatchObject({
        assembly: first.assembly,
        configuration: first.configuration,
        judgedOn: '2026-11-22',
        tool: { name: 'enclave' },
        rules: { catalogue: hash, geography: hash },
      });
      expect(document.notShown.length).toBeGreaterThan(0);
    }
  });
  test('is byte-identical on two runs, also of an assembly in another folder', async () => {
    const one = await registered(SHOP, 'one');
    const copy = join(folder, 'elsewhere');
    cpSync(SHOP, copy, { recursive: true });
    const two = await registered(copy, 'two');
    for (const name of readdirSync(one)) expect(readFileSync(join(two, name))).toEqual(readFileSync(join(one, name)));
  });
  test('names another assembly by another hash', async () => {
    const hashes = [await registered(SHOP, 'hash-one'), await registered(ABROAD, 'hash-two')].map(
      (path) => read<{ assembly: string }>(path, 'flows.json').assembly,
    );
    expect(new Set(hashes).size).toBe(2);
  });
  test('lists what leaves in the transfer register, as JSON and as CSV, and what is not registered', async () => {
    const output = await registered(ABROAD, 'transfers');
    const { entries } = read<{ entries: readonly Record<string, string>[] }>(output, 'transfer-register.json');
    expect(entries).toContainEqual(
      expect.objectContaining({
        store: 'shop/Figures',
        class: 'aggregate',
        country: 'United Kingdom',
        adequate: 'true',
        state: 'not registered',
      }),
    );
    const rows = parse(readFileSync(join(output, 'transfer-register.csv')), { columns: true }) as unknown[];
    expect(rows).toEqual(entries);
  });
  test('says who holds which key and what it opens', async () => {
    const output = await registered(SHOP, 'custody');
    const { keys: all } = read<{ keys: readonly unknown[] }>(output, 'key-custody.json');
    expect(all).toMatchObject([
      {
        key: 'shop/Key',
        country: 'Ireland',
        multiRegion: 'false (default)',
        opens: [{ store: 'shop/Orders', class: 'restricted' }],
      },
    ]);
  });
  test('calls no promise met that the assembly does not show, and contradicts what it disproves', async () => {
    const { commitments } = read<{ commitments: readonly { id: string; status: string; because: string }[] }>(
      await registered(ABROAD, 'promises'),
      'commitments.json',
    );
    const of = (id: string) => commitments.find((one) => one.id === id)!;
    expect(commitments.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, index) => `P${index + 1}`));
    expect(of('P18')).toMatchObject({ status: 'not shown', because: expect.stringContaining('london/Copy') as string });
    expect(of('P10')).toMatchObject({
      status: 'not shown',
      because: expect.stringContaining('contradicted') as string,
    });
    expect(of('P2').status).toBe('not shown');
    expect(of('P1').status).toBe('met');
  });
  test('leaves the documents of the last run as they were when it fails', async () => {
    const output = await registered(SHOP, 'kept');
    const before = readdirSync(output).map((name) => readFileSync(join(output, name), 'utf8'));
    const { code } = await said('register', join(folder, 'none'), '--output', output);
    expect(code).toBe(2);
    expect(readdirSync(output).map((name) => readFileSync(join(output, name), 'utf8'))).toEqual(before);
  });
  test('refuses to write over what the synthesis recorded', async () => {
    const { code, err } = await said('register', SHOP, '--output', join(SHOP, 'evidence'));
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name a folder of its own') as string,
    });
  });
});

describe('verify', () => {
  let evidence: string;
  const verify = (path: string, of: string = SHOP, key = OURS_PAIR.publicKey) =>
    said('verify', path, '--assembly', of, '--key', key);
  beforeAll(async () => {
    evidence = await registered(SHOP, 'signed', '--sign-key', OURS_PAIR.privateKey);
  });

  test('accepts what was signed, judges it again, and says that a local key signed it', async () => {
    const { code, out } = await verify(evidence);
    expect(code).toBe(0);
    expect(out).toMatch(/judged again: \w+\n.*local key for development.*\nverified\n$/s);
  });
  test('accepts an Ed25519 key too', async () => {
    const pair = keys('edwards', 'ed25519');
    const output = await registered(SHOP, 'edwards', '--sign-key', pair.privateKey);
    expect((await verify(output, SHOP, pair.publicKey)).code).toBe(0);
  });
  test('refuses another key', async () => {
    expect(await verify(evidence, SHOP, keys('theirs').publicKey)).toMatchObject({
      code: 1,
      out: 'signature: it is not that of this key over this statement\nnot verified\n',
    });
  });
  test('refuses another assembly, and says what is different', async () => {
    const { code, out } = await verify(evidence, ABROAD);
    expect(code).toBe(1);
    expect(out).toContain('assembly: shop.template.json was changed');
    expect(out).toContain('assembly: london.template.json was added');
    expect(out).toContain('judgement: the statement says');
  });

  const tampered = (name: string): { readonly assembly: string; readonly evidence: string } => {
    const at = join(folder, `tampered-${name}`);
    cpSync(SHOP, join(at, 'assembly'), { recursive: true });
    cpSync(evidence, join(at, 'evidence'), { recursive: true });
    return { assembly: join(at, 'assembly'), evidence: join(at, 'evidence') };
  };
  const flip = (file: string, position: number): void => {
    const bytes = readFileSync(file);
    bytes[position] = bytes[position]! ^ 1;
    writeFileSync(file, bytes);
  };

  test('a byte changed in any file fails and names the file', async () => {
    const files = [
      ...readdirSync(SHOP).map((name) => ['assembly', name] as const),
      ...readdirSync(evidence)
        .filter((name) => name !== 'statement.dsse.json')
        .map((name) => ['evidence', name] as const),
    ];
    expect(files.length).toBeGreaterThan(10);
    for (const [where, name] of files) {
      const copy = tampered(`${where}-${name}`);
      const file = join(copy[where], name);
      // A blank, so that the file is still read as what it is.
      writeFileSync(file, `${readFileSync(file, 'utf8')} `);
      const { code, out } = await verify(copy.evidence, copy.assembly);
      expect(code).toBe(1);
      expect(out).toContain(`${where}: ${name} was changed`);
    }
  });
  test('a byte changed anywhere in the statement fails', async () => {
    const copy = tampered('statement');
    const file = join(copy.evidence, 'statement.dsse.json');
    const whole = readFileSync(file);
    for (let position = 0; position < whole.length; position += Math.ceil(whole.length / 60)) {
      writeFileSync(file, whole);
      flip(file, position);
      const { code, out } = await verify(copy.evidence, copy.assembly);
      expect({ position, code }).toEqual({ position, code: 1 });
      expect(out).toMatch(/^(statement|signature): /);
    }
  });
  test('a file that is missing or was added is named', async () => {
    const copy = tampered('files');
    writeFileSync(join(copy.assembly, 'more.txt'), 'more');
    rmSync(join(copy.evidence, 'waivers.json'));
    const { code, out } = await verify(copy.evidence, copy.assembly);
    expect(code).toBe(1);
    expect(out).toContain('assembly: more.txt was added');
    expect(out).toContain('evidence: waivers.json is missing');
  });
  test.each<[string, () => readonly string[], RegExp]>([
    [
      'no statement',
      () => [join(folder, 'none'), '--assembly', SHOP, '--key', OURS_PAIR.publicKey],
      /no signed statement there/,
    ],
    ['no key', () => [evidence, '--assembly', SHOP, '--key', join(folder, 'none.pem')], /none\.pem: cannot be read/],
    [
      'a key that is none',
      () => [evidence, '--assembly', SHOP, '--key', join(SHOP, 'manifest.json')],
      /holds no public key/,
    ],
    ['no assembly', () => [evidence, '--assembly', folder, '--key', OURS_PAIR.publicKey], /no manifest\.json/],
  ])('%s is exit 2 and one line', async (_words, given, line) => {
    const { code, err } = await said('verify', ...given());
    expect(code).toBe(2);
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(SHOP)).toBe(true);
  });
});
