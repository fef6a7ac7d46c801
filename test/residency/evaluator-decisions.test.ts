/** Decisions of the evaluators at their edges: spelling, neighbours, what is open and what is merely unusual. */
import type { EvaluatorSlug } from '../../lib/catalogue';
import { evaluatorOf } from '../../lib/residency/evaluators';
import { hostIn, isPrivateRange } from '../../lib/residency/evaluators/host-allowlist';
import type { JudgeOptions } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { FOREIGN, OURS, register } from './court';
import { answered, told } from './scene';
import type { Asking, Told } from './scene';

type Line = readonly [words: string, told: readonly Told[], written: Json | undefined, asking?: Asking];

const open: Json = { Ref: 'Open' };
const sub = (text: string): Json => ({ 'Fn::Sub': text });
const queue = { Queue: { Type: 'AWS::SQS::Queue' } };
const SITES: Partial<JudgeOptions> = { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] };
const hosts = (...list: readonly object[]): Partial<JudgeOptions> => ({ stores: register({ hosts: list }) });
const arn = (region: string): string => `arn:aws:sqs:${region}:${OURS}:queue`;
const abroad = {
  others: [
    {
      name: 'abroad',
      region: 'us-east-1',
      resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } } },
    },
  ],
};
const bucket = { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } } };
const ifOpen = { rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [open, 'x'] } } } };
const optional = (value: Json): Json => ({ 'Fn::If': ['C', value, { Ref: 'AWS::NoValue' }] });
/** A reference to something that a stack abroad creates. */
const fromAbroad: Asking = {
  others: [
    {
      name: 'abroad',
      region: 'us-east-1',
      resources: { Q: { Type: 'AWS::SQS::Queue' } },
      rest: { Outputs: { Q: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] }, Export: { Name: 'q' } } } },
    },
  ],
};
const queueAbroad: Json = { 'Fn::GetStackOutput': { StackName: 'abroad', OutputName: 'Q', Region: 'us-east-1' } };
const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: {} } };
const gateway = { Gate: { Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: { VpcId: { Ref: 'Vpc' } } } };
const integration = { integration: '', authorization: 'Auth' };
const service = (path: string): string => `arn:aws:apigateway:eu-west-1:dynamodb:${path}`;
const web = { args: { protocol: 'P', from: 'F', to: 'T' } };
const group = { G: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'vpc-1' } } };
const store = { Db: { Type: 'AWS::RDS::DBInstance', Properties: { VPCSecurityGroups: [{ Ref: 'G' }] } } };
const rule = (more: { readonly [key: string]: Json }, beside: Asking['beside'] = group): Asking => ({
  ...web,
  type: 'AWS::EC2::SecurityGroupIngress',
  beside,
  with: { P: 'tcp', F: 443, T: 443, GroupId: { Ref: 'G' }, ...more },
});

/** What an API calls, with a function by its bare name. */
const called = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations';

