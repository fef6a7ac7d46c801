/** Every evaluator convicts, acquits, says "cannot tell" — and every acquittal shows that it looked. */
import type { EvaluatorSlug } from '../../lib/catalogue';
import { EVALUATOR_CODE } from '../../lib/residency/evaluators';
import type { Answer } from '../../lib/residency/evaluators';
import { Premises } from '../../lib/residency/premises';
import type { JudgeOptions } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { FOREIGN, OPTIONS, OURS, application, register } from './court';
import type { Stack } from './court';

interface Case {
  readonly paths: readonly string[];
  readonly args?: Record<string, unknown>;
  readonly properties: { readonly [name: string]: Json };
  readonly type?: string;
  readonly region?: string | undefined;
  readonly others?: readonly Stack[];
  readonly beside?: { readonly [logicalId: string]: Json };
  readonly rest?: { readonly [section: string]: Json };
  readonly options?: Partial<JudgeOptions>;
}

function ask(evaluator: EvaluatorSlug, one: Case): readonly Answer[] {
  const app = application(
    {
      name: 'here',
      region: 'region' in one ? one.region : 'eu-west-1',
      resources: {
        ...one.beside,
        Subject: { Type: one.type ?? 'AWS::Test::Subject', Properties: { ...one.properties } },
      },
      rest: { Parameters: { Open: { Type: 'String' } }, ...one.rest },
    },
    ...(one.others ?? []),
  );
  const resource = app.templates[0]!.resource('Subject')!;
  const row = {
    slug: 'test',
    channel: 'export' as const,
    paths: one.paths,
    args: one.args ?? {},
    carries: 'data' as const,
  };
  return EVALUATOR_CODE[evaluator]({
    row,
    resource,
    leaves: one.paths.flatMap((path) => resource.at(path)),
    premises: new Premises(app, { ...OPTIONS, ...one.options }),
  });
}

const open: Json = { Ref: 'Open' };
const value = (written: Json, args: Record<string, unknown> = {}): Case => ({
  paths: ['Value'],
  args,
  properties: { Value: written },
});
const bucket = (name: string, region: string, account = OURS): Stack => ({
  name: `of-${name}`,
  region,
  account,
  resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } } },
});
const policy = (statement: Json, kind = 'resource'): Case =>
  value({ Version: '2012-10-17', Statement: [statement] }, { policy: kind });
const allow = (more: { [key: string]: Json }): Json => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});
const isolated = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
  Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
};
const connected: { readonly [id: string]: Json } = {
  ...isolated,
  Gate: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: 'igw-1' } },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: 'Net' }, RouteTableId: { Ref: 'Table' } },
  },
  Out: {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: { Ref: 'Table' }, GatewayId: 'igw-1', DestinationCidrBlock: '0.0.0.0/0' },
  },
};
const arn = (region: string, account = OURS): string => `arn:aws:sqs:${region}:${account}:queue`;
const method = (called: string, authorization?: Json, forms?: Json): Case => ({
  paths: ['Integration.Type'],
  args: { integration: 'Integration.', authorization: 'Auth' },
  properties: {
    Integration: {
      Type: 'AWS',
      Uri: `arn:aws:apigateway:eu-west-1:${called}`,
      ...(forms === undefined ? {} : { RequestTemplates: forms }),
    },
    ...(authorization === undefined ? {} : { Auth: authorization }),
  },
});
const outpost = `arn:aws:outposts:eu-north-1:${OURS}:outpost/op-0123456789abcdef0`;
const atHamar = (country: string): Partial<JudgeOptions> => ({
  sites: [{ siteId: 'nordic-1', account: OURS, region: 'eu-north-1', placement: 'outpost', country }],
});

type Table = readonly (readonly [string, 'inside' | 'outside' | 'unknown', Case])[];

