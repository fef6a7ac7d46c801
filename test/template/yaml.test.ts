import { applicationOf } from '../../lib/template';
import type { Json, Template } from '../../lib/template';
import { app, partitionOf, spelled } from './resolving';

const read = (yaml: string): Template =>
  applicationOf([{ template: yaml, file: 'stack.yaml', region: 'eu-west-1' }], { partitionOf }).templates[0]!;
const property = (value: string): Json =>
  (read(`Resources:\n  X:\n    Type: T\n    Properties:\n      P: ${value}\n`).resource('X')!.properties as { P: Json })
    .P;

test.each<[string, string, Json]>([
  ['!Ref', '!Ref Data', { Ref: 'Data' }],
  ['!GetAtt', '!GetAtt Data.Arn', { 'Fn::GetAtt': 'Data.Arn' }],
  ['!GetAtt as a list', '!GetAtt [Data, Arn]', { 'Fn::GetAtt': ['Data', 'Arn'] }],
  ['!Sub', '!Sub "a-${Data}"', { 'Fn::Sub': 'a-${Data}' }],
  ['!Sub with variables', '!Sub ["${a}", {a: !Ref B}]', { 'Fn::Sub': ['${a}', { a: { Ref: 'B' } }] }],
  ['!Join', '!Join ["", [a, !Ref B]]', { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
  ['!Select', '!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
  ['!Split', '!Split [",", x]', { 'Fn::Split': [',', 'x'] }],
  ['!If', '!If [C, a, !Ref "AWS::NoValue"]', { 'Fn::If': ['C', 'a', { Ref: 'AWS::NoValue' }] }],
  ['!FindInMap', '!FindInMap [M, a, b]', { 'Fn::FindInMap': ['M', 'a', 'b'] }],
  ['!ImportValue', '!ImportValue name', { 'Fn::ImportValue': 'name' }],
  ['!Base64', '!Base64 text', { 'Fn::Base64': 'text' }],
  ['!Cidr', '!Cidr [10.0.0.0/16, 2, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }],
  ['!Equals', '!Equals [a, b]', { 'Fn::Equals': ['a', 'b'] }],
  ['!And, !Or, !Not', '!And [!Or [a], !Not [b]]', { 'Fn::And': [{ 'Fn::Or': ['a'] }, { 'Fn::Not': ['b'] }] }],
  ['!Condition', '!Condition C', { Condition: 'C' }],
  ['!Transform', '!Transform {Name: M}', { 'Fn::Transform': { Name: 'M' } }],
  ['!ToJsonString', '!ToJsonString {a: 1}', { 'Fn::ToJsonString': { a: 1 } }],
  ['!Length', '!Length [a]', { 'Fn::Length': ['a'] }],
  ['a tag nobody knows', '!Invented x', { 'Fn::Invented': 'x' }],
])('%s is its long form', (_name, yaml, expected) => {
  expect(property(yaml)).toEqual(expected);
});

test.each<[string, Json]>([
  ['yes', true],
  ['Off', false],
  ['"yes"', 'yes'],
  ['2012-10-17', '2012-10-17'],
  ['012345678901', '012345678901'],
  ['123456789012', 123456789012],
  ['99999999999999999999', '99999999999999999999'],
  ['1.5', 1.5],
  ['~', null],
  ['x: y', 'error'],
])('the scalar %s is read as CloudFormation reads it', (yaml, expected) => {
  if (expected === 'error') expect(() => property(yaml)).toThrow(/stack\.yaml:5: not valid YAML/u);
  else expect(property(yaml)).toEqual(expected);
});

test('anchors, aliases and merge keys are expanded', () => {
  const template = read(
    'Base: &base {A: 1, B: 2}\nResources:\n  X:\n    Type: T\n    Properties:\n      <<: *base\n      B: 3\n      C: *base\n',
  );
  expect(template.resource('X')!.properties).toEqual({ A: 1, B: 3, C: { A: 1, B: 2 } });
});

test('lines are told for resources, properties and branches of !If', () => {
  const x = read(`Resources:
  X:
    Type: T
    Properties:
      Rules: !If
        - C
        - - To: a
          - To: b
        - !Ref AWS::NoValue
`).resource('X')!;
  expect(x.line).toBe(2);
  expect(x.at('Rules[].To').map(({ path, line }) => [path, line])).toEqual([
    ['Rules[0].To', 7],
    ['Rules[1].To', 8],
  ]);
});

test('lines are told in JSON, and the nearest ancestor stands in for what is missing', () => {
  const text = JSON.stringify(
    {
      Resources: {
        'A"\\': { Type: 'T' },
        X: { Type: 'T', Properties: { Rules: [{ To: 'a' }, { To: 'b{' }], Z: { 'Fn::If': ['C', 1, 2] } } },
      },
    },
    null,
    2,
  );
  const template = app({ template: text, file: 'x.json' }).templates[0]!;
  const lineWith = (needle: string): number => text.split('\n').findIndex((line) => line.includes(needle)) + 1;
  const x = template.resource('X')!;
  expect(x.at('Rules[].To').map(({ line }) => line)).toEqual([lineWith('"To": "a"'), lineWith('"b{"')]);
  expect(x.at('Z')[0]!.line).toBe(lineWith('"Z"'));
  expect(template.lineOf(['Resources', 'X', 'Nothing', 'Here'])).toBe(x.line);
  expect(template.lineOf(['Nowhere'])).toBe(1);
});

test('a template in memory has no lines', () => {
  expect(app({ template: { Resources: { X: { Type: 'T' } } } }).templates[0]!.resource('X')!.line).toBeUndefined();
});

test('short and long form resolve alike', () => {
  const short = read(
    'Resources:\n  B: {Type: "AWS::S3::Bucket"}\n  X: {Type: T, Properties: {P: !Sub "arn:${AWS::Partition}:s3:::${B}"}}\n',
  );
  expect(spelled(short.resource('X')!.at('P')[0]!.possible)).toEqual(['arn:aws:s3:::${B}']);
});
