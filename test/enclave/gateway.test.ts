import { ENTRY_FILES, EXPORTING_FUNCTION, ROUTES, TICKET_PREFIX } from '../../lib/gateway/contract';
import { parseSwitch } from '../../lib/gateway/decision/kill-switch';
import { exportedName } from '../../lib/enclave/gateway/exported-name';
import { DECISION_EVENT } from '../../lib/policy/detectors';
import { policySet } from '../gateway/shipped';
import { deniedBy } from '../policy/evaluator';
import { siteScps } from '../policy/perimeter';
import { ENDPOINT, plainPolicy } from './plain-policies';
import { statements, synthesise } from './synthesised';
import type { Resource } from './synthesised';

const enclave = synthesise();
const SITES = enclave.config.sites.map(({ id }) => id);
const functions = enclave.all('AWS::Lambda::Function').filter(({ stack }) => stack.stackName.endsWith('-gateway'));
const inGateway = (type: string, site = 'dub-1') =>
  enclave.all(type).filter(({ stack }) => stack.stackName === `${site}-gateway`);
const props = ({ resource }: { resource: Resource }) => resource.Properties as Record<string, never>;

describe('the policies of every site', () => {
  test('are those of config/gateway, one each and word for word, validated strictly and protected from deletion', () => {
    for (const site of SITES) {
      const [store] = inGateway('AWS::VerifiedPermissions::PolicyStore', site);
      expect(store!.resource.Properties).toMatchObject({
        ValidationSettings: { Mode: 'STRICT' },
        DeletionProtection: { Mode: 'ENABLED' },
        Schema: { CedarJson: policySet.schemaJson },
      });
      const deployed = inGateway('AWS::VerifiedPermissions::Policy', site).map(
        (policy) => (policy.resource.Properties['Definition'] as { Static: { Statement: string } }).Static.Statement,
      );
      expect(deployed.sort()).toEqual(policySet.policies.map(({ text }) => text).sort());
    }
  });

  test('stand before any function runs: a store with half of them would lack what forbids', () => {
    const policies = inGateway('AWS::VerifiedPermissions::Policy').map(({ logicalId }) => logicalId);
    for (const { resource } of functions.filter(({ stack }) => stack.stackName.startsWith('dub-1'))) {
      const { DependsOn } = resource as unknown as { DependsOn: string[] };
      expect(DependsOn).toEqual(expect.arrayContaining(policies));
    }
  });
});

