/** The scheduled attestation: absent by default; with it, who may do what, what is judged, and what becomes an incident. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { attestedEnclave } from '../../config/examples/attested';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { sitePlaces } from '../../bin/sites';
import { settingsFrom } from '../../bin/attestation/settings';
import { attestorPolicy } from '../../lib/attestation';
import { SERVICES } from '../../lib/attestation/services';
import { AttestationStack } from '../../lib/enclave/attestation/attestation-stack';
import { AttestorStack } from '../../lib/enclave/attestation/attestor-stack';
import {
  attestationRoleArn,
  attestorRoleArn,
  ownAttestorArn,
  ownExternalId,
} from '../../lib/enclave/attestation/names';
import attestorDocument from '../../lib/enclave/attestation/attestor-policy.json';
import { buildEnclave } from '../../lib/enclave/enclave';
import { OversightStack } from '../../lib/enclave/oversight/oversight-stack';
import { auditorExternalId } from '../../lib/enclave/oversight/auditor-role';
import { EnclavePerimeterStack } from '../../lib/enclave/perimeter/perimeter-stack';
import { IdentityStack } from '../../lib/enclave/perimeter/identity-stack';
import { siteContext } from '../../lib/enclave/site-context';
import { REGIONS, findRegion } from '../../lib/geo';
import { readPolicies } from '../../lib/proof';
import { decideRequest } from '../../lib/proof/evaluate/decide';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';
import { gatewayPlan } from './gateway-plan';
import { readable } from './readable';
import { hintAtDiff } from './snapshot-hint';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

interface Declared {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The attestation and what it leans on, without the rest of the enclave. */
function attestationWorld() {
  const config = parseEnclave(attestedEnclave);
  const app = new App({ context });
  const oversight = new OversightStack(app, config);
  const code = join(__dirname, 'gateway-code');
  new AttestationStack(app, config, config.attestation!, { code }, oversight);
  for (const { id } of config.sites) {
    new IdentityStack(app, siteContext(config, id));
    new AttestorStack(app, siteContext(config, id));
  }
  new EnclavePerimeterStack(app, config, config.organization!);
  const stacks = app.node.findAll().filter((node) => Stack.isStack(node));
  const templates = new Map(stacks.map((stack) => [stack.stackName, Template.fromStack(stack)]));
  const application = applicationOf(
    stacks.map(({ stackName, account, region }) => ({
      stackName,
      account,
      region,
      template: templates.get(stackName)!.toJSON() as Json,
    })),
    { partitionOf: (region) => findRegion(region)?.partition },
  );
  const of = (stackName: string, type: string): readonly Declared[] => {
    const found = Object.values(templates.get(stackName)!.findResources(type)) as Declared[];
    if (found.length === 0) throw new Error(`${stackName} has no ${type}: the promise would hold over nothing`);
    return found;
  };
  return { config, templates, application, policies: readPolicies(application), of };
}

const { config, templates, application, policies, of } = attestationWorld();
const { auditor, organizationId } = config;
const { data, oversight } = config.organization!.units;
const STACK = 'oversight-attestation';
const THE_FUNCTION = attestationRoleArn(config);
const [FIRST] = config.sites;

hintAtDiff();

describe('the configuration', () => {
  test('builds the run and a role of every site with the section, and neither without', () => {
    const stacksOf = (given: typeof config): readonly string[] => {
      const app = new App({ context });
      buildEnclave(app, given, gatewayPlan(given, []), { code: join(__dirname, 'gateway-code') });
      return app.node.children.filter((node) => Stack.isStack(node)).map(({ stackName }) => stackName);
    };
    const more = [STACK, ...config.sites.map(({ id }) => `${id}-attestor`)].sort();
    const without = stacksOf(parseEnclave(shipped));
    expect(
      stacksOf(config)
        .filter((name) => !without.includes(name))
        .sort(),
    ).toEqual(more);
    expect(without.filter((name) => more.includes(name))).toEqual([]);
  });
  test('has no scheduled attestation until somebody registers its one exception', () => {
    expect(parseEnclave(shipped).attestation).toBeUndefined();
    const { waiver } = attestedEnclave.attestation!;
    const withWaiver = (change: object) => () =>
      parseEnclave({ ...attestedEnclave, attestation: { dailyAt: '03:20', waiver: { ...waiver, ...change } } });
    expect(withWaiver({})).not.toThrow();
    expect(withWaiver({ approver: waiver.owner })).toThrow(/nobody approves an exception for themselves/);
    expect(withWaiver({ fingerprint: 'any' })).toThrow(/copy the one that cdk synth prints/);
    expect(withWaiver({ expires: 'never' })).toThrow(/is no date/);
    expect(() => parseEnclave({ ...attestedEnclave, attestation: { dailyAt: '25:00', waiver } })).toThrow(
      /is no time of day/,
    );
  });
});

