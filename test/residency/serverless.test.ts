/** Applications of the SAM transform: each way out convicts, acquits and says when it cannot tell. */
import type { Json } from '../../lib/template';
import type { JudgeOptions } from '../../lib/residency';
import { FOREIGN, OURS, flowsOf, judged } from './court';

type Properties = { readonly [key: string]: Json };

const SITES: Partial<JudgeOptions> = { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] };
const TABLE: Json = { Type: 'AWS::Serverless::SimpleTable' };
const BUCKET: Json = { Type: 'AWS::S3::Bucket' };

function verdicts(
  rule: string,
  resources: { readonly [logicalId: string]: Json },
  options: Partial<JudgeOptions> = {},
): readonly string[] {
  const rest = { Transform: 'AWS::Serverless-2016-10-31', Parameters: { Open: { Type: 'String' } } };
  return flowsOf(judged({ name: 'here', resources, rest }, options), rule).map(({ verdict }) => verdict);
}

const fn = (properties: Properties): Json => ({
  Type: 'AWS::Serverless::Function',
  Properties: { Handler: 'a', Runtime: 'nodejs20.x', CodeUri: './src', ...properties },
});

describe('the policies of a function', () => {
  const policies = (written: Json, options: Partial<JudgeOptions> = {}): readonly string[] =>
    verdicts('sam-function-policies', { Fn: fn({ Policies: written }), Table: TABLE, Bucket: BUCKET }, options);
  const statement = (Action: Json, Resource: Json): Json => ({ Statement: [{ Effect: 'Allow', Action, Resource }] });

  test.each<[string, Json]>([
    ['a managed policy that only writes log events', 'AWSLambdaBasicExecutionRole'],
    ['the same by its ARN', 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    ['the same in a list', ['AWSLambdaBasicExecutionRole']],
    ['a managed policy that stands outside the service roles', 'AWSXRayDaemonWriteAccess'],
    ['a template for a table of the stack', [{ DynamoDBCrudPolicy: { TableName: { Ref: 'Table' } } }]],
    ['a template for a table that is named', [{ DynamoDBCrudPolicy: { TableName: 'members' } }]],
    ['a template for a table given at deployment', [{ DynamoDBCrudPolicy: { TableName: { Ref: 'Open' } } }]],
    ['a template for a bucket of the stack', [{ S3CrudPolicy: { BucketName: { Ref: 'Bucket' } } }]],
    ['a template that only reads, from wherever', [{ S3ReadPolicy: { BucketName: 'bucket-of-nobody' } }]],
    ['a template without parameters', [{ CloudWatchPutMetricPolicy: {} }]],
    ['a document that names a table of the stack', statement('dynamodb:GetItem', { 'Fn::GetAtt': ['Table', 'Arn'] })],
    ['a list of documents', [statement('logs:PutLogEvents', '*'), statement('dynamodb:GetItem', '*')]],
  ])('are silent about %s', (_what, written) => {
    expect(policies(written)).toEqual([]);
  });

  test.each<[string, Json]>([
    ['a managed policy nobody read', 'AdministratorAccess'],
    ['one among harmless ones', ['AWSLambdaBasicExecutionRole', 'AmazonS3FullAccess']],
    ['a managed policy of another account', `arn:aws:iam::${FOREIGN}:policy/theirs`],
    ['a policy given at deployment', [{ Ref: 'Open' }]],
    ['a template that copies images anywhere', [{ EC2CopyImagePolicy: { ImageId: 'ami-1' } }]],
    ['a template that sends mail', [{ SESCrudPolicy: { IdentityName: 'us@example.com' } }]],
    ['a template nobody knows', [{ TeleportPolicy: { BucketName: { Ref: 'Bucket' } } }]],
    ['a name every map has', [{ constructor: {} }]],
    ['a template for a bucket nobody creates', [{ S3WritePolicy: { BucketName: 'bucket-of-nobody' } }]],
    ['a template for a bucket given at deployment', [{ S3CrudPolicy: { BucketName: { Ref: 'Open' } } }]],
    ['one template of two in a map', [{ S3ReadPolicy: { BucketName: 'b' }, EC2CopyImagePolicy: { ImageId: 'i' } }]],
    ['an empty policy', [{}]],
    ['a document that may replicate', statement('s3:PutReplicationConfiguration', '*')],
  ])('cannot tell what becomes of data under %s', (_what, written) => {
    expect(policies(written)).toEqual(['unknown']);
  });

  test.each<[string, Json]>([
    [
      'a template with an ARN in us-east-1',
      [{ SQSSendMessagePolicy: { QueueName: `arn:aws:sqs:us-east-1:${OURS}:q` } }],
    ],
    ['a document that writes to us-east-1', statement('sqs:SendMessage', `arn:aws:sqs:us-east-1:${OURS}:q`)],
  ])('convict %s', (_what, written) => {
    expect(policies(written)).toEqual(['outside']);
  });

  test('convict a template for a table that stands abroad', () => {
    const abroad = {
      name: 'abroad',
      region: 'us-east-1',
      resources: { Table: { Type: 'AWS::DynamoDB::Table' } },
      rest: { Outputs: { Name: { Value: { Ref: 'Table' }, Export: { Name: 'table' } } } },
    };
    const name = { 'Fn::GetStackOutput': { StackName: 'abroad', OutputName: 'Name', Region: 'us-east-1' } };
    const resources = { Fn: fn({ Policies: [{ DynamoDBWritePolicy: { TableName: name } }] }) };
    expect(flowsOf(judged([abroad, { resources }]), 'sam-function-policies').map(({ verdict }) => verdict)).toEqual([
      'outside',
    ]);
  });

  test('a managed policy that runs a service is ordinary, and a finding in an enclave', () => {
    expect(policies('AWSLambdaRole')).toEqual([]);
    expect(policies('AWSLambdaRole', SITES)).toEqual(['unknown']);
    expect(policies('AWSLambdaBasicExecutionRole', SITES)).toEqual([]);
  });

  test('a workflow is asked the same', () => {
    const workflow = (written: Json): Json => ({
      Type: 'AWS::Serverless::StateMachine',
      Properties: { Policies: written },
    });
    expect(verdicts('sam-workflow-policies', { Flow: workflow('AdministratorAccess') })).toEqual(['unknown']);
    expect(
      verdicts('sam-workflow-policies', { Flow: workflow([{ LambdaInvokePolicy: { FunctionName: 'f' } }]) }),
    ).toEqual([]);
  });
});

describe('the package of a function', () => {
  const found = (CodeUri: Json): readonly string[] => verdicts('sam-function-code-package', { Fn: fn({ CodeUri }) });

  test('on disk, or uploaded by the packaging command, is code of this stack', () => {
    expect(found('./src')).toEqual([]);
    expect(found('builds/version:2/')).toEqual([]);
    expect(found('S3://aws-sam-cli-managed-default-samclisourcebucket-1a2b3c/key')).toEqual([]);
    expect(found('s3://aws-sam-cli-managed-default-samclisourcebucket-1a2b3c/key')).toEqual([]);
  });
  test('in a bucket nobody creates cannot be told', () => {
    expect(found('s3://bucket-of-nobody/code.zip')).toEqual(['unknown']);
    expect(found('S3://bucket-of-nobody/code.zip')).toEqual(['unknown']);
    expect(found('https://x.example.com/s3://aws-sam-cli-managed-default-samclisourcebucket-1a/key')).toEqual([
      'unknown',
    ]);
    expect(found('s3://my-aws-sam-cli-managed-default-samclisourcebucket-1a2b3c/key')).toEqual(['unknown']);
    expect(found({ Bucket: 'bucket-of-nobody', Key: 'code.zip' })).toEqual(['unknown']);
    expect(found({ Ref: 'Open' })).toEqual(['unknown']);
  });
  test('as an image of another Region is outside', () => {
    const image = (region: string): Json => fn({ ImageUri: `${OURS}.dkr.ecr.${region}.amazonaws.com/app:1` });
    expect(verdicts('sam-function-image', { Fn: image('us-east-1') })).toEqual(['outside']);
    expect(verdicts('sam-function-image', { Fn: image('eu-west-1') })).toEqual([]);
    expect(verdicts('sam-function-image', { Fn: fn({ ImageUri: { Ref: 'Open' } }) })).toEqual(['unknown']);
  });
});

describe('a connector', () => {
  const connected = (Destination: Json): readonly string[] =>
    verdicts('sam-connector-destination', {
      Fn: fn({}),
      Table: TABLE,
      Link: {
        Type: 'AWS::Serverless::Connector',
        Properties: { Source: { Id: 'Fn' }, Destination, Permissions: ['Write'] },
      },
    });
  test('between resources of the stack is silent', () => expect(connected({ Id: 'Table' })).toEqual([]));
  test('to a place abroad is convicted', () => {
    expect(connected({ Type: 'AWS::SQS::Queue', Arn: `arn:aws:sqs:us-east-1:${OURS}:q` })).toEqual(['outside']);
  });
  test('to a resource nobody creates cannot be told', () => expect(connected({ Id: 'Gone' })).toEqual(['unknown']));
});

describe('an enclave', () => {
  test('finds a function without a network of the enclave, whatever it refers to', () => {
    expect(verdicts('sam-function-network', { Fn: fn({}) }, SITES)).toEqual(['unknown']);
    expect(verdicts('sam-function-network', { Fn: fn({}) })).toEqual([]);
  });
  test('finds an API that is not private and accepts one that is', () => {
    const api = (endpoint: Json): Json => ({
      Type: 'AWS::Serverless::Api',
      Properties: { StageName: 'p', EndpointConfiguration: endpoint },
    });
    expect(verdicts('sam-api-endpoint-type', { Api: api('REGIONAL') }, SITES)).toEqual(['unknown']);
    expect(verdicts('sam-api-endpoint-type', { Api: api({ Type: 'PRIVATE' }) }, SITES)).toEqual([]);
    expect(verdicts('sam-api-endpoint-type', { Api: api('REGIONAL') })).toEqual([]);
  });
});

test('an application from elsewhere is code nobody read', () => {
  const application = { Type: 'AWS::Serverless::Application', Properties: { Location: './child.yaml' } };
  expect(verdicts('sam-application', { Child: application })).toEqual(['unknown']);
});

test('a simple table is a store, with the class its tags state', () => {
  const tagged = { Type: 'AWS::Serverless::SimpleTable', Properties: { Tags: { 'data-class': 'public' } } };
  const { flows, counts } = judged({ name: 'here', resources: { Table: tagged } });
  expect(counts.stores).toBe(1);
  expect(flows[0]!.store).toMatchObject({ class: 'public', classified: true });
});