describe('every function of the gateway', () => {
  test('is one of the contract, at every site, exported by the bundle; the one that exports where a transfer leaves', () => {
    const names = (Object.keys(ENTRY_FILES) as (keyof typeof ENTRY_FILES)[]).filter((n) => n !== EXPORTING_FUNCTION);
    expect(functions).toHaveLength(SITES.length * names.length);
    const handlers = names.map((name) => `index.${exportedName(name)}`);
    for (const site of SITES)
      expect(
        inGateway('AWS::Lambda::Function', site)
          .map((f) => f.resource.Properties['Handler'])
          .sort(),
      ).toEqual(handlers.sort());
  });

  test('stands in the isolated subnets, signed, bounded, under a role and a log of its own', () => {
    const seen = { roles: new Set<string>(), logs: new Set<string>() };
    for (const { stack, resource } of functions) {
      const site = stack.stackName.replace('-gateway', '');
      const p = resource.Properties;
      expect(p['ReservedConcurrentExecutions']).toBeGreaterThan(0);
      expect(p['CodeSigningConfigArn']).toBeDefined();
      expect(p['Timeout']).toBeLessThan(30);
      const { SubnetIds } = p['VpcConfig'] as { SubnetIds: unknown[] };
      expect(SubnetIds.length).toBeGreaterThan(1);
      for (const subnet of SubnetIds)
        expect(JSON.stringify(subnet)).toMatch(new RegExp(`"${site}-network".*isolatedSubnet`));
      seen.roles.add(`${site}${JSON.stringify(p['Role'])}`);
      seen.logs.add(`${site}${JSON.stringify((p['LoggingConfig'] as { LogGroup: unknown }).LogGroup)}`);
    }
    expect(seen.roles.size).toBe(functions.length);
    expect(seen.logs.size).toBe(functions.length);
    for (const { resource } of enclave.all('AWS::Lambda::CodeSigningConfig'))
      expect(resource.Properties['CodeSigningPolicies']).toEqual({ UntrustedArtifactOnDeployment: 'Enforce' });
  });

  test('reaches HTTPS and nothing else, and is reached from nowhere', () => {
    const groups = SITES.flatMap((site) => inGateway('AWS::EC2::SecurityGroup', site));
    expect(groups).toHaveLength(SITES.length);
    for (const group of groups) {
      expect(props(group)['SecurityGroupIngress']).toBeUndefined();
      expect(props(group)['SecurityGroupEgress']).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
    }
    expect(() => inGateway('AWS::EC2::SecurityGroupIngress').map(props)).not.toThrow();
    expect(inGateway('AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  const allowed = (site: string) =>
    inGateway('AWS::IAM::Role', site).map(({ resource }) => ({
      name: String(resource.Properties['RoleName']),
      actions: ((resource.Properties['Policies'] ?? []) as { PolicyDocument: unknown }[]).flatMap(
        ({ PolicyDocument }) => statements(PolicyDocument).flatMap(({ Action }) => Action),
      ),
    }));

  test.each([
    ['kms:GenerateMac', ['broker-pseudonymiser']],
    ['sts:AssumeRole', ['broker-pseudonymiser']],
    ['ssm:PutParameter', ['function-kill-switch']],
    ['states:StartExecution', ['function-request']],
    ['states:SendTaskSuccess', ['function-await-approvals', 'function-record-approval']],
    ['s3:GetObject', ['data-plane']],
    ['s3:DeleteObject', []],
    ['dynamodb:DeleteItem', []],
    ['dynamodb:Query', ['data-plane']],
    ['dynamodb:Scan', []],
    ['kms:VerifyMac', []],
  ])('%s is given to %p and to no other role', (action, names) => {
    expect(
      allowed('dub-1')
        .filter(({ actions }) => actions.includes(action))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names);
  });

  test('asks for codes at the site that holds the key, and says so at the others', () => {
    const key = (site: string) =>
      inGateway('AWS::Lambda::Function', site)
        .map(({ resource }) => (resource.Properties['Environment'] as { Variables: Record<string, unknown> }).Variables)
        .find((variables) => 'GATEWAY_PSEUDONYM_KEY_ARN' in variables)!['GATEWAY_PSEUDONYM_KEY_ARN'];
    expect(JSON.stringify(key('dub-1'))).toContain('restrictedpseudonyms');
    expect([key('dub-2'), key('nordic-1')]).toEqual(['none', 'none']);
    for (const site of ['dub-2', 'nordic-1'])
      expect(allowed(site).flatMap(({ actions }) => actions)).not.toContain('kms:GenerateMac');
  });
});

describe('the API', () => {
  test('is private, answers through the site’s own endpoint only, and lets nobody in unauthorised', () => {
    for (const site of SITES) {
      const [api] = inGateway('AWS::ApiGateway::RestApi', site);
      expect(api!.resource.Properties['EndpointConfiguration']).toMatchObject({ Types: ['PRIVATE'] });
      const policy = plainPolicy(enclave, `${site}-gateway`, api!.resource.Properties['Policy']);
      const call = (endpoint: string) =>
        deniedBy([policy], {
          action: 'execute-api:Invoke',
          resource: 'execute-api:/v1/POST/data',
          context: { 'aws:SourceVpce': endpoint },
        });
      expect([call(ENDPOINT), call('vpce-other')]).toEqual([[], ['AndNoOther']]);
      expect(policy.Statement.map(({ Effect }) => Effect)).toEqual(['Allow', 'Deny']);
      const methods = inGateway('AWS::ApiGateway::Method', site);
      expect(methods).toHaveLength(Object.keys(ROUTES).length);
      for (const method of methods) {
        expect(props(method)).toMatchObject({ HttpMethod: 'POST', AuthorizationType: 'CUSTOM' });
        expect(props(method)['AuthorizerId']).toBeDefined();
      }
      expect(inGateway('AWS::ApiGateway::Authorizer', site).map(props)).toMatchObject([
        { Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0 },
      ]);
    }
  });

  test('logs who called what, and no body', () => {
    const [stage] = inGateway('AWS::ApiGateway::Stage');
    const { Format } = stage!.resource.Properties['AccessLogSetting'] as { Format: string };
    expect(Object.keys(JSON.parse(Format) as object).sort()).toEqual([
      'at',
      'bytes',
      'endpoint',
      'method',
      'path',
      'person',
      'requestId',
      'status',
    ]);
    expect(stage!.resource.Properties['MethodSettings']).toMatchObject([{ DataTraceEnabled: false }]);
  });
});

describe('the workflow of a request', () => {
  const [machine] = inGateway('AWS::StepFunctions::StateMachine');
  const definition = JSON.parse(
    JSON.stringify(
      (machine!.resource.Properties['DefinitionString'] as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1],
    )
      .replace(/^\[|\]$/g, '')
      .split(/(?<!\\)",\{[^}]*\},"/)
      .join('<arn>')
      .replace(/^"|"$/g, '')
      .replace(/\\"/g, '"')
      .replace(/",\{.*?\}\]?\},"/g, '<arn>'),
  ) as { StartAt: string; TimeoutSeconds: number; States: Record<string, Record<string, unknown>> };

  test('checks, waits for people by a task token, grants; unanswered it expires, refused it ends', () => {
    const { States, StartAt, TimeoutSeconds } = definition;
    expect(StartAt).toBe('CheckRequest');
    expect(States['CheckRequest']!['Next']).toBe('MayBeAsked');
    expect(States['MayBeAsked']).toMatchObject({
      Choices: [{ StringEquals: 'allow', Next: 'AwaitApprovals' }],
      Default: 'Refused',
    });
    expect(States['AwaitApprovals']).toMatchObject({
      TimeoutSeconds: 86_400,
      Next: 'IssueGrant',
      Catch: [
        { ErrorEquals: ['States.Timeout'], Next: 'Expired' },
        { ErrorEquals: ['States.ALL'], Next: 'Refused' },
      ],
    });
    expect(JSON.stringify(States['AwaitApprovals'])).toContain('waitForTaskToken');
    expect(States['MayBeGranted']).toMatchObject({
      Choices: [{ StringEquals: 'allow', Next: 'Granted' }],
      Default: 'Refused',
    });
    expect([States['Refused']!['Type'], States['Expired']!['Type'], States['Granted']!['Type']]).toEqual([
      'Fail',
      'Fail',
      'Succeed',
    ]);
    expect(TimeoutSeconds).toBeGreaterThan(86_400);
  });

  test('logs every transition without what moves between the steps', () => {
    expect(machine!.resource.Properties['LoggingConfiguration']).toMatchObject({
      Level: 'ALL',
      IncludeExecutionData: false,
    });
  });
});

describe('the record of decisions', () => {
  test('goes onto the event bus as the auditor’s rule expects it, and what is not taken waits in a queue with an alarm', () => {
    for (const site of SITES) {
      const [pipe] = inGateway('AWS::Pipes::Pipe', site);
      expect(pipe!.resource.Properties['TargetParameters']).toEqual({
        EventBridgeEventBusParameters: { DetailType: DECISION_EVENT.detailType, Source: DECISION_EVENT.source },
        InputTemplate: '<$.body>',
      });
      const queues = inGateway('AWS::SQS::Queue', site);
      expect(queues).toHaveLength(2);
      expect(queues.filter((queue) => props(queue)['RedrivePolicy'] !== undefined)).toHaveLength(1);
      const alarms = inGateway('AWS::CloudWatch::Alarm', site).map(({ resource }) =>
        String(resource.Properties['AlarmName']),
      );
      for (const what of ['quarantine', 'dead-letters', 'feed-stuck', 'data-plane-fails'])
        expect(alarms).toContain(`enclave-${site}-gateway-${what}`);
    }
  });

  test('is added to by the gateway’s roles alone, locked, and read by none of them', () => {
    const [bucket] = inGateway('AWS::S3::Bucket');
    expect(bucket!.resource.Properties['ObjectLockConfiguration']).toMatchObject({
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } },
    });
    const [own] = inGateway('AWS::S3::BucketPolicy');
    const policy = plainPolicy(enclave, 'dub-1-gateway', own!.resource.Properties['PolicyDocument']);
    const put = (role: string) =>
      deniedBy([policy], {
        action: 's3:PutObject',
        resource: 'arn:aws:s3:::enclave-dub-1-gateway-audit-111122223333/decisions/a.json',
        context: {
          'aws:PrincipalArn': `arn:aws:iam::111122223333:role/${role}`,
          'aws:PrincipalOrgID': 'o-exampleorg1',
          'aws:SourceVpce': ENDPOINT,
          's3:signatureversion': 'AWS4-HMAC-SHA256',
        },
      });
    expect(put('enclave/gateway/function-broker')).toEqual([]);
    expect([put('enclave/app/web'), put('Administrator')]).toEqual([
      ['OnlyNamedRolesTouchTheContents'],
      ['OnlyNamedRolesTouchTheContents'],
    ]);
  });
});

test('the organisation lets every role of the gateway do what its own policy gives', () => {
  const tried: string[] = [];
  const stopped: string[] = [];
  for (const { resource } of inGateway('AWS::IAM::Role')) {
    const {
      Path,
      RoleName,
      Policies = [],
    } = resource.Properties as {
      Path: string;
      RoleName: string;
      Policies?: { PolicyDocument: unknown }[];
    };
    for (const { PolicyDocument } of Policies) {
      for (const statement of statements(plainPolicy(enclave, 'dub-1-gateway', PolicyDocument))) {
        for (const action of [statement.Action].flat()) {
          tried.push(action);
          const context = {
            'aws:PrincipalArn': `arn:aws:iam::111122223333:role${Path}${RoleName}`,
            'aws:PrincipalOrgID': 'o-exampleorg1',
            'aws:PrincipalAccount': '111122223333',
            'aws:ResourceOrgID': 'o-exampleorg1',
            'aws:ResourceAccount': '111122223333',
            'aws:RequestedRegion': 'eu-west-1',
            'aws:SecureTransport': 'true',
            'kms:ViaService': 's3.eu-west-1.amazonaws.com',
          };
          const by = deniedBy(siteScps, { action, context });
          if (by.length > 0) stopped.push(`${RoleName}: ${action} by ${by.join(', ')}`);
        }
      }
    }
  }
  expect(new Set(tried).size).toBeGreaterThan(25);
  expect([...new Set(stopped)]).toEqual([]);
});

test('the kill switch is created off', () => {
  for (const site of SITES) {
    const [parameter] = inGateway('AWS::SSM::Parameter', site);
    expect(parseSwitch(String(parameter!.resource.Properties['Value']))?.access).toBe('off');
  }
});

test('people are written by the role that feeds the directory, and by no function', () => {
  const people = inGateway('AWS::DynamoDB::Table').find(({ resource }) =>
    /-people$/.test(String(resource.Properties['TableName'])),
  )!;
  const { PolicyDocument } = people.resource.Properties['ResourcePolicy'] as { PolicyDocument: unknown };
  const policy = plainPolicy(enclave, 'dub-1-gateway', PolicyDocument);
  const by = (role: string, action: string) =>
    deniedBy([policy], {
      action,
      context: {
        'aws:PrincipalArn': `arn:aws:iam::111122223333:role/${role}`,
        'aws:PrincipalOrgID': 'o-exampleorg1',
        'aws:SourceVpce': ENDPOINT,
      },
    });
  expect(by('enclave/gateway/function-broker', 'dynamodb:GetItem')).toEqual([]);
  expect(by('enclave/gateway/function-broker', 'dynamodb:PutItem')).toEqual(['OnlyNamedRolesWrite']);
  expect(by('enclave/directory/feed', 'dynamodb:PutItem')).toEqual([]);
  expect(by('enclave/app/web', 'dynamodb:GetItem')).toEqual(['OnlyNamedRolesRead']);
});

test('tickets look as the perimeter wants them', () => {
  expect(enclave.config.organization!.gateway.ticket).toBe(`${TICKET_PREFIX}*`);
});
