/** What the SAM transform makes of a template before its resources are judged. */
import { readAsServerless } from '../../lib/template/serverless';
import type { Json } from '../../lib/template';

type Resources = { [logicalId: string]: { Type: string; Properties?: { [key: string]: Json } } };

const fn = (properties: { [key: string]: Json } = {}): Json => ({
  Type: 'AWS::Serverless::Function',
  Properties: properties,
});

function read(resources: { [logicalId: string]: Json }, globals?: Json): Resources {
  const body = { Resources: resources, ...(globals === undefined ? {} : { Globals: globals }) };
  return readAsServerless(body)['Resources'] as unknown as Resources;
}

describe('Globals', () => {
  test('reach every resource of their kind, also one without properties, and no other', () => {
    const found = read(
      {
        A: fn({ Handler: 'a' }),
        B: { Type: 'AWS::Serverless::Function' },
        T: { Type: 'AWS::Serverless::SimpleTable' },
      },
      { Function: { Timeout: 5 } },
    );
    expect(found['A']!.Properties).toEqual({ Handler: 'a', Timeout: 5 });
    expect(found['B']!.Properties).toEqual({ Timeout: 5 });
    expect(found['T']).toEqual({ Type: 'AWS::Serverless::SimpleTable' });
  });

  test('are united with maps, put before lists and give way to values', () => {
    const found = read(
      { A: fn({ Timeout: 9, Layers: ['own'], Environment: { Variables: { B: 'own', C: 'own' } } }) },
      { Function: { Timeout: 5, Layers: ['shared'], Environment: { Variables: { A: 'shared', B: 'shared' } } } },
    );
    expect(found['A']!.Properties).toEqual({
      Timeout: 9,
      Layers: ['shared', 'own'],
      Environment: { Variables: { A: 'shared', B: 'own', C: 'own' } },
    });
  });

  test('are not mixed with what an intrinsic function makes', () => {
    const own: Json = { 'Fn::If': ['C', { SubnetIds: ['a'] }, { Ref: 'AWS::NoValue' }] };
    const found = read({ A: fn({ VpcConfig: own }) }, { Function: { VpcConfig: { SubnetIds: ['b'] } } });
    expect(found['A']!.Properties).toEqual({ VpcConfig: own });
    const shared = read({ A: fn({ VpcConfig: { SubnetIds: ['b'] } }) }, { Function: { VpcConfig: { Ref: 'X' } } });
    expect(shared['A']!.Properties).toEqual({ VpcConfig: { SubnetIds: ['b'] } });
  });

  test('are left out where a resource says it ignores them, in part or whole', () => {
    const globals = { Function: { Timeout: 5, MemorySize: 128 } };
    const ignoring = (what: Json): Json => ({ ...(fn({ Handler: 'a' }) as object), IgnoreGlobals: what });
    const found = read({ A: ignoring('*'), B: ignoring(['Timeout']) }, globals);
    expect(found['A']!.Properties).toEqual({ Handler: 'a' });
    expect(found['B']!.Properties).toEqual({ Handler: 'a', MemorySize: 128 });
  });

  test('say nothing to resources of CloudFormation itself', () => {
    const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } };
    expect(read({ B: bucket }, { Bucket: { BucketName: 'c' } })['B']).toEqual(bucket);
  });
});

describe('an API nobody wrote', () => {
  const event = (Type: string, Properties: Json): Json => fn({ Events: { Call: { Type, Properties } } });

  test('is there when an event names none, with what Globals say of APIs', () => {
    const found = read({ A: event('Api', { Path: '/', Method: 'get' }) }, { Api: { TracingEnabled: true } });
    expect(found['ServerlessRestApi']).toEqual({
      Type: 'AWS::Serverless::Api',
      Properties: { StageName: 'Prod', TracingEnabled: true },
    });
    expect(found['ServerlessHttpApi']).toBeUndefined();
    expect(read({ A: event('HttpApi', {}) })['ServerlessHttpApi']!.Type).toBe('AWS::Serverless::HttpApi');
    expect(read({ A: fn({ Events: { Call: { Type: 'HttpApi' } } }) })['ServerlessHttpApi']).toBeDefined();
  });

  test('is not there when the event names one, or asks for none', () => {
    const named = read({ A: event('Api', { RestApiId: { Ref: 'Mine' } }), B: event('HttpApi', { ApiId: 'x' }) });
    expect(Object.keys(named)).toEqual(['A', 'B']);
    expect(Object.keys(read({ A: event('SQS', { Queue: 'q' }), B: fn() }))).toEqual(['A', 'B']);
  });

  test('is not made twice', () => {
    const written = { Type: 'AWS::Serverless::Api', Properties: { StageName: 'mine' } };
    const found = read({ ServerlessRestApi: written, A: event('Api', {}) });
    expect(found['ServerlessRestApi']).toEqual(written);
  });
});

