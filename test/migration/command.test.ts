import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GetObjectAttributesCommand } from '@aws-sdk/client-s3';
import { ListObjectVersionsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { run } from '../../bin/cli';
import { readObjectManifest } from '../../bin/aws/object-manifest';
import type { ManifestClient } from '../../bin/aws/object-manifest';
import { manifestText } from '../../lib/migration/manifest';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let output = '';
beforeEach(() => {
  output = '';
  const keep = (words: unknown) => ((output += String(words)), true);
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

const enclave = (...args: string[]) => run(['node', 'enclave', 'migration', ...args]);
const head = { bucket: 'legacy', region: 'us-east-1', readAt: '2026-11-20T10:00:00.000Z', versions: 1 };
const objects = [{ key: 'a', size: 3, checksum: 'SHA256:YWJj' }];

describe('enclave migration', () => {
  test('writes a ledger whose signature breaks with every changed word', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(at('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(at('pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(at('source.jsonl'), manifestText({ ...head, state: 'present', objects }));
    writeFileSync(at('arrived.jsonl'), manifestText({ ...head, state: 'present', bucket: 'media', objects }));
    const brought = { site: 'dub-1', sunset: '2027-03-31', rows: [] };
    const sources = [{ id: 'us', source: 'source.jsonl', arrived: 'arrived.jsonl' }];
    writeFileSync(at('case.json'), JSON.stringify({ ...brought, sources }));
    const write = ['ledger', at('case.json'), '--sign-key', at('key.pem'), '--output', at('ledger.json')];
    expect(await enclave(...write)).toBe(0);
    expect(output).toContain('verdict: arrived');
    expect(await enclave('verify', at('ledger.json'), '--key', at('pub.pem'))).toBe(0);
    const envelope = JSON.parse(readFileSync(at('ledger.json'), 'utf8')) as { payload: string };
    const changed = Buffer.from(envelope.payload, 'base64').toString().replace('"arrived"', '"complete"');
    const forged = { ...envelope, payload: Buffer.from(changed).toString('base64') };
    writeFileSync(at('forged.json'), `${JSON.stringify(forged, null, 2)}\n`);
    expect(await enclave('verify', at('forged.json'), '--key', at('pub.pem'))).toBe(1);
  });

  test('exits 1 when something did not arrive, and names it', async () => {
    writeFileSync(at('source.jsonl'), manifestText({ ...head, state: 'present', objects }));
    writeFileSync(at('empty.jsonl'), manifestText({ ...head, state: 'present', bucket: 'media', objects: [] }));
    const sources = [{ id: 'us', source: 'source.jsonl', arrived: 'empty.jsonl' }];
    writeFileSync(at('case.json'), JSON.stringify({ site: 'dub-1', sunset: '2027-03-31', rows: [], sources }));
    expect(await enclave('ledger', at('case.json'), '--output', at('ledger.json'))).toBe(1);
    expect(output).toContain('a: did not arrive');
  });

  test.each([
    ['a case that is no JSON', 'x', 'is no JSON'],
    ['a case without a sunset', '{"site":"dub-1","sources":[],"rows":[]}', 'sunset'],
    [
      'a manifest that is not there',
      '{"site":"dub-1","sunset":"2027-03-31","rows":[],"sources":[{"id":"a","source":"none","arrived":"none"}]}',
      'cannot be read (ENOENT)',
    ],
  ])('answers %s with one line and exit 2', async (_, text, words) => {
    writeFileSync(at('bad.json'), text);
    expect(await enclave('ledger', at('bad.json'), '--output', at('ledger.json'))).toBe(2);
    expect(output).toContain(words);
    expect(output.trim().split('\n')).toHaveLength(1);
  });
});

describe('a manifest read from S3', () => {
  const client = (answer: (command: unknown) => unknown): ManifestClient =>
    ({ send: (command: unknown) => Promise.resolve().then(() => answer(command)) }) as unknown as ManifestClient;
  const now = new Date('2026-11-22T00:00:00Z');

  test('follows every page, counts delete markers, and takes no checksum of parts', async () => {
    const manifest = await readObjectManifest(
      'legacy',
      'us-east-1',
      now,
      client((command) => {
        if (command instanceof ListObjectVersionsCommand)
          return command.input.KeyMarker
            ? { DeleteMarkers: [{}] }
            : { Versions: [{}, {}], IsTruncated: true, NextKeyMarker: 'a' };
        if (command instanceof ListObjectsV2Command)
          return command.input.ContinuationToken
            ? { Contents: [{ Key: 'b', Size: 2 }] }
            : { Contents: [{ Key: 'a', Size: 1 }], IsTruncated: true, NextContinuationToken: 'more' };
        const { Key } = (command as GetObjectAttributesCommand).input;
        return Key === 'a'
          ? { Checksum: { ChecksumType: 'FULL_OBJECT', ChecksumCRC64NVME: 'AAAA' } }
          : { Checksum: { ChecksumType: 'COMPOSITE', ChecksumSHA256: 'BBBB-2' } };
      }),
    );
    expect(manifest).toMatchObject({ state: 'present', versions: 3 });
    expect(manifest.objects).toEqual([
      { key: 'a', size: 1, checksum: 'CRC64NVME:AAAA' },
      { key: 'b', size: 2 },
    ]);
  });

  test('says absent only when S3 says so; a refusal is no absence', async () => {
    const failing = (name: string) =>
      readObjectManifest(
        'legacy',
        'us-east-1',
        now,
        client(() => {
          throw Object.assign(new Error(name), { name });
        }),
      );
    expect(await failing('NoSuchBucket')).toMatchObject({ state: 'absent', versions: 0 });
    await expect(failing('AccessDenied')).rejects.toThrow('could not be read');
  });
});