const LINES: { readonly [slug in EvaluatorSlug]?: readonly Line[] } = {
  hostAllowlist: [
    [
      'a host of a resource and an open part cannot be told',
      ['unknown'],
      sub('https://${Queue}.${Open}/x'),
      { beside: queue },
    ],
    ['the bare name of a function in an address of an API is no name of this Region', ['unknown'], called],
    ['a host given at deployment cannot be told', ['unknown'], open],
    ['a host with an open part cannot be told', ['unknown'], sub('https://${Open}.example.eu/x')],
    [
      'a host whose path alone is open is that host',
      ['inside'],
      sub('https://api.example.eu/${Open}'),
      { options: hosts({ host: 'api.example.eu', country: 'NO' }) },
    ],
    ['the ARN of a bucket of this stack is inside', ['inside'], 'arn:aws:s3:::media', { beside: bucket }],
    ['a name in an ARN is no name of this Region', ['unknown'], 'arn:aws:s3:::somewhere'],
    ['a host by reference stands with the resource', ['inside'], sub('https://${Queue}/x'), { beside: queue }],
    ['a host after text and a reference cannot be told', ['unknown'], sub('https://www.${Queue}/x'), { beside: queue }],
    [
      'a dual-stack host is the host',
      ['inside'],
      'dualstack.api.example.eu',
      { options: hosts({ host: 'api.example.eu', country: 'NO' }) },
    ],
    [
      'a host that has dualstack inside is another host',
      ['unknown'],
      'www.dualstack.api.example.eu',
      { options: hosts({ host: 'www.api.example.eu', country: 'NO' }) },
    ],
    ['a bucket host by its Region is inside', ['inside'], 'media.s3-eu-west-1.amazonaws.com'],
    ['a bucket host without a Region is where the bucket is', ['inside'], 'media.s3.amazonaws.com', { beside: bucket }],
    ['a bucket host of a bucket abroad is outside', ['outside'], 'media.s3.amazonaws.com', abroad],
    ['the host of the bucket service cannot be told', ['unknown'], 's3.amazonaws.com'],
    [
      'the host of another service without a Region cannot be told',
      ['unknown'],
      'media.iam.amazonaws.com',
      { beside: bucket },
    ],
    ['a host of our account is inside', ['inside'], `${OURS}.dkr.ecr.eu-west-1.amazonaws.com`],
    ['a host of a foreign account cannot be told', ['unknown'], `${FOREIGN}.dkr.ecr.eu-west-1.amazonaws.com`],
    ['a number that is no account is a name', ['inside'], `1${FOREIGN}.x.eu-west-1.amazonaws.com`],
    ['a number with a letter is a name', ['inside'], `${FOREIGN}a.x.eu-west-1.amazonaws.com`],
    ['a host of a table service by an old name is outside', ['outside'], 'dynamodb-us-east-1.amazonaws.com'],
    ['a label that only ends like a Region is a name', ['unknown'], 'mys3-us-east-1x.iam.amazonaws.com'],
    ['a label that has a service inside is a name', ['unknown'], 'not-s3-eu-west-1.iam.amazonaws.com'],
    [
      'a label that would be a Region without a service inside is a name',
      ['unknown'],
      'eu-s3-west-1.iam.amazonaws.com',
    ],
    [
      'a value that is a host or something else is judged as a host',
      ['unknown'],
      'a.example.org',
      { args: { when: 'Kind', is: ['host'] }, with: { Kind: { 'Fn::If': ['C', 'host', 'none'] } }, ...ifOpen },
    ],
    [
      'a value is judged where the row names no words for what stands beside it',
      ['unknown'],
      'a.example.org',
      { args: { when: 'Kind' }, with: { Kind: 'none' } },
    ],
    [
      'a value is judged where the row does not say what stands beside it',
      ['unknown'],
      'a.example.org',
      { args: { is: ['host'] }, with: { Kind: 'none' } },
    ],
    [
      'an argument that is no word is as good as none',
      ['unknown'],
      'a.example.org',
      { args: { when: ['Kind'], is: ['host'] }, with: { Kind: 'none' } },
    ],
  ],
  s3Name: [
    ['an address is the bucket and not its prefix', ['inside'], 's3://media/in', { beside: bucket }],
    ['a bucket with a prefix is the bucket', ['inside'], 'media/in', { beside: bucket }],
    ['an ARN with a key is the bucket', ['inside'], 'arn:aws:s3:::media/in', { beside: bucket }],
    [
      'a web address is no name of a bucket',
      ['unknown'],
      'https://media/in',
      { beside: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'https:' } } } },
    ],
    [
      'a web address in capitals is no name of a bucket',
      ['unknown'],
      'HTTPS://media/in',
      { beside: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'HTTPS:' } } } },
    ],
    [
      'a bucket that has https in its name is a bucket',
      ['inside'],
      'media-https:x/in',
      { beside: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media-https:x' } } } },
    ],
    ['a bucket of this stack by reference is inside', ['inside'], { Ref: 'B' }, { beside: bucket }],
    ['an address with a reference is that bucket', ['inside'], sub('s3://${B}/in'), { beside: bucket }],
    ['a reference with a prefix is that bucket', ['inside'], sub('${B}/in'), { beside: bucket }],
    ['a name before an open prefix is that bucket', ['inside'], sub('media/${Open}'), { beside: bucket }],
    ['an address before an open prefix is that bucket', ['inside'], sub('s3://media/${Open}'), { beside: bucket }],
    ['an ARN before an open key is that bucket', ['inside'], sub('arn:aws:s3:::media/${Open}'), { beside: bucket }],
    ['an ARN with a reference is that bucket', ['inside'], sub('arn:aws:s3:::${B}/x'), { beside: bucket }],
    ['a name of two parts is one name', ['unknown'], sub('media-${Open}/in'), { beside: bucket }],
    ['a reference with more behind it is another name', ['unknown'], sub('${B}-copy/in'), { beside: bucket }],
    ['an address of an open bucket cannot be told', ['unknown'], sub('s3://${Open}/in')],
    ['an address of nothing cannot be told', ['unknown'], 's3:///in'],
    [
      'a bucket of nobody is proved by the key of its replicas',
      ['inside'],
      'copy',
      { args: { key: 'Key' }, with: { Key: `arn:aws:kms:eu-north-1:${OURS}:key/1` } },
    ],
    [
      'a bucket of nobody is abroad where the key is',
      ['outside'],
      'copy',
      { args: { key: 'Key' }, with: { Key: `arn:aws:kms:us-east-1:${OURS}:key/1` } },
    ],
    [
      'a key by reference proves the bucket',
      ['inside'],
      'copy',
      { args: { key: 'Key' }, with: { Key: { Ref: 'K' } }, beside: { K: { Type: 'AWS::KMS::Key' } } },
    ],
    ['a key by its bare id proves nothing', ['unknown'], 'copy', { args: { key: 'Key' }, with: { Key: 'a1b2' } }],
    [
      'a key by an alias of nobody proves nothing',
      ['unknown'],
      'copy',
      { args: { key: 'Key' }, with: { Key: 'arn:aws:kms::1:alias/x' } },
    ],
    [
      'two keys of two Regions prove nothing',
      ['unknown'],
      'copy',
      {
        args: { key: 'Key' },
        with: {
          Key: { 'Fn::If': ['C', `arn:aws:kms:eu-north-1:${OURS}:key/1`, `arn:aws:kms:eu-west-1:${OURS}:key/1`] },
        },
        ...ifOpen,
      },
    ],
    [
      'three keys of which one is elsewhere prove nothing',
      ['unknown'],
      'copy',
      {
        args: { key: 'Keys' },
        with: { Keys: { 'Fn::If': ['C', `arn:aws:kms:eu-north-1:${OURS}:key/1`, { 'Fn::If': ['C', 'x', open] }] } },
        ...ifOpen,
      },
    ],
    [
      'an account given at deployment beside it is not judged here',
      ['inside'],
      'media',
      { beside: bucket, args: { account: 'A' }, with: { A: open } },
    ],
    [
      'a foreign account beside it cannot be told',
      ['unknown'],
      'media',
      { beside: bucket, args: { account: 'A' }, with: { A: FOREIGN } },
    ],
    [
      'our account beside it is inside',
      ['inside'],
      'media',
      { beside: bucket, args: { account: 'A' }, with: { A: OURS } },
    ],
    [
      'a rule that may be on is on',
      ['inside'],
      'media',
      { beside: bucket, args: { enabled: 'E' }, with: { E: { 'Fn::If': ['C', 'Disabled', 'Enabled'] } }, ...ifOpen },
    ],
    [
      'a rule that is off is latent',
      ['unknown'],
      'media',
      { beside: bucket, args: { enabled: 'E' }, with: { E: 'Disabled' } },
    ],
    [
      'a web address before an open part is no name of a bucket',
      ['unknown'],
      sub('https://media/${Open}'),
      { beside: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'https:' } } } },
    ],
    [
      'a key by the bare name of an alias proves nothing, though the alias is of this stack',
      ['unknown'],
      'copy',
      {
        args: { key: 'Key' },
        with: { Key: 'alias/copy' },
        beside: { A: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/copy', TargetKeyId: 'a1b2' } } },
      },
    ],
    [
      'an address of an API in the place of a key proves nothing',
      ['unknown'],
      'copy',
      { args: { key: 'Key' }, with: { Key: called } },
    ],
    [
      'an identity of ours in the place of a key proves nothing',
      ['unknown'],
      'copy',
      { args: { key: 'Key' }, with: { Key: `arn:aws:iam::${OURS}:role/r` } },
    ],
  ],
  sameSite: [
    ['a registry inside is closed', ['closed'], `${OURS}.dkr.ecr.eu-west-1.amazonaws.com/app:1`],
    ['a registry put together is closed', ['closed'], sub('${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/app:1')],
    ['a registry abroad is outside', ['outside'], `${OURS}.dkr.ecr.us-east-1.amazonaws.com/app:1`],
    ['a name that has a registry inside is a name', ['unknown'], `x/${OURS}.dkr.ecr.eu-west-1.amazonaws.com/app`],
    ['a resource whose name is no address is looked up whole', ['unknown'], 'media/in', { beside: bucket }],
    ['an address is looked up by its bucket', ['closed'], 's3://media/in', { beside: bucket }],
    ['an asset of another Region is no asset of this stack', ['unknown'], `cdk-hnb659fds-assets-${OURS}-us-east-1`],
    ['an asset of this stack is closed', ['closed'], `cdk-hnb659fds-assets-${OURS}-eu-west-1`],
    [
      'an asset of an open place is closed',
      ['closed'],
      sub('cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}'),
      { region: undefined, account: undefined },
    ],
    [
      'an asset with more before its place is none',
      ['unknown'],
      sub('cdk-hnb659fds-assets-x${AWS::AccountId}-${AWS::Region}'),
      { region: undefined, account: undefined },
    ],
    [
      'an asset with more behind its place is none',
      ['unknown'],
      sub('cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}x'),
      { region: undefined, account: undefined },
    ],
    ['an asset that ends in a line break is none', ['unknown'], `cdk-hnb659fds-assets-${OURS}-eu-west-1\nx`],
    ['a resource of the same site is closed', ['closed'], { Ref: 'Queue' }, { beside: queue, options: SITES }],
    [
      'a resource of another site cannot be told',
      ['unknown'],
      arn('eu-north-1'),
      {
        options: {
          sites: [
            { siteId: 'dub-1', account: OURS, region: 'eu-west-1' },
            { siteId: 'nordic-1', account: OURS, region: 'eu-north-1' },
          ],
        },
      },
    ],
    [
      'a resource of one of the two sites that share a place is closed',
      ['closed'],
      arn('eu-west-1'),
      {
        options: {
          sites: [
            { siteId: 'dub-1', account: OURS, region: 'eu-west-1' },
            { siteId: 'dub-2', account: OURS, region: 'eu-west-1' },
          ],
        },
      },
    ],
    ['a resource in a place that is no site cannot be told', ['unknown'], arn('eu-north-1'), { options: SITES }],
    [
      'a resource of a stack that is no site is closed',
      ['closed'],
      arn('eu-west-1'),
      { region: 'eu-north-1', options: SITES },
    ],
    [
      'an identity, which stands in no Region, is of the site of the stack',
      ['closed'],
      `arn:aws:iam::${OURS}:role/r`,
      { options: SITES },
    ],
    [
      'a resource of another account of the same site is closed',
      ['closed'],
      `arn:aws:sqs:eu-west-1:${FOREIGN}:q`,
      {
        options: {
          accounts: [FOREIGN],
          sites: [
            { siteId: 'dub-1', account: OURS, region: 'eu-west-1' },
            { siteId: 'dub-1', account: FOREIGN, region: 'eu-west-1' },
          ],
        },
      },
    ],
    [
      'a resource of another account of another site cannot be told',
      ['unknown'],
      `arn:aws:sqs:eu-west-1:${FOREIGN}:q`,
      {
        options: {
          accounts: [FOREIGN],
          sites: [
            { siteId: 'dub-1', account: OURS, region: 'eu-west-1' },
            { siteId: 'dub-2', account: FOREIGN, region: 'eu-west-1' },
          ],
        },
      },
    ],
    ['a web address of a host of AWS is no registry', ['unknown'], 'https://media.s3.eu-west-1.amazonaws.com/template'],
    [
      'a resource that names no account is taken to be of the account of the stack',
      ['closed'],
      'arn:aws:ssm:eu-west-1::parameter/aws/x',
      { options: SITES },
    ],
  ],
  jsonScan: [
    [
      'names of schemas are no places, however many',
      ['closed'],
      '<a xmlns="http://us-east-1.example.com/1" xmlns:b="http://us-east-1.example.com/2"/>',
      { args: { encoded: true } },
    ],
    [
      'a place beside the name of a schema is a place',
      ['outside'],
      '<a xmlns="http://x.example.com/1">us-east-1</a>',
      { args: { encoded: true } },
    ],
    [
      'an encoded document is read',
      ['outside'],
      Buffer.from('<a r="us-east-1">..</a>').toString('base64'),
      { args: { encoded: true } },
    ],
    [
      'text that is encoded and not said to be is text',
      ['closed'],
      Buffer.from('<a r="us-east-1">..</a>').toString('base64'),
    ],
    ['text that only looks encoded is text', ['outside'], 'us-east-1', { args: { encoded: true } }],
    ['text with a sign no code has is text', ['outside'], '<us-east-1>z', { args: { encoded: true } }],
    ['text that ends like code is text', ['outside'], '{"r":"us-east-1", ABCD', { args: { encoded: true } }],
    ['text of no full length is text', ['outside'], 'us/east/us-east-1', { args: { encoded: true } }],
    ['a reference to this stack is closed', ['closed'], { Ref: 'Queue' }, { beside: queue }],
    ['a reference abroad is outside', ['outside'], queueAbroad, fromAbroad],
    [
      'a reference abroad among text is outside',
      ['outside'],
      { 'Fn::Join': ['', ['target=', queueAbroad]] },
      fromAbroad,
    ],
    ['a reference here among text is closed', ['closed'], sub('target=${Queue}'), { beside: queue }],
    [
      'an address whose host is a resource here is closed',
      ['closed'],
      sub('https://${Queue}:443/x'),
      { beside: queue },
    ],
    [
      'an address whose host is a resource abroad is outside',
      ['outside'],
      { 'Fn::Join': ['', ['https://', queueAbroad, '/x']] },
      fromAbroad,
    ],
    [
      'an address that only begins with a resource is no resource',
      ['unknown'],
      sub('https://${Queue}.example.us/'),
      { beside: queue },
    ],
    [
      'an address that only ends with a resource is no resource',
      ['unknown'],
      sub('https://www.${Queue}/'),
      { beside: queue },
    ],
    [
      'an address of a host of AWS here is closed, whatever part of it is only known at deployment',
      ['closed'],
      sub('${Queue} https://x-${Queue}.sqs.eu-west-1.amazonaws.com/'),
      { beside: queue },
    ],
    ['a variable of a script is no resource', ['unknown'], sub('${Queue} https://${!Queue}/'), { beside: queue }],
    ['a text cannot pretend to be a part', ['unknown'], sub('${Queue} https://\uE0001\uE000/'), { beside: queue }],
    ['nor one that is not there', ['unknown'], sub('${Queue} https://\uE0009\uE000/'), { beside: queue }],
    [
      'a registered host in a text is closed',
      ['closed'],
      'https://api.example.eu/x',
      { options: hosts({ host: 'api.example.eu', country: 'NO' }) },
    ],
    [
      'a host registered abroad in a text is outside',
      ['outside'],
      'https://api.example.com/x',
      { options: hosts({ host: 'api.example.com', country: 'US' }) },
    ],
    ['an open piece of a text cannot be told', ['unknown'], sub('target=${Open}')],
    [
      'code elsewhere cannot be told though it may be nested',
      ['unknown'],
      'https://x.example.com/t.json',
      { args: { opaque: true, nested: true } },
    ],
    ['text that begins like code is text', ['outside'], 'us-east-1 or', { args: { encoded: true } }],
    ...[
      {
        words: 'a nested template that is judged itself',
        args: { opaque: true, nested: true },
        told: 'closed' as const,
      },
      { words: 'a nested template, to a row that asks for code,', args: { opaque: true }, told: 'unknown' as const },
    ].map(({ words, args, told: expected }): Line => [
      `${words} is ${expected}`,
      [expected],
      undefined,
      {
        type: 'AWS::CloudFormation::Stack',
        paths: ['TemplateURL'],
        with: { TemplateURL: 'child.json' },
        others: [{ name: 'child', resources: queue }],
        args,
      },
    ]),
  ],
  openIntegration: [
    [
      'a service that answers with data is open to everyone',
      ['outside'],
      'AWS',
      { args: integration, with: { Uri: service('action/Scan') } },
    ],
    [
      'a service that only takes data is closed',
      ['closed'],
      'AWS',
      { args: integration, with: { Uri: service('action/PutRecord') } },
    ],
    [
      'a longer action is another action',
      ['outside'],
      'AWS',
      { args: integration, with: { Uri: service('action/PutRecordAndRead') } },
    ],
    [
      'a path that ends like an action is no action',
      ['outside'],
      'AWS',
      { args: integration, with: { Uri: service('path/x/Publish') } },
    ],
    [
      'a form that only takes data is closed',
      ['closed'],
      'AWS',
      {
        args: integration,
        with: { Uri: service('path/x'), RequestTemplates: { 'application/json': 'Action=SendMessage&Body=$input' } },
      },
    ],
    [
      'a form that takes data further on is open',
      ['outside'],
      'AWS',
      {
        args: integration,
        with: { Uri: service('path/x'), RequestTemplates: { 'application/json': 'x=1&Action=SendMessage' } },
      },
    ],
    [
      'two forms of which one reads are open',
      ['outside'],
      'AWS',
      {
        args: integration,
        with: { Uri: service('path/x'), RequestTemplates: { a: 'Action=SendMessage', b: 'Action=Receive' } },
      },
    ],
    [
      'forms that cannot be read are open',
      ['outside'],
      'AWS',
      { args: integration, with: { Uri: service('path/x'), RequestTemplates: 'text' } },
    ],
    [
      'a function is closed',
      ['closed'],
      'AWS_PROXY',
      { args: integration, with: { Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/x' } },
    ],
    ['a host is closed', ['closed'], 'HTTP', { args: integration, with: { Uri: 'https://api.example.com' } }],
    ['an integration given at deployment without an address cannot be told', ['unknown'], open, { args: integration }],
    [
      'an integration given at deployment with an address is what the address says',
      ['closed'],
      open,
      { args: integration, with: { Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/x' } },
    ],
    [
      'an integration given at deployment with its other address is what that says',
      ['closed'],
      open,
      { args: integration, with: { IntegrationUri: 'arn:aws:apigateway:eu-west-1:lambda:path/x' } },
    ],
    ['an integration without an address is closed', ['closed'], 'MOCK', { args: integration }],
    [
      'a caller who has to be authorised is closed',
      ['closed'],
      'AWS',
      { args: integration, with: { Uri: service('action/Scan'), Auth: 'AWS_IAM' } },
    ],
    [
      'a caller who is asked nothing is everyone',
      ['outside'],
      'AWS',
      { args: integration, with: { Uri: service('action/Scan'), Auth: ' none ' } },
    ],
    [
      'a caller who may be asked nothing is everyone',
      ['outside'],
      'AWS',
      {
        args: integration,
        with: { Uri: service('action/Scan'), Auth: { 'Fn::If': ['C', 'AWS_IAM', 'NONE'] } },
        ...ifOpen,
      },
    ],
    [
      'an authorisation given at deployment cannot be told',
      ['unknown'],
      'AWS',
      { args: integration, with: { Uri: service('action/Scan'), Auth: open } },
    ],
    [
      'a route to an integration that reads is open',
      ['outside'],
      sub('integrations/${I}'),
      {
        args: { authorization: 'Auth' },
        beside: {
          I: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationSubtype: 'SQS-ReceiveMessage' } },
        },
      },
    ],
    [
      'a route to an integration that only takes data is closed',
      ['closed'],
      sub('integrations/${I}'),
      {
        args: { authorization: 'Auth' },
        beside: {
          I: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationSubtype: 'SQS-SendMessage' } },
        },
      },
    ],
    [
      'a route to an integration of a service is open',
      ['outside'],
      { Ref: 'I' },
      {
        args: { authorization: 'Auth' },
        beside: {
          I: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationUri: service('action/Scan') } },
        },
      },
    ],
    [
      'a route to nothing of this application cannot be told',
      ['unknown'],
      'integrations/x',
      { args: { authorization: 'Auth' } },
    ],
    [
      'a route to nothing cannot be told whoever calls',
      ['closed'],
      'integrations/x',
      { args: { authorization: 'Auth' }, with: { Auth: 'JWT' } },
    ],
    [
      'a row that names no authorisation asks nobody',
      ['outside'],
      'AWS',
      { args: { integration: '' }, with: { Uri: service('action/Scan') } },
    ],
  ],
  endpointServiceName: [
    ['a name given at deployment cannot be told', ['unknown'], open],
    [
      'a Region that is a list beside it says nothing',
      ['inside'],
      'com.amazonaws.s3',
      { args: { region: 'R' }, with: { R: [] } },
    ],
    [
      'a Region that is a map beside it says nothing',
      ['inside'],
      'com.amazonaws.s3',
      { args: { region: 'R' }, with: { R: { A: 'us-east-1' } } },
    ],
    [
      'a Region given at deployment beside it cannot be told',
      ['unknown'],
      'com.amazonaws.s3',
      { args: { region: 'R' }, with: { R: open } },
    ],
    [
      'a name in the Region of a stack of no Region cannot be told',
      ['unknown'],
      sub('com.amazonaws.${AWS::Region}.s3'),
      { region: undefined },
    ],
    ['a name with the partition of a stack cannot be told', ['unknown'], sub('com.amazonaws.${Open}.s3')],
    ['a service of someone else in this Region cannot be told', ['unknown'], 'com.amazonaws.vpce.eu-west-1.vpce-svc-1'],
    [
      'a service of someone registered is where the register says',
      ['inside'],
      'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
      { options: hosts({ host: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1', country: 'NO' }) },
    ],
    [
      'a service of someone registered abroad is outside',
      ['outside'],
      'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
      { options: hosts({ host: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1', country: 'US' }) },
    ],
  ],
  subnetPosture: [
    ['a group of this stack is judged by its own rows', ['closed'], { Ref: 'G' }, { beside: group }],
    ['a group of a stack abroad is outside', ['outside'], { Ref: 'G' }, { beside: group, region: 'us-east-1' }],
    [
      'a subnet of a network nobody shows cannot be told',
      ['unknown'],
      { Ref: 'S' },
      { beside: { S: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1' } } } },
    ],
    [
      'a subnet without a way out is closed',
      ['closed'],
      { Ref: 'S' },
      { beside: { ...vpc, S: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } } } },
    ],
    ['a subnet given at deployment cannot be told', ['unknown'], open],
    ['a subnet nobody creates cannot be told', ['unknown'], 'subnet-1'],
  ],
  cidrIngress: [
    ['a web port of a group without a store is ordinary', ['closed'], '0.0.0.0/0', rule({})],
    ['a web port of a group before a store is everyone', ['outside'], '0.0.0.0/0', rule({}, { ...group, ...store })],
    [
      'a web port of two groups of which one is before a store is everyone',
      ['outside'],
      '0.0.0.0/0',
      rule({ GroupName: { Ref: 'H' } }, { ...group, ...store, H: group.G }),
    ],
    ['a web port of a group nobody creates is everyone', ['outside'], '0.0.0.0/0', rule({ GroupId: 'sg-1' })],
    [
      'a web port of groups of which one is nobody’s is everyone',
      ['outside'],
      '0.0.0.0/0',
      rule({ GroupName: 'other' }),
    ],
    [
      'a web port of no group is everyone',
      ['outside'],
      '0.0.0.0/0',
      { ...web, type: 'AWS::EC2::SecurityGroupIngress', with: { P: 'tcp', F: 443, T: 443 } },
    ],
    ['another port is everyone', ['outside'], '0.0.0.0/0', rule({ F: 5432, T: 5432 })],
    ['ports that begin on a web port are everyone', ['outside'], '0.0.0.0/0', rule({ T: 5432 })],
    ['ports from one web port to the other are everyone', ['outside'], '0.0.0.0/0', rule({ F: 80 })],
    [
      'a port that may be another is everyone',
      ['outside'],
      '0.0.0.0/0',
      { ...rule({ F: { 'Fn::If': ['C', 443, 5432] }, T: { 'Fn::If': ['C', 443, 5432] } }), ...ifOpen },
    ],
    [
      'a protocol that may be any is everyone',
      ['outside'],
      '0.0.0.0/0',
      { ...rule({ P: { 'Fn::If': ['C', 'tcp', '-1'] } }), ...ifOpen },
    ],
    ['a row without ports is everyone', ['outside'], '0.0.0.0/0', { ...rule({}), args: { protocol: 'P' } }],
    [
      'a row without a last port is everyone',
      ['outside'],
      '0.0.0.0/0',
      { ...rule({}), args: { protocol: 'P', from: 'F' } },
    ],
    ['a row without a protocol is everyone', ['outside'], '0.0.0.0/0', { ...rule({}), args: { from: 'F', to: 'T' } }],
    [
      'a rule without a protocol is everyone',
      ['outside'],
      '0.0.0.0/0',
      { ...rule({}), with: { F: 443, T: 443, GroupId: { Ref: 'G' } } },
    ],
    ['a web port is a finding of an enclave', ['outside'], '0.0.0.0/0', { ...rule({}), options: SITES }],
    ['a range given at deployment on another port cannot be told', ['unknown'], open, rule({ F: 22, T: 22 })],
    ['a range of someone cannot be told', ['unknown'], '8.8.8.0/24', rule({ F: 22, T: 22 })],
    ['a group of a stack abroad is outside', ['outside'], queueAbroad, fromAbroad],
    ['a group of this stack is closed', ['closed'], { Ref: 'Queue' }, { beside: queue }],
    [
      'everyone in a network without a way in is closed',
      ['closed'],
      '0.0.0.0/0',
      { with: { VpcId: { Ref: 'Vpc' } }, beside: vpc },
    ],
    [
      'everyone in a network with a way in is everyone',
      ['outside'],
      '0.0.0.0/0',
      { with: { VpcId: { Ref: 'Vpc' } }, beside: { ...vpc, ...gateway } },
    ],
  ],
  cidrEgress: [
    ['a group of a stack abroad is outside', ['outside'], queueAbroad, fromAbroad],
    ['a group of this stack is closed', ['closed'], { Ref: 'Queue' }, { beside: queue }],
    ['a range between blanks is read', ['closed'], ' 10.0.0.0/8 '],
    ['the range of nobody between blanks is closed', ['closed'], ' 255.255.255.255/32 '],
    [
      'a group that states no egress is open to everywhere, whatever else the row reads',
      ['unknown'],
      undefined,
      { type: 'AWS::EC2::SecurityGroup', paths: ['SecurityGroupEgress[].CidrIp', 'Other'] },
    ],
  ],
  accountRegister: [
    ['the account of a stack of no account is its own', ['inside'], { Ref: 'AWS::AccountId' }, { account: undefined }],
    [
      'an ARN of the account of a stack of no account is its own',
      ['inside'],
      sub('arn:aws:iam::${AWS::AccountId}:root'),
      { account: undefined },
    ],
    [
      'another pseudo parameter is no account',
      ['unknown'],
      sub('arn:aws:iam::${AWS::StackName}:root'),
      { account: undefined },
    ],
    ['an ARN whose account is given at deployment cannot be told', ['unknown'], sub('arn:aws:iam::${Open}:root')],
    ['a word that is no account cannot be told', ['unknown'], 'someone'],
  ],
  bedrockProfile: [
    [
      'a piece of the ARN of a resource is no model that can be told',
      ['unknown'],
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] },
      { beside: queue },
    ],
    ['the bare name of a function in an address of an API is no name of this Region', ['unknown'], called],
    [
      'a model by its ARN in a Region abroad is outside',
      ['outside'],
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
    ],
    ['a name that has a geography inside is a model of this Region', ['inside'], 'my.eu.amazon.nova-lite-v1:0'],
    ['a profile of this stack stands with it', ['inside'], { Ref: 'Queue' }, { beside: queue }],
    ['a model given at deployment cannot be told', ['unknown'], open],
    ['a model of a stack abroad is outside', ['outside'], 'amazon.nova-lite-v1:0', { region: 'us-east-1' }],
    ['a model of a stack of no Region cannot be told', ['unknown'], 'amazon.nova-lite-v1:0', { region: undefined }],
    [
      'a profile of a geography in an ARN that does not say it is one is outside',
      ['outside'],
      `arn:aws:bedrock:eu-west-1:${OURS}:us.amazon.nova-lite-v1:0`,
    ],
  ],
  snsEndpoint: [
    ...['http', 'https', 'email', 'email-json', 'sms'].map((protocol): Line => [
      `what is sent by ${protocol} goes to a host`,
      ['inside'],
      'partner.example.eu',
      {
        args: { protocol: 'P' },
        with: { P: protocol },
        options: hosts({ host: 'partner.example.eu', country: 'NO' }),
      },
    ]),
    ...['sqs', 'lambda', 'firehose'].map((protocol): Line => [
      `what is sent by ${protocol} goes to a resource`,
      ['outside'],
      arn('us-east-1'),
      { args: { protocol: 'P' }, with: { P: protocol } },
    ]),
    ['a bare name is a name anywhere', ['unknown'], 'queue', { args: { protocol: 'P' }, with: { P: 'sqs' } }],
  ],
  geoLiteral: [
    ...['us', 'au', 'jp', 'ca', 'US', 'GLOBAL'].map((word): Line => [
      `"${word}" reaches beyond the EEA`,
      ['outside'],
      word,
    ]),
    ['a Region inside is inside', ['inside'], 'eu-west-1'],
    ['a word with a number inside is no Region', ['unknown'], 'eu-1-west'],
    ['a Region in capitals is the Region', ['inside'], 'EU-WEST-1'],
    ['a country in capitals is the country', ['inside'], 'NO'],
    ['the union of countries is not the area', ['unknown'], 'eu'],
    ['a word nobody knows cannot be told', ['unknown'], 'moon'],
  ],
  outpostRequired: [
    [
      'a target in odd case and between blanks is read',
      ['inside'],
      ' LOCAL ',
      {
        args: { value: ['LOCAL'] },
        region: 'eu-north-1',
        options: {
          sites: [{ siteId: 'n-1', account: OURS, region: 'eu-north-1', placement: 'outpost', country: 'NO' }],
        },
      },
    ],
  ],
  zoneInEea: [
    ['the Region of a stack of no Region cannot be told', ['unknown'], { Ref: 'AWS::Region' }, { region: undefined }],
    ['a zone given at deployment cannot be told', ['unknown'], open],
    [
      'a zone that is not known though the stack has no Region cannot be told',
      ['unknown'],
      'moon-1a',
      { region: undefined },
    ],
    [
      'an Outpost of a Region given at deployment cannot be told',
      ['unknown'],
      sub(`arn:aws:outposts:\${Open}:${OURS}:outpost/op-1`),
    ],
  ],
  regionLiteral: [['Regions between blanks are read', ['inside', 'inside'], 'eu-west-1 , eu-north-1']],
  regionSibling: [
    [
      'an ARN beside it says where the copy goes',
      ['outside'],
      true,
      { args: { region: 'R' }, with: { R: arn('us-east-1') } },
    ],
    ['an ARN inside beside it is inside', ['inside'], true, { args: { region: 'R' }, with: { R: arn('eu-north-1') } }],
    [
      'a resource beside it is where the copy goes',
      ['inside'],
      true,
      { args: { region: 'R' }, with: { R: { Ref: 'Queue' } }, beside: queue },
    ],
    [
      'a bucket of nobody beside it cannot be told',
      ['unknown'],
      true,
      { args: { region: 'R' }, with: { R: 'arn:aws:s3:::somewhere' } },
    ],
    ['nothing beside it cannot be told', ['unknown'], true, { args: { region: 'R' } }],
    [
      'what stands otherwise beside it is where the copy goes',
      ['outside'],
      true,
      { args: { region: 'R', otherwise: 'O' }, with: { O: 'us-east-1' } },
    ],
    [
      'what stands otherwise inside is inside',
      ['inside'],
      true,
      { args: { region: 'R', otherwise: 'O' }, with: { O: 'eu-north-1' } },
    ],
    [
      'the first of both is heard',
      ['inside'],
      true,
      { args: { region: 'R', otherwise: 'O' }, with: { R: 'eu-north-1', O: 'us-east-1' } },
    ],
    [
      'what is given at deployment cannot be told',
      ['unknown'],
      true,
      { args: { region: 'R', otherwise: 'O' }, with: { O: open } },
    ],
    ['neither of both cannot be told', ['unknown'], true, { args: { region: 'R', otherwise: 'O' } }],
    [
      'an address of an API beside it proves no place by the bare name of a function',
      ['unknown'],
      true,
      { args: { region: 'R' }, with: { R: called } },
    ],
  ],
  stackRegion: [
    ['a source of nobody is pulled here', ['closed'], 'somewhere', { args: { pulls: 'source' } }],
    [
      'a value that pulls nothing is closed',
      ['closed'],
      'off',
      { args: { pulls: 'group', values: ['on'] }, region: 'us-east-1' },
    ],
    [
      'what is pulled abroad from a function by its bare name is pulled from here',
      ['outside'],
      called,
      { args: { pulls: 'source' }, region: 'us-east-1' },
    ],
  ],
  flagRequire: [
    [
      'a guard that may be left out is a finding',
      ['closed', 'outside'],
      optional(true),
      { args: { value: [true], absent: 'finding' }, ...ifOpen },
    ],
    ['a guard that stands is closed', ['closed'], true, { args: { value: [true], absent: 'finding' } }],
    ['a guard that is not there is a finding', ['outside'], undefined, { args: { value: [true], absent: 'finding' } }],
    [
      'a guard that is not there, which keeps the channel shut, is closed',
      ['closed'],
      undefined,
      { args: { value: [true], absent: 'inside' } },
    ],
    [
      'a guard in two places of which one is left out sometimes is not absent',
      ['closed', 'closed'],
      undefined,
      {
        args: { value: [true], absent: 'finding' },
        paths: ['L[].V'],
        with: { L: [{ V: true }, { V: optional(true) }] },
        ...ifOpen,
      },
    ],
  ],
  arnRegion: [
    ['a word the row ignores between blanks names no place', ['closed'], ' Self ', { args: { ignore: ['self'] } }],
    [
      'what comes in beside one word that may go out is judged as going out',
      ['outside'],
      arn('us-east-1'),
      { args: { direction: 'D', inward: ['in'] }, with: { D: { 'Fn::If': ['C', 'in', 'out'] } }, ...ifOpen },
    ],
    [
      'what comes in is closed',
      ['closed'],
      arn('us-east-1'),
      { args: { direction: 'D', inward: ['in'] }, with: { D: 'in' } },
    ],
    [
      'what comes in without words for it is judged as going out',
      ['outside'],
      arn('us-east-1'),
      { args: { direction: 'D' }, with: { D: 'in' } },
    ],
    [
      'pulled abroad from itself by name is a finding',
      ['outside'],
      { Ref: 'Subject' },
      { args: { inboundOnly: true }, region: 'us-east-1' },
    ],
    [
      'pulled abroad from a resource abroad is closed',
      ['closed'],
      { Ref: 'Queue' },
      { args: { inboundOnly: true }, region: 'us-east-1', beside: queue },
    ],
    [
      'pulled abroad from an ARN without a Region is a finding',
      ['outside'],
      'arn:aws:s3:::media',
      { args: { inboundOnly: true }, region: 'us-east-1', beside: bucket },
    ],
    [
      'pulled abroad from an open Region is a finding',
      ['outside'],
      sub('arn:aws:sqs:${Open}:1:q'),
      { args: { inboundOnly: true }, region: 'us-east-1' },
    ],
    [
      'pulled abroad from an ARN whose Region a resource holds is a finding',
      ['outside'],
      sub('arn:aws:sqs:${Queue}:1:q'),
      { args: { inboundOnly: true }, region: 'us-east-1', beside: queue },
    ],
  ],
};

describe.each(Object.entries(LINES) as [EvaluatorSlug, readonly Line[]][])('%s', (slug, lines) => {
  test.each(lines.map(([words, expected, written, asking]) => ({ words, expected, written, asking })))(
    '$words',
    ({ expected, written, asking }) => {
      expect(answered(slug, written, asking).map(told)).toEqual(expected);
    },
  );
});

test('an evaluator nobody wrote is not found, whatever every object has', () => {
  expect(evaluatorOf('arnRegion')).toBeDefined();
  expect(evaluatorOf('toString')).toBeUndefined();
  expect(evaluatorOf('nothing')).toBeUndefined();
});

test.each([
  ['https://api.example.eu/path?x=1', 'api.example.eu'],
  ['API.Example.eu:8443', 'api.example.eu'],
  ['mailto:us@example.eu', 'example.eu'],
  ['MAILTO:us@example.eu', 'example.eu'],
  ['mailto:example.eu', 'example.eu'],
  ['MAILTO:example.eu', 'example.eu'],
  ['https://user:word@example.eu/x', 'example.eu'],
  ['https://[2001:db8::1]:443/x', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['x[2001:db8::1]', 'x[2001:db8::1]'],
  ['[2001:db8::1]x', '[2001:db8::1]x'],
  ['x.example.eu:80:y', 'x.example.eu:80:y'],
  ['x://y://z', 'y'],
  ['a b https://c', 'a b https'],
  ['fs-1.efs.eu-west-1.amazonaws.com:/builds', 'fs-1.efs.eu-west-1.amazonaws.com'],
  ['see mailto:x', 'see mailto:x'],
  ['  example.eu ', 'example.eu'],
])('the host in "%s" is %s', (text, host) => expect(hostIn(text)).toBe(host));

test.each<[string, boolean | undefined]>([
  ['10.0.0.0/8', true],
  ['10.0.0.0/7', false],
  ['10.1.2.3', true],
  ['172.16.0.0/12', true],
  ['172.16.0.0/11', false],
  ['172.31.0.0/16', true],
  ['172.32.0.0/16', false],
  ['192.168.0.0/16', true],
  ['192.168.0.0/15', false],
  ['127.0.0.0/8', true],
  ['127.0.0.0/7', false],
  ['169.254.0.0/16', true],
  ['169.254.0.0/15', false],
  ['fc00::/7', true],
  ['fc00::/6', false],
  ['fd00::/8', true],
  [' 10.0.0.0/8 ', true],
  ['8.8.8.8', false],
  ['0.0.0.0/0', false],
  ['pl-12345', undefined],
  ['10.0.0.0/99', undefined],
  ['10.0.0.0/', undefined],
  ['10.0.0.0/8/9', undefined],
  ['fd00::/129', undefined],
  ['8.8.8.8/x', undefined],
])('%s is private: %s', (range, isPrivate) => expect(isPrivateRange(range)).toBe(isPrivate));

describe('where an answer stands', () => {
  test('members of a list and keys of a map have paths of their own', () => {
    const paths = answered('regionLiteral', [['eu-west-1'], ['eu-north-1', 'us-east-1'], { key: 'eu-west-1' }]);
    expect(paths.map(({ path }) => path)).toEqual(['Value[0][0]', 'Value[1][0]', 'Value[1][1]', 'Value[2].key']);
  });

  test('what a value assumes is kept for its members, and what it came from is told', () => {
    const [answer] = answered(
      'regionLiteral',
      { 'Fn::Split': [',', { 'Fn::FindInMap': ['M', 'a', 'b'] }] },
      {
        rest: { Mappings: { M: { a: { b: 'us-east-1,eu-west-1' } } } },
      },
    );
    expect(answer!.origin.length).toBeGreaterThan(0);
    const either: Json = { 'Fn::If': ['C', ['eu-west-1'], ['us-east-1']] };
    const found = answered('arnRegion', { 'Fn::If': ['C', ['x'], [arn('eu-west-1')]] }, ifOpen);
    expect(found.every(({ origin }) => origin.length > 0)).toBe(true);
    expect(
      answered(
        'regionSibling',
        { 'Fn::If': ['C', ['a'], { Ref: 'AWS::NoValue' }] },
        { args: { region: 'R' }, with: { R: either }, ...ifOpen },
      ).map(told),
    ).toEqual(['inside']);
    const beside = {
      args: { when: 'Kind', is: ['host'] },
      with: { Kind: { 'Fn::If': ['C', 'host', 'none'] } },
      ...ifOpen,
    };
    const host: Json = { 'Fn::If': ['C', ['a.example.org'], ['b.example.org']] };
    expect(answered('hostAllowlist', host, beside).map(told)).toEqual(['unknown', 'closed']);
  });

  test('a place is told by what is known of it and nothing more', () => {
    const place = (slug: EvaluatorSlug, written: Json, asking: Asking = {}) =>
      answered(slug, written, asking).map((answer) => answer.place)[0]!;
    expect(place('hostAllowlist', 's3.amazonaws.com')).toMatchObject({ kind: 'host', value: 's3.amazonaws.com' });
    expect(place('regionLiteral', ' * ')).toEqual({ kind: 'region', value: '*' });
    expect(place('geoLiteral', 'eu-1-west')).toEqual({ kind: 'unknown', value: 'eu-1-west' });
    expect(place('geoLiteral', 'moon')).toEqual({ kind: 'unknown', value: 'moon' });
    expect(place('s3Name', sub('s3:///${Open}'))).toMatchObject({ value: 's3:///${?}' });
    expect(place('accountRegister', FOREIGN).account).toBe(FOREIGN);
    expect(place('accountRegister', 'someone', { account: undefined }).account).toBeUndefined();
    const table = { Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } } };
    const routed = {
      ...vpc,
      ...gateway,
      ...table,
      S: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
      In: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: 'S' }, RouteTableId: { Ref: 'Table' } },
      },
      Route: {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: { Ref: 'Table' }, EgressOnlyInternetGatewayId: { Ref: 'Gate' } },
      },
    };
    expect(place('subnetPosture', { Ref: 'S' }, { beside: routed })).toEqual({
      kind: 'network',
      value: 'route Route',
    });
  });

  test('siblings are those of the same list item', () => {
    const items = {
      L: [
        { V: true, R: 'us-east-1' },
        { V: true, R: 'eu-west-1' },
      ],
    };
    expect(
      answered('regionSibling', undefined, { paths: ['L[].V'], args: { region: 'L[].R' }, with: items }).map(told),
    ).toEqual(['outside', 'inside']);
    const nested = {
      L: [
        {
          M: [
            { V: true, R: 'us-east-1' },
            { V: true, R: 'eu-west-1' },
          ],
        },
      ],
    };
    expect(
      answered('regionSibling', undefined, { paths: ['L[].M[].V'], args: { region: 'L[].M[].R' }, with: nested }).map(
        told,
      ),
    ).toEqual(['outside', 'inside']);
  });

  test('siblings of a list the pattern does not go through item by item stand beside every value', () => {
    const lists = { L: [{ V: true }, { V: true }], K: [{ R: 'us-east-1' }, { R: 'eu-west-1' }] };
    expect(
      answered('regionSibling', undefined, { paths: ['L[].V'], args: { region: 'K.R' }, with: lists }).map(told),
    ).toEqual(['outside', 'inside', 'outside', 'inside']);
    const below = { L: [{ M: [{ V: true }], N: [{ R: 'us-east-1' }, { R: 'eu-west-1' }] }] };
    expect(
      answered('regionSibling', undefined, { paths: ['L[].M[].V'], args: { region: 'L[].N.R' }, with: below }).map(
        told,
      ),
    ).toEqual(['outside', 'inside']);
  });

  test('absence is said of every path, and marked as such', () => {
    const found = answered('flagRequire', undefined, { paths: ['A', 'B'], args: { value: [true], absent: 'finding' } });
    expect(found.map(({ path, absent }) => [path, absent])).toEqual([
      ['A', true],
      ['B', true],
    ]);
    expect(answered('flagRequire', true, { args: { value: [true], absent: 'finding' } })[0]!.absent).toBeUndefined();
  });
});

