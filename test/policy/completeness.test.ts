import { actionVerdict } from '../../lib/catalogue';
import { reviewedActions, stopOf } from '../../lib/policy';
import { actionsStoppedBy } from '../../lib/policy/action-stops';
import { familiesOf, shortened } from '../../lib/policy/action-families';
import type { StopKind } from '../../lib/policy';
import { publicActions } from '../../scripts/policy/public-actions';
import { deniedBy } from './evaluator';
import type { Request } from './evaluator';
import { CALLERS, rcps, request, settings, siteScps } from './perimeter';

const { services } = settings;
const listed = publicActions();

/** Sids of which one must deny the call of an administrator of a site's account. */
const DENIED_BY: Partial<Record<StopKind, string>> = {
  service: 'OnlyServicesInUse',
  never: 'NeverCalled',
  deployment: 'OnlyByTheDeployment',
  repair: 'OnlyByTheDeploymentOrARepair',
  keyAdministration: 'OnlyByKeyAdministrators',
};

/** The condition keys by which calls say where to, with everything abroad. */
const ABROAD: Request['context'] = {
  'kms:ReplicaRegion': 'us-east-1',
  'kms:PrimaryRegion': 'us-east-1',
  'kms:MultiRegion': 'true',
  'kms:GrantIsForAWSResource': 'false',
  'kms:ViaService': 'rds.us-east-1.amazonaws.com',
  'secretsmanager:AddReplicaRegions': ['us-east-1'],
  'cloudformation:TargetRegion': ['us-east-1'],
  'ec2:VpceServiceRegion': 'us-east-1',
  'events:TargetArn': ['arn:aws:sqs:us-east-1:999999999999:q'],
  'sns:Endpoint': 'https://example.com',
  's3:AccessPointNetworkOrigin': 'Internet',
  'rds:BackupTarget': 'outposts',
  'account:TargetRegion': 'us-east-1',
};

test('every write action whose name moves data is denied by the perimeter, or reviewed with a reason', async () => {
  const moving = (await listed).filter(({ moves }) => moves);
  expect(moving.length).toBeGreaterThan(400);
  expect(moving.map(({ name }) => name).filter((name) => !stopOf(name, services))).toEqual([]);
});

test('an action that appears tomorrow is denied when its service is not in use, and unknown when it is', () => {
  expect(stopOf('newservice:ReplicateEverything', services)?.kind).toBe('service');
  expect(deniedBy(siteScps, request('exec', 'newservice:ReplicateEverything'))).toContain('OnlyServicesInUse');
  expect(stopOf('s3:CopyBucketAbroad', services)).toBeUndefined();
});

test('what is said to stop an action is what the documents deny', async () => {
  const known = new Set([
    ...(await listed).filter(({ moves }) => moves).map(({ name }) => name),
    ...reviewedActions().map((r) => r.action),
  ]);
  const wrong: string[] = [];
  const counted = new Map<StopKind, number>();
  for (const action of known) {
    const { kind } = stopOf(action, services)!;
    counted.set(kind, (counted.get(kind) ?? 0) + 1);
    const here = deniedBy(siteScps, request('admin', action));
    const abroad = deniedBy(siteScps, request('admin', action, { 'aws:RequestedRegion': 'us-east-1' }));
    const sid = DENIED_BY[kind];
    if (sid) {
      if (!here.includes(sid)) wrong.push(`${action}: ${sid} does not deny it`);
    } else if (kind === 'key') {
      const foreign = { ...ABROAD, 'aws:PrincipalArn': CALLERS.exec } as Record<string, string>;
      const resource = action === 'ec2:CreateVpcEndpoint' ? 'arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/*' : '*';
      if (deniedBy(siteScps, request('exec', action, foreign, resource)).length === 0)
        wrong.push(`${action}: a destination abroad is not denied`);
    } else if (kind === 'region') {
      if (here.length > 0) wrong.push(`${action}: denied at home by ${here.join(', ')}, so it needs no review`);
      if (!abroad.includes('OnlyDeclaredRegions')) wrong.push(`${action}: not denied abroad`);
    } else if (kind === 'use' && here.length > 0) {
      wrong.push(`${action}: denied by ${here.join(', ')}, so it needs no review`);
    }
  }
  expect(wrong).toEqual([]);
  expect([...counted.keys()].sort()).toEqual(
    ['deployment', 'harmless', 'keyAdministration', 'key', 'never', 'region', 'repair', 'service', 'use'].sort(),
  );
});

