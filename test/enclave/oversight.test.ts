import { auditorExternalId } from '../../lib/enclave/oversight/auditor-role';
import {
  auditorDeploymentRole,
  partnerFilters,
  subscriberArn,
  trailArn,
} from '../../lib/enclave/oversight/auditor-context';
import { siteContext } from '../../lib/enclave/site-context';
import { parseSwitch } from '../../lib/gateway/decision/kill-switch';
import { requireCountry, requireRegion } from '../../lib/geo';
import { siteDetectors, trailFilters } from '../../lib/policy/detectors';
import { decideRequest } from '../../lib/proof/evaluate/decide';
import { oversightWorld } from './oversight-world';
import { writingActions } from './writing-actions';

const world = oversightWorld();
const { config, policies } = world;
const SITES = config.sites.map(({ id }) => id);
const AUDITOR = '444455556666';
const HOME = '111122223333';
const BUS = 'arn:aws:events:eu-central-1:444455556666:event-bus/enclave-oversight';
const { data, oversight } = config.organization!.units;

describe('the archive', () => {
  const archive = world
    .of('oversight', 'AWS::S3::Bucket')
    .find(({ Properties }) => Properties['BucketName'] === 'enclave-oversight-archive-444455556666')!;

  test('stands in the EEA and is locked in compliance mode for as long as logs are kept', () => {
    expect(archive.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: config.retention.logDays } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    for (const { region } of world.stacks) expect(requireCountry(requireRegion(region).country).eea).toBe(true);
  });

  const put = (trail: string, key: string, acl = 'bucket-owner-full-control'): boolean =>
    decideRequest(
      policies,
      {
        caller: { kind: 'service', name: 'cloudtrail.amazonaws.com' },
        action: 's3:PutObject',
        resource: `arn:aws:s3:::enclave-oversight-archive-444455556666/${key}`,
        context: {
          'aws:SourceArn': trail,
          'aws:SourceAccount': trail.split(':')[4]!,
          'aws:SourceOrgID': trail.includes('999999999999') ? 'o-another' : config.organizationId,
          'aws:SecureTransport': 'true',
          's3:x-amz-acl': acl,
        },
      },
      oversight,
    ).allowed;

  test('takes from each trail what lies below its own site, and nothing else from anybody', () => {
    const [dub1, dub2] = SITES.map((id) => trailArn(siteContext(config, id)));
    expect(put(dub1!, `dub-1/AWSLogs/${HOME}/CloudTrail/x.json.gz`)).toBe(true);
    expect(put(dub1!, `dub-1/AWSLogs/${HOME}/CloudTrail/x.json.gz`, 'public-read')).toBe(false);
    expect(put(dub2!, `dub-1/AWSLogs/${HOME}/CloudTrail/x.json.gz`)).toBe(false);
    expect(put('arn:aws:cloudtrail:eu-west-1:999999999999:trail/x', `dub-1/AWSLogs/${HOME}/CloudTrail/x.json.gz`)).toBe(
      false,
    );
  });

  test('lets no identity of a site read, write or unlock', () => {
    for (const action of [
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObjectVersion',
      's3:PutBucketPolicy',
      's3:ListBucket',
    ])
      expect(
        decideRequest(
          policies,
          {
            caller: { kind: 'identity', account: HOME, arn: `arn:aws:iam::${HOME}:role/Admin` },
            action,
            resource: 'arn:aws:s3:::enclave-oversight-archive-444455556666/dub-1/AWSLogs/x',
            context: { 'aws:SecureTransport': 'true' },
          },
          data,
        ).allowed,
      ).toBe(false);
  });
});

