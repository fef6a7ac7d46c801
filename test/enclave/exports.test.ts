import { judgedTransfers, registeredTransfers } from '../../bin/transfers';
import { enclave as input } from '../../config/enclave';
import { exportedTransfers } from '../../config/examples/exporting';
import { ConfigurationError } from '../../config/parse';
import { deliveriesOf } from '../../lib/enclave/gateway/exports/deliveries';
import { perimeterSettings } from '../../lib/enclave/perimeter/settings';
import { exportTags } from '../../lib/gateway/aws/s3-export-sources';
import { FUNCTION_ENVIRONMENT } from '../../lib/gateway/contract';
import { perimeterPolicies } from '../../lib/policy';
import type { PolicyDocument } from '../../lib/policy';
import { deniedBy, matching } from '../policy/evaluator';
import type { Request } from '../policy/evaluator';
import { judged } from './judged';
import { ENDPOINT, plainPolicy } from './plain-policies';
import { statements, synthesise } from './synthesised';
import type { Resource } from './synthesised';

const TODAY = new Date('2026-11-22T12:00:00Z');
const shipped = synthesise();
const register = registeredTransfers(shipped.config, TODAY, exportedTransfers);
const [transfer] = register as [(typeof register)[number]];
const exporting = synthesise(input, register);
const BUCKET = 'enclave-dub-1-export-uk-posts-111122223333';
const RECIPIENT = transfer.to.account;
const DELIVERY = 'arn:aws:iam::111122223333:role/enclave/gateway/export-uk-posts';
const LAST = '2027-03-31T23:59:59Z';
const OVER = '2027-04-01T00:00:00Z';

const ofDub1 = (type: string): { logicalId: string; resource: Resource }[] =>
  exporting.all(type).filter(({ stack }) => stack.stackName === 'dub-1-gateway');
const policyOf = (document: unknown, stack = 'dub-1-gateway'): PolicyDocument =>
  plainPolicy(exporting, stack, document);
const roleNamed = (name: string): Resource =>
  ofDub1('AWS::IAM::Role').find(({ resource }) => resource.Properties['RoleName'] === name)!.resource;
const inlineOf = (name: string): PolicyDocument[] =>
  (roleNamed(name).Properties['Policies'] as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) =>
    policyOf(PolicyDocument),
  );
const bucketPolicy = (): PolicyDocument => {
  const { logicalId } = ofDub1('AWS::S3::Bucket').find(({ resource }) => resource.Properties['BucketName'] === BUCKET)!;
  const own = ofDub1('AWS::S3::BucketPolicy').find(
    ({ resource }) => (resource.Properties['Bucket'] as { Ref: string }).Ref === logicalId,
  )!;
  return policyOf(own.resource.Properties['PolicyDocument']);
};

describe('without a registered transfer', () => {
  test('there is no bucket, key, role, function or machine by which anything could leave', () => {
    for (const type of [
      'AWS::S3::Bucket',
      'AWS::KMS::Alias',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::StepFunctions::StateMachine',
    ])
      expect(JSON.stringify(shipped.all(type).map(({ resource }) => resource.Properties))).not.toMatch(
        /-export-|export-uk|\/export|"exports?"|gateway\/export|plane-exports/,
      );
  });
});

