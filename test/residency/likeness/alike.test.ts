/** What makes two resources alike: everything they state but their labels, and the types of what they refer to. */
import { Likeness } from '../../../lib/residency/likeness/alike';
import type { Json, Resource } from '../../../lib/template';
import { application } from '../court';

const TARGETS = {
  One: { Type: 'AWS::S3::Bucket' },
  Two: { Type: 'AWS::S3::Bucket' },
  Queue: { Type: 'AWS::SQS::Queue' },
  Stored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } },
  Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' } },
  Answers: { Type: 'Custom::Answers', Properties: { ServiceToken: 'x' } },
};

function resources(type: string, a: Json, b: Json, ids: readonly [string, string] = ['A', 'B']): [Resource, Resource] {
  const [template] = application({
    resources: { ...TARGETS, [ids[0]]: { Type: type, Properties: a }, [ids[1]]: { Type: type, Properties: b } },
    rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': ['a', 'b'] } } },
  }).templates;
  return [template!.resource(ids[0])!, template!.resource(ids[1])!];
}

const alike = (a: Json, b: Json, type = 'AWS::Lambda::Function'): boolean => {
  const [one, other] = resources(type, a, b);
  return new Likeness(one).holds(other);
};

const att = (id: string, attribute = 'Arn'): Json => ({ 'Fn::GetAtt': [id, attribute] });
const ref = (id: string): Json => ({ Ref: id });
const join = (...pieces: Json[]): Json => ({ 'Fn::Join': ['', pieces] });
const env = (...values: Json[]): Json => ({
  Environment: { Variables: Object.fromEntries(values.map((v, i) => [`V${i}`, v])) },
});

test.each<[string, Json, Json]>([
  ['the same values', { MemorySize: 128, Layers: ['a'] }, { MemorySize: 128, Layers: ['a'] }],
  ['references to resources of one type', env(ref('One')), env(ref('Two'))],
  ['attributes of resources of one type', env(att('One')), env(att('Two'))],
  ['a reference to itself', env(ref('A')), env(ref('B'))],
  ['texts that begin with the ARN of a resource', env(join(att('One'), '/*')), env(join(att('Two'), '/*'))],
  ['the Region of one place', env(ref('AWS::Region')), env(ref('AWS::Region'))],
  ['another name', { FunctionName: 'a' }, { FunctionName: 'b' }],
  ['another description', { Description: 'a' }, { Description: 'b' }],
  ['other tags', { Tags: [{ Key: 'a', Value: 'b' }] }, { Tags: [{ Key: 'c', Value: 'd' }] }],
  ['the same two references', env(ref('One'), ref('One')), env(ref('Two'), ref('Two'))],
])('%s: alike', (_words, a, b) => {
  expect(alike(a, b)).toBe(true);
  expect(alike(b, a)).toBe(true);
});

test.each<[string, Json, Json]>([
  ['another value', env('eu-west-1'), env('us-east-1')],
  ['text instead of a number', { MemorySize: 128 }, { MemorySize: '128' }],
  ['one property more', { MemorySize: 128 }, { MemorySize: 128, Timeout: 3 }],
  ['another property', env('a'), { Environment: { Other: { V0: 'a' } } }],
  ['one item more', { Layers: ['a'] }, { Layers: ['a', 'b'] }],
  ['a list instead of a map', { Layers: ['a'] }, { Layers: { 0: 'a' } }],
  ['a property that is called like what every object has', { toString: 'a' }, { constructor: 'a' }],
  ['references to other types', env(ref('One')), env(ref('Queue'))],
  ['other attributes', env(att('One')), env(att('One', 'DomainName'))],
  ['a reference instead of an attribute', env(att('One')), env(ref('One'))],
  ['a value instead of a reference', env(ref('One')), env('One')],
  ['a key beside the reference', env(ref('One')), env({ Ref: 'One', More: 1 })],
  ['a reference to itself and one to another', env(ref('A')), env(ref('A'))],
  ['two references to one, and to two', env(ref('One'), ref('One')), env(ref('One'), ref('Two'))],
  ['a value in a text', env(join(att('One'), '/a')), env(join(att('One'), '/b'))],
  ['a name put together of names', env(join(ref('One'), '-copy')), env(join(ref('Two'), '-copy'))],
  [
    'a text made of other attributes',
    env(join(att('One', 'DomainName'), '/')),
    env(join(att('Two', 'DomainName'), '/')),
  ],
  ['what the template does not declare', env(ref('Nobody')), env(ref('Nobody'))],
  ['open parameters', env(ref('Open')), env(ref('Open'))],
  ['the name of the stack', env(ref('AWS::StackName')), env(ref('AWS::StackName'))],
  ['values of stored parameters', env(att('Stored', 'Value')), env(att('Stored', 'Value'))],
  ['outputs of nested stacks', env(att('Nested', 'Outputs.X')), env(att('Nested', 'Outputs.X'))],
  ['answers of custom resources', env(att('Answers', 'X')), env(att('Answers', 'X'))],
  ['a choice', env({ 'Fn::If': ['Maybe', 'a', 'b'] }), env({ 'Fn::If': ['Maybe', 'a', 'b'] })],
  ['text with substitutions', env({ 'Fn::Sub': '${One}' }), env({ 'Fn::Sub': '${One}' })],
  ['an attribute in one text', env({ 'Fn::GetAtt': 'One.Arn' }), env({ 'Fn::GetAtt': 'One.Arn' })],
  ['a name read at deployment', { FunctionName: '{{resolve:ssm:a}}' }, { FunctionName: '{{resolve:ssm:b}}' }],
  ['a name and a reference', { FunctionName: 'a' }, { FunctionName: ref('One') }],
])('%s: not alike', (_words, a, b) => {
  expect(alike(a, b)).toBe(false);
});

test('a name that a row reads is no label', () => {
  const record = (name: string): Json => ({ HostedZoneId: 'z', Type: 'CNAME', Name: 'a', ResourceRecords: [name] });
  expect(alike(record('a.example.com'), record('b.example.com'), 'AWS::Route53::RecordSet')).toBe(false);
});

test('resources the judge knows by their logical id are like nothing', () => {
  const [one, other] = resources('AWS::IAM::Role', {}, {}, ['CustomVpcRestrictDefaultSG', 'Role']);
  expect([new Likeness(one).holds(other), new Likeness(other).holds(one)]).toEqual([false, false]);
});