describe.each(SITES)('the trail of %s', (id) => {
  const at = siteContext(config, id);
  const [trail] = world.of(`${id}-oversight`, 'AWS::CloudTrail::Trail');

  test('records every Region, validates its files, and delivers into the archive under the auditor’s key', () => {
    expect(trail!.Properties).toMatchObject({
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      S3BucketName: 'enclave-oversight-archive-444455556666',
      S3KeyPrefix: id,
      KMSKeyId: 'arn:aws:kms:eu-central-1:444455556666:alias/enclave-oversight/audit/records',
      TrailName: trailArn(at).split('/')[1],
    });
  });

  test('selects all management events, KMS included, data events, and what endpoints refuse', () => {
    const selectors = (
      trail!.Properties['AdvancedEventSelectors'] as {
        FieldSelectors: { Field: string; Equals: string[]; NotEquals?: string[] }[];
      }[]
    ).map(({ FieldSelectors }) => Object.fromEntries(FieldSelectors.map((f) => [f.Field, f.Equals])));
    expect(selectors).toContainEqual({ eventCategory: ['Management'] });
    expect(selectors).toContainEqual({ eventCategory: ['Data'], 'resources.type': ['AWS::S3::Object'] });
    expect(selectors).toContainEqual({
      eventCategory: ['NetworkActivity'],
      eventSource: ['kms.amazonaws.com'],
      errorCode: ['VpceAccessDenied'],
    });
    expect(JSON.stringify(trail!.Properties['AdvancedEventSelectors'])).not.toMatch(/Not|readOnly/);
  });

  test('is filtered for what no bus of the site sees, with an alarm each', () => {
    const filters = [...trailFilters(['eu-north-1', 'eu-west-1']), ...partnerFilters(at)];
    expect(filters.at(-1)!.name).toBe(id === 'nordic-1' ? 'calls-in-eu-west-1' : 'calls-in-eu-north-1');
    const metrics = world
      .of(`${id}-oversight`, 'AWS::Logs::MetricFilter')
      .filter(({ Properties }) => JSON.stringify(Properties['LogGroupName']).includes('Trail'));
    expect(metrics.map(({ Properties }) => Properties['FilterPattern'])).toEqual(filters.map(({ pattern }) => pattern));
    const alarms = world.of(`${id}-oversight`, 'AWS::CloudWatch::Alarm');
    expect(alarms.map(({ Properties }) => Properties['MetricName']).sort()).toEqual(
      filters.map(({ name }) => name).sort(),
    );
  });

  test('has its detectors tell the auditor’s bus, with a queue for what could not be told', () => {
    const rules = world.of(`${id}-oversight`, 'AWS::Events::Rule');
    expect(rules.map(({ Properties }) => Properties['Name'])).toEqual(
      [...siteDetectors().map(({ name }) => name), 'decisions'].map((name) => `enclave-${id}-${name}`),
    );
    for (const { Properties } of rules) {
      const [target] = Properties['Targets'] as { Arn: string; RoleArn: unknown; DeadLetterConfig: { Arn: unknown } }[];
      expect(target!.Arn).toBe(BUS);
      expect(target!.RoleArn).toBeDefined();
      expect(target!.DeadLetterConfig.Arn).toBeDefined();
    }
  });

  test('has its settings recorded and delivered to a bucket without Object Lock, which AWS Config needs', () => {
    const [channel] = world.of(`${id}-oversight`, 'AWS::Config::DeliveryChannel');
    const bucket = world
      .of('oversight', 'AWS::S3::Bucket')
      .find(({ Properties }) => Properties['BucketName'] === channel!.Properties['S3BucketName'])!;
    expect(bucket.Properties['ObjectLockEnabled']).toBeUndefined();
    const [recorder] = world.of(`${id}-oversight`, 'AWS::Config::ConfigurationRecorder');
    const recorded = (recorder!.Properties['RecordingGroup'] as { ResourceTypes: string[] }).ResourceTypes;
    const judged = world
      .of(`${id}-oversight`, 'AWS::Config::ConfigRule')
      .flatMap(
        ({ Properties }) => (Properties['Scope'] as { ComplianceResourceTypes: string[] }).ComplianceResourceTypes,
      );
    expect(judged.sort()).toEqual([...recorded].sort());
  });
});