describe('the judge', () => {
  const by = (transfers = register, now = TODAY) =>
    judged(exporting, judgedTransfers(exporting.config, transfers), now);

  test('lets the one registered edge pass, as a transfer, and finds nothing else outside', () => {
    const { findings, flows } = by();
    expect(findings).toEqual([]);
    const covered = flows.filter(({ waiver }) => waiver !== undefined);
    expect(
      covered.map(({ rule, verdict, waiver }) => `${rule} ${verdict} ${waiver!.replace(/ \(.*/, '')}`).sort(),
    ).toEqual([
      'role-inline-policy outside transfer uk-posts/key-to-account',
      'role-inline-policy unknown transfer uk-posts/key-to-bucket',
      's3-replication-bucket outside transfer uk-posts/bucket-to-bucket',
      's3-replication-key outside transfer uk-posts/bucket-to-account',
      's3-replication-owner unknown transfer uk-posts/bucket-to-account',
    ]);
    for (const { store } of covered) expect(store.constructPath).toContain('export-uk-posts');
  });

  test.each<[string, () => ReturnType<typeof by>]>([
    ['is not registered', () => by([])],
    ['has expired', () => by(register, new Date(OVER))],
    [
      'is registered for another recipient',
      () => by([{ ...transfer, to: { ...transfer.to, account: '121212121212', bucket: 'else' } }]),
    ],
    ['is registered for another site', () => by([{ ...transfer, from: 'dub-2' }])],
    ['is registered under another class', () => by([{ ...transfer, class: 'public' }])],
  ])('convicts the same edge when it %s', (_, judgement) => {
    expect(judgement().findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['s3-replication-bucket', 's3-replication-owner', 'role-inline-policy']),
    );
  });
});

test.each([
  ['expired', { expires: '2026-11-21' }, 'expires: saw 2026-11-21, which is over'],
  ['of restricted data', { class: 'restricted' }, 'Restricted data is never transferred'],
  ['of a restricted dataset', { dataset: 'records', fields: ['plan'] }, 'the dataset is restricted'],
  ['of no registered dataset', { dataset: 'letters' }, 'which is not registered'],
])('a transfer %s ends the synthesis with one line', (_, change, line) => {
  const given = [{ ...exportedTransfers[0]!, ...change }];
  let lines: readonly string[] = [];
  try {
    registeredTransfers(shipped.config, TODAY, given);
  } catch (error) {
    lines = (error as ConfigurationError).lines;
    expect(error).toBeInstanceOf(ConfigurationError);
  }
  expect(lines).toEqual([expect.stringContaining(line)]);
  expect(lines[0]).toMatch(/^config\/transfers\.ts: /);
});