describe('the reason given', () => {
  const OPEN = 'parameter Open is open at deployment';
  const REASONS: readonly (readonly [slug: EvaluatorSlug, reason: string, written: Json, asking?: Asking])[] = [
    ['cidrEgress', OPEN, open],
    ['cidrEgress', '`10.0.${?}.0/24` is known only at deployment', sub('10.0.${Open}.0/24')],
    ['cidrEgress', 'packets may leave to 203.0.113.0/24, and where that ends cannot be proved', '203.0.113.0/24'],
    ['cidrIngress', OPEN, open],
    ['cidrIngress', '`10.0.${?}.0/24` is known only at deployment', sub('10.0.${Open}.0/24')],
    ['accountRegister', '`` names no account', ''],
    ['bedrockProfile', 'model `amazon.nova-lite-v1:0` is called in its own Region', 'amazon.nova-lite-v1:0'],
    ['endpointServiceName', OPEN, open],
    ['endpointServiceName', OPEN, sub('com.amazonaws.${Open}.s3')],
    [
      'endpointServiceName',
      '`com.amazonaws.${Queue}.s3` names no Region',
      sub('com.amazonaws.${Queue}.s3'),
      { beside: queue },
    ],
    ['endpointServiceName', '`svc` names no Region', 'svc'],
    ['hostAllowlist', OPEN, open],
    ['arnRegion', '`arn:aws:sqs:*:1:q` in any Region ("*")', 'arn:aws:sqs:*:1:q'],
    [
      'arnRegion',
      '`arn:aws:sqs:eu-moon-1:1:q` in "eu-moon-1" is not a Region this version knows',
      'arn:aws:sqs:eu-moon-1:1:q',
    ],
    [
      'arnRegion',
      `\`${called.replace('functions/f/', 'functions/${?}/')}\`: ${OPEN}`,
      sub(called.replace('functions/f/', 'functions/${Open}/')),
    ],
  ];
  test.each(REASONS.map(([slug, reason, written, asking]) => ({ slug, reason, written, asking })))(
    'of $slug is that $reason',
    ({ slug, reason, written, asking }) => {
      expect(answered(slug, written, asking).map(({ because }) => because)).toEqual([reason]);
    },
  );
});

