import { App, Stack } from 'aws-cdk-lib/core';
import { enclave as shipped } from '../../config/enclave';
import { actionVerdict, matchPath, rowsOf } from '../../lib/catalogue';
import { AttachedPolicy } from '../../lib/enclave/perimeter/perimeter-stack';
import type { PolicyDocument } from '../../lib/policy';
import { gatewayDataPlaneTrust } from '../../lib/policy';
import { requireCountry, requireRegion } from '../../lib/geo';
import { deniedBy, matching } from '../policy/evaluator';
import type { Request } from '../policy/evaluator';
import { CALLERS, oversightScps, request, settings, siteScps, without } from '../policy/perimeter';
import type { Caller } from '../policy/perimeter';
import { synthesise } from './synthesised';

const enclave = synthesise();

describe('the stack of the organisation', () => {
  const stack = enclave.stacks.get('organization-perimeter')!;
  const policies = enclave.all('AWS::Organizations::Policy');

  test('stands in the management account, in a Region of the EEA, and holds policies only', () => {
    expect(stack.account).toBe('666677778888');
    expect(requireCountry(requireRegion(stack.region).country).eea).toBe(true);
    expect(stack.terminationProtection).toBe(true);
    expect(policies.map((p) => p.stack.stackName)).toEqual(policies.map(() => 'organization-perimeter'));
    const types = Object.values(
      enclave.templates.get('organization-perimeter')!.toJSON()['Resources'] as Record<string, { Type: string }>,
    ).map(({ Type }) => Type);
    expect(new Set(types)).toEqual(new Set(['AWS::Organizations::Policy']));
  });

  test('attaches every policy to the units of the configuration, and both units to every kind', () => {
    const { data, gateway, oversight } = enclave.config.organization!.units;
    const kinds = new Map<string, Set<string>>();
    for (const { logicalId, resource } of policies) {
      const { TargetIds, Type } = resource.Properties as { TargetIds?: string[]; Type: string };
      expect([logicalId, (TargetIds ?? []).length > 0]).toEqual([logicalId, true]);
      for (const target of TargetIds!) kinds.set(target, (kinds.get(target) ?? new Set()).add(Type));
    }
    expect([...kinds.keys()].sort()).toEqual([data, gateway!, oversight].sort());
    const every = [
      'AISERVICES_OPT_OUT_POLICY',
      'DECLARATIVE_POLICY_EC2',
      'RESOURCE_CONTROL_POLICY',
      'SERVICE_CONTROL_POLICY',
    ];
    for (const kind of kinds.values()) expect([...kind].sort()).toEqual(every);
  });

  test('refuses to be built with a policy that is attached to nothing', () => {
    const app = new App();
    const bare = new Stack(app, 'bare');
    const policy = new AttachedPolicy(bare, 'enclave', {
      name: 'forgotten',
      type: 'SERVICE_CONTROL_POLICY',
      description: 'nobody',
      content: {},
      targets: [],
    });
    expect(policy.node.validate()).toEqual([
      expect.stringContaining('attached to nothing denies nothing; name a unit'),
    ]);
    expect(() => app.synth()).toThrow(/attached to nothing/);
  });

  test('is there only when the configuration names an organisation', () => {
    const { organization: _, ...rest } = shipped;
    const alone = synthesise(rest);
    expect([...alone.stacks.keys()]).not.toContain('organization-perimeter');
    expect(() => alone.all('AWS::Organizations::Policy')).toThrow(/no resource of type/);
  });

  test('declares that no VPC is public, no snapshot or image is shared, and no AI service keeps content', () => {
    const content = (type: string) =>
      policies.find((p) => p.resource.Properties['Type'] === type)!.resource.Properties['Content'];
    expect(content('DECLARATIVE_POLICY_EC2')).toMatchObject({
      ec2_attributes: {
        vpc_block_public_access: {
          internet_gateway_block: {
            mode: { '@@assign': 'block_bidirectional' },
            exclusions_allowed: { '@@assign': 'disabled' },
          },
        },
        snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing' } },
        image_block_public_access: { state: { '@@assign': 'block_new_sharing' } },
        serial_console_access: { status: { '@@assign': 'disabled' } },
        instance_metadata_defaults: { http_tokens: { '@@assign': 'required' } },
      },
    });
    expect(content('AISERVICES_OPT_OUT_POLICY')).toMatchObject({
      services: {
        default: { opt_out_policy: { '@@assign': 'optOut', '@@operators_allowed_for_child_policies': ['@@none'] } },
      },
    });
  });
});