describe('the judge', () => {
  const options = {
    ...NOTHING_REGISTERED,
    now: new Date('2026-11-22T12:00:00Z'),
    accounts: [auditor.account],
    sites: sitePlaces(config),
  };

  test('finds exactly one flow that it cannot follow, the one the example registers, and calls all others inside', () => {
    const { findings, flows } = judge(application, options);
    expect(findings.map(({ rule, fingerprint }) => ({ rule, fingerprint }))).toEqual([
      { rule: 'lambda-network', fingerprint: config.attestation!.waiver.fingerprint },
    ]);
    expect(flows.filter(({ verdict }) => verdict === 'inside').length).toBeGreaterThan(20);
  });

  test('has no finding once the exception is registered, and one again when it is over', () => {
    const waivers = [config.attestation!.waiver];
    expect(judge(application, { ...options, waivers }).findings).toEqual([]);
    const later = new Date(`${config.attestation!.waiver.expires}T00:00:00Z`);
    later.setUTCDate(later.getUTCDate() + 1);
    expect(judge(application, { ...options, waivers, now: later }).findings.length).toBeGreaterThan(0);
  });
});

describe('the attestor of a site', () => {
  test('may ask what the attestation asks, and nothing else: the policy in the repository is the generated one', () => {
    expect(attestorDocument).toEqual(attestorPolicy(SERVICES));
  });

  test.each(config.sites.map(({ id }) => [id] as const))(
    '%s: only the function becomes it, and says for whom',
    (id) => {
      const at = siteContext(config, id);
      const role = attestorRoleArn(at);
      const decided = (arn: string, more: Record<string, string> = {}) =>
        decideRequest(
          policies,
          {
            caller: { kind: 'identity', account: auditor.account, arn },
            action: 'sts:AssumeRole',
            resource: role,
            context: {
              'aws:ResourceOrgID': organizationId,
              'aws:RequestedRegion': at.site.placement.region,
              'sts:ExternalId': auditorExternalId(at),
              ...more,
            },
          },
          data,
        );
      const become = (...given: Parameters<typeof decided>): boolean => decided(...given).allowed;
      expect(decided(THE_FUNCTION)).toEqual({ allowed: true, because: 'nothing denies it' });
      expect(become(THE_FUNCTION, { 'sts:ExternalId': 'o-another/dub-1' })).toBe(false);
      expect(become(THE_FUNCTION, { 'aws:PrincipalOrgID': 'o-another' })).toBe(false);
      expect(become(`arn:aws:iam::${auditor.account}:role/Admin`)).toBe(false);
      expect(become(THE_FUNCTION.replace('/oversight/', '/other/'))).toBe(false);
    },
  );

  const asked = attestorDocument.Statement.flatMap(({ Action }) => Action);
  const home = { account: auditor.account, arn: ownAttestorArn(config), unit: oversight };
  const attestors = [
    ...config.sites.map(({ id, account }) => ({ account, arn: attestorRoleArn(siteContext(config, id)), unit: data })),
    home,
  ];
  /** What of the questions these policies refuse to a role there. */
  const refused = (role: { account: string; arn: string; unit: string }, region: string): readonly string[] =>
    asked.filter(
      (action) =>
        !decideRequest(
          policies,
          {
            caller: { kind: 'identity', account: role.account, arn: role.arn },
            action,
            resource: '*',
            context: { 'aws:RequestedRegion': region, 'aws:ResourceOrgID': organizationId },
          },
          role.unit,
        ).allowed,
    );

  test.each(attestors)('of $account is let ask every question in every Region that AWS may have enabled', (role) => {
    const far = REGIONS.filter(({ partition }) => partition === 'aws');
    expect(far.length).toBeGreaterThan(30);
    expect(asked.length).toBeGreaterThan(100);
    for (const { name } of far)
      expect({ region: name, refused: refused(role, name) }).toEqual({ region: name, refused: [] });
  });

  test.each(attestors)(
    'of $account alone is: a role of nearly its name, or with its name elsewhere, is not',
    (role) => {
      const others = ['-2', '/x'].map((more) => ({ ...role, arn: role.arn + more }));
      for (const other of [...others, { ...role, arn: role.arn.replace('/oversight/', '/other/') }]) {
        expect(refused(other, 'us-east-1').length).toBeGreaterThan(asked.length / 2);
        expect(refused(other, FIRST!.placement.region)).toContain('backup:ListBackupVaults');
      }
    },
  );

  test('is bound by its own policy, so that nothing attached to it widens what it may', () => {
    const role = policies.roles.find(({ arn }) => arn === attestorRoleArn(siteContext(config, FIRST!.id)))!;
    const may = (action: string): boolean =>
      decideRequest(
        policies,
        {
          caller: { kind: 'identity', account: FIRST!.account, arn: role.arn! },
          action,
          resource: `arn:aws:x:${FIRST!.placement.region}:${FIRST!.account}:y/z`,
          context: { 'aws:RequestedRegion': FIRST!.placement.region, 'aws:ResourceOrgID': organizationId },
          under: [...role.identity, role.boundary!],
        },
        data,
      ).allowed;
    expect(may('s3:GetBucketPolicy')).toBe(true);
    expect(may('kms:GetKeyPolicy')).toBe(true);
    for (const action of ['s3:GetObject', 'kms:Decrypt', 's3:PutBucketPolicy', 'secretsmanager:GetSecretValue'])
      expect({ action, may: may(action) }).toEqual({ action, may: false });
  });
});