describe('a short form', () => {
  test('of a package is the address of the package', () => {
    const found = read({
      A: fn({ CodeUri: { Bucket: { Ref: 'B' }, Key: 'k' } }),
      L: { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: { Bucket: 'b' } } },
    });
    expect(found['A']!.Properties!['CodeUri']).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: 'B' }, '/', 'k']] });
    expect(found['L']!.Properties!['ContentUri']).toEqual({ 'Fn::Join': ['', ['s3://', 'b', '/', '']] });
  });

  test('that is a text or an intrinsic function stays as it is', () => {
    const found = read({ A: fn({ CodeUri: './src' }), B: fn({ CodeUri: { Ref: 'Code' } }) });
    expect(found['A']!.Properties!['CodeUri']).toBe('./src');
    expect(found['B']!.Properties!['CodeUri']).toEqual({ Ref: 'Code' });
  });

  test('of an application of the repository is its id', () => {
    const application = { Type: 'AWS::Serverless::Application', Properties: { Location: { ApplicationId: 'arn' } } };
    expect(read({ A: application })['A']!.Properties!['Location']).toBe('arn');
  });

  test('of an endpoint is its type', () => {
    const api = (endpoint: Json): Json => ({
      Type: 'AWS::Serverless::Api',
      Properties: { EndpointConfiguration: endpoint },
    });
    const found = read({ A: api('PRIVATE'), B: api({ Type: 'EDGE' }), C: api({ Ref: 'Kind' }) });
    expect(found['A']!.Properties!['EndpointConfiguration']).toEqual({ Type: 'PRIVATE' });
    expect(found['B']!.Properties!['EndpointConfiguration']).toEqual({ Type: 'EDGE' });
    expect(found['C']!.Properties!['EndpointConfiguration']).toEqual({ Type: { Ref: 'Kind' } });
  });
});

describe('a connector', () => {
  test('refers to the resources it names by logical id, one or several', () => {
    const connector = (Destination: Json): Json => ({
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'A' }, Destination, Permissions: ['Read'] },
    });
    const found = read({ A: fn(), B: fn(), One: connector({ Id: 'B' }), Two: connector([{ Id: 'B' }, { Arn: 'x' }]) });
    expect(found['One']!.Properties).toMatchObject({
      Source: { Id: { Ref: 'A' } },
      Destination: [{ Id: { Ref: 'B' } }],
    });
    expect(found['Two']!.Properties!['Destination']).toEqual([{ Id: { Ref: 'B' } }, { Arn: 'x' }]);
  });

  test('to a resource that is not there keeps the name it was given', () => {
    const connector = { Type: 'AWS::Serverless::Connector', Properties: { Destination: { Id: 'Gone' } } };
    expect(read({ C: connector })['C']!.Properties!['Destination']).toEqual([{ Id: 'Gone' }]);
  });

  test('written into its source is a resource of its own', () => {
    const source = {
      ...(fn({ Handler: 'a' }) as object),
      Connectors: { Reads: { Properties: { Destination: { Id: 'T' }, SourceReference: { Qualifier: 'q' } } } },
    };
    const found = read({ A: source, T: { Type: 'AWS::Serverless::SimpleTable' } });
    expect(found['AReads']).toEqual({
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: { Ref: 'A' }, Qualifier: 'q' }, Destination: [{ Id: { Ref: 'T' } }] },
    });
  });
});

test.each<[string, { readonly [key: string]: Json }]>([
  ['no resources', {}],
  ['resources that are a list', { Resources: [] }],
  ['a resource that is a text', { Resources: { A: 'text' } }],
  ['properties that are a list', { Resources: { A: { Type: 'AWS::Serverless::Function', Properties: [] } } }],
  ['events that are a list', { Resources: { A: fn({ Events: [] }), B: fn({ Events: { E: 'text' } }) } }],
  ['connectors that are a list', { Resources: { A: { Type: 'AWS::S3::Bucket', Connectors: [] } } }],
  ['globals that are a text', { Globals: 'text', Resources: { A: fn() } }],
])('%s are left as they stand', (_name, body) => {
  expect(readAsServerless(body)).toEqual(body);
});
