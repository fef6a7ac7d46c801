import type { Json, Problem } from '../../lib/template';
import { app, bucket, spelled } from './resolving';

const problems = (template: Json): Pick<Problem, 'kind' | 'message'>[] =>
  app({ template }).problems.map(({ kind, message }) => ({ kind, message }));
const loops = (sections: { [key: string]: Json }): ReturnType<typeof app> =>
  app({ template: { Transform: 'AWS::LanguageExtensions', ...sections } });

test('a SAM template keeps its resources and hides nothing', () => {
  const application = app({
    template: { Transform: 'AWS::Serverless-2016-10-31', Resources: { Fn: { Type: 'AWS::Serverless::Function' } } },
  });
  expect(application.ofType('AWS::Serverless::Function')).toHaveLength(1);
  expect(application.problems).toEqual([]);
});

test('a version of the SAM transform nobody has read is a problem', () => {
  expect(problems({ Transform: 'AWS::Serverless-2030-01-01', Resources: {} })).toMatchObject([{ kind: 'transform' }]);
});

test.each<[string, Json]>([
  ['a macro of one name', 'MyMacro'],
  ['a macro in a list', ['MyMacro', 'AWS::LanguageExtensions']],
  ['a macro with parameters', { Name: 'MyMacro', Parameters: {} }],
])('%s at the top is a problem', (_name, Transform) => {
  expect(problems({ Transform, Resources: {} })).toEqual([
    {
      kind: 'transform',
      message: 'transform MyMacro rewrites the template at deployment; what it writes is not judged',
    },
  ]);
});

test('a macro is a problem however its name is escaped in the text', () => {
  const template =
    '{ "Resources": { "A": { "Type": "T", "Properties": { "Fn::\\u0054ransform": { "Name": "Mine" } } } } }';
  expect(app({ template }).problems).toMatchObject([{ kind: 'macro', logicalId: 'A' }]);
});

test('a macro inside a resource is a problem that names the resource', () => {
  const application = app({
    template: { Resources: { A: bucket({ 'Fn::Transform': { Name: 'AWS::Include' } }), B: bucket() } },
  });
  expect(application.problems).toMatchObject([
    {
      kind: 'macro',
      logicalId: 'A',
      message: 'macro AWS::Include writes into Resources.A at deployment; what it writes is not judged',
    },
  ]);
});

test('language extensions alone are no problem', () => {
  expect(problems({ Transform: ['AWS::LanguageExtensions'], Resources: {} })).toEqual([]);
});

test('Fn::ForEach over a written list is unrolled, nested ones too', () => {
  const application = loops({
    Resources: {
      'Fn::ForEach::Regions': [
        'Region',
        ['eu-west-1', 'us-east-1'],
        {
          'Fn::ForEach::Kinds': [
            'Kind',
            ['A', 'B'],
            {
              'Copy&{Region}${Kind}': bucket({ Target: { 'Fn::Sub': '${Region}-${Kind}' }, Plain: { Ref: 'Region' } }),
            },
          ],
        },
      ],
    },
    Outputs: { 'Fn::ForEach::Out': ['X', ['P', 'Q'], { 'Out${X}': { Value: { Ref: 'X' } } }] },
  });
  expect(application.problems).toEqual([]);
  expect(application.ofType('AWS::S3::Bucket').map(({ logicalId }) => logicalId)).toEqual([
    'Copyeuwest1A',
    'Copyeuwest1B',
    'Copyuseast1A',
    'Copyuseast1B',
  ]);
  const [template] = application.templates;
  expect(spelled(template!.resource('Copyuseast1B')!.at('Target')[0]!.possible)).toEqual(['us-east-1-B']);
  expect(spelled(template!.resource('Copyuseast1B')!.at('Plain')[0]!.possible)).toEqual(['us-east-1']);
  expect([...template!.outputs.keys()]).toEqual(['OutP', 'OutQ']);
});

test('a loop over a parameter is a problem: deployment decides what it creates', () => {
  const application = loops({
    Parameters: { Regions: { Type: 'CommaDelimitedList', Default: 'eu-west-1' } },
    Resources: { 'Fn::ForEach::R': ['R', { Ref: 'Regions' }, { 'B${R}': bucket() }] },
  });
  expect(application.problems.map(({ message }) => message)).toEqual([
    'loop Fn::ForEach::R cannot be unrolled: its collection is parameter Regions, open at deployment; what it creates is not judged',
  ]);
});

test('a loop in properties that cannot be unrolled leaves the map open', () => {
  const application = loops({
    Resources: { X: bucket({ 'Fn::ForEach::R': ['R', { Ref: 'Nobody' }, { '${R}': 1 }] }) },
  });
  expect(application.problems).toHaveLength(1);
  expect(application.templates[0]!.resource('X')!.has('Anything')).toBe('sometimes');
});

test('a loop without the transform is a problem', () => {
  expect(problems({ Resources: { 'Fn::ForEach::R': ['R', ['a'], {}] } })).toMatchObject([
    { kind: 'transform', message: expect.stringMatching(/without transform AWS::LanguageExtensions/u) },
  ]);
});

test.each<[string, Json]>([
  ['is not a map', 'text'],
  ['has no Type', {}],
])('a resource that %s is a problem', (words, raw) => {
  expect(problems({ Resources: { X: raw } })).toEqual([
    { kind: 'malformed', message: `resource X ${words}, so nothing can be said of it` },
  ]);
});