describe('the way to the recipient', () => {
  test('lets nobody of outside in: no policy of the enclave allows anything to a principal of the recipient', () => {
    for (const [, template] of exporting.templates) {
      const text = JSON.stringify(template.toJSON());
      expect(text).not.toMatch(new RegExp(`"(AWS|CanonicalUser)":("|\\[)[^\\]]*${RECIPIENT}`));
    }
  });

  test('is a copy by S3 of what stands under the transfer’s name, owned and sealed at the recipient', () => {
    const { resource } = ofDub1('AWS::S3::Bucket').find((b) => b.resource.Properties['BucketName'] === BUCKET)!;
    expect(resource.Properties['ReplicationConfiguration']).toMatchObject({
      Role: DELIVERY,
      Rules: [
        {
          Status: 'Enabled',
          Filter: { Prefix: 'uk-posts/' },
          DeleteMarkerReplication: { Status: 'Disabled' },
          Destination: {
            Bucket: 'arn:aws:s3:::example-social-inbox',
            Account: RECIPIENT,
            AccessControlTranslation: { Owner: 'Destination' },
            EncryptionConfiguration: { ReplicaKmsKeyID: transfer.to.key },
          },
        },
      ],
    });
    // An object that stays in sight of a run for two months stands here for longer than that.
    expect(JSON.stringify(resource.Properties['LifecycleConfiguration'])).toContain('"ExpirationInDays":90');
  });

  const carry = (action: string, resource: string, at: string, more: Request['context'] = {}): Request => ({
    action,
    resource,
    context: {
      'aws:PrincipalArn': DELIVERY,
      'aws:PrincipalOrgID': 'o-exampleorg1',
      'aws:CurrentTime': at,
      'kms:ViaService': 's3.eu-west-2.amazonaws.com',
      's3:signatureversion': 'AWS4-HMAC-SHA256',
      ...more,
    },
  });
  const there = {
    'aws:ResourceAccount': RECIPIENT,
    'aws:RequestedRegion': 'eu-west-2',
    'aws:ResourceOrgID': 'o-other',
  };

  test('ends by itself with the transfer’s last day, at the role and at the bucket', () => {
    const allowedAt = (at: string): number =>
      [
        carry('s3:GetObjectVersionForReplication', `arn:aws:s3:::${BUCKET}/uk-posts/a`, at),
        carry('s3:ReplicateObject', 'arn:aws:s3:::example-social-inbox/uk-posts/a', at, there),
        carry('kms:GenerateDataKey', transfer.to.key, at, there),
      ].filter((request) => matching('Allow', inlineOf('export-uk-posts'), request).length > 0).length;
    expect([allowedAt(LAST), allowedAt(OVER)]).toEqual([3, 0]);
    const refused = (at: string) =>
      deniedBy([bucketPolicy()], carry('s3:GetObjectVersionForReplication', `arn:aws:s3:::${BUCKET}/uk-posts/a`, at));
    expect([refused(LAST), refused(OVER)]).toEqual([[], ['NothingIsReadAfterTheEnd']]);
  });

  test('leads to that account and Region alone, whatever its role is given: the organisation and the boundary see to it', () => {
    const { organization } = exporting.config;
    const settings = perimeterSettings(exporting.config, organization!, deliveriesOf(exporting.config, register));
    const scps = perimeterPolicies(settings)
      .filter(({ type, targets }) => type === 'SERVICE_CONTROL_POLICY' && targets.includes(settings.units.data))
      .map(({ content }) => content as PolicyDocument);
    const boundary = policyOf(
      exporting.all('AWS::IAM::ManagedPolicy').find(({ stack }) => stack.stackName === 'dub-1-identity')!.resource
        .Properties['PolicyDocument'],
      'dub-1-identity',
    );
    const may = (request: Request): boolean =>
      deniedBy([...scps, boundary], request).length === 0 && matching('Allow', [boundary], request).length > 0;
    const replicate = (more: Request['context']) =>
      carry('s3:ReplicateObject', 'arn:aws:s3:::example-social-inbox/a', LAST, { ...there, ...more });
    expect(may(replicate({}))).toBe(true);
    expect(may(carry('kms:GenerateDataKey', transfer.to.key, LAST, there))).toBe(true);
    expect(may(replicate({ 'aws:ResourceAccount': '121212121212' }))).toBe(false);
    expect(may(replicate({ 'aws:RequestedRegion': 'us-east-1' }))).toBe(false);
    expect(may({ ...replicate({}), action: 's3:PutObject' })).toBe(false);
    for (const other of ['broker-pseudonymiser', 'data-plane-exports', 'function-export', 'export-other'])
      expect(may(replicate({ 'aws:PrincipalArn': `arn:aws:iam::111122223333:role/enclave/gateway/${other}` }))).toBe(
        false,
      );
  });
});