describe('the auditor’s bus', () => {
  test('takes events from rules of the sites alone, and only while they are of the organisation', () => {
    const [bus] = world.of('oversight', 'AWS::Events::EventBus');
    const { Statement } = bus!.Properties['Policy'] as { Statement: object[] };
    expect(Statement).toEqual([
      {
        Sid: 'DetectorsOfTheSites',
        Effect: 'Allow',
        Principal: { AWS: config.sites.map(({ account }) => `arn:aws:iam::${account}:root`) },
        Action: 'events:PutEvents',
        Resource: BUS,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': config.organizationId } },
      },
    ]);
  });

  test('keeps everything in a queue, sends incidents to a topic, loses neither, all under the auditor’s key', () => {
    const rules = world.of('oversight', 'AWS::Events::Rule');
    expect(rules.map(({ Properties }) => Properties['Name'])).toEqual([
      'enclave-oversight-everything',
      'enclave-oversight-incident',
    ]);
    for (const { Properties } of rules) expect(JSON.stringify(Properties['Targets'])).toContain('DeadLetterConfig');
    const queues = world.of('oversight', 'AWS::SQS::Queue');
    expect(queues).toHaveLength(2);
    const encrypted = [...queues, ...world.of('oversight', 'AWS::SNS::Topic')];
    for (const { Properties } of encrypted)
      expect(JSON.stringify(Properties['KmsMasterKeyId'])).toContain('RecordsKey');
  });
});

describe('the topic of incidents', () => {
  const [queue] = world.of('oversight', 'AWS::SNS::Subscription');

  test('tells whom the configuration names, in the auditor’s own account and Region, and keeps what it could not tell', () => {
    expect(world.of('oversight', 'AWS::SNS::Subscription')).toHaveLength(config.auditor.incidents.length);
    expect(queue!.Properties).toMatchObject({
      Protocol: 'sqs',
      Endpoint: 'arn:aws:sqs:eu-central-1:444455556666:on-call',
    });
    const dead = (queue!.Properties['RedrivePolicy'] as { deadLetterTargetArn: { 'Fn::GetAtt': string[] } })
      .deadLetterTargetArn['Fn::GetAtt'][0]!;
    const admitted = world
      .of('oversight', 'AWS::SQS::QueuePolicy')
      .filter(({ Properties }) => JSON.stringify(Properties['Queues']).includes(dead))
      .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: object[] }).Statement);
    expect(admitted).toContainEqual(
      expect.objectContaining({
        Sid: 'IncidentsNotTold',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
      }),
    );
  });

  test('calls a function by the name of a function', () => {
    expect(subscriberArn(config, { protocol: 'lambda', name: 'page-on-call' })).toBe(
      'arn:aws:lambda:eu-central-1:444455556666:function:page-on-call',
    );
  });

  test.each([
    ['an address', 'somebody@example.com'],
    ['a host', 'https://example.com/hook'],
    ['a queue of a stranger', 'arn:aws:sqs:eu-central-1:999999999999:on-call'],
    ['a queue abroad', 'arn:aws:sqs:us-east-1:444455556666:on-call'],
  ])('could not be subscribed to by %s, even by the deployment', (_, endpoint) => {
    const subscribe = (to: string) =>
      decideRequest(
        policies,
        {
          caller: { kind: 'identity', account: AUDITOR, arn: auditorDeploymentRole(config) },
          action: 'sns:Subscribe',
          resource: `arn:aws:sns:eu-central-1:${AUDITOR}:incidents`,
          context: {
            'aws:RequestedRegion': 'eu-central-1',
            'aws:ResourceOrgID': config.organizationId,
            'sns:Endpoint': to,
            'sns:Protocol': 'any',
          },
        },
        oversight,
      );
    expect(subscribe(endpoint)).toMatchObject({ allowed: false });
    expect(subscribe(String(queue!.Properties['Endpoint'])).allowed).toBe(true);
  });
});