/** CloudFormation names of services whose IAM prefix is another. */
const PREFIXES: Record<string, string> = {
  cdk: 'cloudformation',
  stepfunctions: 'states',
  elasticloadbalancingv2: 'elasticloadbalancing',
};

const sites = [...enclave.templates].filter(([name]) => name !== 'organization-perimeter');
const resources = sites.flatMap(([name, template]) =>
  Object.values(template.toJSON()['Resources'] as Record<string, { Type: string; Properties?: object }>).map((r) => ({
    stack: enclave.stacks.get(name)!,
    ...r,
  })),
);

test('every service the templates use may be used, and every service a role is handed to may be handed one', () => {
  const used = new Set(
    resources.flatMap(({ Type }) => {
      const [, service = ''] = /^AWS::(\w+)::/.exec(Type) ?? [];
      return service ? [PREFIXES[service.toLowerCase()] ?? service.toLowerCase()] : [];
    }),
  );
  expect(used.size).toBeGreaterThan(8);
  expect([...used].filter((service) => !settings.services.includes(service))).toEqual([]);
  const trusted = resources
    .filter(({ Type }) => Type === 'AWS::IAM::Role')
    .flatMap(({ Properties }) =>
      [...JSON.stringify(Properties).matchAll(/"Service":"([a-z0-9.-]+)"/g)].map((m) => m[1]!),
    );
  expect(trusted.length).toBeGreaterThan(5);
  expect(trusted.filter((principal) => !settings.passRoleTo.includes(principal))).toEqual([]);
});

/** Keys of calls that the deployment makes, as the enclave's own templates would fill them. */
const OWN: Record<string, string | readonly string[]> = {
  'kms:GrantIsForAWSResource': 'true',
  'kms:MultiRegion': 'false',
  's3:AccessPointNetworkOrigin': 'VPC',
  'rds:BackupTarget': 'region',
  'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/enclave/boundary',
  'events:TargetArn': ['arn:aws:sqs:eu-west-1:111122223333:q'],
  'sns:Endpoint': 'arn:aws:sqs:eu-west-1:111122223333:q',
  'iam:PassedToService': 's3.amazonaws.com',
};

/** Calls that rows of types in use name and the deployment of these templates does not make. */
const NOT_CALLED = new Map([
  ['kms:ReplicateKey', 'MultiRegion is written as false'],
  ['kms:UpdatePrimaryRegion', 'MultiRegion is written as false'],
  ['kms:ImportKeyMaterial', 'Origin is written as AWS_KMS'],
  ['kms:CreateCustomKeyStore', 'Origin is written as AWS_KMS'],
]);

test('the deployment may make every call that the templates of the sites need', () => {
  const tried = new Set<string>();
  const denied: string[] = [];
  for (const { stack, Type, Properties } of resources) {
    const documents = stack.account === settings.auditor.account ? oversightScps : siteScps;
    const paths = new Set(propertyPaths(Properties ?? {}));
    for (const row of rowsOf(Type)) {
      if ('none' in row.defences.permission) continue;
      if (!row.paths.some((wanted) => [...paths].some((path) => matchPath(wanted, path)))) continue;
      for (const { action } of row.defences.permission.actions) {
        // Rows name every call that opens the channel; those of the other end, or of another tool, are not made here.
        if (NOT_CALLED.has(action)) continue;
        tried.add(action);
        const by = deniedBy(
          documents,
          request('exec', action, {
            ...OWN,
            'aws:RequestedRegion': stack.region,
            'kms:ViaService': `rds.${stack.region}.amazonaws.com`,
            'ec2:VpceServiceRegion': stack.region,
          }),
        );
        if (by.length > 0) denied.push(`${Type}: ${action} by ${by.join(', ')}`);
      }
    }
  }
  expect([...new Set(denied)]).toEqual([]);
  for (const action of NOT_CALLED.keys()) expect(actionVerdict(action)?.verdict).toBe('channel');
  expect([...tried].sort()).toEqual(
    expect.arrayContaining([
      'dynamodb:PutResourcePolicy',
      'kms:PutKeyPolicy',
      's3:PutBucketPolicy',
      's3:PutReplicationConfiguration',
    ]),
  );
});

