import type { Json } from '../../lib/template';
import { bucket, resource, spelled, stack } from './resolving';

const NO_VALUE: Json = { Ref: 'AWS::NoValue' };
const CONDITIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } };
const when = (yes: Json, no: Json): Json => ({ 'Fn::If': ['C', yes, no] });

const made = (properties: Json): ReturnType<typeof resource> =>
  resource(stack({ ...CONDITIONS, Resources: { Made: bucket(properties) } }), 'Made');
const at = (properties: Json, pattern: string): [string, string[]][] =>
  made(properties)
    .at(pattern)
    .map(({ path, possible }) => [path, spelled(possible)]);

describe('a pattern', () => {
  test('reaches every item of a list', () => {
    expect(at({ Rules: [{ To: 'a' }, { To: 'b' }, {}] }, 'Rules[].To')).toEqual([
      ['Rules[0].To', ['a']],
      ['Rules[1].To', ['b']],
    ]);
  });

  test('follows both branches of Fn::If wherever it stands on the way', () => {
    const properties = {
      Config: when({ Rules: [{ To: 'a' }] }, { Rules: when([{ To: 'b' }], [{ To: 'c' }, { To: 'd' }]) }),
    };
    expect(at(properties, 'Config.Rules[].To')).toEqual([
      ['Config.Rules[0].To', ['a', 'c']],
      ['Config.Rules[1].To', ['d']],
    ]);
  });

  test('yields nothing for AWS::NoValue', () => {
    expect(at({ To: NO_VALUE, Rules: [NO_VALUE, { To: 'a' }] }, 'To')).toEqual([]);
    expect(at({ Rules: [NO_VALUE, { To: 'a' }] }, 'Rules[].To')).toEqual([['Rules[1].To', ['a']]]);
  });

  test('with {} reaches every key of a map, with * one level of either', () => {
    const properties = { Map: { 'a.b': { Region: 'x' }, c: { Region: 'y' } }, List: [{ Region: 'z' }] };
    expect(at(properties, 'Map{}.Region')).toEqual([
      ['Map."a.b".Region', ['x']],
      ['Map.c.Region', ['y']],
    ]);
    expect(at(properties, '*.*.Region')).toHaveLength(3);
    expect(at(properties, 'Map."a.b".Region')).toEqual([['Map."a.b".Region', ['x']]]);
  });

  test('takes a lone map where a list is expected', () => {
    expect(at({ Rules: { To: 'a' } }, 'Rules[].To')).toEqual([['Rules.To', ['a']]]);
  });

  test('ends in an unknown where sight ends, never in silence', () => {
    expect(at({ Rules: { 'Fn::Transform': { Name: 'M' } } }, 'Rules[].To')).toEqual([
      ['Rules', ['? the result of macro M is not in the template']],
    ]);
    expect(at({ Rules: { Ref: 'P' } }, 'Rules[].To')).toEqual([['Rules', ['? parameter P is open at deployment']]]);
    expect(at({ Rules: 'text' }, 'Rules.To')).toEqual([['Rules', ['? a value where a structure is expected']]]);
    expect(at({ 'Fn::Transform': { Name: 'AWS::Include' }, Known: 1 }, 'Other')).toEqual([
      ['Fn::Transform', ['? a macro or loop that may add keys here']],
    ]);
  });

  test('may reach a structure, which resolves in turn', () => {
    const [leaf] = made({
      Policy: { Statement: [{ Effect: 'Deny' }, NO_VALUE, when({ Effect: 'Allow' }, NO_VALUE)] },
    }).at('Policy');
    const policy = leaf!.possible[0]!.value;
    const statements = policy.kind === 'map' ? policy.entries.get('Statement')!.possible[0]!.value : undefined;
    expect(
      statements?.kind === 'list' && statements.items.map(({ possible, optional }) => [possible.length, optional]),
    ).toEqual([
      [1, false],
      [0, true],
      [1, true],
    ]);
  });

  test('that cannot be read is an error of the caller', () => {
    expect(() => made({}).at('a[b')).toThrow('property pattern "a[b" cannot be read at character 2');
  });

  test('reads a list parameter item by item', () => {
    const template = stack({
      Parameters: { L: { Type: 'CommaDelimitedList', Default: 'a,b' } },
      Resources: { Made: bucket({ Regions: { Ref: 'L' } }) },
    });
    expect(
      resource(template, 'Made')
        .at('Regions[]')
        .map(({ path, possible }) => [path, spelled(possible)]),
    ).toEqual([
      ['Regions[0]', ['a']],
      ['Regions[1]', ['b']],
      ['Regions', ['? parameter L is open at deployment']],
    ]);
  });
});