describe('the function', () => {
  const [compare] = of(STACK, 'AWS::Lambda::Function').filter(
    ({ Properties }) => Properties['FunctionName'] === 'enclave-oversight-attestation',
  );
  const role = policies.roles.find(({ arn }) => arn === THE_FUNCTION)!;
  /** What one of its policies allows, it may: they add up. */
  const may = (action: string, resource: string): boolean =>
    role.identity.some(
      (policy) =>
        decideRequest(
          policies,
          {
            caller: { kind: 'identity', account: auditor.account, arn: THE_FUNCTION },
            action,
            resource,
            context: {
              'aws:RequestedRegion': auditor.region,
              'aws:ResourceOrgID': organizationId,
              'aws:SecureTransport': 'true',
              's3:TlsVersion': '1.3',
            },
            under: [policy],
          },
          oversight,
        ).allowed,
    );
  const archive = `arn:aws:s3:::enclave-oversight-archive-${auditor.account}`;

  test('takes as long as Lambda allows, tries three times in all, and never twice at once', () => {
    expect(compare!.Properties).toMatchObject({ Timeout: 900, ReservedConcurrentExecutions: 1 });
    expect(of(STACK, 'AWS::Lambda::EventInvokeConfig')[0]!.Properties).toMatchObject({ MaximumRetryAttempts: 2 });
  });

  test('adds to the archive below its own prefix, and reads, replaces or deletes nothing there', () => {
    expect(may('s3:PutObject', `${archive}/attestation/2026-11-22.json`)).toBe(true);
    expect(may('s3:PutObject', `${archive}/dub-1/AWSLogs/x`)).toBe(false);
    for (const action of ['s3:GetObject', 's3:DeleteObject', 's3:PutObjectRetention', 's3:BypassGovernanceRetention'])
      expect(may(action, `${archive}/attestation/2026-11-22.json`)).toBe(false);
  });

  test('asks nothing as itself: of the questions only what its own run needs is its own', () => {
    const own = role.identity.flatMap(({ statements }) => statements).flatMap(({ actions }) => actions);
    expect(attestorDocument.Statement.flatMap(({ Action }) => Action).filter((action) => own.includes(action))).toEqual(
      [],
    );
    expect(policies.roles.find(({ arn }) => arn === ownAttestorArn(config))?.boundary).toBeDefined();
  });

  test('may become the attestors and no other role', () => {
    const own = role.identity.flatMap(({ statements }) => statements);
    const named = own.filter(({ actions }) => actions.includes('sts:AssumeRole')).flatMap(({ resources }) => resources);
    expect(named).toEqual([
      ...config.sites.map(({ id }) => attestorRoleArn(siteContext(config, id))),
      ownAttestorArn(config),
    ]);
    expect(may('sts:AssumeRole', `arn:aws:iam::${FIRST!.account}:role/enclave/oversight/auditor`)).toBe(false);
  });

  test('is told the accounts of all sites and the auditor’s own, with the external ids that their roles ask for', () => {
    const { Variables } = compare!.Properties['Environment'] as { Variables: Record<string, unknown> };
    const settings = settingsFrom(
      Object.fromEntries(
        Object.entries(Variables).map(([name, value]) => [name, typeof value === 'string' ? value : 'arn']),
      ),
    );
    expect(settings.ACCOUNTS).toEqual([...config.sites.map(({ account }) => account), auditor.account]);
    for (const { id, account } of config.sites)
      expect(settings.EXTERNAL_IDS[account]).toBe(auditorExternalId(siteContext(config, id)));
    expect(settings.EXTERNAL_IDS[auditor.account]).toBe(ownExternalId(config));
  });

  test('runs daily at the time of the configuration', () => {
    expect(of(STACK, 'AWS::Events::Rule')[0]!.Properties).toMatchObject({
      ScheduleExpression: 'cron(20 3 * * ? *)',
      State: 'ENABLED',
    });
  });
});