describe('a row that leaves out what its evaluator needs', () => {
  test('is never taken for one that is content', () => {
    expect(answered('flagRequire', 'on').map(told)).toEqual(['outside']);
    expect(answered('snsEndpoint', 'queue').map(told)).toEqual(['unknown']);
    expect(answered('regionSibling', true).map(told)).toEqual(['unknown']);
    const sites = [{ siteId: 'n-1', account: OURS, region: 'eu-west-1', placement: 'outpost' as const, country: 'NO' }];
    expect(answered('outpostRequired', 'outposts', { options: { sites } }).map(told)).toEqual(['unknown']);
  });
});

describe('words that are a geography of a provider and a country as well', () => {
  test.each(['us', 'au', 'jp', 'ca', 'uk'])('"%s" is the geography, whatever country bears the letters', (word) => {
    const [answer] = answered('geoLiteral', word);
    expect(answer).toMatchObject({
      verdict: 'outside',
      because: expect.stringContaining('reaches beyond the EEA') as string,
    });
    expect(answer!.place.country).toBeUndefined();
  });
});

describe('an Outpost', () => {
  const outpost = `arn:aws:outposts:eu-north-1:${OURS}:outpost/op-1`;
  const at = (...sites: readonly object[]): readonly Told[] =>
    answered('zoneInEea', outpost, { options: { sites } as Partial<JudgeOptions> }).map(told);
  const site = { siteId: 'n-1', account: OURS, region: 'eu-north-1' };

  test('stands in the country of the site that says it is one', () => {
    expect(at({ ...site, placement: 'outpost', country: 'NO' })).toEqual(['inside']);
    expect(at({ ...site, placement: 'outpost', country: 'US' })).toEqual(['outside']);
    expect(
      at({ ...site, placement: 'region', country: 'US' }, { ...site, placement: 'outpost', country: 'NO' }),
    ).toEqual(['inside']);
  });
  test('stands nobody knows where without such a site', () => {
    expect(at()).toEqual(['unknown']);
    expect(at({ ...site, placement: 'region', country: 'NO' })).toEqual(['unknown']);
    expect(at({ ...site, placement: 'outpost' })).toEqual(['unknown']);
    expect(at({ ...site, region: 'eu-west-1', placement: 'outpost', country: 'NO' })).toEqual(['unknown']);
  });
});

