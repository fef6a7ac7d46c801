import fc from 'fast-check';
import { applicationOf, describe as spell } from '../../lib/template';
import type { Json, Possible } from '../../lib/template';
import { app, partitionOf } from './resolving';

const NAMES = ['Data', 'P', 'Q', 'C', 'D', 'M', 'AWS::Region', 'AWS::NoValue', 'Nobody', '__proto__', ''];
const FUNCTIONS = [
  'Ref',
  'Condition',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::FindInMap',
  'Fn::If',
  'Fn::GetAZs',
  'Fn::Length',
  'Fn::ToJsonString',
  'Fn::ImportValue',
  'Fn::GetStackOutput',
  'Fn::Transform',
  'Fn::Equals',
  'Fn::Or',
  'Fn::Not',
  'Fn::Invented',
  'Fn::ForEach::L',
];

/** Arbitrary JSON in which intrinsic functions stand anywhere, rightly and wrongly used. */
const expression: fc.Arbitrary<Json> = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(...NAMES, 'Data.Arn', '${P}-${Data.Arn}', '{{resolve:ssm:x}}', '-', 'a-b', '0'),
    fc.constantFrom(0, 1, true, false, null),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'k'), tie('node'), { maxKeys: 3 }),
    fc
      .tuple(
        fc.constantFrom(...FUNCTIONS),
        fc.oneof(tie('node'), fc.array(tie('node'), { minLength: 2, maxLength: 3 })),
      )
      .map(([name, operand]) => ({ [name]: operand })),
  ),
})).node;

const section = (value: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 3 });

const template = fc.record({
  Parameters: section(
    fc.oneof(
      expression,
      fc.record(
        {
          Type: fc.constantFrom('String', 'CommaDelimitedList', 'Number'),
          Default: expression,
          AllowedValues: expression,
        },
        { requiredKeys: ['Type'] },
      ),
    ),
  ),
  Conditions: section(expression),
  Mappings: section(expression),
  Outputs: section(fc.record({ Value: expression, Export: fc.record({ Name: expression }) })),
  Resources: section(
    fc.record({
      Type: fc.constantFrom(
        'AWS::S3::Bucket',
        'AWS::CloudFormation::Stack',
        'Custom::CrossRegionExportReader',
        'Custom::CrossRegionExportWriter',
      ),
      Condition: expression,
      Properties: expression,
      Metadata: expression,
    }),
  ),
  Transform: fc.constantFrom<Json>('AWS::LanguageExtensions', 'Mine', []),
});

test('resolution never throws, whatever JSON the template is made of', () => {
  let values = 0;
  fc.assert(
    fc.property(template, expression, (body, asked) => {
      const application = applicationOf(
        [
          { template: body as Json },
          { template: { Resources: { Data: { Type: 'T', Properties: asked } } }, region: 'eu-west-1' },
        ],
        { partitionOf },
      );
      for (const each of application.templates) {
        values += each.resolve(asked).length + each.parameters.size + each.outputs.size + each.conditions.size;
        for (const resource of each.resources) {
          for (const leaf of [
            ...resource.leaves(),
            ...resource.at('*'),
            ...resource.at('k{}.Data[]'),
            ...resource.at(''),
          ]) {
            expect(leaf.possible.length).toBeGreaterThan(0);
            for (const { value } of leaf.possible) {
              spell(value);
              application.denoted(value);
            }
            expect(['always', 'sometimes']).toContain(resource.has(leaf.path.replaceAll('"__proto__"', '__proto__')));
          }
          resource.physicalNames();
        }
      }
    }),
    { numRuns: 1_500 },
  );
  expect(values).toBeGreaterThan(1_000);
});

/** A tame expression over parameters P and Q, condition C and mapping M: one that CloudFormation would accept. */
const lawful: fc.Arbitrary<Json> = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(
      'x',
      'y',
      { Ref: 'P' },
      { Ref: 'Q' },
      { Ref: 'Data' },
      { 'Fn::FindInMap': ['M', { Ref: 'P' }, 'to'] },
    ),
    fc.tuple(tie('node'), tie('node')).map(([yes, no]) => ({ 'Fn::If': ['C', yes, no] })),
    fc.array(tie('node'), { maxLength: 2 }).map((parts) => ({ 'Fn::Join': ['-', parts] })),
    tie('node').map((node) => ({ 'Fn::Sub': ['<${v}>', { v: node }] })),
    fc.tuple(fc.nat(1), tie('node'), tie('node')).map(([index, a, b]) => ({ 'Fn::Select': [index, [a, b]] })),
  ),
})).node;

