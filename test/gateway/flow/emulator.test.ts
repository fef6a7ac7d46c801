/** The deployed functions' own entry files against emulated AWS services, with Cedar deciding and the shipped datasets. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { datasets } from '../../../config/datasets';
import { exportedTransfers } from '../../../config/examples/exporting';
import { gateway } from '../../../config/gateway';
import { BUDGET_MILLI_EPSILON, BudgetExhausted, DynamoNoiseBudget } from '../../../lib/gateway/aggregate';
import { auditRecordSchema } from '../../../lib/gateway/audit/audit-record';
import { BUNDLED_FILES, ENVIRONMENT, FUNCTION_ENVIRONMENT, TABLE } from '../../../lib/gateway/contract';
import { switchText } from '../../../lib/gateway/decision/kill-switch';
import { handler as awaitApprovals } from '../../../lib/gateway/functions/await-approvals';
import { handler as broker } from '../../../lib/gateway/functions/broker';
import { handler as checkRequest } from '../../../lib/gateway/functions/check-request';
import { handler as dataPlane } from '../../../lib/gateway/functions/data-plane';
import { handler as exportOf } from '../../../lib/gateway/functions/export';
import { handler as issueGrant } from '../../../lib/gateway/functions/issue-grant';
import { handler as killSwitch } from '../../../lib/gateway/functions/kill-switch';
import { handler as recordApproval } from '../../../lib/gateway/functions/record-approval';
import { handler as request } from '../../../lib/gateway/functions/request';
import { handler as revoke } from '../../../lib/gateway/functions/revoke';
import type { ApiHandler } from '../../../lib/gateway/handling/answering';
import { describeDeployment } from '../../emulator/deployment-tests';
import { Emulator } from '../../emulator/emulator';
import { keepEnvironment } from '../../emulator/kept-environment';
import { PEOPLE, answerOf, eventOf, nonce } from '../memory-gateway';
import { POLICY_FOLDER } from '../shipped';

const REGION = 'eu-west-1';
const RECORDS = { dataset: 'records', class: 'restricted', purpose: 'legal-obligation' };
const SOCIAL = { dataset: 'social', class: 'interoperable', purpose: 'service-operation' };
const PEOPLE_CSV = `person,email,phone,fullName,born,home,postcode,lastAddress,joined,balance,verified,plan
p-1,lena@example.org,,Lena Hansen,1980-02-03,NO,0150,192.0.2.9,2024-05-06,12,true,free
`;
const SOCIAL_ROW = {
  post: 'post-1',
  author: 'kari',
  published: '2026-11-22T03:30:00Z',
  text: 'hello',
  likes: 3,
  home: 'NO',
  address: '192.0.2.7',
};

describeDeployment(
  'the gateway’s functions against emulated S3, DynamoDB, KMS, SSM, STS, SQS and Step Functions',
  process.env,
  (found) => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-bundle-'));
    const restoreEnvironment = keepEnvironment();
    let emulator: Emulator;
    let s3: S3Client;
    let ssm: SSMClient;
    let sqs: SQSClient;
    let dynamo: DynamoDBClient;
    let feed = '';
    let machine = '';

    const call = async (handler: ApiHandler, person: string, network: string, body: object) =>
      answerOf(
        await handler(eventOf(person, network, JSON.stringify({ nonce: nonce(), issuedAt: Date.now(), ...body }))),
      );

    const granted = async (person: string, network: string, wanted: object): Promise<string> => {
      const asked = await call(request, person, network, { ticket: 'CASE-1', seconds: 3600, ...wanted });
      expect(asked).toMatchObject({ status: 202 });
      const requestId = String(asked.body['requestId']);
      expect(await checkRequest({ requestId })).toMatchObject({ outcome: 'allow' });
      expect(await awaitApprovals({ requestId, taskToken: 'token' })).toMatchObject({ outcome: 'allow' });
      expect((await call(recordApproval, 'pia', 'IE', { requestId, approve: true })).body).toMatchObject({
        state: 'open',
      });
      expect((await call(recordApproval, 'sam', 'DE', { requestId, approve: true })).body).toMatchObject({
        state: 'approved',
      });
      expect(await issueGrant({ requestId })).toMatchObject({ outcome: 'allow' });
      return requestId;
    };

    const records = async () => {
      const { Contents = [] } = await s3.send(
        new ListObjectsV2Command({ Bucket: 'records-of-decisions', Prefix: 'decisions/' }),
      );
      const texts = await Promise.all(
        Contents.map(async ({ Key }) =>
          (
            await s3.send(new GetObjectCommand({ Bucket: 'records-of-decisions', Key: Key! }))
          ).Body!.transformToString(),
        ),
      );
      return texts.map((text) => auditRecordSchema.parse(JSON.parse(text))).sort((a, b) => a.at - b.at);
    };

    beforeAll(async () => {
      emulator = await Emulator.start(found, { env: process.env, region: REGION });
      for (const [name, value] of Object.entries(await emulator.env())) process.env[name] = value;
      const client = await emulator.client('123456789012', REGION);
      s3 = new S3Client(client);
      ssm = new SSMClient(client);
      sqs = new SQSClient(client);
      dynamo = new DynamoDBClient(client);
      for (const Bucket of [
        'records-data',
        'social-data',
        'published-data',
        'records-of-decisions',
        'put-aside',
        'export-uk-posts',
      ])
        await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }));
      const jsonLines = (...rows: object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      await s3.send(
        new PutObjectCommand({
          Bucket: 'social-data',
          Key: 'posts.jsonl',
          Body: jsonLines(SOCIAL_ROW, { ...SOCIAL_ROW, unheard: 1 }),
        }),
      );
      await s3.send(new PutObjectCommand({ Bucket: 'records-data', Key: '2026/people.csv', Body: PEOPLE_CSV }));
      for (const TableName of ['ledger', 'people'])
        await dynamo.send(
          new CreateTableCommand({
            TableName,
            KeySchema: [{ AttributeName: TABLE.partitionKey, KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: TABLE.partitionKey, AttributeType: 'S' }],
            BillingMode: 'PAY_PER_REQUEST',
          }),
        );
      for (const person of PEOPLE)
        await dynamo.send(
          new PutItemCommand({
            TableName: 'people',
            Item: {
              [TABLE.partitionKey]: { S: `person#${person.id}` },
              [TABLE.version]: { N: '1' },
              [TABLE.document]: { S: JSON.stringify(person) },
            },
          }),
        );
      await dynamo.send(
        new CreateTableCommand({
          TableName: 'messages-data',
          KeySchema: [
            { AttributeName: 'conversation', KeyType: 'HASH' },
            { AttributeName: 'sent', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: [
            { AttributeName: 'conversation', AttributeType: 'S' },
            { AttributeName: 'sent', AttributeType: 'S' },
          ],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
      for (const [conversation, sent, more] of [
        ['c-1', '2026-11-20T10:00:00Z', {}],
        ['c-1', '2026-11-20T10:05:00Z', {}],
        ['c-1', '2026-11-20T10:06:00Z', { mood: { L: [{ S: 'unheard' }] } }],
        ['c-2', '2026-11-20T10:00:00Z', {}],
      ] as readonly [string, string, Record<string, AttributeValue>][])
        await dynamo.send(
          new PutItemCommand({
            TableName: 'messages-data',
            Item: {
              message: { S: `m-${sent}` },
              conversation: { S: conversation },
              sender: { S: 'kari' },
              recipient: { S: 'lena' },
              sent: { S: sent },
              body: { S: `about ${conversation}` },
              home: { S: 'NO' },
              characters: { N: '9' },
              edited: { BOOL: false },
              ...more,
            },
          }),
        );
      feed = (await sqs.send(new CreateQueueCommand({ QueueName: 'feed' }))).QueueUrl!;
      const letters = (await sqs.send(new CreateQueueCommand({ QueueName: 'letters' }))).QueueUrl!;
      const on = switchText({ access: 'on', changedAt: 1, changedBy: ['olaf', 'uma'], voidBefore: 1 });
      await ssm.send(new PutParameterCommand({ Name: '/gateway/switch', Value: on, Type: 'String' }));
      const kms = new KMSClient(client);
      const key = await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
      const role = 'arn:aws:iam::123456789012:role/any-role';
      const machines = new SFNClient(client);
      const definition = JSON.stringify({ StartAt: 'End', States: { End: { Type: 'Pass', End: true } } });
      machine = (await machines.send(new CreateStateMachineCommand({ name: 'requests', definition, roleArn: role })))
        .stateMachineArn!;

      mkdirSync(join(folder, BUNDLED_FILES.policies));
      for (const name of readdirSync(POLICY_FOLDER))
        cpSync(join(POLICY_FOLDER, name), join(folder, BUNDLED_FILES.policies, name));
      const write = (name: string, value: unknown): void => writeFileSync(join(folder, name), JSON.stringify(value));
      write(BUNDLED_FILES.settings, gateway);
      write(
        BUNDLED_FILES.datasets,
        datasets
          .filter(({ name }) => ['records', 'social', 'published', 'messages'].includes(name))
          .map((schema) => ({
            source: `${schema.store}-data`,
            prefix: '',
            ...(schema.name === 'messages' ? { partitionKey: 'conversation' } : {}),
            schema,
          })),
      );
      const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
      const [ukPosts] = exportedTransfers;
      write(BUNDLED_FILES.exports, [{ ...ukPosts, expires }]);
      write(BUNDLED_FILES.transfers, [
        {
          id: 'service-in',
          dataset: 'social',
          class: 'interoperable',
          zone: 'THIRD',
          expiresAt: Date.now() + 86_400_000,
          assessment: 'tia-7',
        },
        {
          id: 'uk-posts',
          dataset: 'social',
          class: 'interoperable',
          zone: 'ADEQUATE',
          expiresAt: Date.now() + 30 * 86_400_000,
        },
      ]);
      Object.assign(process.env, {
        [ENVIRONMENT.site]: 'dub-1',
        [ENVIRONMENT.files]: folder,
        [ENVIRONMENT.ledgerTable]: 'ledger',
        [ENVIRONMENT.peopleTable]: 'people',
        [ENVIRONMENT.killSwitchParameter]: '/gateway/switch',
        [ENVIRONMENT.archiveBucket]: 'records-of-decisions',
        [ENVIRONMENT.feedQueue]: feed,
        [ENVIRONMENT.deadLetterQueue]: letters,
        [ENVIRONMENT.engine]: 'cedar-wasm',
        [FUNCTION_ENVIRONMENT.workflow]: machine,
        [FUNCTION_ENVIRONMENT.dataAccessRole]: role,
        [FUNCTION_ENVIRONMENT.pseudonymKey]: key.KeyMetadata!.Arn,
        [FUNCTION_ENVIRONMENT.quarantineBucket]: 'put-aside',
        [FUNCTION_ENVIRONMENT.exportBuckets]: JSON.stringify({ 'uk-posts': 'export-uk-posts' }),
      });
    }, 120_000);

    afterAll(async () => {
      await emulator?.stop();
      rmSync(folder, { recursive: true, force: true });
      restoreEnvironment();
    });

    test('a third country asks, two approve, and gets a pseudonymised answer with its record; then the switch stops it', async () => {
      const grantId = await granted('ines', 'IN', { ...SOCIAL, transfer: 'service-in' });
      const { executions } = await new SFNClient(await emulator.client('123456789012', REGION)).send(
        new ListExecutionsCommand({ stateMachineArn: machine }),
      );
      expect(executions?.map(({ name }) => name)).toContain(grantId);

      const access = await call(broker, 'ines', 'IN', { ...SOCIAL, object: 'posts.jsonl', grantId });
      expect(access.body).toMatchObject({ decision: 'allow', form: 'pseudonymised' });
      const { accessId } = access.body;
      const answer = await call(dataPlane, 'ines', 'IN', { accessId });
      expect(answer.status).toBe(200);
      const rows = answer.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ text: 'hello', likes: 3, home: 'NO' });
      expect(answer.text).not.toMatch(/kari|post-1|192\.0\.2/);
      expect((await records()).at(-1)).toMatchObject({
        id: answer.headers['x-enclave-record'],
        stage: 'data-plane',
        zone: 'THIRD',
        grantId,
        transfer: 'service-in',
        assessment: 'tia-7',
        counts: { rows: 1, quarantined: 1 },
      });
      expect((await call(dataPlane, 'ines', 'IN', { accessId })).body['reasons']).toEqual(['access.used']);

      expect((await call(killSwitch, 'uma', 'DE', { access: 'off' })).body).toMatchObject({ access: 'off' });
      const stopped = await call(broker, 'ines', 'IN', { ...SOCIAL, object: 'posts.jsonl', grantId });
      expect(stopped).toMatchObject({ status: 403, body: { reasons: ['stop.kill-switch'] } });
      await call(killSwitch, 'uma', 'DE', { access: 'on' });
      expect((await call(killSwitch, 'olaf', 'NO', { access: 'on' })).body).toMatchObject({ access: 'on' });
      expect((await call(broker, 'ines', 'IN', { ...SOCIAL, object: 'posts.jsonl', grantId })).status).toBe(200);
    });

    test('a flag that is gone or means nothing stops everything', async () => {
      const { Value } = (await ssm.send(new GetParameterCommand({ Name: '/gateway/switch' }))).Parameter!;
      const put = (text: string) =>
        ssm.send(new PutParameterCommand({ Name: '/gateway/switch', Value: text, Type: 'String', Overwrite: true }));
      await put('on');
      const use = { dataset: 'published', class: 'public', purpose: 'product-measurement', object: 'posts.jsonl' };
      expect((await call(broker, 'anna', 'SE', use)).body['reasons']).toEqual(['stop.kill-switch']);
      await put(Value!);
      expect((await call(broker, 'anna', 'SE', use)).status).toBe(200);
    });

    test('restricted data: approved, and opened once though two take the ticket at the same moment', async () => {
      const grantId = await granted('anna', 'SE', RECORDS);
      const access = await call(broker, 'anna', 'SE', { ...RECORDS, object: '2026/people.csv', grantId });
      const { accessId } = access.body;
      const answers = await Promise.all([1, 2, 3, 4].map(() => call(dataPlane, 'anna', 'SE', { accessId })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      expect(answers.find(({ status }) => status === 200)?.text).toMatch('lena@example.org');
      expect((await issueGrant({ requestId: grantId })).outcome).toBe('deny');
    });

    const MESSAGES = { dataset: 'messages', class: 'restricted', purpose: 'legal-obligation' };

    test('a table: the items of one key, in its order, and no other; what fits no schema is put aside', async () => {
      const grantId = await granted('anna', 'SE', MESSAGES);
      const access = await call(broker, 'anna', 'SE', { ...MESSAGES, object: 'c-1', grantId });
      const answer = await call(dataPlane, 'anna', 'SE', { accessId: access.body['accessId'] });
      expect(answer.status).toBe(200);
      const rows = answer.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(
        rows.map(({ conversation, sent, characters, edited }) => [conversation, sent, characters, edited]),
      ).toEqual([
        ['c-1', '2026-11-20T10:00:00Z', 9, false],
        ['c-1', '2026-11-20T10:05:00Z', 9, false],
      ]);
      expect(answer.text).not.toMatch(/c-2|unheard/);
      expect((await records()).at(-1)).toMatchObject({ dataset: 'messages', counts: { rows: 2, quarantined: 1 } });

      const none = await call(broker, 'anna', 'SE', { ...MESSAGES, object: 'c-9', grantId });
      expect((await call(dataPlane, 'anna', 'SE', { accessId: none.body['accessId'] })).body['reasons']).toEqual([
        'object.unknown',
      ]);
    });

    test('a grant that is revoked opens nothing from that moment on', async () => {
      const grantId = await granted('anna', 'SE', MESSAGES);
      const use = { ...MESSAGES, object: 'c-1', grantId };
      const access = await call(broker, 'anna', 'SE', use);
      expect((await call(revoke, 'ines', 'IN', { grantId })).status).toBe(403);
      const both = await Promise.all(['anna', 'uma'].map((person) => call(revoke, person, 'DE', { grantId })));
      expect(both.map(({ body }) => body['result']).sort()).toEqual(['revoked', 'revoked-before']);
      expect((await call(broker, 'anna', 'SE', use)).body['reasons']).toEqual(['grant.revoked']);
      expect((await call(dataPlane, 'anna', 'SE', { accessId: access.body['accessId'] })).body['reasons']).toEqual([
        'grant.revoked',
      ]);
    });

    test('a registered transfer fills its export bucket once, pseudonymised and recorded; with the switch off it does not', async () => {
      expect(await exportOf({ transfer: 'uk-posts' })).toMatchObject({ outcome: 'allow', sent: 1, refused: 0 });
      expect(await exportOf({ transfer: 'uk-posts' })).toMatchObject({ outcome: 'allow', sent: 0 });
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'export-uk-posts' }));
      expect(Contents).toHaveLength(1);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'export-uk-posts', Key: Contents[0]!.Key! }));
      const text = await Body!.transformToString();
      expect(JSON.parse(text)).toMatchObject({ text: 'hello', likes: 3 });
      expect(text).not.toMatch(/kari|post-1|192\.0\.2|"NO"/);
      const released = (await records()).filter(({ reasons }) => reasons.includes('export.released'));
      expect(released).toMatchObject([{ stage: 'export', transfer: 'uk-posts', counts: { rows: 1, quarantined: 1 } }]);
      expect(Contents[0]!.Key).toContain(released[0]!.output!);

      await call(killSwitch, 'uma', 'DE', { access: 'off' });
      expect(await exportOf({ transfer: 'uk-posts' })).toMatchObject({
        outcome: 'deny',
        reasons: ['stop.kill-switch'],
      });
      await call(killSwitch, 'uma', 'DE', { access: 'on' });
      await call(killSwitch, 'olaf', 'NO', { access: 'on' });
      expect(await exportOf({ transfer: 'us-posts' })).toMatchObject({ reasons: ['transfer.unknown'] });
    });

    test('of many who draw the last of the noise at the same moment one gets it', async () => {
      const account = new DynamoNoiseBudget(dynamo, 'ledger', TABLE.partitionKey);
      const draw = (milliEpsilon: number) => account.spend({ recipient: 'ines', dataset: 'statistics', milliEpsilon });
      await draw(BUDGET_MILLI_EPSILON - 1_500);
      const drawn = await Promise.allSettled(Array.from({ length: 12 }, () => draw(1_000)));
      expect(drawn.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of drawn)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(BudgetExhausted);
      const { Item } = await dynamo.send(
        new GetItemCommand({
          TableName: 'ledger',
          Key: { [TABLE.partitionKey]: { S: 'noise#["ines","statistics"]' } },
          ConsistentRead: true,
        }),
      );
      expect(Item).toMatchObject({ milliEpsilon: { N: String(BUDGET_MILLI_EPSILON - 500) }, releases: { N: '2' } });
      await draw(500);
      await expect(draw(1)).rejects.toThrow(BudgetExhausted);
    });

    test('a nonce used before is refused by the table', async () => {
      const body = JSON.stringify({
        nonce: nonce(),
        issuedAt: Date.now(),
        dataset: 'published',
        class: 'public',
        purpose: 'product-measurement',
        object: 'posts.jsonl',
      });
      const statuses = await Promise.all(
        [1, 2, 3].map(async () => (await broker(eventOf('anna', 'SE', body))).statusCode),
      );
      expect(statuses.sort()).toEqual([200, 409, 409]);
    });

    test('a document of the table that somebody has spoilt opens nothing', async () => {
      const grantId = '11111111-1111-4111-8111-111111111111';
      const document = JSON.stringify({ id: grantId, holder: 'anna', approvals: 'two' });
      await dynamo.send(
        new PutItemCommand({
          TableName: 'ledger',
          Item: { pk: { S: `grant#${grantId}` }, version: { N: '1' }, document: { S: document } },
        }),
      );
      const answer = await call(broker, 'anna', 'SE', { ...RECORDS, object: '2026/people.csv', grantId });
      expect(answer).toMatchObject({ status: 500, body: { decision: 'deny', reasons: ['internal-error'] } });
    });

    test('every decision lies in the archive and went to the feed, and none says a word of the data', async () => {
      const archived = await records();
      const fed: string[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: feed, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
        );
        if (Messages.length === 0) break;
        fed.push(...Messages.map(({ Body }) => (JSON.parse(Body!) as { id: string }).id));
      }
      expect(archived.length).toBeGreaterThan(20);
      expect(fed.sort()).toEqual(archived.map(({ id }) => id).sort());
      expect(JSON.stringify(archived)).not.toMatch(/kari|post-1|hello|192\.0\.2|people|lena|CASE|"c-[12]"|about c/);
    });
  },
);
