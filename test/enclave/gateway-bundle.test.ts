import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleGateway } from '../../bin/gateway/bundle';
import { POLICY_FOLDER, checkedGateway } from '../../bin/gateway/checked';
import { enclave as shipped } from '../../config/enclave';
import { ConfigurationError, parseEnclave } from '../../config/parse';
import { storedDatasetSchema } from '../../lib/gateway/data-plane/stored-dataset';
import { BUNDLED_FILES, ENTRY_FILES } from '../../lib/gateway/contract';
import type { FunctionName } from '../../lib/gateway/contract';
import { exportedName } from '../../lib/enclave/gateway/exported-name';

const config = parseEnclave(shipped);
const TODAY = new Date('2026-11-22T12:00:00Z');

describe('the bundle of the functions', () => {
  const checked = checkedGateway(config, TODAY);
  const made = [bundleGateway(config, checked), bundleGateway(config, checked)] as const;
  afterAll(() => made.forEach(({ folder }) => rmSync(folder, { recursive: true })));
  const digest = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => `${file.slice(folder.length)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
      .sort();

  test('is the same byte for byte whenever the sources are the same', () => {
    const [first, second] = made.map(({ plan }) => digest(plan.code['dub-1']!));
    expect(first).toEqual(second);
    expect(first!.map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(['/index.js', '/cedar_wasm_bg.wasm', '/files/settings.json', '/files/issuer.json']),
    );
  });

  test('exports every handler, and each says in one line what it misses when nothing is configured', async () => {
    const loaded = createRequire(__filename)(join(made[0].plan.code['dub-1']!, 'index.js')) as Record<
      string,
      (event: unknown) => Promise<unknown>
    >;
    const said: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    for (const name of Object.keys(ENTRY_FILES) as FunctionName[])
      await expect(loaded[exportedName(name)]!({})).rejects.toThrow('The gateway is not configured.');
    write.mockRestore();
    expect(said).toHaveLength(Object.keys(ENTRY_FILES).length);
    expect(said[0]).toContain('GATEWAY_SITE');
  });

  test('names the places of its own site only: restricted datasets by access point, the others by bucket, those in a table by its ARN and key', () => {
    for (const { id, account, placement } of config.sites) {
      const text = readFileSync(join(made[0].plan.code[id]!, 'files/datasets.json'), 'utf8');
      const stored = storedDatasetSchema.array().parse(JSON.parse(text));
      const source = (name: string) => stored.find(({ schema }) => schema.name === name)?.source;
      expect(source('records')).toBe(`arn:aws:s3:${placement.region}:${account}:accesspoint/enclave-${id}-records`);
      expect(source('social')).toBe(`enclave-${id}-social-${account}`);
      expect(source('messages')).toBe(`arn:aws:dynamodb:${placement.region}:${account}:table/enclave-${id}-messages`);
      const exported = readFileSync(join(made[0].plan.code[id]!, 'files', BUNDLED_FILES.exports), 'utf8');
      expect(JSON.parse(exported)).toEqual([]);
      for (const other of config.sites.filter((site) => site.id !== id)) expect(text).not.toContain(other.account);
    }
  });
});

describe('a policy that does not validate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('ends the synthesis with Cedar’s own message, at file and line', () => {
    cpSync(POLICY_FOLDER, folder, { recursive: true });
    const file = join(folder, '10-stop.cedar');
    writeFileSync(file, readFileSync(file, 'utf8').replace('context.access', 'context.acces'));
    const run = () => checkedGateway(config, TODAY, folder);
    expect(run).toThrow(ConfigurationError);
    expect(run).toThrow(/10-stop\.cedar:\d+: .*attribute `acces`.*not found/);
  });
});
