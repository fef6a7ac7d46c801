/** A resource that is like one judged before is judged as if it stood alone. */
import * as fc from 'fast-check';
import { rowsOf, describedTypes } from '../../../lib/catalogue';
import { evaluatorOf } from '../../../lib/residency/evaluators';
import { CONVICTS_BY_LIKENESS, KNOWS_BY_LIKENESS } from '../../../lib/residency/likeness/models';
import type { Json } from '../../../lib/template';
import { OURS, judged } from '../court';
import type { Stack } from '../court';

const TARGETS = {
  One: { Type: 'AWS::S3::Bucket' },
  Two: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'two' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
  Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Shut: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Net' } } },
  Far: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-elsewhere' } },
};
const ABROAD: Stack = {
  name: 'abroad',
  region: 'us-east-1',
  resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'far' } } },
};

/** What is said of the resources whose logical ids begin with `B`, when others are judged before them. */
function saidOfSecond(first: { readonly [id: string]: Json }, second: { readonly [id: string]: Json }): unknown {
  const { flows } = judged([{ name: 'here', resources: { ...TARGETS, ...first, ...second } }, ABROAD]);
  return JSON.parse(
    JSON.stringify(
      flows.filter(({ store, via }) => store.stack === 'here' && (via ?? store).logicalId.startsWith('B')),
    ),
  ) as unknown;
}

const statement = (parts: { [key: string]: Json }): Json => ({ Statement: [{ Effect: 'Allow', ...parts }] });
const SILENT: readonly Json[] = [
  'nothing',
  { 'Fn::GetAtt': ['One', 'Arn'] },
  { Ref: 'Shut' },
  statement({
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: { 'Fn::GetAtt': ['One', 'Arn'] },
  }),
];
const VALUES: readonly Json[] = [
  ...SILENT,
  'us-east-1',
  true,
  '*',
  'arn:aws:s3:::far',
  `arn:aws:sqs:us-east-1:${OURS}:q`,
  { 'Fn::GetAtt': ['Two', 'Arn'] },
  { 'Fn::GetAtt': ['Queue', 'Arn'] },
  { Ref: 'Far' },
  { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Two', 'Arn'] }, '/*']] },
  { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'One' }]] },
  statement({ Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: { 'Fn::GetAtt': ['Two', 'Arn'] } }),
  statement({
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: { 'Fn::GetAtt': ['Two', 'Arn'] },
  }),
];

function propertiesWith(path: string, value: Json): Json {
  const tokens = path.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? [];
  return tokens.reduceRight<Json>(
    (inner, token) => (token === '[]' ? [inner] : token === '{}' ? { key: inner } : { [token]: inner }),
    value,
  );
}

const PASSED_OVER = new Set([...KNOWS_BY_LIKENESS, ...CONVICTS_BY_LIKENESS]);
/** One row of each evaluator with each of the arguments it is given, and where it reads. */
const PLACES = [
  ...new Map(
    describedTypes()
      .flatMap(rowsOf)
      .filter(({ evaluator }) => PASSED_OVER.has(evaluator))
      .map(({ evaluator, args, scope, type, paths }) => [
        JSON.stringify([evaluator, args, scope]),
        { type, path: paths[0]! },
      ]),
  ).values(),
];

const everywhere = (letter: string, value: Json): { readonly [id: string]: Json } =>
  Object.fromEntries(
    PLACES.map(({ type, path }, index) => [
      `${letter}${index}`,
      { Type: type, Properties: propertiesWith(path, value) },
    ]),
  );

test('rows of every listed evaluator are tried, and each exists', () => {
  expect(PLACES.length).toBeGreaterThan(PASSED_OVER.size);
  for (const slug of PASSED_OVER) expect([slug, typeof evaluatorOf(slug)]).toEqual([slug, 'function']);
});

test.each(VALUES.map((value) => [JSON.stringify(value).slice(0, 70), value] as const))(
  '%s at any row is judged the same, whatever was judged before it',
  (_words, value) => {
    const alone = saidOfSecond({}, everywhere('B', value));
    for (const before of SILENT) expect(saidOfSecond(everywhere('A', before), everywhere('B', value))).toEqual(alone);
  },
);

const scalar = fc.constantFrom<Json>(
  'plain',
  '*',
  `arn:aws:iam::${OURS}:root`,
  'arn:aws:iam::999999999999:root',
  'arn:aws:s3:::far/*',
  { Ref: 'Role' },
  ...['One', 'Two', 'Queue'].map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
  { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['One', 'Arn'] }, '/*']] },
  { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Two', 'Arn'] }, '/*']] },
);
const policy = fc
  .array(
    fc.record({
      Effect: fc.constantFrom<Json>('Allow', 'Deny'),
      Principal: fc.record({ AWS: scalar }),
      Action: fc.constantFrom<Json>('s3:GetObject', 's3:PutObject', 's3:PutReplicationConfiguration', '*'),
      Resource: scalar,
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) => ({ Statement: all as Json[] }));
const holder = fc.oneof(
  policy.map((PolicyDocument): Json => ({
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'One' }, PolicyDocument },
  })),
  policy.map((PolicyDocument): Json => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument },
  })),
  policy.map((KeyPolicy): Json => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy } })),
);

test('a policy is judged the same, whichever policies were judged before it', () => {
  fc.assert(
    fc.property(
      fc.array(holder, { minLength: 1, maxLength: 3 }),
      fc.array(holder, { minLength: 1, maxLength: 3 }),
      (a, b) => {
        const named = (letter: string, all: readonly Json[]): { readonly [id: string]: Json } =>
          Object.fromEntries(all.map((one, index) => [`${letter}${index}`, one]));
        const together = saidOfSecond(named('A', a), named('B', b));
        const reversed = saidOfSecond({}, named('B', b));
        expect(together).toEqual(reversed);
      },
    ),
    { numRuns: 150 },
  );
});

test('of two subnets only the one that a way leads out of is doubted, in an enclave and elsewhere', () => {
  const fn = (subnet: string): Json => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      VpcConfig: { SubnetIds: [{ Ref: subnet }] },
      Environment: { Variables: { STORE: { Ref: 'One' } } },
      Code: { ZipFile: 'x' },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    },
  });
  const sites = [{ siteId: 's', account: OURS, region: 'eu-west-1' }];
  const resources = { ...TARGETS, A: fn('Shut'), B: fn('Far') };
  const doubted = (options: object): readonly string[] =>
    judged({ name: 'here', resources }, options)
      .flows.filter(({ rule, path }) => rule === 'lambda-network' && path.includes('SubnetIds'))
      .map(({ via, store }) => (via ?? store).logicalId);
  expect(doubted({ sites })).toEqual(['B']);
  expect(doubted({})).toEqual([]);
});
