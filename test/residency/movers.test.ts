/** How far each action that moves data reaches, as AWS's service authorization reference describes it. */
import { actions, row } from '../../lib/catalogue';
import { allMovers, moversOf } from '../../lib/residency/policy/movers';
import { DECIDED } from './movers-known';
import { writesOnly } from '../../lib/residency/policy/writes';
import type { Statement } from '../../lib/residency/policy/statement';

const reachOf = (action: string): string | undefined => moversOf(action)[0]?.reach;

describe('an action that delivers', () => {
  test.each([
    'bedrock:InvokeModel',
    'events:PutEvents',
    'lambda:InvokeFunction',
    'rds-data:ExecuteStatement',
    's3:PutObject',
    'ssm:PutParameter',
    // Authorised where the copy arrives.
    'dynamodb:CreateTableReplica',
  ])('%s goes to the resource it is allowed on', (action) => expect(reachOf(action)).toBe('resource'));
});

describe('an action that runs code or hands out roles', () => {
  test.each(DECIDED.runs)('%s moves nothing by itself', (action) => expect(reachOf(action)).toBe('posture'));
});

describe('an action that opens a door of the own network', () => {
  test.each(DECIDED.doors)('%s moves nothing by itself', (action) => {
    expect(reachOf(action)).toBe('posture');
  });
});

test.each(['s3:PutReplicationConfiguration', 'ec2:CreateVpcPeeringConnection'])(
  '%s takes its destination from its parameters',
  (action) => expect(reachOf(action)).toBe('anywhere'),
);

test.each(['s3:((', '(|s3:PutReplicationConfiguration', 's3:Put.eplicationConfiguration', 's3:[a-z]*'])(
  '%s is no action, whatever its signs mean elsewhere',
  (written) => expect(moversOf(written)).toEqual([]),
);

test.each([
  ['*', ''],
  ['s*', 's'],
  ['s*:*', 's'],
  ['?3:*', 's3:'],
  ['S3:*', 's3:'],
])('%s is every mover whose name it fits, of whatever service', (written, begin) => {
  const fitting = allMovers().filter(({ action }) => action.startsWith(begin));
  expect(moversOf(written)).toEqual(fitting);
  expect(fitting.length).toBeGreaterThan(5);
});

test('every action the catalogue calls a channel moves, once, and nothing else does', () => {
  const named = actions().filter(({ verdict }) => verdict === 'channel');
  expect(allMovers().map(({ action }) => action)).toEqual(named.map(({ action }) => action));
  expect(new Set(allMovers().map(({ reach }) => reach))).toEqual(new Set(['anywhere', 'resource', 'posture']));
});

test('an action carries the permission of its own row: where it is authorised and by which key', () => {
  const rows = new Map(actions().map((one) => [one.action, one.row]));
  for (const { action, ref } of allMovers()) {
    if (ref) expect(ref.action.toLowerCase()).toBe(action.toLowerCase());
    const opens = rows.get(action);
    const permission = opens === undefined ? undefined : row(opens)!.defences.permission;
    const own =
      permission && 'actions' in permission
        ? permission.actions.find((one) => one.action.toLowerCase() === action.toLowerCase())
        : undefined;
    expect(ref).toEqual(own);
  }
  expect(allMovers().filter(({ ref }) => ref).length).toBeGreaterThan(100);
  expect(moversOf('kms:ReplicateKey')[0]!.ref).toMatchObject({ destinationKey: 'kms:ReplicaRegion' });
});

test('what opens nothing but a network is told apart from what sends data', () => {
  expect(moversOf('ec2:AuthorizeSecurityGroupIngress')[0]!.opensNetwork).toBe(true);
  expect(moversOf('ec2:CopySnapshot')[0]!.opensNetwork).toBe(false);
  expect(moversOf('s3:PutReplicationConfiguration')[0]!.opensNetwork).toBe(false);
  expect(moversOf('lambda:CreateFunctionUrlConfig')[0]!.opensNetwork).toBe(false);
});

test('a wildcard allows what it matches, and a sign of a pattern is only a sign', () => {
  const names = (written: string): readonly string[] => moversOf(written).map(({ action }) => action);
  expect(names('*').length).toBe(allMovers().length);
  expect(names('s3:*').every((one) => one.startsWith('s3:'))).toBe(true);
  expect(names('s3:Put*licationConfig*')).toEqual(['s3:PutReplicationConfiguration']);
  expect(names('S3:PUTREPLICATIONCONFIGURATION')).toEqual(['s3:PutReplicationConfiguration']);
  expect(names('s3:PutReplicationConfiguratio??')).toEqual([]);
  expect(names('s3:PutReplicationConfigurati??')).toEqual(['s3:PutReplicationConfiguration']);
  expect(names('3:PutReplicationConfiguration')).toEqual([]);
  expect(names('s3.PutReplicationConfiguration')).toEqual([]);
  expect(names('s3:Put.*.*')).toEqual([]);
});

test('a statement only writes when every one of its actions does', () => {
  const statement = (...actions: readonly string[]): Statement =>
    ({ notAction: false, actions: actions.map((text) => ({ kind: 'text', text })) }) as unknown as Statement;
  expect(DECIDED.writes.filter((action) => !writesOnly(statement(action)))).toEqual([]);
  expect(writesOnly(statement('s3:PutObject', 'SQS:SendMessage'))).toBe(true);
  expect(writesOnly(statement('s3:PutObject', 's3:GetObject'))).toBe(false);
  expect(writesOnly(statement())).toBe(false);
  expect(writesOnly({ ...statement('s3:PutObject'), notAction: true } as Statement)).toBe(false);
});

test('signs that mean something in an expression mean themselves in a written action', () => {
  expect(moversOf('s3:Put[B](ucket*')).toEqual([]);
  expect(moversOf('s3:PutBucket.+licy*')).toEqual([]);
});