describe.each(SITES)('the auditor at %s', (id) => {
  const at = siteContext(config, id);
  const { account, placement } = at.site;
  const arn = `arn:aws:iam::${account}:role/enclave/oversight/auditor`;
  const role = policies.roles.find((r) => r.arn === arn)!;
  const may = (action: string, resource = `arn:aws:x:${placement.region}:${account}:y/z`): boolean =>
    decideRequest(
      policies,
      {
        caller: { kind: 'identity', arn, account },
        action,
        resource,
        context: { 'aws:RequestedRegion': placement.region, 'aws:ResourceOrgID': config.organizationId },
        under: [...role.identity, role.boundary!],
      },
      data,
    ).allowed;
  const stop = `arn:aws:states:${placement.region}:${account}:stateMachine:enclave-${id}-stop-access`;

  test.each([
    'cloudtrail:DescribeTrails',
    'cloudformation:GetTemplate',
    'config:DescribeComplianceByConfigRule',
    'dynamodb:DescribeTable',
    'ec2:DescribeVpcEndpoints',
    'iam:GetRolePolicy',
    'kms:GetKeyPolicy',
    'rds:DescribeDBInstances',
    's3:GetBucketPolicy',
    's3:GetReplicationConfiguration',
  ])('may call %s', (action) => expect(may(action)).toBe(true));

  test('may read the site’s own log groups and no other', () => {
    const group = `arn:aws:logs:${placement.region}:${account}:log-group:`;
    expect(may('logs:GetLogEvents', `${group}/enclave/${id}/trail:log-stream:x`)).toBe(true);
    expect(may('logs:GetLogEvents', `${group}/aws/rds/instance/enclave-${id}-accounts/postgresql:log-stream:x`)).toBe(
      false,
    );
  });

  test('may change nothing: of every writing action of a service in use, only the switch', async () => {
    const writes = await writingActions(Object.keys(config.organization!.services));
    expect(writes.length).toBeGreaterThan(1_000);
    expect(writes.filter((action) => may(action, stop))).toEqual(['states:StartExecution']);
    expect(may('states:StartExecution', stop.replace('stop-access', 'gateway-requests'))).toBe(false);
  });

  test.each([
    'dynamodb:GetItem',
    'dynamodb:PartiQLSelect',
    'dynamodb:Scan',
    'ebs:GetSnapshotBlock',
    'ec2:GetConsoleOutput',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'kms:GenerateMac',
    'lambda:GetFunction',
    'rds-db:connect',
    'rds:DownloadDBLogFilePortion',
    's3:GetObject',
    's3:GetObjectAttributes',
    's3:GetObjectTagging',
    's3:GetObjectVersion',
    's3:ListBucket',
    's3:ListBucketVersions',
    'secretsmanager:GetSecretValue',
    'sqs:ReceiveMessage',
    'ssm:GetParameter',
    'ssm:PutParameter',
  ])('may never call %s, whatever else the role is given', (action) => {
    expect(may(action)).toBe(false);
    const all = { ...role.boundary!.statements[0]!, sid: 'Everything', actions: ['*'], resources: ['*'] };
    const given = { ...role.boundary!, statements: [...role.boundary!.statements, all] };
    const caller = { kind: 'identity', arn, account } as const;
    const context = { 'aws:RequestedRegion': placement.region };
    const decided = decideRequest(policies, { caller, action, resource: '*', context, under: [given] }, data);
    expect(decided.allowed).toBe(false);
  });

  test('comes from the auditor’s account, with the external id of this site and a second factor', () => {
    const assumes = (from: string, externalId: string | undefined, mfa = 'true') =>
      decideRequest(
        policies,
        {
          caller: { kind: 'identity', account: from, arn: `arn:aws:iam::${from}:role/Examiner` },
          action: 'sts:AssumeRole',
          resource: arn,
          context: {
            'aws:RequestedRegion': placement.region,
            'aws:ResourceOrgID': config.organizationId,
            'aws:MultiFactorAuthPresent': mfa,
            ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
          },
        },
        data,
      );
    expect(assumes(AUDITOR, auditorExternalId(at))).toEqual({ allowed: true, because: 'nothing denies it' });
    for (const refused of [
      assumes(AUDITOR, undefined),
      assumes(AUDITOR, 'o-another/dub-1'),
      assumes(AUDITOR, auditorExternalId(at), 'false'),
      assumes('999999999999', auditorExternalId(at)),
      assumes(account, auditorExternalId(at)),
    ])
      expect(refused).toMatchObject({ allowed: false });
  });
});

