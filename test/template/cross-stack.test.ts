import type { Json } from '../../lib/template';
import { app, bucket, spelled } from './resolving';

const ireland = { region: 'eu-west-1', account: '111111111111' };
const stockholm = { region: 'eu-north-1', account: '111111111111' };

const exporter: Json = {
  Resources: { Data: bucket() },
  Outputs: {
    Arn: { Value: { 'Fn::GetAtt': ['Data', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-arn' } } },
  },
};
const using = (value: Json): Json => ({
  Resources: { Use: { Type: 'AWS::SNS::Topic', Properties: { Value: value } } },
});
const importer = using({ 'Fn::ImportValue': 'Maker-arn' });
const used = (application: ReturnType<typeof app>): string[] =>
  spelled([...application.resources()].find(({ logicalId }) => logicalId === 'Use')!.at('Value')[0]!.possible);

describe('Fn::ImportValue', () => {
  test('is the output of the stack that exports the name in the same account and Region', () => {
    const application = app(
      { stackName: 'Maker', template: exporter, ...ireland },
      { stackName: 'User', template: importer, ...ireland },
    );
    const leaf = application.ofType('AWS::SNS::Topic')[0]!.at('Value')[0]!;
    expect(spelled(leaf.possible)).toEqual(['${Data.Arn}']);
    expect(leaf.possible[0]!.value).toMatchObject({
      kind: 'reference',
      resource: application.ofType('AWS::S3::Bucket')[0],
    });
    expect(leaf.possible[0]!.origin).toEqual(['import of Maker-arn, output Arn of stack Maker']);
  });

  test('is unknown when only another Region exports the name', () => {
    expect(
      used(
        app(
          { stackName: 'Maker', template: exporter, ...stockholm },
          { stackName: 'User', template: importer, ...ireland },
        ),
      ),
    ).toEqual([
      expect.stringMatching(
        /export Maker-arn is not made by any stack of this application in the same account and Region/u,
      ),
    ]);
  });

  test('joins two agnostic stacks', () => {
    expect(used(app({ stackName: 'Maker', template: exporter }, { stackName: 'User', template: importer }))).toEqual([
      '${Data.Arn}',
    ]);
  });

  test('stays open beside the value when only one of the two stacks has an environment', () => {
    const values = used(
      app({ stackName: 'Maker', template: exporter }, { stackName: 'User', template: importer, ...ireland }),
    );
    expect(values).toEqual(['${Data.Arn}', expect.stringMatching(/^\? export/u)]);
  });

  test('of a name that depends on a parameter follows its values', () => {
    const template = {
      ...(using({ 'Fn::ImportValue': { 'Fn::Sub': '${Network}-arn' } }) as object),
      Parameters: { Network: { Type: 'String', Default: 'Maker' } },
    } as Json;
    expect(
      used(app({ stackName: 'Maker', template: exporter, ...ireland }, { stackName: 'User', template, ...ireland })),
    ).toEqual(['${Data.Arn}', '? Fn::ImportValue of a name that is only known at deployment']);
  });

  test('that leads back to itself is unknown, not endless', () => {
    const loop = (own: string, other: string): Json => ({
      Resources: { Use: { Type: 'AWS::SNS::Topic', Properties: { Value: { 'Fn::ImportValue': other } } } },
      Outputs: { O: { Value: { 'Fn::ImportValue': other }, Export: { Name: own } } },
    });
    expect(
      used(app({ stackName: 'A', template: loop('a', 'b') }, { stackName: 'B', template: loop('b', 'a') })),
    ).toEqual(['? a value that refers to itself']);
  });

  test('finds no output whose condition never holds', () => {
    const never = {
      ...(exporter as object),
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Outputs: { Arn: { Condition: 'Never', Value: 'x', Export: { Name: 'Maker-arn' } } },
    } as Json;
    expect(used(app({ stackName: 'Maker', template: never }, { stackName: 'User', template: importer }))).toEqual([
      expect.stringMatching(/^\? export Maker-arn/u),
    ]);
  });
});

describe('Fn::GetStackOutput', () => {
  const reading = (more: { [key: string]: Json } = {}): Json =>
    using({ 'Fn::GetStackOutput': { StackName: 'Maker', OutputName: 'Arn', ...more } });

  test('reads the stack of that name in the Region it names', () => {
    const application = app(
      { stackName: 'Maker', template: exporter, ...ireland },
      { stackName: 'Maker', template: { Resources: {}, Outputs: { Arn: { Value: 'other' } } }, ...stockholm },
      { stackName: 'User', template: reading({ Region: 'eu-west-1' }), ...stockholm },
    );
    const leaf = application.ofType('AWS::SNS::Topic')[0]!.at('Value')[0]!;
    expect(spelled(leaf.possible)).toEqual(['${Data.Arn}']);
    expect(leaf.possible[0]!.origin).toEqual(['output Arn of stack Maker in eu-west-1']);
  });

  test('without a Region reads the own one', () => {
    expect(
      used(
        app(
          { stackName: 'Maker', template: exporter, ...ireland },
          { stackName: 'User', template: reading(), ...ireland },
        ),
      ),
    ).toEqual(['${Data.Arn}']);
    expect(
      used(
        app(
          { stackName: 'Maker', template: exporter, ...stockholm },
          { stackName: 'User', template: reading(), ...ireland },
        ),
      ),
    ).toEqual(['? output Arn of stack Maker in eu-west-1 is not part of this application']);
  });

  test('through a role reads the account of the role', () => {
    const elsewhere = { region: 'eu-west-1', account: '222222222222' };
    const role = { RoleArn: 'arn:aws:iam::222222222222:role/reader' };
    expect(
      used(
        app(
          { stackName: 'Maker', template: exporter, ...elsewhere },
          { stackName: 'User', template: reading(role), ...ireland },
        ),
      ),
    ).toEqual(['${Data.Arn}']);
    expect(
      used(
        app(
          { stackName: 'Maker', template: exporter, ...ireland },
          { stackName: 'User', template: reading(role), ...ireland },
        ),
      ),
    ).toEqual([expect.stringMatching(/^\? output Arn/u)]);
  });

  test('of an open stack name is unknown', () => {
    const template = {
      ...(using({ 'Fn::GetStackOutput': { StackName: { Ref: 'S' }, OutputName: 'Arn' } }) as object),
      Parameters: { S: { Type: 'String' } },
    } as Json;
    expect(used(app({ template }))).toEqual([expect.stringMatching(/only known at deployment/u)]);
  });
});

describe('cross-Region export readers', () => {
  const name = '/cdk/exports/User/MakerArn';
  const writer: Json = {
    Resources: {
      Data: bucket(),
      Writer: {
        Type: 'Custom::CrossRegionExportWriter',
        Properties: { WriterProps: { region: 'eu-north-1', exports: { [name]: { 'Fn::GetAtt': ['Data', 'Arn'] } } } },
      },
    },
  };
  const reader: Json = {
    Resources: {
      Reader: {
        Type: 'Custom::CrossRegionExportReader',
        Properties: { ReaderProps: { region: 'eu-north-1', imports: { [name]: `{{resolve:ssm:${name}}}` } } },
      },
      Use: { Type: 'AWS::SNS::Topic', Properties: { Value: { 'Fn::GetAtt': ['Reader', name] } } },
    },
  };

  test('give what the writer in the other Region puts there', () => {
    expect(
      used(
        app(
          { stackName: 'Maker', template: writer, ...ireland },
          { stackName: 'User', template: reader, ...stockholm },
        ),
      ),
    ).toEqual(['${Data.Arn}']);
  });

  test('are unknown when the writer writes to another Region or nobody writes', () => {
    expect(
      used(
        app({ stackName: 'Maker', template: writer, ...ireland }, { stackName: 'User', template: reader, ...ireland }),
      ),
    ).toEqual([expect.stringMatching(/^\? cross-Region export/u)]);
    expect(used(app({ stackName: 'User', template: reader, ...stockholm }))).toEqual([
      expect.stringMatching(/is not written by any stack/u),
    ]);
  });
});

describe('nested stacks', () => {
  const child: Json = {
    Parameters: { Target: { Type: 'String' }, Size: { Type: 'String', Default: 'small' } },
    Resources: { Inner: bucket({ Target: { Ref: 'Target' }, Size: { Ref: 'Size' } }) },
    Outputs: { Name: { Value: { Ref: 'Inner' } }, Echo: { Value: { Ref: 'Target' } } },
  };
  const nest = (parameters: Json, url: Json = 'https://s3/x/child.json'): Json => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: url, Parameters: parameters },
  });
  const family = (parameters: Json, more: { [id: string]: Json } = {}, url?: Json): ReturnType<typeof app> =>
    app(
      {
        stackName: 'Parent',
        file: 'parent.json',
        template: { Resources: { Data: bucket(), Nest: nest(parameters, url), ...more } },
        ...ireland,
      },
      { file: 'child.json', template: child, region: 'us-east-1' },
    );

  test('stand behind their parent, in its environment', () => {
    const { templates, problems } = family({ Target: 'x' });
    expect(
      templates.map(({ source }) => [source.stackName, source.region, source.account, source.nestedIn?.logicalId]),
    ).toEqual([
      ['Parent', 'eu-west-1', '111111111111', undefined],
      ['Parent/Nest', 'eu-west-1', '111111111111', 'Nest'],
    ]);
    expect(problems).toEqual([]);
  });

  test('take the values the parent passes, and their defaults for the rest', () => {
    const inner = family({ Target: { Ref: 'Data' } }).templates[1]!.resource('Inner')!;
    expect(spelled(inner.at('Target')[0]!.possible)).toEqual(['${Data}']);
    expect(inner.at('Target')[0]!.possible[0]!.origin).toEqual(['parameter Target as passed by the parent stack']);
    expect(spelled(inner.at('Size')[0]!.possible)).toEqual(['small']);
  });

  test('leave open what the parent does not pass', () => {
    expect(spelled(family({}).templates[1]!.resource('Inner')!.at('Target')[0]!.possible)).toEqual([
      '? parameter Target is open at deployment',
    ]);
  });

  test('give their outputs back', () => {
    const use = { Type: 'AWS::SNS::Topic', Properties: { Value: { 'Fn::GetAtt': ['Nest', 'Outputs.Name'] } } };
    const application = family({ Target: 'x' }, { Use: use });
    expect(used(application)).toEqual(['${Inner}']);
    expect(application.templates[0]!.resource('Use')!.at('Value')[0]!.possible[0]!.value).toMatchObject({
      resource: application.templates[1]!.resource('Inner'),
    });
  });

  test('whose output is missing are unknown', () => {
    expect(
      used(family({}, { Use: { Type: 'T', Properties: { Value: { 'Fn::GetAtt': ['Nest', 'Outputs.Nothing'] } } } })),
    ).toEqual(['? nested stack Nest has no output Nothing']);
  });

  test('fed with their own output end in an unknown', () => {
    const inner = family({ Target: { 'Fn::GetAtt': ['Nest', 'Outputs.Echo'] } }).templates[1]!.resource('Inner')!;
    expect(spelled(inner.at('Target')[0]!.possible)).toEqual(['? parameter Target is open at deployment']);
  });

  test('of one template are judged once for each use', () => {
    const { templates } = family({ Target: 'x' }, { Again: nest({ Target: 'y' }) });
    expect(templates.map(({ source }) => source.stackName)).toEqual(['Parent', 'Parent/Nest', 'Parent/Again']);
    expect(
      templates.slice(1).map((template) => spelled(template.resource('Inner')!.at('Target')[0]!.possible)),
    ).toEqual([['x'], ['y']]);
  });

  test('are found at the end of a URL that is put together', () => {
    expect(
      family({}, {}, { 'Fn::Join': ['', ['https://', { Ref: 'Data' }, '/path/child.json']] }).templates,
    ).toHaveLength(2);
    expect(family({}, {}, { 'Fn::Sub': 'https://${Data}/child.json' }).templates).toHaveLength(2);
  });

  test('whose template is not in the input are a problem at their line', () => {
    const { problems } = app({
      file: 'parent.yaml',
      template:
        'Resources:\n  Nest:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: https://s3/x/gone.yaml\n',
    });
    expect(problems).toMatchObject([
      { kind: 'nested-template-missing', file: 'parent.yaml', line: 2, logicalId: 'Nest' },
    ]);
    expect(problems[0]!.message).toBe(
      'nested stack Nest: its template gone.yaml is not in the input, so what it creates is not judged',
    );
  });

  test('that nest each other are a problem, and both are judged', () => {
    const loop = (other: string): Json => ({ Resources: { Nest: nest({}, `https://s3/${other}`) } });
    const { templates, problems } = app(
      { file: 'a.json', template: loop('b.json') },
      { file: 'b.json', template: loop('a.json') },
    );
    expect(templates.map(({ source }) => source.stackName)).toEqual(['a', 'a/Nest']);
    expect(problems.map(({ kind }) => kind)).toEqual(['nested-template-cycle']);
  });

  test('never answer to a stack name of their own', () => {
    const application = family({ Target: 'x' });
    expect(application.stacksNamed('Parent')).toHaveLength(1);
    expect(application.stacksNamed('child')).toEqual([]);
  });
});
