/** Data that comes in is no egress, data that goes out is, and a direction that cannot be read counts as out. */
import type { Json } from '../../lib/template';
import { OURS, flowsOf, here, judged } from './court';

type Properties = { readonly [name: string]: Json };

const verdicts = (rule: string, type: string, properties: Properties, region = 'eu-west-1'): readonly string[] =>
  flowsOf(
    judged({
      region,
      resources: { Subject: { Type: type, Properties: properties } },
      rest: { Parameters: { Open: { Type: 'String' } } },
    }),
    rule,
  ).map(({ verdict }) => verdict);

describe('an endpoint of a database migration', () => {
  const host = (type: Json, name: string, region?: string): readonly string[] =>
    verdicts('dms-endpoint-host', 'AWS::DMS::Endpoint', { EndpointType: type, ServerName: name }, region);

  test('brings data in when it is a source, and takes it to its host when it is a target', () => {
    expect(host('source', 'erp.datacentre.example')).toEqual([]);
    expect(host('target', 'erp.datacentre.example')).toEqual(['unknown']);
    expect(host('target', 'db.x.us-east-1.rds.amazonaws.com')).toEqual(['outside']);
  });
  test('counts as a target while its direction is open', () => {
    expect(host({ Ref: 'Open' }, 'erp.datacentre.example')).toEqual(['unknown']);
  });
  test('pulls out of here when the source is here and the stack is abroad', () => {
    expect(host('source', 'db.x.eu-west-1.rds.amazonaws.com', 'us-east-1')).toEqual(['outside']);
  });
});

test('an image comes in from any registry, but an enclave has to know the registry', () => {
  const task = { T: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: 'nginx' }] } } };
  const sites = [{ siteId: 'dublin', account: OURS, region: 'eu-west-1', country: 'IE' }];
  const table = { Data: { Type: 'AWS::DynamoDB::Table', Properties: {} } };
  const reads = {
    ...table,
    ...task,
    Svc: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        ContainerDefinitions: [{ Image: 'nginx', Environment: [{ Name: 'T', Value: { Ref: 'Data' } }] }],
      },
    },
  };
  expect(flowsOf(here(reads), 'ecs-image')).toEqual([]);
  expect(flowsOf(here(reads, { sites }), 'ecs-image').map(({ verdict }) => verdict)).toContain('unknown');
});

test('a name that something abroad happens to bear does not prove that data was abroad already', () => {
  const judgement = judged({
    region: 'us-east-1',
    resources: {
      Grant: { Type: 'AWS::Redshift::SnapshotCopyGrant', Properties: { SnapshotCopyGrantName: 'one' } },
      Other: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'one' } },
    },
  });
  expect(flowsOf(judgement, 'redshift-copy-grant').map(({ verdict }) => verdict)).toEqual(['outside']);
});

describe('the document of a broker', () => {
  const connector = (uri: string): string =>
    `<broker xmlns="http://activemq.apache.org/schema/core"><networkConnectors><networkConnector uri="static:(${uri})"/></networkConnectors></broker>`;
  const told = (data: Json): readonly string[] =>
    verdicts('mq-configuration-connectors', 'AWS::AmazonMQ::Configuration', { Data: data });

  test('is read in Base64 and out of it, without the names of its schemas', () => {
    const abroad = connector('ssl://b-1.mq.us-east-1.amazonaws.com:61617');
    expect(told({ 'Fn::Base64': abroad })).toContain('outside');
    expect(told(Buffer.from(abroad).toString('base64'))).toContain('outside');
    expect(told({ 'Fn::Base64': connector('ssl://b-1.mq.eu-north-1.amazonaws.com:61617') })).toEqual([]);
    expect(told({ 'Fn::Base64': { Ref: 'Open' } })).toEqual(['unknown']);
  });
});