describe('the switch of the auditor', () => {
  const [machine] = world.of('dub-1-oversight', 'AWS::StepFunctions::StateMachine');
  const { States } = machine!.Properties['Definition'] as {
    States: Record<string, { Resource: string; Arguments: { Name: string; Value: string; Overwrite: boolean } }>;
  };

  /** JSONata as far as the switch uses it: texts and `$string($millis())`, joined by `&`. */
  const evaluated = (expression: string, now: number): string => {
    const parts = /^\{% (.*) %\}$/.exec(expression)?.[1]?.split(' & ') ?? [];
    return parts
      .map((part) => {
        if (part === '$string($millis())') return String(now);
        const text = /^'([^']*)'$/.exec(part)?.[1];
        if (text === undefined) throw new Error(`cannot evaluate ${part}`);
        return text;
      })
      .join('');
  };

  test('writes what the gateway reads as off, with everything allowed before void', () => {
    const now = Date.UTC(2026, 10, 22);
    const [off] = Object.values(States);
    expect(parseSwitch(evaluated(off!.Arguments.Value, now))).toEqual({
      access: 'off',
      changedAt: now,
      changedBy: [],
      voidBefore: now,
    });
    expect(off!.Arguments).toMatchObject({ Name: '/enclave/dub-1/gateway/kill-switch', Overwrite: true });
  });

  test('makes that one call and reads no input, so that nothing can ask it for "on"', () => {
    expect(Object.values(States).map(({ Resource }) => Resource)).toEqual([
      'arn:aws:states:::aws-sdk:ssm:putParameter',
    ]);
    expect(JSON.stringify(machine!.Properties)).not.toMatch(/\$states|\$input|"on"|\\"on\\"/);
  });

  test('has a role that may write this parameter and nothing else', () => {
    const role = policies.roles.find(({ trust }) => JSON.stringify(trust).includes('states.amazonaws.com'))!;
    expect(role.identity.flatMap(({ statements }) => statements.map((s) => [s.actions, s.resources]))).toEqual([
      [['ssm:PutParameter'], [`arn:aws:ssm:eu-west-1:${HOME}:parameter/enclave/dub-1/gateway/kill-switch`]],
    ]);
  });
});

test('the dashboards show metrics that something in the same account makes', () => {
  for (const id of SITES) {
    const [dashboard] = world.of(`${id}-oversight`, 'AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(dashboard!.Properties['DashboardBody']);
    const made = world
      .of(`${id}-oversight`, 'AWS::Logs::MetricFilter')
      .flatMap(({ Properties }) =>
        (Properties['MetricTransformations'] as { MetricNamespace: string; MetricName: string }[]).map(
          (m) => `\\"${m.MetricNamespace}\\",\\"${m.MetricName}\\"`,
        ),
      );
    for (const metric of made) expect(body.replaceAll('\\\\', '\\')).toContain(metric);
    for (const { Properties } of world.of(`${id}-oversight`, 'AWS::Events::Rule'))
      if (Properties['Name'] !== `enclave-${id}-decisions`) expect(body).toContain(String(Properties['Name']));
  }
});