const CASES: { readonly [slug in EvaluatorSlug]: Table } = {
  regionLiteral: [
    ['a Region abroad', 'outside', value('us-east-1')],
    ['a Region that only looks European', 'outside', value('eu-west-2')],
    ['every Region', 'outside', value('*')],
    ['a Region in odd case with blanks', 'outside', value(' US-East-1 ')],
    ['one Region abroad in a list', 'outside', value(['eu-west-1', 'ap-south-1'])],
    ['a Region inside', 'inside', value('eu-north-1')],
    ['the Region of the stack', 'inside', value({ Ref: 'AWS::Region' })],
    ['a word the row ignores', 'inside', value('NONE', { ignore: ['NONE'] })],
    ['a Region nobody knows', 'unknown', value('eu-east-9')],
    ['a parameter', 'unknown', value(open)],
    ['absence where the row minds it', 'unknown', { paths: ['Value'], args: { absent: 'finding' }, properties: {} }],
    ['a source abroad when data comes in', 'inside', value('us-east-1', { inboundOnly: true })],
    [
      'a source here when the stack is abroad',
      'outside',
      { ...value('eu-west-1', { inboundOnly: true }), region: 'us-east-1' },
    ],
  ],
  stackRegion: [
    [
      'a stack abroad that pulls from here',
      'outside',
      { ...value(arn('eu-west-1'), { pulls: 'source' }), region: 'us-east-1' },
    ],
    ['a stack abroad that joins a group', 'outside', { ...value('group', { pulls: 'group' }), region: 'us-east-1' }],
    ['a stack here that pulls from abroad', 'inside', value(arn('us-east-1'), { pulls: 'source' })],
    [
      'a stack abroad that pulls from abroad',
      'inside',
      { ...value(arn('us-west-2'), { pulls: 'source' }), region: 'us-east-1' },
    ],
    [
      'a value that pulls nothing',
      'inside',
      { ...value(false, { pulls: 'aggregate', values: [true] }), region: 'us-east-1' },
    ],
    ['a stack that could be anywhere', 'unknown', { ...value('group', { pulls: 'group' }), region: undefined }],
    ['a key whose primary is abroad', 'outside', value(`arn:aws:kms:us-east-1:${OURS}:key/mrk-1`, { pulls: 'key' })],
    ['a key whose primary is here', 'inside', value(`arn:aws:kms:eu-north-1:${OURS}:key/mrk-1`, { pulls: 'key' })],
    ['a key whose primary cannot be told', 'unknown', value(open, { pulls: 'key' })],
  ],
  arnRegion: [
    ['an ARN abroad', 'outside', value(arn('us-east-1'))],
    [
      'a resource in a stack abroad',
      'outside',
      { ...value(`arn:aws:s3:::abroad`), others: [bucket('abroad', 'ap-south-1')] },
    ],
    ['an ARN inside', 'inside', value(arn('eu-central-1'))],
    [
      'a resource of this stack',
      'inside',
      { ...value({ 'Fn::GetAtt': ['Queue', 'Arn'] }), beside: { Queue: { Type: 'AWS::SQS::Queue' } } },
    ],
    ['a name looked up in its own Region', 'inside', value('my-topic')],
    ['an ARN of an account that is not ours', 'unknown', value(arn('eu-west-1', FOREIGN))],
    ['an ARN without a Region', 'unknown', value('arn:aws:s3:::somewhere')],
    ['an ARN of any Region', 'unknown', value('arn:aws:sqs:*:111111111111:queue')],
    ['a parameter', 'unknown', value(open)],
    [
      'what a custom resource answers',
      'unknown',
      { ...value({ 'Fn::GetAtt': ['Maker', 'Arn'] }), beside: { Maker: { Type: 'Custom::Maker' } } },
    ],
  ],
  s3Name: [
    [
      'a bucket of a stack abroad',
      'outside',
      { ...value('arn:aws:s3:::abroad'), others: [bucket('abroad', 'us-east-1')] },
    ],
    [
      'a bucket whose replica key is abroad',
      'outside',
      {
        paths: ['Value'],
        args: { key: 'Key' },
        properties: { Value: 'arn:aws:s3:::x', Key: `arn:aws:kms:us-east-1:${OURS}:key/k` },
      },
    ],
    ['a bucket of another stack inside', 'inside', { ...value('copy'), others: [bucket('copy', 'eu-north-1')] }],
    [
      'a bucket whose replica key is inside',
      'inside',
      {
        paths: ['Value'],
        args: { key: 'Key' },
        properties: { Value: 'arn:aws:s3:::x', Key: `arn:aws:kms:eu-north-1:${OURS}:key/k` },
      },
    ],
    [
      'a registered bucket',
      'inside',
      { ...value('partner'), options: { stores: register({ stores: [{ name: 'partner', region: 'eu-west-3' }] }) } },
    ],
    [
      'a registered bucket abroad',
      'outside',
      { ...value('partner'), options: { stores: register({ stores: [{ name: 'partner', region: 'eu-west-2' }] }) } },
    ],
    ['a name no template creates, whatever Region it mentions', 'unknown', value('copy-eu-west-1')],
    [
      'a bucket inside, handed to an account that is not ours',
      'unknown',
      {
        paths: ['Value'],
        args: { account: 'Account' },
        properties: { Value: 'copy', Account: FOREIGN },
        others: [bucket('copy', 'eu-north-1')],
      },
    ],
    [
      'a rule that is switched off',
      'unknown',
      {
        paths: ['Value'],
        args: { enabled: 'State' },
        properties: { Value: 'abroad', State: 'Disabled' },
        others: [bucket('abroad', 'us-east-1')],
      },
    ],
    ['a parameter', 'unknown', value(open)],
  ],
  regionSibling: [
    [
      'a sibling abroad',
      'outside',
      {
        paths: ['List[].Tune'],
        args: { region: 'List[].Region' },
        properties: { List: [{ Tune: 'x', Region: 'us-east-1' }] },
      },
    ],
    [
      'a sibling inside, beside another entry abroad',
      'inside',
      {
        paths: ['List[].Tune'],
        args: { region: 'List[].Region' },
        properties: { List: [{ Tune: 'x', Region: 'eu-north-1' }, { Region: 'us-east-1' }] },
      },
    ],
    ['no sibling', 'unknown', { paths: ['Tune'], args: { region: 'Region' }, properties: { Tune: 'x' } }],
    [
      'an open sibling',
      'unknown',
      { paths: ['Tune'], args: { region: 'Region' }, properties: { Tune: 'x', Region: open } },
    ],
  ],
  accountRegister: [
    ['everyone', 'outside', value('*')],
    ['the account of the stack', 'inside', value(OURS)],
    ['the account of the stack by reference', 'inside', value({ Ref: 'AWS::AccountId' })],
    [
      'a registered account',
      'inside',
      { ...value(FOREIGN), options: { stores: register({ accounts: [{ id: FOREIGN, owner: 'auditor' }] }) } },
    ],
    ['an account that is not ours', 'unknown', value(FOREIGN)],
    ['an organisation', 'unknown', value('o-abc123')],
    ['a parameter', 'unknown', value(open)],
  ],
  zoneInEea: [
    ['a zone abroad', 'outside', value('eu-west-2a')],
    ['a Local Zone of an EEA Region in another country', 'outside', value('eu-central-1-ist-1a')],
    ['a network border group abroad', 'outside', value('us-east-1')],
    ['a zone inside', 'inside', value('eu-west-1b')],
    ['a zone id inside', 'inside', value('eun1-az2')],
    ['a zone of the stack’s own Region', 'inside', value({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] })],
    ['an Outpost a site declares', 'inside', { ...value(outpost), options: atHamar('NO') }],
    ['an Outpost a site declares abroad', 'outside', { ...value(outpost), options: atHamar('GB') }],
    ['an Outpost nobody declares', 'unknown', value(outpost)],
    ['a zone nobody knows', 'unknown', value('eu-west-1-xyz-1a')],
    ['a parameter', 'unknown', value(open)],
  ],
  flagDeny: [
    ['an opening value', 'outside', value(true, { values: [true] })],
    ['an opening value written as text', 'outside', value('TRUE', { values: [true] })],
    ['any value where any opens', 'outside', value('x', { anyValue: true })],
    ['a value that keeps it shut', 'inside', value(false, { values: [true] })],
    ['a word that is neither true nor false', 'unknown', value('yes', { values: [true] })],
    ['an opening value of a latent channel', 'unknown', value(true, { values: [true], latent: true })],
    ['a parameter', 'unknown', value(open, { values: [true] })],
    [
      'no value where the service may open by itself',
      'unknown',
      { paths: ['Value'], args: { values: [true], absent: 'finding', unlessSet: ['Group'] }, properties: {} },
    ],
    [
      'no value where the service opens only beside another property',
      'unknown',
      {
        paths: ['Value'],
        args: { values: [true], absent: 'finding', onlyWithSet: ['Class'] },
        properties: { Class: 'large' },
      },
    ],
  ],
  flagRequire: [
    ['a guard that is down', 'outside', value(false, { value: [true] })],
    [
      'no guard where one must stand',
      'outside',
      { paths: ['Value'], args: { value: [true], absent: 'finding' }, properties: {} },
    ],
    ['a guard that stands', 'inside', value(true, { value: [true] })],
    [
      'no guard where the service sets it',
      'inside',
      { paths: ['Value'], args: { value: [true], absent: 'inside' }, properties: {} },
    ],
    ['an open guard', 'unknown', value(open, { value: [true] })],
  ],
  hostAllowlist: [
    ['an AWS host abroad', 'outside', value('https://sqs.us-east-1.amazonaws.com/q')],
    ['a host at edge locations', 'outside', value('d111.cloudfront.net')],
    [
      'a host registered abroad',
      'outside',
      {
        ...value('api.example.org'),
        options: { stores: register({ hosts: [{ host: 'api.example.org', country: 'GB' }] }) },
      },
    ],
    ['an AWS host inside', 'inside', value('sqs.eu-west-1.amazonaws.com')],
    ['a private address', 'inside', value('10.1.2.3')],
    [
      'a host registered inside',
      'inside',
      {
        ...value('https://api.example.org:443/x?y'),
        options: { stores: register({ hosts: [{ host: '*.example.org', country: 'IE' }] }) },
      },
    ],
    ['a host nobody registered', 'unknown', value('https://api.example.org/')],
    ['a European name that proves nothing', 'unknown', value('api.example.ie')],
    [
      'a host that only mentions a registered one',
      'unknown',
      {
        ...value('https://evil.example.net/api.example.org'),
        options: { stores: register({ hosts: [{ host: 'api.example.org', country: 'IE' }] }) },
      },
    ],
    ['a public address', 'unknown', value('8.8.8.8')],
    ['an e-mail address', 'unknown', value('someone@example.org')],
    ['a parameter', 'unknown', value(open)],
  ],
  policyScan: [
    ['everyone', 'outside', policy(allow({ Principal: '*' }))],
    ['everyone, written as AWS', 'outside', policy(allow({ Principal: { AWS: '*' } }))],
    ['everyone but some', 'outside', policy(allow({ NotPrincipal: { AWS: `arn:aws:iam::${FOREIGN}:root` } }))],
    [
      'everyone with an operator that binds nobody',
      'outside',
      policy(allow({ Principal: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } })),
    ],
    [
      'everyone with a bound that may be left out',
      'outside',
      policy(allow({ Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    ],
    ['CloudFront', 'outside', policy(allow({ Principal: { Service: 'cloudfront.amazonaws.com' } }))],
    [
      'everyone of an organisation',
      'inside',
      policy(allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    ],
    [
      'everyone through an endpoint',
      'inside',
      policy(allow({ Principal: '*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })),
    ],
    [
      'everyone of our account',
      'inside',
      policy(allow({ Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': OURS } } })),
    ],
    [
      'the root of our account',
      'inside',
      policy(allow({ Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } })),
    ],
    ['a service of AWS', 'inside', policy(allow({ Principal: { Service: 'logs.eu-west-1.amazonaws.com' } }))],
    [
      'a Deny',
      'inside',
      policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: 'arn:aws:sqs:us-east-1:1:q' }),
    ],
    ['an account that is not ours', 'unknown', policy(allow({ Principal: { AWS: FOREIGN } }))],
    ['a service of nobody', 'unknown', policy(allow({ Principal: { Service: 'example.org' } }))],
    ['a document that is a parameter', 'unknown', value(open, { policy: 'resource' })],
    ['an open principal', 'unknown', policy(allow({ Principal: { AWS: open } }))],
    [
      'a permission on a resource abroad',
      'outside',
      policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn('us-east-1') }, 'identity'),
    ],
    [
      'a permission on a resource inside',
      'inside',
      policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn('eu-west-1') }, 'identity'),
    ],
    [
      'a permission to read abroad',
      'inside',
      policy({ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: arn('us-east-1') }, 'identity'),
    ],
    [
      'a permission to configure replication of any bucket',
      'unknown',
      policy({ Effect: 'Allow', Action: 's3:PutReplicationConfiguration', Resource: '*' }, 'identity'),
    ],
    ['every permission', 'unknown', policy({ Effect: 'Allow', Action: '*', Resource: '*' }, 'identity')],
    ['every permission but one', 'unknown', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'identity')],
    [
      'every permission, bound to a Region of the EEA',
      'inside',
      policy(
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        },
        'identity',
      ),
    ],
    [
      'every permission, bound to a Region abroad',
      'unknown',
      policy(
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
        },
        'identity',
      ),
    ],
    [
      'a managed policy no template holds',
      'unknown',
      value('arn:aws:iam::aws:policy/AdministratorAccess', { policy: 'managed' }),
    ],
    [
      'a managed policy that was read',
      'inside',
      value('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', { policy: 'managed' }),
    ],
    ['a boundary', 'inside', value('arn:aws:iam::1:policy/b', { policy: 'boundary' })],
  ],
  cidrIngress: [
    ['everyone', 'outside', value('0.0.0.0/0')],
    ['everyone over IPv6', 'outside', value('::/0')],
    ['a private range', 'inside', value('10.0.0.0/16')],
    [
      'everyone into a network nothing leads into',
      'inside',
      { paths: ['Value'], properties: { Value: '0.0.0.0/0', VpcId: { Ref: 'Vpc' } }, beside: isolated },
    ],
    ['a public range', 'unknown', value('203.0.113.0/24')],
    ['a range that only begins privately', 'outside', value('0.0.0.0/0')],
    ['a range that reaches beyond the private one', 'unknown', value('10.0.0.0/6')],
    ['a parameter', 'unknown', value(open)],
  ],
  cidrEgress: [
    ['the internet', 'unknown', value('0.0.0.0/0')],
    [
      'the internet by default',
      'unknown',
      { paths: ['SecurityGroupEgress[].CidrIp'], type: 'AWS::EC2::SecurityGroup', properties: {} },
    ],
    [
      'the internet from a network with a gateway',
      'unknown',
      { paths: ['Value'], properties: { Value: '0.0.0.0/0', VpcId: { Ref: 'Vpc' } }, beside: connected },
    ],
    ['a private range', 'inside', value('192.168.0.0/16')],
    [
      'the internet from a network nothing leads out of',
      'inside',
      { paths: ['Value'], properties: { Value: '0.0.0.0/0', VpcId: { Ref: 'Vpc' } }, beside: isolated },
    ],
    [
      'an entry for incoming packets',
      'inside',
      { paths: ['Value'], args: { enabled: 'Egress' }, properties: { Value: '0.0.0.0/0', Egress: false } },
    ],
    ['a parameter', 'unknown', value(open)],
  ],
  subnetPosture: [
    ['a subnet of a stack abroad', 'outside', { ...value([{ Ref: 'Net' }]), beside: isolated, region: 'us-east-1' }],
    ['an isolated subnet', 'inside', { ...value([{ Ref: 'Net' }]), beside: isolated }],
    ['a subnet with a route out', 'unknown', { ...value([{ Ref: 'Net' }]), beside: connected }],
    ['a subnet no template creates', 'unknown', value(['subnet-123'])],
    ['absence where the row minds it', 'unknown', { paths: ['Value'], args: { absent: 'finding' }, properties: {} }],
  ],
  jsonScan: [
    ['a Region abroad in text', 'outside', value('{"region":"us-west-2"}')],
    ['a Local Zone abroad in text', 'outside', value('zone: eu-central-1-ist-1a')],
    ['a profile that routes everywhere', 'outside', value('model = "global.anthropic.claude-sonnet-4"')],
    [
      'a Region abroad in a map, by a parameter',
      'outside',
      {
        ...value({ REGION: { Ref: 'Far' } }),
        rest: { Parameters: { Far: { Type: 'String', AllowedValues: ['us-east-1'] } } },
      },
    ],
    ['a Region inside in text', 'inside', value('region: eu-west-3')],
    ['text that names nothing', 'inside', value('exports.handler = async () => ({ statusCode: 200 })')],
    ['a host nobody registered', 'unknown', value({ HOOK: 'https://hooks.example.org/x' })],
    ['code that is elsewhere', 'unknown', value('key.zip', { opaque: true })],
    ['a parameter', 'unknown', value({ HOOK: open })],
  ],
  bedrockProfile: [
    ['a profile that routes everywhere', 'outside', value('global.anthropic.claude-sonnet-4')],
    ['a model abroad', 'outside', value('arn:aws:bedrock:us-east-1::foundation-model/amazon.titan')],
    ['a model called here', 'inside', value('anthropic.claude-3-haiku-20240307-v1:0')],
    ['a model inside', 'inside', value('arn:aws:bedrock:eu-central-1::foundation-model/amazon.titan')],
    ['a European profile', 'unknown', value('eu.anthropic.claude-sonnet-4')],
    ['a parameter', 'unknown', value(open)],
  ],
  snsEndpoint: [
    [
      'a queue abroad',
      'outside',
      { paths: ['Value'], args: { protocol: 'Protocol' }, properties: { Value: arn('us-east-1'), Protocol: 'sqs' } },
    ],
    [
      'a queue inside',
      'inside',
      { paths: ['Value'], args: { protocol: 'Protocol' }, properties: { Value: arn('eu-west-1'), Protocol: 'sqs' } },
    ],
    [
      'an e-mail address',
      'unknown',
      { paths: ['Value'], args: { protocol: 'Protocol' }, properties: { Value: 'a@example.org', Protocol: 'email' } },
    ],
    [
      'a telephone',
      'unknown',
      { paths: ['Value'], args: { protocol: 'Protocol' }, properties: { Value: '+4712345678', Protocol: 'sms' } },
    ],
    [
      'an open protocol',
      'unknown',
      { paths: ['Value'], args: { protocol: 'Protocol' }, properties: { Value: arn('eu-west-1'), Protocol: open } },
    ],
    [
      'no protocol',
      'unknown',
      { paths: ['Value'], args: { protocol: 'Protocol' }, properties: { Value: arn('eu-west-1') } },
    ],
  ],
  endpointServiceName: [
    ['a service abroad', 'outside', value('com.amazonaws.us-east-1.s3')],
    [
      'a service whose Region is said beside it',
      'outside',
      {
        paths: ['Value'],
        args: { region: 'ServiceRegion' },
        properties: { Value: 'com.amazonaws.eu-west-1.s3', ServiceRegion: 'us-east-1' },
      },
    ],
    ['a service here', 'inside', value({ 'Fn::Sub': 'com.amazonaws.${AWS::Region}.kms' })],
    ['a service of someone else', 'unknown', value('com.amazonaws.vpce.eu-west-1.vpce-svc-0123')],
    ['a parameter', 'unknown', value(open)],
  ],
  geoLiteral: [
    ['a geography abroad', 'outside', value('us')],
    ['the provider’s default', 'outside', { paths: ['Value'], args: { absent: 'finding' }, properties: {} }],
    ['a country of the EEA', 'inside', value('IE')],
    ['a provider’s idea of Europe', 'unknown', value('eu')],
    ['a parameter', 'unknown', value(open)],
  ],
  replicasCovered: [
    [
      'a replica abroad',
      'outside',
      {
        paths: ['Replicas[].Region'],
        args: { region: 'Replicas[].Region' },
        properties: { Replicas: [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }] },
      },
    ],
    [
      'replicas inside',
      'inside',
      {
        paths: ['Replicas[].Region'],
        args: { region: 'Replicas[].Region' },
        properties: { Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-north-1' }] },
      },
    ],
    [
      'a replica that names no Region',
      'unknown',
      {
        paths: ['Replicas[].Region'],
        args: { region: 'Replicas[].Region' },
        properties: { Replicas: [{ Region: 'eu-west-1' }, { Tags: [] }] },
      },
    ],
    [
      'an open list',
      'unknown',
      { paths: ['Replicas[].Region'], args: { region: 'Replicas[].Region' }, properties: { Replicas: open } },
    ],
  ],
  openIntegration: [
    ['a table everyone may scan', 'outside', method('dynamodb:action/Scan', 'NONE')],
    ['a table whose method says nothing of authorisation', 'outside', method('dynamodb:action/Scan')],
    ['a bucket everyone may read', 'outside', method('s3:path/photos/{key}', 'NONE')],
    ['a call that answers with a result', 'outside', method('states:action/StartSyncExecution', 'NONE')],
    ['a table the caller has to be authorised for', 'inside', method('dynamodb:action/Scan', 'AWS_IAM')],
    ['a queue everyone may write to', 'inside', method('sqs:action/SendMessage', 'NONE')],
    [
      'a queue everyone may write to, by its form',
      'inside',
      method('sqs:path/1/q', 'NONE', { 'application/json': 'Action=SendMessage&MessageBody=$input.body' }),
    ],
    [
      'a queue everyone may read, by one of its forms',
      'outside',
      method('sqs:path/1/q', 'NONE', { json: 'Action=SendMessage', xml: 'Action=ReceiveMessage' }),
    ],
    ['a function', 'inside', method(`lambda:path/2015-03-31/functions/${arn('eu-west-1')}/invocations`, 'NONE')],
    ['authorisation by a parameter', 'unknown', method('dynamodb:action/Scan', open)],
    ['a route to an integration of nobody', 'unknown', value('integrations/abc', { authorization: 'Auth' })],
  ],
  outpostRequired: [
    [
      'an Outpost a site declares abroad',
      'outside',
      { ...value('outposts', { value: ['outposts'] }), region: 'eu-north-1', options: atHamar('GB') },
    ],
    [
      'an Outpost a site declares',
      'inside',
      { ...value('outposts', { value: ['outposts'] }), region: 'eu-north-1', options: atHamar('NO') },
    ],
    ['the Region, away from any Outpost', 'inside', value('region', { value: ['outposts'] })],
    [
      'absence on an Outpost',
      'unknown',
      { paths: ['Value'], args: { value: ['outposts'] }, properties: {}, region: 'eu-north-1', options: atHamar('NO') },
    ],
    ['an Outpost nobody declares', 'unknown', value('outposts', { value: ['outposts'] })],
  ],
  typeDeny: [
    ['presence', 'outside', { paths: [], properties: {} }],
    ['presence that is only latent', 'unknown', { paths: [], args: { latent: true }, properties: {} }],
  ],
  sameSite: [
    ['a resource of a stack abroad', 'outside', { ...value('abroad'), others: [bucket('abroad', 'us-east-1')] }],
    [
      'a resource of this stack',
      'inside',
      { ...value({ Ref: 'Queue' }), beside: { Queue: { Type: 'AWS::SQS::Queue' } } },
    ],
    ['an asset of this stack', 'inside', value(`cdk-hnb659fds-assets-${OURS}-eu-west-1`)],
    ['an asset of another Region', 'unknown', value(`cdk-hnb659fds-assets-${OURS}-us-east-1`)],
    ['a bare identifier', 'unknown', value('igw-0123')],
    [
      'a resource of another site',
      'unknown',
      {
        ...value('copy'),
        others: [bucket('copy', 'eu-north-1')],
        options: {
          sites: [
            { siteId: 'dub-1', account: OURS, region: 'eu-west-1' },
            { siteId: 'nordic-1', account: OURS, region: 'eu-north-1' },
          ],
        },
      },
    ],
  ],
};

