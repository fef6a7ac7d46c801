/** The gateway as it is deployed: its stack in the emulator, and the deployed bundle run with the deployed settings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { environmentsOf, stacksOf } from '../../bin/aws/assembly';
import { auditRecordSchema } from '../../lib/gateway/audit/audit-record';
import { exportedName } from '../../lib/enclave/gateway/exported-name';
import { ENTRY_FILES, ENVIRONMENT, EXPORTING_FUNCTION, FUNCTION_ENVIRONMENT, TABLE } from '../../lib/gateway/contract';
import type { FunctionName } from '../../lib/gateway/contract';
import { parseSwitch } from '../../lib/gateway/decision/kill-switch';
import type { ApiHandler } from '../../lib/gateway/handling/answering';
import type { StepHandler } from '../../lib/gateway/handling/workflow-step';
import { describeDeployment } from '../emulator/deployment-tests';
import { Emulator } from '../emulator/emulator';
import { keepEnvironment } from '../emulator/kept-environment';
import { PEOPLE, answerOf, eventOf, nonce } from '../gateway/memory-gateway';
import { synthesiseTo } from './assembly';
import { bundleIn, deployedFunctions, variablesOf } from './deployed-gateway';

const ROOT = resolve(__dirname, '../..');
const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const SOCIAL = { dataset: 'social', class: 'interoperable', purpose: 'service-operation' };

describeDeployment('the gateway, deployed by the CDK command line into an emulator', process.env, (found) => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-deployment-'));
  const assembly = join(folder, 'cdk.out');
  const restoreEnvironment = keepEnvironment();
  let emulator: Emulator;
  let functions: Record<string, ApiHandler & StepHandler>;
  let told: Record<string, string>;

  const client = () => emulator.client(ACCOUNT, REGION);
  const call = async (name: string, person: string, network: string, body: object) =>
    answerOf(
      await functions[name]!(
        eventOf(person, network, JSON.stringify({ nonce: nonce(), issuedAt: Date.now(), ...body })),
      ),
    );

  beforeAll(async () => {
    synthesiseTo(assembly);
    const wanted = ['dub-1-gateway', 'dub-1-stores'];
    emulator = await Emulator.start(found, { env: process.env, region: REGION });
    await emulator.bootstrap(
      environmentsOf(stacksOf(assembly)).filter(({ account }) => [ACCOUNT, '333344445555'].includes(account)),
    );
    const { status, output } = await emulator.cdk(
      ['deploy', ...wanted, '--app', assembly, '--require-approval', 'never', '--concurrency', '4'],
      ROOT,
    );
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  }, 300_000);

  afterAll(async () => {
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
    restoreEnvironment();
  });

  test('every function but the one that exports stands, and every one is told the same places, which exist', async () => {
    const deployed = await deployedFunctions(emulator, ACCOUNT, REGION);
    expect(deployed.map(({ Handler }) => Handler).sort()).toEqual(
      Object.keys(ENTRY_FILES)
        .filter((name) => name !== EXPORTING_FUNCTION)
        .map((name) => `index.${exportedName(name as FunctionName)}`)
        .sort(),
    );
    const all = deployed.map(({ Environment }) => Environment!.Variables);
    for (const name of Object.values(ENVIRONMENT))
      expect(new Set(all.map((variables) => variables[name])).size).toBe(1);
    told = variablesOf(deployed);
    const { Parameter } = await new SSMClient(await client()).send(
      new GetParameterCommand({ Name: told[ENVIRONMENT.killSwitchParameter]! }),
    );
    expect(parseSwitch(Parameter!.Value!)?.access).toBe('off');
    const { name } = await new SFNClient(await client()).send(
      new DescribeStateMachineCommand({ stateMachineArn: told[FUNCTION_ENVIRONMENT.workflow]! }),
    );
    expect(name).toBe('enclave-dub-1-gateway-requests');
  });

  test('the uploaded bundle, told the same, takes a request from the first question to the answer, and the switch ends it', async () => {
    const bundle = bundleIn(assembly, 'dub-1');
    // What the emulator lacks: Verified Permissions, and the place where Lambda unpacks a bundle.
    const given = { ...told, [ENVIRONMENT.files]: join(bundle, 'files'), [ENVIRONMENT.engine]: 'cedar-wasm' };
    Object.assign(process.env, await emulator.env({ account: ACCOUNT }), given);
    functions = createRequire(__filename)(join(bundle, 'index.js')) as typeof functions;
    const s3 = new S3Client(await client());
    const dynamo = new DynamoDBClient(await client());
    const social = `enclave-dub-1-social-${ACCOUNT}`;
    const post = {
      post: 'post-1',
      author: 'kari',
      published: '2026-11-22T03:30:00Z',
      text: 'hello',
      likes: 3,
      home: 'NO',
    };
    await s3.send(
      new PutObjectCommand({
        Bucket: social,
        Key: 'social/posts.jsonl',
        Body: `${JSON.stringify({ ...post, address: '192.0.2.7' })}\n`,
      }),
    );
    for (const person of PEOPLE)
      await dynamo.send(
        new PutItemCommand({
          TableName: told[ENVIRONMENT.peopleTable]!,
          Item: {
            [TABLE.partitionKey]: { S: `person#${person.id}` },
            [TABLE.version]: { N: '1' },
            [TABLE.document]: { S: JSON.stringify(person) },
          },
        }),
      );

    const use = { ...SOCIAL, object: 'posts.jsonl' };
    expect((await call('broker', 'anna', 'SE', use)).body['reasons']).toEqual(['stop.kill-switch']);
    await call('killSwitch', 'uma', 'DE', { access: 'on' });
    expect((await call('killSwitch', 'olaf', 'NO', { access: 'on' })).body).toMatchObject({ access: 'on' });

    const asked = await call('request', 'anna', 'SE', { ...SOCIAL, ticket: 'CASE-1', seconds: 3600 });
    expect(asked).toMatchObject({ status: 202 });
    const requestId = String(asked.body['requestId']);
    const { executions } = await new SFNClient(await client()).send(
      new ListExecutionsCommand({ stateMachineArn: told[FUNCTION_ENVIRONMENT.workflow]! }),
    );
    expect(executions?.map(({ name }) => name)).toContain(requestId);
    // The emulator starts the workflow and runs none of its states: the steps are called in their order.
    expect(await functions['checkRequest']!({ requestId })).toMatchObject({ outcome: 'allow' });
    expect(await functions['awaitApprovals']!({ requestId, taskToken: 'token' })).toMatchObject({ outcome: 'allow' });
    expect((await call('recordApproval', 'anna', 'SE', { requestId, approve: true })).status).toBe(403);
    expect((await call('recordApproval', 'pia', 'IE', { requestId, approve: true })).body).toMatchObject({
      state: 'approved',
    });
    expect(await functions['issueGrant']!({ requestId })).toMatchObject({ outcome: 'allow' });

    const access = await call('broker', 'anna', 'SE', { ...use, grantId: requestId });
    expect(access.body).toMatchObject({ decision: 'allow' });
    const answer = await call('dataPlane', 'anna', 'SE', { accessId: access.body['accessId'] });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('hello')]);

    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: told[ENVIRONMENT.archiveBucket]!, Prefix: 'decisions/' }),
    );
    const record = String(answer.headers['x-enclave-record']);
    expect(Contents.some(({ Key }) => Key!.endsWith(`${record}.json`))).toBe(true);
    const { Messages = [] } = await new SQSClient(await client()).send(
      new ReceiveMessageCommand({ QueueUrl: told[ENVIRONMENT.feedQueue]!, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.length).toBeGreaterThan(0);
    for (const { Body } of Messages) auditRecordSchema.parse(JSON.parse(Body!));

    expect((await call('killSwitch', 'uma', 'DE', { access: 'off' })).body).toMatchObject({ access: 'off' });
    expect((await call('broker', 'anna', 'SE', { ...use, grantId: requestId })).body['reasons']).toEqual([
      'stop.kill-switch',
    ]);
  }, 60_000);
});
