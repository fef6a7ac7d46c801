import { parseArn } from '../../lib/template';
import type { Json, Resource } from '../../lib/template';
import { app, bucket, spelled, stack } from './resolving';

const ireland = { region: 'eu-west-1', account: '111111111111' };
const application = app(
  {
    stackName: 'Here',
    ...ireland,
    template: {
      Parameters: { Env: { Type: 'String', AllowedValues: ['prod', 'dev'] } },
      Resources: {
        Data: bucket({ BucketName: 'records' }),
        ByEnv: bucket({ BucketName: { 'Fn::Sub': 'copy-${Env}' } }),
        Generated: bucket(),
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'records' } },
        Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceIdentifier: 'main' } },
        Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/app/audit' } },
        Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'reader', Path: '/team/' } },
        Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'mover' } },
      },
    },
  },
  {
    stackName: 'Away',
    region: 'us-east-1',
    account: '111111111111',
    template: { Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'records' } } } },
  },
  {
    stackName: 'Agnostic',
    template: { Resources: { Own: bucket({ BucketName: { 'Fn::Sub': 'own-${AWS::AccountId}' } }) } },
  },
);
const here = application.templates[0]!;
const ids = (resources: readonly Resource[]): string[] =>
  resources.map(({ template, logicalId }) => `${template.source.stackName}.${logicalId}`);
const denoted = (expression: Json, type?: string, stackName = 'Here'): string[] =>
  ids(application.denoted(application.stacksNamed(stackName)[0]!.resolve(expression)[0]!.value, type));

test('physical names are the possible values of the naming property', () => {
  expect(spelled(here.resource('Data')!.physicalNames())).toEqual(['records']);
  expect(spelled(here.resource('ByEnv')!.physicalNames())).toEqual(['copy-dev', 'copy-prod']);
  expect(here.resource('Generated')!.physicalNames()).toEqual([]);
});

test('resources are found by type and physical name', () => {
  expect(ids(application.byPhysicalName('AWS::S3::Bucket', 'records'))).toEqual(['Here.Data']);
  expect(ids(application.byPhysicalName('AWS::S3::Bucket', 'copy-prod'))).toEqual(['Here.ByEnv']);
  expect(ids(application.byPhysicalName(undefined, 'records'))).toEqual(['Here.Data', 'Here.Table', 'Away.Table']);
  expect(application.byPhysicalName(undefined, 'toString')).toEqual([]);
});

describe('a value denotes', () => {
  test.each<[string, Json, string[]]>([
    ['the resource it refers to', { Ref: 'Generated' }, ['Here.Generated']],
    ['the resource of an attribute', { 'Fn::GetAtt': ['Data', 'Arn'] }, ['Here.Data']],
    ['the bucket of an ARN that holds a reference', { 'Fn::Sub': 'arn:aws:s3:::${Generated}/*' }, ['Here.Generated']],
    ['the resource whose ARN a path follows', { 'Fn::Sub': '${Data.Arn}/prefix/*' }, ['Here.Data']],
    ['the bucket an ARN names', 'arn:aws:s3:::records/prefix/*', ['Here.Data']],
    [
      'the table an ARN names, in the Region it names',
      'arn:aws:dynamodb:us-east-1:111111111111:table/records/stream/x',
      ['Away.Table'],
    ],
    ['nothing in a Region that has no such table', 'arn:aws:dynamodb:eu-north-1:111111111111:table/records', []],
    ['nothing in another account', 'arn:aws:dynamodb:eu-west-1:222222222222:table/records', []],
    ['a database', 'arn:aws:rds:eu-west-1:111111111111:db:main', ['Here.Db']],
    ['a log group with slashes', 'arn:aws:logs:eu-west-1:111111111111:log-group:/app/audit:*', ['Here.Log']],
    ['a role behind a path', 'arn:aws:iam::111111111111:role/team/reader', ['Here.Role']],
    ['a function with an alias', 'arn:aws:lambda:eu-west-1:111111111111:function:mover:live', ['Here.Fn']],
    ['nothing of another service', 'arn:aws:sqs:eu-west-1:111111111111:records', []],
    ['whatever bears a bare name', 'mover', ['Here.Fn']],
    ['nothing when unknown', { Ref: 'Nobody' }, []],
    ['nothing when it is a list', ['records'], []],
  ])('%s', (_name, expression, expected) => {
    expect(denoted(expression)).toEqual(expected);
  });

  test('only resources of the type that is asked for', () => {
    expect(denoted('records', 'AWS::S3::Bucket')).toEqual(['Here.Data']);
    expect(denoted({ Ref: 'Data' }, 'AWS::DynamoDB::Table')).toEqual([]);
  });

  test('a name with the unknown account in it only within its own stack', () => {
    const name = { 'Fn::Sub': 'own-${AWS::AccountId}' };
    expect(denoted(name, undefined, 'Agnostic')).toEqual(['Agnostic.Own']);
    expect(denoted({ 'Fn::Sub': 'arn:aws:s3:::own-${AWS::AccountId}' }, undefined, 'Agnostic')).toEqual([
      'Agnostic.Own',
    ]);
    expect(denoted(name)).toEqual([]);
  });
});

describe('an ARN', () => {
  const sections = (expression: Json): (string | undefined)[] => {
    const arn = parseArn(stack().resolve(expression)[0]!.value);
    return arn
      ? [arn.partition, arn.service, arn.region, arn.account, arn.resource].map(
          (value) => spelled([{ value, origin: [], assuming: new Map() }])[0],
        )
      : [];
  };

  test('is cut into its sections', () => {
    expect(sections('arn:aws:dynamodb:eu-west-1:1:table/a:b')).toEqual([
      'aws',
      'dynamodb',
      'eu-west-1',
      '1',
      'table/a:b',
    ]);
  });

  test('keeps an empty Region empty', () => {
    expect(sections({ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Data}/*' })).toEqual(['aws', 's3', '', '', '${Data}/*']);
  });

  test('keeps what is unknown in the section where it stands', () => {
    expect(sections({ 'Fn::Join': [':', ['arn:aws:kms', { Ref: 'Region' }, '1', 'key/x']] })[2]).toMatch(
      /^\? Ref of Region/u,
    );
  });

  test.each<[string, Json]>([
    ['a reference', { 'Fn::GetAtt': ['Data', 'Arn'] }],
    ['a plain name', 'records'],
    ['too few sections', 'arn:aws:s3'],
    ['a list', ['arn:aws:s3:::x']],
  ])('is not read from %s', (_name, expression) => {
    expect(parseArn(stack().resolve(expression)[0]!.value)).toBeUndefined();
  });
});