const RANK = { inside: 0, unknown: 1, outside: 2 };
const worst = (answers: readonly Answer[]): Answer['verdict'] =>
  answers.reduce<Answer['verdict']>((so, { verdict }) => (RANK[verdict] > RANK[so] ? verdict : so), 'inside');

describe.each(Object.entries(CASES) as [EvaluatorSlug, Table][])('%s', (slug, table) => {
  test.each(table)('%s is %s', (_words, verdict, one) => {
    const answers = ask(slug, one);
    // An acquittal by saying nothing would be no acquittal.
    expect(answers.length).toBeGreaterThan(0);
    expect({ verdict: worst(answers), why: answers.map(({ because }) => because) }).toMatchObject({ verdict });
    for (const answer of answers) {
      expect(answer.because).not.toBe('');
      expect(answer.place.value).not.toBe('');
    }
  });

  test('convicts, and says when it cannot tell', () => {
    const verdicts = new Set(table.map(([, verdict]) => verdict));
    expect(verdicts).toContain('unknown');
    if (slug !== 'cidrEgress') expect(verdicts).toContain('outside');
    if (slug !== 'typeDeny') expect(verdicts).toContain('inside');
  });

  test('an open value beside the others never makes it better', () => {
    for (const [, , one] of table) {
      const [path] = one.paths;
      if (path !== 'Value' || !('Value' in one.properties)) continue;
      const before = worst(ask(slug, one));
      const parameters = {
        Open: { Type: 'String' },
        Choice: { Type: 'String' },
        ...(one.rest?.['Parameters'] as object | undefined),
      };
      const widened: Case = {
        ...one,
        properties: { ...one.properties, Value: { 'Fn::If': ['Maybe', open, one.properties['Value']!] } },
        rest: {
          ...one.rest,
          Parameters: parameters,
          Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
        },
      };
      expect(RANK[worst(ask(slug, widened))]).toBeGreaterThanOrEqual(RANK[before]);
    }
  });
});
