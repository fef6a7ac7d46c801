import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bounded, Reading } from '../../lib/attestation';
import { kmsReader } from '../../lib/attestation/keys/kms-reader';

/** Recorded answers by operation, given one after the other; the last is repeated. */
type Answers = Readonly<Record<string, readonly (readonly [status: number, body: object])[]>>;

const denied = [400, { __type: 'AccessDeniedException', message: 'no' }] as const;

describe('the reader', () => {
  let server: Server;
  const asked: { operation: string; body: Record<string, unknown> }[] = [];

  const readerOver = async (answers: Answers) => {
    const given = new Map<string, number>();
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const operation = String(request.headers['x-amz-target']).replace('TrentService.', '');
        asked.push({ operation, body: JSON.parse(text || '{}') as Record<string, unknown> });
        const all = answers[operation] ?? [];
        const index = given.get(operation) ?? 0;
        given.set(operation, index + 1);
        const [status, body] = all[Math.min(index, all.length - 1)] ?? [500, { __type: 'NotRecorded' }];
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const settings = {
      region: 'eu-west-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
      retryMode: 'adaptive',
    };
    const place = { account: '111122223333', region: settings.region };
    return kmsReader(new Reading(place, (connect) => connect(settings), { gate: new Bounded(4) }));
  };

  beforeEach(() => void (asked.length = 0));
  afterEach(() => new Promise((closed) => server.close(closed)));

  test('a refused call is a missing answer that names the action to allow', async () => {
    const operations = [
      'DescribeKey',
      'GetKeyPolicy',
      'GetKeyRotationStatus',
      'ListAliases',
      'ListGrants',
      'ListKeys',
      'ListResourceTags',
    ];
    const reader = await readerOver(Object.fromEntries(operations.map((operation) => [operation, [denied]])));
    const answers = await Promise.all([
      reader.describeKey('k'),
      reader.keyPolicy('k'),
      reader.keyRotation('k'),
      reader.listAliases(),
      reader.keyGrants('k'),
      reader.listKeys(),
      reader.keyTags('k'),
    ]);
    expect(answers.map((answer) => (answer.kind === 'missing' ? answer.why : answer))).toEqual(
      operations.map((operation) => `kms:${operation} is denied`),
    );
  });

  test('grants on every page are read', async () => {
    const grant = (GrantId: string) => ({ GrantId, GranteePrincipal: 'rds.amazonaws.com', Operations: ['Decrypt'] });
    const reader = await readerOver({
      ListGrants: [
        [200, { Grants: [grant('one')], Truncated: true, NextMarker: 'more' }],
        [200, { Grants: [grant('two')], Truncated: false }],
      ],
    });
    const answer = await reader.keyGrants('k');
    expect(answer.kind === 'answer' && answer.value.map(({ grantId }) => grantId)).toEqual(['one', 'two']);
    expect(asked[1]?.body).toMatchObject({ KeyId: 'k', Marker: 'more' });
  });

  test('a throttled call is repeated', async () => {
    const reader = await readerOver({
      ListKeys: [
        [400, { __type: 'ThrottlingException', message: 'slow down' }],
        [200, { Keys: [{ KeyId: 'k' }] }],
      ],
    });
    expect(await reader.listKeys()).toEqual({ kind: 'answer', value: ['k'] });
    expect(asked).toHaveLength(2);
  });

  test('a key that is not there is an answer, and one without a description is none', async () => {
    const reader = await readerOver({
      DescribeKey: [
        [400, { __type: 'NotFoundException', message: 'no key' }],
        [200, {}],
      ],
    });
    expect(await reader.describeKey('k')).toEqual({ kind: 'answer', value: undefined });
    expect(await reader.describeKey('another')).toMatchObject({ kind: 'missing', action: 'kms:DescribeKey' });
  });

  test('what a description leaves out stays open', async () => {
    const reader = await readerOver({
      DescribeKey: [[200, { KeyMetadata: { KeyId: 'k', Arn: 'a', MultiRegion: null } }]],
    });
    const answer = await reader.describeKey('k');
    expect(answer.kind === 'answer' && answer.value).toMatchObject({
      manager: undefined,
      usage: undefined,
      multiRegion: undefined,
      enabled: undefined,
    });
  });
});
