/** What must hold of every application: order, names and style of writing are no evidence, and doubt never acquits. */
import * as fc from 'fast-check';
import { judge } from '../../lib/residency';
import type { Flow, Judgement, Verdict } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { OPTIONS, OURS, application, judged } from './court';

const REGIONS = ['eu-west-1', 'eu-north-1', 'eu-west-2', 'us-east-1', 'eu-east-9'];
const ids = ['Alpha', 'Beta', 'Gamma', 'Delta'];
const RANK: Readonly<Record<Verdict, number>> = { inside: 0, unknown: 1, outside: 2 };

/** A store with a physical name, so that its flows keep their fingerprints whatever its logical id. */
const resource = fc.oneof(
  fc
    .record({ name: fc.constantFrom('s1', 's2'), region: fc.constantFrom(...REGIONS) })
    .map(({ name, region }): Json => ({
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Name: name, ReplicaRegions: [{ Region: region }] },
    })),
  fc
    .record({ name: fc.constantFrom('b1', 'b2'), to: fc.constantFrom('far', 'near', 'nobody') })
    .map(({ name, to }): Json => ({
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: name,
        ReplicationConfiguration: {
          Role: `arn:aws:iam::${OURS}:role/r`,
          Rules: [{ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${to}` } }],
        },
      },
    })),
  fc
    .record({ name: fc.constantFrom('d1', 'd2'), open: fc.boolean(), region: fc.constantFrom(...REGIONS) })
    .map(({ name, open, region }): Json => ({
      Type: 'AWS::RDS::DBInstance',
      Properties: { DBInstanceIdentifier: name, PubliclyAccessible: open, AutomaticBackupReplicationRegion: region },
    })),
);
const resources = fc.array(resource, { minLength: 1, maxLength: 4 });
const partners = [
  {
    name: 'far',
    region: 'us-east-1',
    resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'far' } } },
  },
  {
    name: 'near',
    region: 'eu-north-1',
    resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'near' } } },
  },
];
const named = (list: readonly Json[], names: readonly string[]): { [id: string]: Json } =>
  Object.fromEntries(list.map((one, index) => [names[index]!, one]));
const judgeHere = (written: { [id: string]: Json }, rest: { [section: string]: Json } = {}): Judgement =>
  judged([{ name: 'here', resources: written, rest }, ...partners]);
/** The flows without what only says where they are written. */
const essence = (judgement: Judgement): readonly string[] =>
  judgement.flows.map((flow: Flow) => `${flow.fingerprint} ${flow.verdict} ${flow.rule}`).sort();

test('verdicts do not depend on the order of resources, stacks or properties', () => {
  fc.assert(
    fc.property(resources, (list) => {
      const forward = named(list, ids);
      const backward = Object.fromEntries(
        Object.entries(forward)
          .reverse()
          .map(([id, one]) => [id, reversed(one)]),
      );
      expect(essence(judged([...partners, { name: 'here', resources: backward }]))).toEqual(
        essence(judgeHere(forward)),
      );
      expect(judgeHere(backward).flows.map(({ why }) => why)).toEqual(judgeHere(forward).flows.map(({ why }) => why));
    }),
    { numRuns: 60 },
  );
});

test('verdicts and fingerprints do not depend on logical ids', () => {
  fc.assert(
    fc.property(resources, (list) => {
      expect(essence(judgeHere(named(list, ['Q', 'R', 'S', 'T'])))).toEqual(essence(judgeHere(named(list, ids))));
    }),
    { numRuns: 60 },
  );
});

test('verdicts do not depend on the style of writing', () => {
  fc.assert(
    fc.property(resources, fc.constantFrom('sub', 'join', 'if', 'select'), (list, style) => {
      const plain = named(list, ids);
      const rest: { [section: string]: Json } = { Parameters: {}, Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } } };
      const styled = Object.fromEntries(
        Object.entries(plain).map(([id, one]) => [
          id,
          { ...(one as object), Properties: restyle((one as { Properties: Json }).Properties, style) },
        ]),
      );
      expect(essence(judgeHere(styled, rest))).toEqual(essence(judgeHere(plain)));
    }),
    { numRuns: 100 },
  );
});

test('a doubt added anywhere never makes the verdict better', () => {
  fc.assert(
    fc.property(resources, fc.nat(), (list, at) => {
      const plain = named(list, ids);
      const before = judgeHere(plain).verdict;
      const doubted = Object.fromEntries(
        Object.entries(plain).map(([id, one], index) =>
          index === at % list.length
            ? [id, { ...(one as object), Properties: withDoubt((one as { Properties: Json }).Properties) }]
            : [id, one],
        ),
      );
      const after = judgeHere(doubted, {
        Parameters: { Open: { Type: 'String' }, Choice: { Type: 'String' } },
        Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Choice' }, 'x'] } },
      }).verdict;
      expect(RANK[after as Verdict]).toBeGreaterThanOrEqual(RANK[before as Verdict]);
    }),
    { numRuns: 60 },
  );
});

test('a resource added never makes the verdict better', () => {
  fc.assert(
    fc.property(resources, resource, (list, more) => {
      const before = judgeHere(named(list, ids)).verdict;
      const after = judgeHere({ ...named(list, ids), More: more }).verdict;
      expect(RANK[after as Verdict]).toBeGreaterThanOrEqual(RANK[before as Verdict]);
    }),
    { numRuns: 60 },
  );
});

test('the top verdict is the worst of the flows, and every finding is a flow', () => {
  fc.assert(
    fc.property(resources, (list) => {
      const { verdict, flows, findings, counts } = judgeHere(named(list, ids));
      const worst = Math.max(...flows.map((flow) => RANK[flow.verdict]));
      expect(RANK[verdict as Verdict]).toBe(worst);
      expect(flows).toEqual(expect.arrayContaining([...findings]));
      expect(counts.inside + counts.outside + counts.unknown).toBe(flows.length);
    }),
    { numRuns: 40 },
  );
});

test('ten thousand resources are judged in less than a few seconds, and twice as many take about twice as long', () => {
  const many = (count: number): Record<string, Json> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index): [string, Json] => [
        `R${index}`,
        index % 2 === 0
          ? {
              Type: 'AWS::S3::Bucket',
              Properties: {
                BucketName: `bucket-${index}`,
                Tags: [{ Key: 'data-class', Value: 'restricted' }],
                VersioningConfiguration: { Status: 'Enabled' },
              },
            }
          : {
              Type: 'AWS::S3::BucketPolicy',
              Properties: {
                Bucket: { Ref: `R${index - 1}` },
                PolicyDocument: {
                  Statement: [{ Effect: 'Allow', Principal: { AWS: OURS }, Action: 's3:GetObject', Resource: '*' }],
                },
              },
            },
      ]),
    );
  const seconds = (count: number): number => {
    const stacks = Array.from({ length: 20 }, (_, index) => ({ name: `stack-${index}`, resources: many(count / 20) }));
    const app = application(...stacks);
    const begun = process.cpuUsage();
    expect(judge(app, OPTIONS).verdict).toBe('inside');
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1e6;
  };
  seconds(1_000);
  const [five, ten] = [seconds(5_000), seconds(10_000)];
  expect(ten).toBeLessThan(4);
  expect(ten / five).toBeLessThan(4);
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, reversed(one)]),
  );
}

/** The same text by way of an intrinsic function. */
function restyle(value: Json, style: string): Json {
  if (Array.isArray(value)) return value.map((one) => restyle(one, style));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, restyle(one, style)]));
  if (typeof value !== 'string') return value;
  const [head, tail] = [value.slice(0, 2), value.slice(2)];
  switch (style) {
    case 'sub':
      return { 'Fn::Sub': [`${head}\${Tail}`, { Tail: tail }] };
    case 'join':
      return { 'Fn::Join': ['', [head, tail]] };
    case 'if':
      return { 'Fn::If': ['Yes', value, value] };
    case 'select':
      return { 'Fn::Select': [1, ['x', value]] };
    default:
      return value;
  }
}

/** The last text property may also be a parameter nobody has fixed. */
function withDoubt(properties: Json): Json {
  const { Name, BucketName, DBInstanceIdentifier, ...rest } = properties as { [key: string]: Json };
  const doubted = Object.fromEntries(
    Object.entries(rest).map(([key, one]) => [key, { 'Fn::If': ['Maybe', { Ref: 'Open' }, one] }]),
  );
  return {
    ...(Name === undefined ? {} : { Name }),
    ...(BucketName === undefined ? {} : { BucketName }),
    ...(DBInstanceIdentifier === undefined ? {} : { DBInstanceIdentifier }),
    ...doubted,
  } as Json;
}