test('a pattern that stands for several actions matches no public action that is stopped otherwise', async () => {
  const all = (await listed).map(({ name }) => name);
  const wrong: string[] = [];
  let patterns = 0;
  for (const kind of ['never', 'deployment', 'repair', 'keyAdministration'] as const)
    for (const [family, members] of familiesOf(actionsStoppedBy(kind, services))) {
      patterns += 1;
      const matcher = new RegExp(`^${family.replaceAll('*', '.*')}$`, 'i');
      const matched = all.filter((name) => matcher.test(name));
      for (const name of matched.filter((one) => !members.includes(one)))
        wrong.push(`${family} denies ${name} as well`);
    }
  expect(wrong).toEqual([]);
  expect(patterns).toBeGreaterThan(15);
  expect(shortened(['ec2:CopyImage', 'ec2:CopySnapshot', 'kms:CreateAlias'])).toEqual(['ec2:Copy*', 'kms:CreateAlias']);
});

test('the attestor is left each read it is asked for, and no public action that writes or reads contents', async () => {
  const byName = new Map((await listed).map((one) => [one.name, one]));
  const passes = (documents: typeof siteScps) => (name: string) =>
    deniedBy(documents, request('attestor', name, { 'aws:RequestedRegion': 'us-east-1' })).length === 0;
  const abroad = passes(siteScps);
  const reads = passes(siteScps.filter((d) => d.Statement.some(({ Sid }) => Sid === 'OnlyReadsForTheAttestor')));
  expect(settings.attestorReads.length).toBeGreaterThan(100);
  expect(settings.attestorReads.filter((name) => !byName.has(name) || !abroad(name))).toEqual([]);
  const left = [...byName.values()].filter(({ name }) => reads(name));
  expect(left.length).toBeGreaterThan(settings.attestorReads.length);
  expect(left.filter(({ writes }) => writes)).toEqual([]);
  // Every verb that opens contents of a store, its messages, its values, its records or what a host was told.
  const CONTENTS =
    /GetObject|GetItem|Query$|Scan$|GetRecords|Select(?!ion)|Value|GetParameter|Decrypt|GetLog|ReceiveMessage|Download|Execution|Command|UserData|InstanceAttribute|Console|Password|S3Object|Credentials|:List(Bucket|Object|Multipart)/;
  expect(left.map(({ name }) => name).filter((name) => CONTENTS.test(name))).toEqual([]);
});

test('resource control policies name what they deny: every S3 action but the two of the gateway', async () => {
  const statements = rcps.flatMap((document) => document.Statement);
  expect(statements.filter(({ NotAction }) => NotAction !== undefined).map(({ Sid }) => Sid)).toEqual([]);
  const { Action } = statements.find(({ Sid }) => Sid === 'GatewayOnlyReads')!;
  const patterns = [Action!].flat().map((one) => new RegExp(`^${one.replaceAll('?', '.').replaceAll('*', '.*')}$`));
  const s3 = (await listed).map(({ name }) => name).filter((name) => name.startsWith('s3:'));
  expect(s3.length).toBeGreaterThan(150);
  expect(s3.filter((name) => !patterns.some((one) => one.test(name))).sort()).toEqual([
    's3:GetObject',
    's3:ListBucket',
  ]);
  expect(patterns.filter((one) => !s3.some((name) => one.test(name)))).toEqual([]);
});

test('every reviewed action exists, is of a service in use, and has a reason', async () => {
  const names = new Set((await listed).map(({ name }) => name));
  for (const { action, stop } of reviewedActions()) {
    expect([action, names.has(action), services.includes(action.split(':')[0]!), stop.reason.length > 15]).toEqual([
      action,
      true,
      true,
      true,
    ]);
  }
});

test('no action is reviewed twice, and none that the catalogue calls harmless', () => {
  const all = reviewedActions().map(({ action }) => action);
  expect(all.filter((action, i) => all.indexOf(action) !== i)).toEqual([]);
  expect(all.filter((action) => actionVerdict(action)?.verdict === 'harmless')).toEqual([]);
});

test('a review never loosens an action that carries its destination in a condition key: both statements stand', () => {
  for (const action of ['events:PutTargets', 'ec2:CreateVpcEndpoint', 's3:CreateAccessPoint', 'iam:PassRole'])
    expect([
      action,
      deniedBy(
        siteScps,
        request(
          'exec',
          action,
          ABROAD as Record<string, string>,
          action.startsWith('ec2') ? 'arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/*' : '*',
        ),
      ).length > 0,
    ]).toEqual([action, true]);
});