test('a list whose end cannot be counted ends in an unknown', () => {
  const split: Json = { 'Fn::Split': [',', { 'Fn::Join': [',', ['a', 'b', { Ref: 'P' }]] }] };
  const expected = [
    ['L[0]', ['a']],
    ['L[1]', ['b']],
    ['L[2]', ['? a part of a value that is only known at deployment']],
  ];
  expect(at({ L: split }, 'L[]')).toEqual(expected);
  expect([...made({ L: split }).leaves()].map(({ path, possible }) => [path, spelled(possible)])).toEqual(expected);
});

describe('has', () => {
  test.each<[string, Json, string, string]>([
    ['a written property', { A: 1 }, 'A', 'always'],
    ['a missing one', { A: 1 }, 'B', 'never'],
    ['one left out by AWS::NoValue', { A: NO_VALUE }, 'A', 'never'],
    ['one under a condition', { A: when(1, NO_VALUE) }, 'A', 'sometimes'],
    ['one in both branches', { A: when({ B: 1 }, { B: 2 }) }, 'A.B', 'always'],
    ['one in a single branch', { A: when({ B: 1 }, { C: 2 }) }, 'A.B', 'sometimes'],
    ['one behind a macro', { A: { 'Fn::Transform': {} } }, 'A.B', 'sometimes'],
    ['one beside a macro', { 'Fn::Transform': {}, A: 1 }, 'B', 'sometimes'],
    ['an item of an empty list', { A: [] }, 'A[]', 'never'],
    ['an item of a list', { A: [NO_VALUE, { B: 1 }] }, 'A[].B', 'always'],
  ])('%s', (_name, properties, pattern, expected) => {
    expect(made(properties).has(pattern)).toBe(expected);
  });

  test('leaves say whether they may be left out', () => {
    const leaves = [...made({ A: when(1, NO_VALUE), B: 2, C: when([{ D: 1 }], NO_VALUE) }).leaves()];
    expect(leaves.map(({ path, optional }) => [path, optional])).toEqual([
      ['A', true],
      ['B', false],
      ['C[0].D', true],
    ]);
  });
});

test('leaves are every scalar, each branch merged into its path', () => {
  const leaves = [...made({ A: { B: ['x', when('y', 'z')] }, C: { Ref: 'Data' } }).leaves()];
  expect(leaves.map(({ path, possible }) => [path, spelled(possible)])).toEqual([
    ['A.B[0]', ['x']],
    ['A.B[1]', ['y', 'z']],
    ['C', ['${Data}']],
  ]);
});

test('a resource without properties has none', () => {
  const bare = resource(stack({ Resources: { Made: { Type: 'AWS::S3::Bucket' } } }), 'Made');
  expect([...bare.leaves()]).toEqual([]);
  expect(bare.properties).toEqual({});
});

test('resource attributes are told', () => {
  const kept = resource(
    stack({
      Resources: {
        Made: bucket(
          {},
          { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete', Metadata: { 'aws:cdk:path': 'A/B' } },
        ),
      },
    }),
    'Made',
  );
  expect(kept).toMatchObject({
    deletionPolicy: 'Retain',
    updateReplacePolicy: 'Delete',
    constructPath: 'A/B',
    type: 'AWS::S3::Bucket',
  });
});