describe('the id of an Outpost', () => {
  const sites = [{ siteId: 'n-1', account: OURS, region: 'eu-north-1', placement: 'outpost' as const, country: 'NO' }];
  const at = (id: string): readonly Told[] =>
    answered('zoneInEea', id, { region: 'eu-north-1', options: { sites } }).map(told);

  test('is of the Outpost at the site of its stack', () => expect(at('op-0a1b2c3d')).toEqual(['inside']));
  test.each(['shop-0a1b2c3d', 'op-0a1b2c3d-x', 'op-'])('is not "%s", which names nothing that is known', (id) =>
    expect(at(id)).toEqual(['unknown']),
  );
});

describe('what is pulled into a stack abroad', () => {
  const asking = (more: Asking = {}): Asking => ({ args: { inboundOnly: true }, region: 'us-east-1', ...more });

  test('leaves the store it is pulled from, and nothing that is no store', () => {
    const home = {
      name: 'home',
      region: 'eu-west-1',
      resources: { B: bucket.B, Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f' } } },
    };
    const [fromStore] = answered('arnRegion', 'arn:aws:s3:::media', asking({ others: [home] }));
    expect(fromStore!.leaves?.logicalId).toBe('B');
    const [fromCode] = answered('arnRegion', `arn:aws:lambda:eu-west-1:${OURS}:function:f`, asking({ others: [home] }));
    expect(fromCode!.leaves).toBeUndefined();
  });
  test('is pulled from here by a name looked up anywhere', () => {
    const named = (region: string | undefined): readonly Told[] =>
      answered('stackRegion', 'somewhere', { args: { pulls: 'source' }, region }).map(told);
    expect(named('us-east-1')).toEqual(['outside']);
    expect(named('eu-west-1')).toEqual(['closed']);
    expect(answered('stackRegion', 'primary', { args: { pulls: 'key' } }).map(told)).toEqual(['unknown']);
  });
});

describe('replicas', () => {
  const listed = (Replicas: Json): readonly Told[] =>
    answered('replicasCovered', undefined, {
      paths: ['Replicas[].Region'],
      args: { region: 'Replicas[].Region' },
      with: { Replicas },
      ...ifOpen,
    }).map(told);
  const replicas = (...list: Json[]): readonly Told[] => listed(list);

  test('each have to name a Region', () => {
    expect(replicas({ Region: 'eu-north-1' }, { Region: 'us-east-1' })).toEqual(['inside', 'outside']);
    expect(replicas({ Region: 'eu-north-1' }, {})).toEqual(['inside', 'unknown']);
    expect(replicas({ Region: 'eu-north-1' }, { 'Fn::If': ['C', {}, open] })).toContain('unknown');
    expect(replicas({ 'Fn::If': ['C', {}, 'eu-north-1'] })).toEqual(['unknown']);
    expect(replicas({ Region: 'eu-north-1' }, open)).toEqual(['inside', 'unknown']);
  });
  test('that are given at deployment are told once', () => {
    expect(listed(open)).toEqual(['unknown']);
    expect(listed({ 'Fn::If': ['C', [{ Region: 'eu-north-1' }], open] })).toEqual(['inside', 'unknown']);
  });
});
