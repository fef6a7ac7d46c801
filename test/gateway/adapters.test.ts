import { GetPolicyCommand } from '@aws-sdk/client-verifiedpermissions';
import type { VerifiedPermissionsClient, IsAuthorizedCommand } from '@aws-sdk/client-verifiedpermissions';
import type { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';
import { StsSessions, sessionPolicy } from '../../lib/gateway/aws/sts-sessions';
import { exportedTransfers } from '../../config/examples/exporting';
import { parseTransfers } from '../../config/registers';
import { S3ExportSources } from '../../lib/gateway/aws/s3-export-sources';
import type { Transfer } from '../../lib/gateway/transfer';
import { VerifiedPermissionsEngine } from '../../lib/gateway/aws/verified-permissions-engine';
import { decide, policyQuery } from '../../lib/gateway/decision/decide';
import { candidateAnswers } from '../../lib/gateway/decision/answers';
import { questionOf } from '../../lib/gateway/decision/scenario';
import { engine, policySet, settings } from './shipped';

const QUESTION = questionOf({
  country: 'IN',
  role: 'analyst',
  class: 'interoperable',
  purpose: 'service-operation',
  approvals: 2,
  privacyApproval: true,
  transfer: 'assessed',
  time: 'within',
  access: 'on',
});

/** A policy store that holds the shipped policies under ids of its own and answers what it is told to. */
function store(
  answer: object | Error,
  text = (id: string): string => policySet.policies.find((p) => p.id === id)!.text,
) {
  const asked: unknown[] = [];
  const send = async (command: unknown): Promise<object> => {
    if (command instanceof GetPolicyCommand)
      return { definition: { static: { statement: text(command.input.policyId!.replace('store-', '')) } } };
    asked.push((command as IsAuthorizedCommand).input);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const client = { send } as unknown as VerifiedPermissionsClient;
  return { asked, engine: new VerifiedPermissionsEngine(client, 'store', policySet) };
}

describe('Verified Permissions', () => {
  const allowed = { decision: 'ALLOW', determiningPolicies: [{ policyId: 'store-interoperable.third' }], errors: [] };

  test('is asked the same question as Cedar, in its own notation', async () => {
    const { engine: service, asked } = store(allowed);
    const [, answer] = candidateAnswers('interoperable', 3600, settings);
    await service.evaluate(policyQuery(QUESTION, QUESTION.dataset!, 'THIRD', ['interoperable'], answer!));
    expect(asked[0]).toMatchObject({
      policyStoreId: 'store',
      principal: { entityType: 'Gateway::Person', entityId: 'requester' },
      action: { actionType: 'Gateway::Action', actionId: 'read' },
      resource: { entityType: 'Gateway::Dataset', entityId: 'dataset' },
      context: {
        contextMap: {
          access: { entityIdentifier: { entityType: 'Gateway::Access', entityId: 'on' } },
          now: { long: QUESTION.now },
          answer: { record: { noise: { boolean: false }, maxRows: { long: 10_000 } } },
          grant: {
            record: {
              approvals: { long: 2 },
              approvers: { set: [{ entityIdentifier: { entityId: 'approver-1' } }, expect.anything()] },
            },
          },
          transfer: { record: { assessment: { string: 'assessment' } } },
        },
      },
      entities: {
        entityList: [{ attributes: { zone: { entityIdentifier: { entityId: 'THIRD' } } } }, expect.anything()],
      },
    });
  });

  test('decides under the names and the hash of the shipped policies', async () => {
    expect(await decide(QUESTION, settings, store(allowed).engine)).toMatchObject({
      outcome: 'allow',
      policies: ['interoperable.third'],
      policyHash: engine.policyHash,
    });
  });

  test.each<[string, object | Error]>([
    ['does not answer', new Error('timeout')],
    ['could not evaluate a policy', { ...allowed, errors: [{ errorDescription: 'attribute is missing' }] }],
    ['answers nothing', {}],
    ['denies', { decision: 'DENY', determiningPolicies: [], errors: [] }],
  ])('allows nothing when it %s', async (_, answer) => {
    expect((await decide(QUESTION, settings, store(answer).engine)).outcome).toBe('deny');
  });

  test('allows nothing by a policy that is not one of the shipped ones', async () => {
    const { engine: service } = store(allowed, () => 'permit (principal, action, resource);');
    expect(await decide(QUESTION, settings, service)).toMatchObject({ outcome: 'deny', reasons: ['policy-error'] });
  });
});

describe('a session', () => {
  const ORDER = {
    person: 'anna',
    class: 'restricted',
    dataset: 'records',
    purpose: 'legal-obligation',
    grantId: '00000000-0000-4000-8000-000000000000',
    accessId: '00000000-0000-4000-8000-000000000001',
    zone: 'EEA',
    source: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/enclave-dub-1-records',
    key: '2026/people.csv',
    seconds: 1234,
  };
  const ROLE = 'arn:aws:iam::111122223333:role/enclave-dub-1-data-access';

  test('says in its tags and its source identity what it is for, and lasts as long as was decided', async () => {
    const sent: AssumeRoleCommand[] = [];
    const Credentials = { AccessKeyId: 'id', SecretAccessKey: 'key', SessionToken: 'token' };
    const client = { send: async (command: AssumeRoleCommand) => (sent.push(command), { Credentials }) };
    await new StsSessions(client as unknown as STSClient, ROLE).open(ORDER);
    expect(sent[0]?.input).toMatchObject({
      RoleArn: ROLE,
      SourceIdentity: 'anna',
      RoleSessionName: 'anna',
      DurationSeconds: 1234,
    });
    expect(sent[0]?.input.Tags).toEqual([
      { Key: 'gw:class', Value: 'restricted' },
      { Key: 'gw:dataset', Value: 'records' },
      { Key: 'gw:reason', Value: 'legal-obligation' },
      { Key: 'gw:grant', Value: ORDER.grantId },
      { Key: 'gw:zone', Value: 'EEA' },
      { Key: 'gw:ticket', Value: `GW-${ORDER.accessId}` },
      { Key: 'gw:mfa', Value: 'true' },
    ]);
  });

  test('can read the one object that was asked for, through its access point, and nothing else', () => {
    const statement = (source: string) => JSON.stringify(sessionPolicy({ ...ORDER, source }, ROLE));
    expect(statement(ORDER.source)).toContain(`"s3:GetObject","Resource":"${ORDER.source}/object/2026/people.csv"`);
    expect(statement('records-bucket')).toContain('"Resource":"arn:aws:s3:::records-bucket/2026/people.csv"');
    const actions = statement(ORDER.source).match(/"Action":"[^"]+"/g);
    expect(actions).toEqual(['"Action":"s3:GetObject"', '"Action":"kms:Decrypt"']);
  });

  test('can read the items under the one key that was asked for, of the one table, and nothing else', () => {
    const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/enclave-dub-1-messages';
    const policy = sessionPolicy({ source: table, key: 'c-17', partitionKey: 'conversation' }, ROLE);
    expect(policy).toMatchObject({
      Statement: [
        {
          Action: 'dynamodb:Query',
          Resource: table,
          Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['c-17'] } },
        },
        { Action: 'kms:Decrypt', Condition: { StringLike: { 'kms:ViaService': 'dynamodb.*' } } },
      ],
    });
  });

  test('of an export names the transfer, and neither a reason nor a second factor', async () => {
    const sent: AssumeRoleCommand[] = [];
    const Credentials = { AccessKeyId: 'id', SecretAccessKey: 'key', SessionToken: 'token' };
    const client = { send: async (command: AssumeRoleCommand) => (sent.push(command), { Credentials }) };
    const place = { id: 'social', class: 'interoperable', source: 'social-bucket', prefix: 'social/' } as const;
    const transfer: Transfer = parseTransfers(exportedTransfers)[0]!;
    await new S3ExportSources(client as unknown as STSClient, ROLE, { region: 'eu-west-1' }).open({
      transfer,
      place,
      runId: ORDER.accessId,
    });
    expect(sent[0]?.input).toMatchObject({ SourceIdentity: 'transfer=uk-posts', DurationSeconds: 900 });
    expect(sent[0]?.input.Tags?.map(({ Key }) => Key)).toEqual(['gw:class', 'gw:dataset', 'gw:zone', 'gw:ticket']);
    const statements = (JSON.parse(sent[0]!.input.Policy!) as { Statement: { Action: string; Resource: string }[] })
      .Statement;
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['s3:GetObject', 'arn:aws:s3:::social-bucket/social/*'],
      ['s3:ListBucket', 'arn:aws:s3:::social-bucket'],
      ['kms:Decrypt', '*'],
    ]);
  });

  test('without credentials in STS’s answer there is none', async () => {
    const client = { send: async () => ({}) } as unknown as STSClient;
    await expect(new StsSessions(client, ROLE).open(ORDER)).rejects.toThrow('without credentials');
  });
});