describe('a run', () => {
  test('is started every day by a rule that may start nothing else, retries, goes on while there is more, and fails when refused', () => {
    const [machine] = ofDub1('AWS::StepFunctions::StateMachine').filter(
      ({ resource }) => resource.Properties['StateMachineName'] === 'enclave-dub-1-gateway-export-uk-posts',
    );
    const text = JSON.stringify(machine!.resource.Properties['DefinitionString']);
    for (const part of [
      'transfer\\\\\\":\\\\\\"uk-posts',
      'MaxAttempts\\\\\\":3',
      '$.more\\\\\\",\\\\\\"BooleanEquals\\\\\\":true,\\\\\\"Next\\\\\\":\\\\\\"Run',
      'Default\\\\\\":\\\\\\"Refused',
    ])
      expect(text.replace(/\\+"/g, '"')).toContain(part.replace(/\\+"/g, '"'));
    expect(machine!.resource.Properties['LoggingConfiguration']).toMatchObject({ IncludeExecutionData: false });
    const [rule] = ofDub1('AWS::Events::Rule');
    expect(rule!.resource.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 day)',
      State: 'ENABLED',
      Targets: [{ Arn: { Ref: machine!.logicalId } }],
    });
    const [starts] = inlineOf('export-schedule');
    expect(starts!.Statement).toMatchObject([
      {
        Action: 'states:StartExecution',
        Resource: 'arn:aws:states:eu-west-1:111122223333:stateMachine:enclave-dub-1-gateway-export-uk-posts',
      },
    ]);
    expect(ofDub1('AWS::CloudWatch::Alarm').map(({ resource }) => resource.Properties['AlarmName'])).toContain(
      'enclave-dub-1-gateway-export-uk-posts-fails',
    );
  });

  test('is under the one role that may ask for codes and fill export buckets', () => {
    const [run] = ofDub1('AWS::Lambda::Function').filter(
      ({ resource }) => resource.Properties['Handler'] === 'index.export',
    );
    const { Role, Environment, CodeSigningConfigArn, Timeout } = run!.resource.Properties as {
      Role: { 'Fn::GetAtt': [string, string] };
      Environment: { Variables: Record<string, string> };
      CodeSigningConfigArn: unknown;
      Timeout: number;
    };
    const role = ofDub1('AWS::IAM::Role').find(({ logicalId }) => logicalId === Role['Fn::GetAtt'][0])!;
    expect(role.resource.Properties['RoleName']).toBe('broker-pseudonymiser');
    expect([Timeout, CodeSigningConfigArn !== undefined]).toEqual([900, true]);
    expect(Environment.Variables[FUNCTION_ENVIRONMENT.exportBuckets]).toBe(JSON.stringify({ 'uk-posts': BUCKET }));
    expect(Environment.Variables[FUNCTION_ENVIRONMENT.dataAccessRole]).toBe(
      'arn:aws:iam::111122223333:role/enclave/gateway/data-plane-exports',
    );
    const fill = (action: string) =>
      matching('Allow', inlineOf('broker-pseudonymiser'), {
        action,
        resource: `arn:aws:s3:::${BUCKET}/uk-posts/a`,
        context: {},
      }).length;
    expect([fill('s3:PutObject'), fill('s3:DeleteObject')]).toEqual([1, 0]);
  });

  test('stands at the site that the transfer leaves and at no other', () => {
    for (const type of ['AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine', 'AWS::IAM::Role'])
      expect(
        new Set(
          exporting
            .all(type)
            .filter(({ resource: { Properties: p } }) =>
              /export/.test(String(p['Handler'] ?? p['StateMachineName'] ?? p['RoleName'])),
            )
            .map(({ stack }) => stack.stackName),
        ),
      ).toEqual(new Set(['dub-1-gateway']));
  });

  const TAGS = exportTags({ transfer, runId: '00000000-0000-4000-8000-000000000001' });
  const IDENTITY = 'transfer=uk-posts';

  test('reads the dataset in a session that names its transfer, and no restricted bucket lets it', () => {
    const reading: Request['context'] = {
      'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/enclave/gateway/data-plane-exports',
      'aws:PrincipalOrgID': 'o-exampleorg1',
      'aws:SourceVpce': ENDPOINT,
      'aws:SourceIdentity': IDENTITY,
      's3:signatureversion': 'AWS4-HMAC-SHA256',
      's3:prefix': 'social/',
      'kms:ViaService': 's3.eu-west-1.amazonaws.com',
      ...Object.fromEntries(TAGS.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value!])),
    };
    const buckets = exporting.all('AWS::S3::BucketPolicy').filter(({ stack }) => stack.stackName === 'dub-1-stores');
    const outcome = buckets.map(({ resource }) => {
      const policy = plainPolicy(exporting, 'dub-1-stores', resource.Properties['PolicyDocument']);
      const [name] = /enclave-dub-1-[a-z]+-\d+/.exec(JSON.stringify(policy))!;
      const request = { action: 's3:GetObject', resource: `arn:aws:s3:::${name}/social/a`, context: reading };
      const given = matching('Allow', inlineOf('data-plane-exports'), request).length > 0;
      return [name.split('-')[3], given, deniedBy([policy], request)];
    });
    expect(outcome).toEqual(
      expect.arrayContaining([
        ['social', true, []],
        ['media', false, expect.arrayContaining(['GatewayNeedsAReason', 'GatewayNeedsMfa'])],
        ['records', false, expect.arrayContaining(['GatewayNeedsAReason', 'GatewayNeedsMfa'])],
      ]),
    );
    expect(outcome.filter(([, given]) => given)).toHaveLength(1);
  });

  const opening: Request['context'] = {
    'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/enclave/gateway/broker-pseudonymiser',
    'aws:PrincipalOrgID': 'o-exampleorg1',
    'aws:SourceVpce': ENDPOINT,
    'sts:SourceIdentity': IDENTITY,
    'aws:TagKeys': TAGS.map(({ Key }) => Key!),
    ...Object.fromEntries(TAGS.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value!])),
  };
  test.each<[string, Request['context'], boolean]>([
    ['by the pseudonymiser for the registered transfer', {}, true],
    [
      'by another role',
      { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/enclave/gateway/function-broker' },
      false,
    ],
    ['for a transfer that is not registered', { 'sts:SourceIdentity': 'transfer=us-posts' }, false],
    ['for a dataset that is not registered', { 'aws:RequestTag/gw:dataset': 'records' }, false],
    ['with the tag of a second factor', { 'aws:TagKeys': [...TAGS.map(({ Key }) => Key!), 'gw:mfa'] }, false],
    ['over another endpoint', { 'aws:SourceVpce': 'vpce-other' }, false],
  ])('its session is opened %s: %j → %p', (_, change, may) => {
    const trust = policyOf(roleNamed('data-plane-exports').Properties['AssumeRolePolicyDocument']);
    const request = { action: 'sts:AssumeRole', context: { ...opening, ...change } };
    expect(matching('Allow', [trust], request).length > 0).toBe(may);
  });
});