const MAPPINGS: Json = { M: { a: { to: 'eu-west-1' }, b: { to: 'us-east-1' } } };
const lawfulTemplate = (P: Json, asked: Json): Json => ({
  Parameters: { P, Q: { Type: 'String', AllowedValues: ['a', 'c'] } },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, { Ref: 'Q' }] } },
  Mappings: MAPPINGS,
  Resources: { Data: { Type: 'AWS::S3::Bucket', Properties: { Asked: asked } } },
});
const resolved = (body: Json): readonly Possible[] =>
  app({ template: body }).templates[0]!.resource('Data')!.at('Asked')[0]!.possible;
const texts = (possible: readonly Possible[]): Set<string> => new Set(possible.map(({ value }) => spell(value)));

test('leaving a parameter open never takes a known default or branch away', () => {
  fc.assert(
    fc.property(lawful, (asked) => {
      const fixed = texts(resolved(lawfulTemplate({ Type: 'String', AllowedValues: ['a'] }, asked)));
      const open = texts(resolved(lawfulTemplate({ Type: 'String', Default: 'a' }, asked)));
      for (const value of fixed) expect(open).toContain(value);
    }),
    { numRuns: 300 },
  );
});

test('more allowed values never mean fewer possible ones', () => {
  fc.assert(
    fc.property(lawful, (asked) => {
      const one = texts(resolved(lawfulTemplate({ Type: 'String', AllowedValues: ['a'] }, asked)));
      const two = texts(resolved(lawfulTemplate({ Type: 'String', AllowedValues: ['b', 'a'] }, asked)));
      for (const value of one) expect(two).toContain(value);
    }),
    { numRuns: 300 },
  );
});

const reversed = (node: Json): Json => {
  if (Array.isArray(node)) return node.map(reversed);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .reverse()
      .map(([key, value]) => [key, reversed(value)]),
  );
};

test('the order of keys does not matter', () => {
  fc.assert(
    fc.property(lawful, lawful, (asked, beside) => {
      const body = lawfulTemplate({ Type: 'String', AllowedValues: ['a', 'b'] }, { 'Fn::Join': ['', [asked, beside]] });
      expect(texts(resolved(reversed(body)))).toEqual(texts(resolved(body)));
    }),
    { numRuns: 300 },
  );
});

/** What CloudFormation would do with the parameters given: written without sharing a line with the resolver. */
function deploy(node: Json, given: { P: string; Q: string }): string {
  if (typeof node === 'string') return node;
  const [[name, operand]] = Object.entries(node as { [key: string]: Json }) as [[string, never]];
  const of = (each: Json): string => deploy(each, given);
  switch (name) {
    case 'Ref':
      return operand === 'Data' ? '${Data}' : given[operand as 'P' | 'Q'];
    case 'Fn::FindInMap':
      return { a: 'eu-west-1', b: 'us-east-1' }[given.P as 'a' | 'b'];
    case 'Fn::If':
      return of(operand[given.P === given.Q ? 1 : 2]);
    case 'Fn::Join':
      return (operand[1] as Json[]).map(of).join('-');
    case 'Fn::Sub':
      return `<${of((operand[1] as { v: Json }).v)}>`;
    default:
      return of((operand[1] as Json[])[operand[0] as number]!);
  }
}

test('the possible values are exactly those of the possible deployments', () => {
  fc.assert(
    fc.property(lawful, (asked) => {
      const possible = resolved(lawfulTemplate({ Type: 'String', AllowedValues: ['a', 'b'] }, asked));
      const deployments = ['a', 'b'].flatMap((P) => ['a', 'c'].map((Q) => deploy(asked, { P, Q })));
      expect([...texts(possible)].sort()).toEqual([...new Set(deployments)].sort());
    }),
    { numRuns: 500 },
  );
});
