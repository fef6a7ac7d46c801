import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { datasets } from '../../../config/datasets';
import { enclave } from '../../../config/enclave';
import { parseDatasets } from '../../../config/registers';
import { BudgetExhausted, DynamoNoiseBudget } from '../../../lib/gateway/aggregate';
import {
  KeptQuarantine,
  KmsRootKey,
  PseudonymKeyError,
  PseudonymKeys,
  S3Sink,
  S3Source,
  pseudonymiseBatch,
} from '../../../lib/gateway/pseudonymise';
import type { BatchOrder } from '../../../lib/gateway/pseudonymise';
import { PART_BYTES } from '../../../lib/gateway/pseudonymise/parts';
import { describeDeployment } from '../../emulator/deployment-tests';
import { BASE_ACCOUNT, Emulator } from '../../emulator/emulator';

const REGION = 'eu-west-1';
const ROOM = { CreateBucketConfiguration: { LocationConstraint: REGION } } as const;

describeDeployment('the pseudonymiser on S3, KMS and DynamoDB', process.env, (found) => {
  let emulator: Emulator;
  let s3: S3Client;
  let kms: KMSClient;
  let dynamo: DynamoDBClient;
  const alarm = { quarantined: () => undefined };

  beforeAll(async () => {
    emulator = await Emulator.start(found, { env: process.env, region: REGION });
    const client = await emulator.client(BASE_ACCOUNT, REGION);
    [s3, kms, dynamo] = [new S3Client(client), new KMSClient(client), new DynamoDBClient(client)];
    for (const Bucket of ['source', 'exports', 'quarantine'])
      await s3.send(new CreateBucketCommand({ Bucket, ...ROOM }));
  }, 120_000);

  afterAll(async () => {
    for (const client of [s3, kms, dynamo]) client.destroy();
    await emulator.stop();
  });

  async function hmacKey(): Promise<string> {
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    );
    return KeyMetadata!.Arn!;
  }

  const put = async (Key: string, Body: string) =>
    (await s3.send(new PutObjectCommand({ Bucket: 'source', Key, Body }))).ETag!;
  const names = async (Bucket: string) =>
    ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key!);
  const read = async (Bucket: string, Key: string) =>
    (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();

  const use = (n: number) => ({ person: `u-${n}-7f3a`, day: '2026-11-20', home: 'NO', age: 44, minutes: n % 1_000 });
  const statistics = parseDatasets(datasets, enclave.stores).find(({ name }) => name === 'statistics')!;

  async function order(key: string, records: readonly unknown[]): Promise<BatchOrder> {
    const etag = await put(key, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return {
      source: { key, etag },
      dataset: statistics,
      recipient: 'Example Research',
      purposeGroup: 'research',
      fields: ['person', 'minutes'],
      format: 'jsonl',
      prefix: key,
      now: new Date('2026-11-22'),
    };
  }

  const ports = (keyId: string) => ({
    source: new S3Source(s3, 'source'),
    sink: new S3Sink(s3, 'exports'),
    keys: new PseudonymKeys(new KmsRootKey(kms, keyId)),
    quarantine: new KeptQuarantine(new S3Sink(s3, 'quarantine')),
    alarm,
  });

  test('a batch is written once, its retry finds it, and the KMS key makes the pseudonyms', async () => {
    const key = await hmacKey();
    const asked = await order('small', [use(1), use(2), { wrong: true }]);
    const first = await pseudonymiseBatch(asked, ports(key));
    expect(first).toMatchObject({ state: 'created', counts: { written: 2, quarantined: 1 } });
    const output = await read('exports', first.name);
    expect(output).toMatch(/^\{"person":"[\w-]{32}","minutes":1\}\n\{"person":"[\w-]{32}","minutes":2\}\n$/);
    expect(await pseudonymiseBatch(asked, ports(key))).toEqual({ name: first.name, state: 'present' });
    expect(JSON.parse(await read('quarantine', `quarantine/${first.name}.jsonl`))).toMatchObject({
      dataset: 'statistics',
      position: 3,
    });
    const elsewhere = await pseudonymiseBatch({ ...asked, prefix: 'other-key' }, ports(await hmacKey()));
    expect(await read('exports', elsewhere.name)).not.toBe(output);
  });

  test('a taken name is never written over, in one piece or in parts', async () => {
    const sink = new S3Sink(s3, 'exports');

    async function* body(text: string, parts: number): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < parts; i += 1) yield Buffer.alloc(PART_BYTES, text);
      yield Buffer.from(text);
    }
    expect(await sink.write('taken', body('first', 0))).toBe('created');
    expect(await sink.write('taken', body('other', 0))).toBe('present');
    expect(await sink.write('taken', body('other', 1))).toBe('present');
    expect(await read('exports', 'taken')).toBe('first');
    expect(await sink.write('parts', body('x', 2))).toBe('created');
    expect(await read('exports', 'parts')).toHaveLength(2 * PART_BYTES + 1);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'exports' }))).Uploads ?? []).toEqual([]);
  }, 60_000);

  test('an upload that breaks off between parts shows no object and leaves no parts', async () => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(PART_BYTES + 1);
      expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'exports' }))).Uploads).toHaveLength(1);
      yield Buffer.alloc(PART_BYTES);
      expect(await names('exports')).not.toContain('broken');
      throw new Error('the source broke off');
    }
    await expect(new S3Sink(s3, 'exports').write('broken', breaking())).rejects.toThrow('the source broke off');
    expect(await names('exports')).not.toContain('broken');
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'exports' }))).Uploads ?? []).toEqual([]);
  }, 60_000);

  test('a source that was changed since it was ordered is not read', async () => {
    const asked = await order('changed', [use(1)]);
    await put('changed', 'something else');
    await expect(pseudonymiseBatch(asked, ports(await hmacKey()))).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect((await names('exports')).filter((name) => name.startsWith('changed'))).toEqual([]);
  });

  test('a key that is not there stops the batch with the name of the error and nothing else', async () => {
    const key = (await hmacKey()).replace(/[0-9a-f]{12}$/, '000000000000');
    const failure: unknown = await pseudonymiseBatch(await order('keyless', [use(1)]), ports(key)).catch(
      (e: unknown) => e,
    );
    expect(failure).toBeInstanceOf(PseudonymKeyError);
    expect((failure as Error).message).toBe('KMS GenerateMac failed: NotFoundException');
    expect((failure as Error).cause).toBeUndefined();
    expect((await names('exports')).filter((name) => name.startsWith('keyless'))).toEqual([]);
  });

  test('the noise account books each release and refuses the one that would exceed it', async () => {
    await dynamo.send(
      new CreateTableCommand({
        TableName: 'accounts',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    const budget = new DynamoNoiseBudget(dynamo, 'accounts', 'id');
    const release = { recipient: 'Example Research', dataset: 'statistics', milliEpsilon: 1_500 };
    for (let n = 0; n < 5; n += 1) await budget.spend(release);
    await expect(budget.spend(release)).rejects.toThrow(BudgetExhausted);
    const Key = { id: { S: 'noise#["Example Research","statistics"]' } };
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: 'accounts', Key }));
    expect(Item).toMatchObject({ milliEpsilon: { N: '7500' }, releases: { N: '5' } });
    await expect(budget.spend({ ...release, dataset: 'social' })).resolves.toBeUndefined();
  });
});