function propertyPaths(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => propertyPaths(item, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [at];
  return [
    ...(at ? [at] : []),
    ...Object.entries(value).flatMap(([key, item]) => propertyPaths(item, at ? `${at}.${key}` : key)),
  ];
}

/** A policy document of a template with the names of what it refers to. */
function resolved(document: unknown, names: Record<string, string>): PolicyDocument {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, inner] = ['', undefined]] = Object.entries(value);
    if (key === 'Fn::GetAtt' || key === 'Fn::GetStackOutput' || key === 'Ref') {
      const text = JSON.stringify(inner);
      return Object.entries(names).find(([part]) => text.includes(part))?.[1] ?? text;
    }
    if (key === 'Fn::Join') {
      const [by, parts] = inner as [string, unknown[]];
      return parts.map((part) => String(walk(part))).join(by);
    }
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item)]));
  };
  const { Statement } = walk(document) as PolicyDocument;
  return { Version: '2012-10-17', Statement: Statement.map((s) => ({ ...s, Sid: s.Sid ?? 'NoSid' })) };
}

describe('a restricted bucket', () => {
  const BUCKET = 'arn:aws:s3:::enclave-dub-1-media-111122223333';
  const OBJECT = `${BUCKET}/a.jpg`;
  const bucketPolicy = (stack: string, logicalId: RegExp): PolicyDocument => {
    const found = enclave
      .all('AWS::S3::BucketPolicy')
      .filter((r) => r.stack.stackName === stack && logicalId.test(r.logicalId));
    expect(found).toHaveLength(1);
    return resolved(found[0]!.resource.Properties['PolicyDocument'], {
      '"media': BUCKET,
      S3: 'vpce-site',
      ey: 'arn:aws:kms:eu-west-1:111122223333:key/1',
    });
  };
  const own = bucketPolicy('dub-1-stores', /^media/);
  const signed = { 's3:signatureversion': 'AWS4-HMAC-SHA256', 's3:TlsVersion': '1.3', 'aws:SourceVpce': 'vpce-site' };
  const by = (caller: Caller, action = 's3:GetObject', more: Record<string, string> = {}, resource = OBJECT) =>
    deniedBy([own], request(caller, action, { ...signed, ...more }, resource));

  test('is read and written by applications through the site’s endpoint', () => {
    expect(by('app')).toEqual([]);
    expect(by('app', 's3:ListBucket', {}, BUCKET)).toEqual([]);
  });

  test.each([
    'admin',
    'exec',
    'pipeline',
    'breakGlass',
    'keyAdministrator',
    'broker',
    'lookAlike',
    'root',
    'corporate',
  ] as const)('is not read by %s, even through the right endpoint', (caller) => {
    expect(by(caller)).toContain('OnlyEnclaveRolesTouchRestrictedData');
  });

  test('is copied by its own replication role from nowhere in particular, and by no other site’s', () => {
    const anywhere = (caller: Caller) =>
      deniedBy([own], without('aws:SourceVpce', request(caller, 's3:GetObjectVersionForReplication', signed, OBJECT)));
    expect(anywhere('replication')).toEqual([]);
    expect(anywhere('partnerReplication')).toContain('OnlyEnclaveRolesTouchRestrictedData');
  });

  test('takes copies from the partner’s replication role only', () => {
    const copies = bucketPolicy('dub-1-replica-of-nordic-1', /^media/);
    const replicate = (caller: Caller) => deniedBy([copies], request(caller, 's3:ReplicateObject', signed, OBJECT));
    expect(replicate('partnerReplication')).toEqual([]);
    expect(replicate('replication')).toContain('OnlyEnclaveRolesTouchRestrictedData');
  });

  test('is configured by the deployment, its policy also by a repair, and by nobody else', () => {
    for (const caller of ['exec', 'breakGlass'] as const)
      expect(by(caller, 's3:PutBucketPolicy', {}, BUCKET)).toEqual([]);
    for (const caller of ['admin', 'app', 'keyAdministrator', 'corporate'] as const)
      expect(by(caller, 's3:PutReplicationConfiguration', {}, BUCKET)).toContain('ConfigurationOnlyByTheDeployment');
  });

  const approved = {
    'aws:PrincipalTag/gw:ticket': 'GW-1',
    'aws:PrincipalTag/gw:reason': 'subject-request',
    'aws:PrincipalTag/gw:mfa': 'true',
    'aws:SourceIdentity': 'kari',
  };

  test('is read by a session of the gateway that carries everything', () => {
    expect(by('dataPlane', 's3:GetObject', approved)).toEqual([]);
    expect(by('dataPlane', 's3:PutObject', approved)).toContain('GatewayOnlyReads');
  });

  test.each([
    ['aws:PrincipalTag/gw:ticket', 'GatewayNeedsATicket'],
    ['aws:PrincipalTag/gw:reason', 'GatewayNeedsAReason'],
    ['aws:PrincipalTag/gw:mfa', 'GatewayNeedsMfa'],
    ['aws:SourceIdentity', 'GatewayNeedsAPerson'],
  ])('is not read by a session without %s', (key, sid) => {
    expect(
      deniedBy([own], without(key, request('dataPlane', 's3:GetObject', { ...signed, ...approved }, OBJECT))),
    ).toEqual([sid]);
  });

  test('has a key that opens for applications and its replication role only', () => {
    const key = enclave
      .all('AWS::KMS::Key')
      .find((r) => r.stack.stackName === 'dub-1-keys' && /^restrictedobjects/.test(r.logicalId))!;
    const document = resolved(key.resource.Properties['KeyPolicy'], {});
    const decrypt = (caller: Caller) =>
      deniedBy([document], request(caller, 'kms:Decrypt', { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }));
    expect([decrypt('app'), decrypt('dataPlane'), decrypt('replication')]).toEqual([[], [], []]);
    for (const caller of ['admin', 'exec', 'breakGlass', 'keyAdministrator', 'partnerReplication'] as const)
      expect(decrypt(caller)).toEqual(['OnlyEnclaveRolesOpenRestrictedObjects']);
  });
});