describe('the keys', () => {
  const key = (purpose: string): { statements: Statement[]; properties: Readonly<Record<string, unknown>> } => {
    const { Properties } = of(STACK, 'AWS::KMS::Key').find(
      ({ Properties: { Description } }) => Description === `enclave oversight audit ${purpose}`,
    )!;
    return { statements: (Properties['KeyPolicy'] as { Statement: Statement[] }).Statement, properties: Properties };
  };
  interface Statement {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Condition?: Record<string, Record<string, unknown>>;
  }
  const about = (statements: Statement[], action: string) =>
    statements.filter(({ Action }) => [Action].flat().includes(action));

  test('assemblies are signed by the auditor and never by the function', () => {
    const { statements, properties } = key('assemblies');
    expect(properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', MultiRegion: false });
    expect(about(statements, 'kms:Sign').find(({ Effect }) => Effect === 'Deny')?.Condition).toEqual({
      ArnEquals: { 'aws:PrincipalArn': THE_FUNCTION },
    });
  });

  test('statements are signed by the function and by nobody else', () => {
    const { statements } = key('statements');
    const signing = about(statements, 'kms:Sign');
    expect(signing.map(({ Effect }) => Effect).sort()).toEqual(['Allow', 'Deny']);
    for (const { Effect, Condition } of signing)
      expect(Condition).toMatchObject({
        [Effect === 'Allow' ? 'ArnEquals' : 'ArnNotEquals']: { 'aws:PrincipalArn': THE_FUNCTION },
      });
  });

  test.each(['attestation', 'assemblies', 'statements'])(
    '%s: no grants, no other Region, kept when the stack goes',
    (of) => {
      const { statements } = key(of);
      for (const action of ['kms:CreateGrant', 'kms:ReplicateKey'])
        expect(about(statements, action).map(({ Effect }) => Effect)).toEqual(['Deny']);
    },
  );
});

describe('incidents', () => {
  const alarms = of(STACK, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  const alarm = (name: string) =>
    alarms.find(({ AlarmName }) => AlarmName === `enclave-oversight-attestation-${name}`)!;

  test('go to the topic of the auditor, every one', () => {
    const topics = alarms.map(({ AlarmActions }) => JSON.stringify(AlarmActions));
    expect(new Set(topics).size).toBe(1);
    expect(topics[0]).toContain('Topic');
    expect(alarms).toHaveLength(5);
  });

  test.each(['Broken', 'Unexpected', 'Unseen'])('one thing %s in a run is one, until a run finds none', (metric) => {
    expect(alarm(metric.toLowerCase())).toMatchObject({
      Namespace: 'enclave/attestation',
      MetricName: metric,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
    });
  });

  test('a run that does not happen is one: no data is a breach after a day and two hours', () => {
    expect(alarm('missed')).toMatchObject({
      MetricName: 'Completed',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      Period: 3600,
      EvaluationPeriods: 26,
      TreatMissingData: 'breaching',
    });
  });

  test('a run whose every attempt failed is one within the hour', () => {
    expect(alarm('failing')).toMatchObject({ MetricName: 'Errors', Threshold: 2, Statistic: 'Sum' });
  });
});

test.each([STACK, 'dub-1-attestor'])('%s as a whole', (name) => {
  expect(readable(templates.get(name)!)).toMatchSnapshot();
});