test('what leaves lies under a key of its own, which no other store uses', () => {
  const aliases = exporting.all('AWS::KMS::Alias').map(({ resource }) => String(resource.Properties['AliasName']));
  expect(aliases.filter((name) => name.includes('export'))).toEqual([
    'alias/enclave-dub-1/interoperable/export-uk-posts',
  ]);
  const users = exporting
    .all('AWS::S3::Bucket')
    .filter(({ resource }) =>
      JSON.stringify(resource.Properties['BucketEncryption']).includes('interoperableexportukposts'),
    );
  expect(users.map(({ resource }) => resource.Properties['BucketName'])).toEqual([BUCKET]);
});

test('the export bucket is filled by the pseudonymiser, carried on by its delivery and touched by nobody else', () => {
  const refused = (role: string, action: string) =>
    deniedBy([bucketPolicy()], {
      action,
      resource: `arn:aws:s3:::${BUCKET}/uk-posts/a.jsonl`,
      context: {
        'aws:PrincipalArn': `arn:aws:iam::111122223333:role/${role}`,
        'aws:PrincipalOrgID': 'o-exampleorg1',
        'aws:SourceVpce': ENDPOINT,
        'aws:CurrentTime': LAST,
        's3:signatureversion': 'AWS4-HMAC-SHA256',
      },
    });
  expect(refused('enclave/gateway/broker-pseudonymiser', 's3:PutObject')).toEqual([]);
  expect(refused('enclave/gateway/export-uk-posts', 's3:GetObjectVersionForReplication')).toEqual([]);
  for (const role of [
    'enclave/gateway/data-plane',
    'enclave/gateway/function-broker',
    'enclave/app/web',
    'Administrator',
  ])
    expect(refused(role, 's3:GetObject')).toEqual(['OnlyNamedRolesTouchTheContents']);
  expect(statements(ofDub1('AWS::S3::BucketPolicy')[0]!.resource.Properties['PolicyDocument']).length).toBeGreaterThan(
    3,
  );
});