test('a restricted table is read by data roles only, PartiQL included', () => {
  const [table] = enclave.all('AWS::DynamoDB::Table').filter((r) => r.stack.stackName === 'dub-1-stores');
  const { PolicyDocument: document } = table!.resource.Properties['ResourcePolicy'] as { PolicyDocument: unknown };
  const policy = resolved(document, { DynamoDb: 'vpce-site' });
  const by = (caller: Caller, action: string) =>
    deniedBy([policy], request(caller, action, { 'aws:SourceVpce': 'vpce-site' }));
  expect(by('app', 'dynamodb:GetItem')).toEqual([]);
  for (const action of ['dynamodb:GetItem', 'dynamodb:PartiQLSelect', 'dynamodb:Scan'])
    expect(by('admin', action)).toEqual(['OnlyEnclaveRolesTouchRestrictedData']);
});

describe('the permission boundary', () => {
  const boundary = resolved(enclave.all('AWS::IAM::ManagedPolicy')[0]!.resource.Properties['PolicyDocument'], {});
  const allowed = (req: Request) =>
    matching('Allow', [boundary], req).length > 0 && deniedBy([boundary], req).length === 0;

  test('is on every role of every site, those of CDK constructs included', () => {
    // The auditor's role is bound by its own policy, more closely: see oversight.test.ts.
    const roles = enclave.all('AWS::IAM::Role').filter((r) => r.resource.Properties['RoleName'] !== 'auditor');
    expect(roles.length).toBeGreaterThan(8);
    for (const { stack, logicalId, resource } of roles)
      expect([logicalId, resource.Properties['PermissionsBoundary']]).toEqual([
        logicalId,
        `arn:aws:iam::${stack.account}:policy/enclave/boundary`,
      ]);
    const boundaries = enclave
      .all('AWS::IAM::ManagedPolicy')
      .filter((p) => p.resource.Properties['ManagedPolicyName'] === 'boundary');
    expect(boundaries.map((p) => p.stack.stackName)).toEqual(enclave.config.sites.map((s) => `${s.id}-identity`));
  });

  test('lets roles work', () => {
    for (const action of [
      's3:GetObject',
      's3:PutObject',
      'dynamodb:Query',
      'kms:Decrypt',
      'logs:PutLogEvents',
      'ec2:RevokeSecurityGroupIngress',
    ])
      expect([action, allowed(request('app', action))]).toEqual([action, true]);
    expect(allowed(request('replication', 's3:ReplicateObject', { 'aws:RequestedRegion': 'eu-north-1' }))).toBe(true);
    expect(allowed(request('keyAdministrator', 'kms:PutKeyPolicy'))).toBe(true);
  });

  test('lets no role make identities, loosen keys, configure stores, act abroad or write into other organisations', () => {
    const refused = [
      ...[
        'iam:CreateRole',
        'iam:PassRole',
        'kms:PutKeyPolicy',
        'kms:CreateGrant',
        's3:PutBucketPolicy',
        's3:PutReplicationConfiguration',
        'rds:CopyDBSnapshot',
        'dynamodb:ExportTableToPointInTime',
        'organizations:LeaveOrganization',
      ].map((action) => request('app', action)),
      request('app', 's3:PutObject', { 'aws:RequestedRegion': 'us-east-1' }),
      request('app', 's3:PutObject', { 'aws:ResourceOrgID': 'o-somebodyelse' }),
      without('aws:ResourceOrgID', request('app', 'sqs:SendMessage')),
    ];
    for (const req of refused) expect([req.action, allowed(req)]).toEqual([req.action, false]);
  });
});

