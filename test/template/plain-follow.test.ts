/** What is found on the plain way is what the whole way finds. */
import fc from 'fast-check';
import type { Json, Leaf, Possible } from '../../lib/template';
import { applicationOf } from '../../lib/template';
import type { LoadedResource } from '../../lib/template/loaded-resource';
import { LeafCollection, follow, parsePattern } from '../../lib/template/pattern';

const NAMES = ['A', 'B', 'C', 'Fn::Transform', 'Ref'];

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>('text', '', '{{resolve:ssm:/a}}', 7, true, null),
  fc.constantFrom<Json>(
    { Ref: 'Other' },
    { Ref: 'AWS::NoValue' },
    { Ref: 'AWS::Region' },
    { Ref: 'Open' },
    { Ref: 'Gone' },
  ),
  fc.constantFrom<Json>(
    { 'Fn::GetAtt': ['Other', 'Arn'] },
    { 'Fn::GetAtt': 'Other.Arn' },
    { 'Fn::GetAtt': ['Gone', 'Arn'] },
  ),
  fc.constant<Json>({ 'Fn::Join': ['-', ['a', { Ref: 'Other' }, { Ref: 'AWS::Region' }]] }),
);

const { properties } = fc.letrec<{ properties: Json; map: Json }>((tie) => ({
  properties: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('properties'), { maxLength: 3 }),
    tie('map'),
    tie('properties').map((node): Json => ({ 'Fn::If': ['Sometimes', node, { Ref: 'AWS::NoValue' }] })),
  ),
  map: fc.dictionary(fc.constantFrom(...NAMES), tie('properties'), { maxKeys: 3 }),
}));

const pattern = fc
  .array(fc.constantFrom('A', 'B', 'A[]', 'B{}', '*', 'C[1]', 'A[][]'), { minLength: 1, maxLength: 4 })
  .map((steps) => steps.join('.'));

function resourceWith(written: Json): LoadedResource {
  const application = applicationOf(
    [
      {
        stackName: 'stack',
        region: 'eu-west-1',
        template: {
          Parameters: { Open: { Type: 'String' } },
          Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } },
          Resources: {
            R: { Type: 'Custom::R', Properties: written },
            Other: { Type: 'AWS::SNS::Topic' },
          },
        },
      },
    ],
    { partitionOf: () => 'aws' },
  );
  return application.templates[0]!.resource('R') as LoadedResource;
}

/** The whole way, through values of everything on it. */
function onTheWholeWay(resource: LoadedResource, steps: string): readonly Leaf[] {
  const into = new LeafCollection(resource);
  for (const root of resource.template.scope.evaluate(resource.properties))
    if (root.value.kind !== 'absent') follow(root as Possible, '', parsePattern(steps), 0, into);
  return into.leaves();
}

const told = (leaves: readonly Leaf[]): unknown =>
  leaves.map(({ path, possible, optional }) => ({
    path,
    optional,
    possible: possible.map(({ value, origin, assuming }) => ({
      kind: value.kind,
      words: 'resource' in value ? value.resource.logicalId : JSON.stringify(value, ['kind', 'text', 'why', 'pieces']),
      origin,
      assuming: [...assuming],
    })),
  }));

test('a pattern finds the same leaves on the plain way as on the whole way', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...NAMES), properties, { maxKeys: 4 }), pattern, (written, steps) => {
      const resource = resourceWith(written);
      expect(told(resource.at(steps))).toEqual(told(onTheWholeWay(resource, steps)));
    }),
    { numRuns: 1500 },
  );
});

test('a plain template is followed to its end without the whole way', () => {
  const leaves = resourceWith({ A: [{ B: 'x' }, { B: { Ref: 'Other' } }] }).at('A[].B');
  expect(leaves.map(({ path, optional }) => [path, optional])).toEqual([
    ['A[0].B', false],
    ['A[1].B', false],
  ]);
});

test('a join written item by item says what a join with a computed separator says', () => {
  const item = fc.constantFrom<Json>(
    'a',
    '',
    '{{resolve:ssm:/a}}',
    { Ref: 'Other' },
    { Ref: 'AWS::Region' },
    { Ref: 'Open' },
  );
  fc.assert(
    fc.property(fc.array(item, { maxLength: 4 }), (items) => {
      const plain = resourceWith({ A: { 'Fn::Join': ['-', items] } });
      const computed = resourceWith({ A: { 'Fn::Join': [{ 'Fn::Sub': '-' }, items] } });
      expect(told(plain.at('A'))).toEqual(told(computed.at('A')));
    }),
  );
});