describe('the data plane of the gateway', () => {
  const trust = gatewayDataPlaneTrust(settings, '111122223333', ['vpce-sts']);
  const asked = {
    'aws:RequestTag/gw:ticket': 'GW-1',
    'aws:RequestTag/gw:reason': 'subject-request',
    'aws:RequestTag/gw:mfa': 'true',
    'aws:TagKeys': ['gw:mfa', 'gw:reason', 'gw:ticket'],
    'sts:SourceIdentity': 'kari',
    'aws:SourceVpce': 'vpce-sts',
  };
  const assume = (caller: Caller, more: Record<string, string | readonly string[]> = {}): Request =>
    request(caller, 'sts:AssumeRole', { ...asked, ...more }, CALLERS.dataPlane);
  const opens = (req: Request): boolean => matching('Allow', [trust], req).length > 0;

  test('is assumed by the broker for an approved request', () => {
    expect(opens(assume('broker'))).toBe(true);
  });

  test.each(['admin', 'app', 'pipeline', 'breakGlass', 'corporate', 'dataPlane'] as const)(
    'is not assumed by %s',
    (caller) => {
      expect(opens(assume(caller))).toBe(false);
    },
  );

  test.each(Object.keys(asked).filter((key) => key !== 'aws:TagKeys'))('is not assumed without %s', (key) => {
    expect(opens(without(key, assume('broker')))).toBe(false);
  });

  test.each([
    ['a ticket of another kind', { 'aws:RequestTag/gw:ticket': 'CHG-1' }],
    ['a reason nobody approved', { 'aws:RequestTag/gw:reason': 'curiosity' }],
    ['no second factor', { 'aws:RequestTag/gw:mfa': 'false' }],
    ['a tag besides', { 'aws:TagKeys': ['gw:mfa', 'gw:reason', 'gw:ticket', 'gw:grant', 'team'] }],
    ['another endpoint', { 'aws:SourceVpce': 'vpce-other' }],
    ['another organisation', { 'aws:PrincipalOrgID': 'o-somebodyelse' }],
  ])('is not assumed with %s', (_, more) => {
    expect(opens(assume('broker', more))).toBe(false);
  });

  test('has no broker in an account without a site', () => {
    expect(() => gatewayDataPlaneTrust(settings, '555566667777')).toThrow(/no broker there may assume/);
  });
});
