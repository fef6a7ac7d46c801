/**
 * Decisions of the evaluators that a small slip would turn round, one by one: who is everyone, what is closed and what is
 * merely inside, which spelling counts, which neighbour speaks for a value.
 */
import type { EvaluatorSlug } from '../../lib/catalogue';
import { EVALUATOR_CODE } from '../../lib/residency/evaluators';
import type { Answer } from '../../lib/residency/evaluators';
import { Premises } from '../../lib/residency/premises';
import type { JudgeOptions } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { FOREIGN, OPTIONS, OURS, application, register } from './court';
import type { Stack } from './court';

interface Scene {
  /** `Value` unless said otherwise. */
  readonly paths?: readonly string[];
  readonly args?: Record<string, unknown>;
  /** Beside `Value`. */
  readonly with?: { readonly [name: string]: Json };
  readonly type?: string;
  readonly region?: string | undefined;
  readonly beside?: { readonly [logicalId: string]: Json };
  readonly others?: readonly Stack[];
  readonly options?: Partial<JudgeOptions>;
}

/** `closed` opens no way at all; `inside` is a flow to a place inside. */
type Told = 'inside' | 'outside' | 'unknown' | 'closed';

/** What the evaluator says of `Value`, answer by answer; `undefined` leaves the property out. */
function asked(evaluator: EvaluatorSlug, written: Json | undefined, scene: Scene = {}): readonly Told[] {
  return answers(evaluator, written, scene).map(({ verdict, closed }) => (closed ? 'closed' : verdict));
}

function answers(evaluator: EvaluatorSlug, written: Json | undefined, scene: Scene = {}): readonly Answer[] {
  const app = application(
    {
      name: 'here',
      region: 'region' in scene ? scene.region : 'eu-west-1',
      resources: {
        ...scene.beside,
        Subject: {
          Type: scene.type ?? 'AWS::Test::Subject',
          Properties: { ...(written === undefined ? {} : { Value: written }), ...scene.with },
        },
      },
      rest: { Parameters: { Open: { Type: 'String' }, Zone: { Type: 'AWS::EC2::AvailabilityZone::Name' } } },
    },
    ...(scene.others ?? []),
  );
  const resource = app.templates[0]!.resource('Subject')!;
  const row = {
    slug: 'test',
    channel: 'export' as const,
    paths: scene.paths ?? ['Value'],
    args: scene.args ?? {},
    carries: 'data' as const,
  };
  const premises = new Premises(app, { ...OPTIONS, ...scene.options });
  return EVALUATOR_CODE[evaluator]({ row, resource, leaves: row.paths.flatMap((path) => resource.at(path)), premises });
}

type Line = readonly [words: string, told: readonly Told[], written: Json | undefined, scene?: Scene];
const open: Json = { Ref: 'Open' };
const ourAccount: Json = { Ref: 'AWS::AccountId' };
const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } };
const arn = (region: string, account: string = OURS): string => `arn:aws:sqs:${region}:${account}:queue`;

const profile = (name: string): string => `arn:aws:bedrock:eu-west-1:${OURS}:${name}`;
const bucket = (name: string, region: string, account: string = OURS): Stack => ({
  name: `of-${name}`,
  region,
  account,
  resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } } },
});
const copyInStockholm = { others: [bucket('copy', 'eu-north-1')] };
const copyAbroad = { others: [bucket('copy', 'us-east-1')] };
const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: {} } };
const group = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [{ CidrIp: '10.0.0.0/8' }] },
  },
};
const document = (statement: { [key: string]: Json }): Json => ({
  Statement: [{ Effect: 'Allow', Resource: '*', ...statement }],
});
const resourcePolicy = { args: { policy: 'resource' } };
const identity = { args: { policy: 'identity' } };
const managed = { args: { policy: 'managed' } };
const bound = (operator: string, key: string, value: Json): Json =>
  document({ Principal: { AWS: '*' }, Action: 's3:GetObject', Condition: { [operator]: { [key]: value } } });

const LINES: { readonly [slug in EvaluatorSlug]?: readonly Line[] } = {
  accountRegister: [
    ...['*', 'all', 'everyone', 'public', 'ALL', ' Public '].map((word): Line => [
      `"${word}" is everyone`,
      ['outside'],
      word,
    ]),
    ['a word the row ignores names no account', ['closed'], 'self', { args: { ignore: ['self'] } }],
    ['the account of the stack is ours', ['inside'], ourAccount],
    ['the account of the stack in an ARN is ours', ['inside'], { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' }],
    ['another pseudo parameter is no account', ['unknown'], { Ref: 'AWS::StackName' }],
    ['an ARN of a foreign account is in the account it names', ['unknown'], `arn:aws:iam::${FOREIGN}:root`],
    ['an ARN of our account is ours', ['inside'], `arn:aws:iam::${OURS}:root`],
    ['our account between blanks is ours', ['inside'], ` ${OURS} `],
    ['an empty text names no account', ['unknown'], ''],
    ['a resource of this stack stands where the stack stands', ['inside'], { Ref: 'Queue' }, { beside: queue }],
  ],
  regionLiteral: [
    ['"all" is every Region', ['outside'], 'all'],
    ['"ALL" among Regions is every Region', ['inside', 'outside'], 'eu-west-1, ALL'],
    ['a word the row ignores names no other Region', ['closed'], 'NONE', { args: { ignore: ['none'] } }],
    [
      'a word the row ignores pulls from nowhere',
      ['closed'],
      'NONE',
      { args: { ignore: ['none'], inboundOnly: true }, region: 'us-east-1' },
    ],
    ['a Region put together with a parameter cannot be told', ['unknown'], { 'Fn::Sub': 'eu-${Open}' }],
    ['absence where the row says nothing of it is silent', [], undefined],
  ],
  geoLiteral: [
    ...[
      'us',
      'global',
      'worldwide',
      'unrestricted',
      'apac',
      'asia',
      'au',
      'jp',
      'ca',
      'uk',
      'us-gov',
      'latam',
      ' US ',
    ].map((word): Line => [`"${word}" reaches beyond the EEA`, ['outside'], word]),
    ['a country of the EEA in small letters is inside', ['inside'], 'no'],
    ['a country that is not of the EEA is outside', ['outside'], 'CH'],
    ['a Region of the EEA is inside', ['inside'], 'eu-north-1'],
    ['a Region abroad is outside', ['outside'], 'eu-west-2'],
    ['the provider alone knows what "EU" means', ['unknown'], 'EU'],
  ],
  flagDeny: [
    [
      'a value that opens the channel convicts whatever its case',
      ['outside'],
      ' Enabled ',
      { args: { values: ['enabled'] } },
    ],
    ['a value that opens nothing keeps the channel shut', ['closed'], 'off', { args: { values: ['enabled'] } }],
    [
      'any value convicts where presence is enough',
      ['outside'],
      'off',
      { args: { anyValue: true, values: ['enabled'] } },
    ],
    ['any value convicts where the row names none', ['outside'], 'off'],
    ['a latent channel cannot be told', ['unknown'], 'enabled', { args: { values: ['enabled'], latent: true } }],
    [
      'a row that only doubts convicts of nothing',
      ['unknown'],
      'enabled',
      { args: { values: ['enabled'], verdict: 'unknown' } },
    ],
    ['a parameter cannot be told', ['unknown'], open, { args: { values: ['enabled'] } }],
  ],
  flagRequire: [
    ['the required value between blanks and in capitals stands', ['closed'], ' TRUE ', { args: { value: ['true'] } }],
    ['another value does not stand', ['outside'], 'false', { args: { value: ['true'] } }],
    ['any known value stands where any is good', ['closed'], 'anything', { args: { value: ['*'] } }],
    [
      'a reference stands where any value is good',
      ['closed'],
      { Ref: 'Queue' },
      { args: { value: ['*'] }, beside: queue },
    ],
    ['a parameter does not stand even where any value is good', ['unknown'], open, { args: { value: ['*'] } }],
    [
      'absence convicts where the row says so',
      ['outside'],
      undefined,
      { args: { value: ['true'], absent: 'finding' } },
    ],
    [
      'absence keeps the channel shut where the row says so',
      ['closed'],
      undefined,
      { args: { value: ['true'], absent: 'closed' } },
    ],
    ['absence is silent where the row says nothing of it', [], undefined, { args: { value: ['true'] } }],
  ],
  arnRegion: [
    ['a word the row ignores names no other place', ['closed'], 'self', { args: { ignore: ['self'] } }],
    ['an ARN inside is a flow to a place inside', ['inside'], arn('eu-north-1')],
    ['what comes in from abroad is closed here', ['closed'], arn('us-east-1'), { args: { inboundOnly: true } }],
    [
      'what is pulled from here by a stack abroad leaves',
      ['outside'],
      arn('eu-north-1'),
      { args: { inboundOnly: true }, region: 'us-east-1' },
    ],
    [
      'what a stack abroad pulls from abroad does not leave',
      ['closed'],
      arn('us-west-2'),
      { args: { inboundOnly: true }, region: 'us-east-1' },
    ],
    [
      'a bare name proves no place abroad to pull from',
      ['outside'],
      'copy',
      { args: { inboundOnly: true }, region: 'us-east-1' },
    ],
    [
      'an ARN under a sibling that says inward comes in',
      ['closed'],
      arn('us-east-1'),
      { args: { direction: 'Way', inward: ['In'] }, with: { Way: 'IN' } },
    ],
    [
      'an ARN under a sibling that says outward leaves',
      ['outside'],
      arn('us-east-1'),
      { args: { direction: 'Way', inward: ['in'] }, with: { Way: 'out' } },
    ],
    [
      'an ARN whose direction is a parameter leaves',
      ['outside'],
      arn('us-east-1'),
      { args: { direction: 'Way', inward: ['in'] }, with: { Way: open } },
    ],
    [
      'an ARN whose direction is not stated leaves',
      ['outside'],
      arn('us-east-1'),
      { args: { direction: 'Way', inward: ['in'] } },
    ],
  ],
  outpostRequired: [
    ['a Region away from any Outpost is closed', ['closed'], 'region', { args: { value: ['outposts'] } }],
    ['absence away from any Outpost is closed', ['closed'], undefined, { args: { value: ['outposts'] } }],
    ['a parameter cannot be told', ['unknown'], open, { args: { value: ['outposts'] } }],
    [
      'a Region beside an Outpost of ours takes copies off it',
      ['unknown'],
      'region',
      {
        args: { value: ['outposts'] },
        region: 'eu-north-1',
        options: {
          sites: [{ siteId: 'nordic-1', account: OURS, region: 'eu-north-1', placement: 'outpost', country: 'NO' }],
        },
      },
    ],
    [
      'a Region beside a site that is no Outpost is closed',
      ['closed'],
      'region',
      { args: { value: ['outposts'] }, options: { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] } },
    ],
  ],
  zoneInEea: [
    ['a zone of Stockholm is inside', ['inside'], 'eu-north-1a'],
    ['a zone of London is outside', ['outside'], 'eu-west-2a'],
    ['the Region of the stack is inside', ['inside'], { Ref: 'AWS::Region' }],
    ['a zone of the stack’s Region is inside', ['inside'], { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['a zone of a Region abroad is outside', ['outside'], { 'Fn::Select': [0, { 'Fn::GetAZs': 'us-east-1' }] }],
    ['a zone the CDK did not look up is of this Region', ['closed'], 'dummy1a'],
    ['a free parameter is no zone', ['unknown'], open],
  ],
  jsonScan: [
    ['a text of no place is closed', ['closed'], 'hello'],
    ['a queue of this stack is closed', ['closed'], { Ref: 'Queue' }, { beside: queue }],
    ['a queue of this stack in a text is closed', ['closed'], { 'Fn::Sub': 'to ${Queue}' }, { beside: queue }],
    ['a parameter in a text cannot be told', ['unknown'], { 'Fn::Sub': 'to ${Open}' }],
    ['a parameter cannot be told', ['unknown'], open],
    [
      'a Region abroad in Base64 is read where the row says the text is encoded',
      ['outside'],
      Buffer.from('region=us-east-1').toString('base64'),
      { args: { encoded: true } },
    ],
    [
      'the name of a schema is no address',
      ['closed'],
      '<a xmlns="http://schemas.example.com/x"/>',
      { args: { encoded: true } },
    ],
    ['an address nobody registered is found in capitals too', ['unknown'], 'HTTPS://collector.example.com/in'],
    ['code that is elsewhere cannot be told', ['unknown'], 'code', { args: { opaque: true } }],
    ['a nested template nobody gave cannot be told', ['unknown'], 'code', { args: { opaque: true, nested: true } }],
  ],
  snsEndpoint: [
    ...['http', 'https', 'email', 'email-json', 'sms', ' HTTPS '].map((protocol): Line => [
      `a host by ${protocol} has to be registered`,
      ['unknown'],
      'https://collector.example.com/in',
      { args: { protocol: 'Protocol' }, with: { Protocol: protocol } },
    ]),
    ...['sqs', 'lambda', 'firehose', 'application', ' SQS '].map((protocol): Line => [
      `an ARN by ${protocol} says where it leads`,
      ['inside'],
      arn('eu-north-1'),
      { args: { protocol: 'Protocol' }, with: { Protocol: protocol } },
    ]),
    [
      'an endpoint without a protocol cannot be told',
      ['unknown'],
      arn('eu-north-1'),
      { args: { protocol: 'Protocol' } },
    ],
    [
      'an endpoint of a protocol nobody knows cannot be told',
      ['unknown'],
      arn('eu-north-1'),
      { args: { protocol: 'Protocol' }, with: { Protocol: 'pigeon' } },
    ],
    [
      'a registered host inside is inside',
      ['inside'],
      'https://mail.example.org/in',
      {
        args: { protocol: 'Protocol' },
        with: { Protocol: 'https' },
        options: { stores: register({ stores: [], hosts: [{ host: 'mail.example.org', country: 'NO' }] }) },
      },
    ],
  ],
  bedrockProfile: [
    ...['global', 'us', 'us-gov', 'apac', 'jp', 'au', 'ca', 'uk'].map((geography): Line => [
      `a profile of "${geography}" routes abroad`,
      ['outside'],
      `${geography}.anthropic.claude-x`,
    ]),
    ['a profile of "eu" may leave the EEA', ['unknown'], 'eu.anthropic.claude-x'],
    ['a model is called where the stack stands', ['inside'], 'anthropic.claude-x'],
    ['a model is called abroad by a stack abroad', ['outside'], 'anthropic.claude-x', { region: 'us-east-1' }],
    [
      'a model is called nobody knows where by a stack that could be anywhere',
      ['unknown'],
      'anthropic.claude-x',
      { region: undefined },
    ],
    [
      'a model by an ARN inside is inside',
      ['inside'],
      'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-x',
    ],
    [
      'a model by an ARN abroad is outside',
      ['outside'],
      'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-x',
    ],
    [
      'a profile of a geography abroad is outside even by an ARN inside',
      ['outside'],
      profile('inference-profile/us.anthropic.claude-x'),
    ],
    ['an application profile may route elsewhere', ['unknown'], profile('application-inference-profile/abc')],
    ['an inference profile of ours may route elsewhere', ['unknown'], profile('inference-profile/abc')],
    ['a resource of this stack stands with it', ['inside'], { Ref: 'Queue' }, { beside: queue }],
    ['a parameter cannot be told', ['unknown'], open],
    ['a name put together with a parameter cannot be told', ['unknown'], { 'Fn::Sub': 'model-${Open}' }],
  ],
  cidrEgress: [
    ['a private range is closed', ['closed'], ' 10.0.0.0/8 '],
    ['the range of nobody is closed', ['closed'], '255.255.255.255/32'],
    ['the whole internet cannot be told', ['unknown'], '0.0.0.0/0'],
    ['a range nobody knows cannot be told', ['unknown'], '203.0.113.0/24'],
    ['a parameter cannot be told', ['unknown'], open],
    ['a group of this stack is closed', ['closed'], { Ref: 'Group' }, { beside: { ...vpc, ...group } }],
    [
      'the whole internet is closed where no way leads out',
      ['closed'],
      '0.0.0.0/0',
      { with: { VpcId: { Ref: 'Vpc' } }, beside: vpc, type: 'AWS::EC2::SecurityGroup' },
    ],
    [
      'an entry for incoming packets is closed',
      ['closed'],
      '0.0.0.0/0',
      { args: { enabled: 'Egress' }, with: { Egress: 'False' } },
    ],
    [
      'an entry that may be for leaving packets is judged',
      ['unknown'],
      '0.0.0.0/0',
      { args: { enabled: 'Egress' }, with: { Egress: { 'Fn::If': ['C', true, false] } } },
    ],
    [
      'an entry for leaving packets is judged',
      ['unknown'],
      '0.0.0.0/0',
      { args: { enabled: 'Egress' }, with: { Egress: true } },
    ],
    [
      'a group that states no egress lets everything out',
      ['unknown'],
      undefined,
      { type: 'AWS::EC2::SecurityGroup', paths: ['SecurityGroupEgress[].CidrIp'] },
    ],
    [
      'another type that states no egress is silent',
      [],
      undefined,
      { type: 'AWS::EC2::NetworkAclEntry', paths: ['SecurityGroupEgress[].CidrIp'] },
    ],
    [
      'a group is silent about egress where the row reads another property',
      [],
      undefined,
      { type: 'AWS::EC2::SecurityGroup', paths: ['SecurityGroupIngress[].CidrIp'] },
    ],
    [
      'a group that states its egress is judged by what it states',
      ['closed'],
      undefined,
      {
        type: 'AWS::EC2::SecurityGroup',
        paths: ['SecurityGroupEgress[].CidrIp'],
        with: { SecurityGroupEgress: [{ CidrIp: '10.0.0.0/8' }] },
      },
    ],
  ],
  cidrIngress: [
    ['a private range is closed', ['closed'], ' 10.0.0.0/8 '],
    ['every address is everyone', ['outside'], '0.0.0.0/0'],
    ['every address of IPv6 is everyone', ['outside'], ' ::/0 '],
    ['a network nobody registered cannot be told', ['unknown'], '203.0.113.0/24'],
    ['a parameter cannot be told', ['unknown'], open],
    ['a group of this stack is closed', ['closed'], { Ref: 'Group' }, { beside: { ...vpc, ...group } }],
    [
      'everyone is closed out where no way leads in',
      ['closed'],
      '0.0.0.0/0',
      { with: { VpcId: { Ref: 'Vpc' } }, beside: vpc, type: 'AWS::EC2::SecurityGroup' },
    ],
    [
      'a parameter cannot be told even where no way leads in',
      ['unknown'],
      open,
      { with: { VpcId: { Ref: 'Vpc' } }, beside: vpc, type: 'AWS::EC2::SecurityGroup' },
    ],
    ...(['tcp', 'udp', '6', '17', ' TCP '] as const).map((protocol): Line => [
      `everyone at a web port by "${protocol}" is what a web server is`,
      ['closed'],
      '0.0.0.0/0',
      {
        type: 'AWS::EC2::SecurityGroup',
        args: { protocol: 'P', from: 'F', to: 'T' },
        with: { P: protocol, F: 443, T: 443 },
      },
    ]),
    [
      'everyone at a port of data is everyone',
      ['outside'],
      '0.0.0.0/0',
      {
        type: 'AWS::EC2::SecurityGroup',
        args: { protocol: 'P', from: 'F', to: 'T' },
        with: { P: 'tcp', F: 5432, T: 5432 },
      },
    ],
    [
      'everyone from 80 to 443 is everyone',
      ['outside'],
      '0.0.0.0/0',
      {
        type: 'AWS::EC2::SecurityGroup',
        args: { protocol: 'P', from: 'F', to: 'T' },
        with: { P: 'tcp', F: 80, T: 443 },
      },
    ],
    [
      'everyone by any protocol is everyone',
      ['outside'],
      '0.0.0.0/0',
      { type: 'AWS::EC2::SecurityGroup', args: { protocol: 'P', from: 'F', to: 'T' }, with: { P: '-1', F: 80, T: 80 } },
    ],
    [
      'everyone where no port is stated is everyone',
      ['outside'],
      '0.0.0.0/0',
      { type: 'AWS::EC2::SecurityGroup', args: { protocol: 'P', from: 'F', to: 'T' }, with: { P: 'tcp' } },
    ],
    [
      'everyone at a web port of a group nobody created is everyone',
      ['outside'],
      '0.0.0.0/0',
      { args: { protocol: 'P', from: 'F', to: 'T' }, with: { P: 'tcp', F: 443, T: 443, GroupId: 'sg-1' } },
    ],
    [
      'everyone at a web port of an enclave is everyone',
      ['outside'],
      '0.0.0.0/0',
      {
        type: 'AWS::EC2::SecurityGroup',
        args: { protocol: 'P', from: 'F', to: 'T' },
        with: { P: 'tcp', F: 443, T: 443 },
        options: { sites: [{ siteId: 'a', account: OURS, region: 'eu-west-1' }] },
      },
    ],
  ],
  hostAllowlist: [
    ['a host put together with a parameter cannot be told', ['unknown'], { 'Fn::Sub': 'https://${Open}/x' }],
    [
      'a host put together with a resource of this stack stands with it',
      ['inside'],
      { 'Fn::Sub': 'https://${Queue}/x' },
      { beside: queue },
    ],
    [
      'a host that begins with a word of its own is nobody’s',
      ['unknown'],
      { 'Fn::Sub': 'https://collector-${Queue}.example.com/x' },
      { beside: queue },
    ],
    ['a scheme in capitals between blanks is no part of the host', ['inside'], ' HTTPS://sqs.eu-west-1.amazonaws.com '],
    ['an address to write to is read', ['outside'], 'MAILTO:someone@cloudfront.net'],
    ['an address whose user names the edge is not at the edge', ['unknown'], 'cloudfront.net@example.org'],
    ['a word the row ignores names no host', ['closed'], 'none', { args: { ignore: ['none'] } }],
    [
      'a value beside another kind of neighbour names no host',
      ['closed'],
      'collector.example.com',
      { args: { when: 'Kind', is: ['url'] }, with: { Kind: 'text' } },
    ],
    [
      'a value beside the right neighbour is a host',
      ['unknown'],
      'collector.example.com',
      { args: { when: 'Kind', is: ['url'] }, with: { Kind: ' URL ' } },
    ],
    [
      'a value beside a parameter is a host',
      ['unknown'],
      'collector.example.com',
      { args: { when: 'Kind', is: ['url'] }, with: { Kind: open } },
    ],
    [
      'a value without a neighbour is a host',
      ['unknown'],
      'collector.example.com',
      { args: { when: 'Kind', is: ['url'] } },
    ],
    ['a redirect abroad is a doubt', ['unknown'], 'https://sqs.us-east-1.amazonaws.com/', { args: { redirect: true } }],
    ['a redirect inside is inside', ['inside'], 'https://sqs.eu-west-1.amazonaws.com/', { args: { redirect: true } }],
    ['the host itself is inside', ['inside'], 'http://localhost:8080/x'],
    ...['cloudfront.net', 'awsglobalaccelerator.com', 's3-accelerate.amazonaws.com', 'global.api.aws'].flatMap(
      (domain): Line[] => [
        [`${domain} is the edge`, ['outside'], domain],
        [`a host of ${domain} is the edge`, ['outside'], `https://abc.${domain}/x`],
        [`a host that only ends like ${domain} is not the edge`, ['unknown'], `evil${domain}`],
      ],
    ),
    ['an address in brackets is read', ['inside'], 'https://[fd00::a]:443/'],
    ['an address of one’s own machine is inside', ['inside'], '127.0.0.1'],
    ['a link-local address is inside', ['inside'], '169.254.169.254'],
    ['a host of our account inside is inside', ['inside'], `https://${OURS}.dkr.ecr.eu-west-1.amazonaws.com/x`],
    [
      'a host of a foreign account inside cannot be told',
      ['unknown'],
      `https://${FOREIGN}.dkr.ecr.eu-west-1.amazonaws.com/x`,
    ],
    [
      'a host of a foreign account abroad is outside',
      ['outside'],
      `https://${FOREIGN}.dkr.ecr.us-east-1.amazonaws.com/x`,
    ],
    [
      'a bucket’s host without a Region stands where the bucket stands',
      ['outside'],
      'https://copy.s3.amazonaws.com/',
      copyAbroad,
    ],
    [
      'a bucket’s host without a Region cannot be told of nobody’s bucket',
      ['unknown'],
      'https://copy.s3.amazonaws.com/',
    ],
    ['an old S3 host with its Region in the label is read', ['outside'], 'copy.s3-us-east-1.amazonaws.com'],
    ['a host of AWS without a Region cannot be told', ['unknown'], 'https://iam.amazonaws.com/'],
    ['user and password are not the host', ['inside'], 'https://a:b@sqs.eu-west-1.amazonaws.com:443/'],
    ['a dual-stack host is read', ['inside'], 'https://dualstack.sqs.eu-west-1.amazonaws.com/'],
    ['an ARN says where it leads', ['outside'], arn('us-east-1')],
    [
      'what comes in from a host abroad is closed',
      ['closed'],
      'sqs.us-east-1.amazonaws.com',
      { args: { inboundOnly: true } },
    ],
    [
      'what an enclave fetches is judged by its host',
      ['outside'],
      'sqs.us-east-1.amazonaws.com',
      { args: { inboundOnly: true }, options: { sites: [{ siteId: 'a', account: OURS, region: 'eu-west-1' }] } },
    ],
  ],
  s3Name: [
    ['no name is no bucket', ['closed'], ''],
    ['a bucket inside is a flow to a place inside', ['inside'], 'copy', copyInStockholm],
    ['the bucket of an address is found', ['outside'], 'S3://copy/prefix', copyAbroad],
    ['the bucket before a prefix is found', ['outside'], 'copy/prefix', copyAbroad],
    ['the bucket after a slash is found', ['outside'], '/copy/prefix', copyAbroad],
    [
      'the bucket of an address put together is found',
      ['outside'],
      { 'Fn::Sub': ['s3://${N}/x', { N: 'copy' }] },
      copyAbroad,
    ],
    [
      'a bucket of this stack in an address is found',
      ['inside'],
      { 'Fn::Sub': 's3://${Bucket}/x/${Open}' },
      { beside: { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } } },
    ],
    ['a bucket of nobody cannot be told', ['unknown'], 'copy'],
    [
      'a key inside proves where a bucket of nobody stands',
      ['inside'],
      'copy',
      { args: { key: 'Key' }, with: { Key: `arn:aws:kms:eu-north-1:${OURS}:key/k` } },
    ],
    [
      'a key abroad convicts a bucket of nobody',
      ['outside'],
      'copy',
      { args: { key: 'Key' }, with: { Key: `arn:aws:kms:us-east-1:${OURS}:key/k` } },
    ],
    ['the alias of a key proves nothing', ['unknown'], 'copy', { args: { key: 'Key' }, with: { Key: 'alias/k' } }],
    [
      'a bucket abroad stays abroad, whatever its key says',
      ['outside'],
      'copy',
      { args: { key: 'Key' }, with: { Key: `arn:aws:kms:eu-north-1:${OURS}:key/k` }, ...copyAbroad },
    ],
    [
      'a bucket of an account of ours is inside',
      ['inside'],
      'copy',
      { args: { account: 'Account' }, with: { Account: OURS }, ...copyInStockholm },
    ],
    [
      'a bucket of a foreign account cannot be told',
      ['unknown'],
      'copy',
      { args: { account: 'Account' }, with: { Account: FOREIGN }, ...copyInStockholm },
    ],
    [
      'a bucket abroad of a foreign account is outside',
      ['outside'],
      'copy',
      { args: { account: 'Account' }, with: { Account: FOREIGN }, ...copyAbroad },
    ],
    ...['Disabled', 'false', false].map((state): Line => [
      `a rule that is ${typeof state} ${state} is a doubt`,
      ['unknown'],
      'copy',
      { args: { enabled: 'State' }, with: { State: state }, ...copyAbroad },
    ]),
    [
      'a rule that is on convicts',
      ['outside'],
      'copy',
      { args: { enabled: 'State' }, with: { State: 'Enabled' }, ...copyAbroad },
    ],
    ['a rule that states nothing is on', ['outside'], 'copy', { args: { enabled: 'State' }, ...copyAbroad }],
    [
      'what is fetched from a bucket abroad is closed',
      ['closed'],
      'copy',
      { args: { inboundOnly: true }, ...copyAbroad },
    ],
  ],
  sameSite: [
    ['a queue of this stack is closed', ['closed'], { Ref: 'Queue' }, { beside: queue }],
    ['a bucket inside is closed', ['closed'], 'copy', copyInStockholm],
    ['a bucket of an address is found', ['outside'], 's3://copy/x', copyAbroad],
    ['an asset of this place is closed', ['closed'], `cdk-hnb659fds-assets-${OURS}-eu-west-1`],
    ['an asset in an address is closed', ['closed'], `s3://cdk-hnb659fds-assets-${OURS}-eu-west-1/x.zip`],
    ['a name that only contains that of an asset is none', ['unknown'], `my-cdk-hnb659fds-assets-${OURS}-eu-west-1`],
    [
      'a value beside another kind of neighbour is closed',
      ['closed'],
      'x',
      { args: { when: 'Kind', is: ['zip'] }, with: { Kind: 'image' } },
    ],
    ['an image of a registry abroad is outside', ['outside'], `${OURS}.dkr.ecr.us-east-1.amazonaws.com/app`],
    ['an image of a registry here is closed', ['closed'], `${OURS}.dkr.ecr.eu-west-1.amazonaws.com/app`],
  ],
  stackRegion: [
    [
      'what is pulled from here by a stack here is closed',
      ['closed'],
      arn('eu-north-1'),
      { args: { pulls: 'source' } },
    ],
    [
      'a Region abroad to pull from is abroad already',
      ['closed'],
      'us-east-1',
      { args: { pulls: 'source' }, region: 'us-west-2' },
    ],
    [
      'a Region here to pull from leaves',
      ['outside'],
      ' EU-west-1 ',
      { args: { pulls: 'source' }, region: 'us-west-2' },
    ],
    ['a group joined by a stack here is closed', ['closed'], 'g', { args: { pulls: 'group' } }],
    [
      'a value that pulls nothing is closed even abroad',
      ['closed'],
      'no',
      { args: { pulls: 'source', values: ['yes'] }, region: 'us-east-1' },
    ],
    [
      'a value that pulls is judged whatever its case',
      ['outside'],
      'YES',
      { args: { pulls: 'group', values: ['yes'] }, region: 'us-east-1' },
    ],
    ['a parameter may pull', ['outside'], open, { args: { pulls: 'group', values: ['yes'] }, region: 'us-east-1' }],
  ],
  policyScan: [
    [
      'a statement that denies is closed',
      ['closed'],
      { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] },
      resourcePolicy,
    ],
    [
      'a statement without an effect cannot be read',
      ['unknown'],
      { Statement: [{ Principal: '*', Action: '*', Resource: '*' }] },
      resourcePolicy,
    ],
    ['a document without statements cannot be read', ['unknown'], { Version: '2012-10-17' }, resourcePolicy],
    [
      'one statement in the place of a document is read',
      ['outside'],
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' },
      resourcePolicy,
    ],
    [
      'a list of statements in the place of a document is read',
      ['outside'],
      [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
      resourcePolicy,
    ],
    [
      'a document in text is read',
      ['outside'],
      JSON.stringify(document({ Principal: '*', Action: 's3:GetObject' })),
      resourcePolicy,
    ],
    ['a text that is no document cannot be read', ['unknown'], 'policy', resourcePolicy],
    ...[
      'events:PutEvents',
      's3:PutObject',
      'sns:Publish',
      'sqs:SendMessage',
      'SQS:sendmessage',
      'kinesis:PutRecord',
      'kinesis:PutRecords',
      'firehose:PutRecord',
      'firehose:PutRecordBatch',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:AbortMultipartUpload',
      's3:ReplicateObject',
      's3:ReplicateDelete',
      's3:ReplicateTags',
    ].map((action): Line => [
      `everyone who may only ${action} lets data in`,
      ['closed'],
      document({ Principal: '*', Action: action }),
      resourcePolicy,
    ]),
    [
      'everyone who may write and read is everyone',
      ['outside'],
      document({ Principal: '*', Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] }),
      resourcePolicy,
    ],
    [
      'everyone who may do all but write is everyone',
      ['outside'],
      document({ Principal: '*', NotAction: 'sqs:SendMessage' }),
      resourcePolicy,
    ],
    ...(
      [
        'aws:PrincipalOrgID',
        'aws:PrincipalOrgPaths',
        'aws:SourceOrgID',
        'aws:SourceOrgPaths',
        'aws:VpceOrgID',
        'aws:VpceOrgPaths',
      ] as const
    ).map((key): Line => [
      `everyone of one organisation (${key}) is closed in`,
      ['closed'],
      bound('StringEquals', key, 'o-1234567890'),
      resourcePolicy,
    ]),
    ...(
      [
        'aws:PrincipalAccount',
        'aws:SourceAccount',
        'aws:SourceOwner',
        'kms:CallerAccount',
        's3:DataAccessPointAccount',
        'aws:VpceAccount',
      ] as const
    ).flatMap((key): Line[] => [
      [`everyone of our account (${key}) is closed in`, ['closed'], bound('StringEquals', key, OURS), resourcePolicy],
    ]),
    ...(
      [
        'aws:PrincipalArn',
        'aws:SourceArn',
        's3:DataAccessPointArn',
        'aws:SourceVpcArn',
        'lambda:SourceFunctionArn',
        'ec2:SourceInstanceArn',
      ] as const
    ).map((key): Line => [
      `everyone by an ARN of ours (${key}) is closed in`,
      ['closed'],
      bound('ArnLike', key, arn('eu-west-1')),
      resourcePolicy,
    ]),
    ...(['aws:SourceVpce', 'aws:SourceVpc'] as const).map((key): Line => [
      `everyone by one endpoint (${key}) is closed in`,
      ['closed'],
      bound('StringEquals', key, 'vpce-1'),
      resourcePolicy,
    ]),
    [
      'a managed policy that only writes log events is closed',
      ['closed'],
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      managed,
    ],
    [
      'a managed policy nobody read cannot be told',
      ['unknown'],
      'arn:aws:iam::aws:policy/AdministratorAccess',
      managed,
    ],
    ['no policy is closed', ['closed'], '', managed],
    ['a policy nobody wrote cannot be told', ['unknown'], `arn:aws:iam::${OURS}:policy/p`, managed],
    ['a resource of this stack is judged by its own rows', ['closed'], { Ref: 'Queue' }, { ...managed, beside: queue }],
    ['a boundary only narrows', ['closed'], document({ Action: '*' }), { args: { policy: 'boundary' } }],
    [
      'an identity that reads abroad lets nothing out',
      ['closed'],
      document({ Action: 's3:GetObject', Resource: arn('us-east-1') }),
      identity,
    ],
    [
      'an identity that writes abroad lets data out',
      ['outside'],
      document({ Action: 'sqs:SendMessage', Resource: arn('us-east-1') }),
      identity,
    ],
    [
      'an identity that writes here is closed',
      ['closed'],
      document({ Action: 'sqs:SendMessage', Resource: arn('eu-west-1') }),
      identity,
    ],
    [
      'an identity of unknown actions cannot be told',
      ['unknown'],
      document({ Action: open, Resource: arn('eu-west-1') }),
      identity,
    ],
  ],
  endpointServiceName: [
    ['a service of AWS without a Region is where the endpoint stands', ['inside'], 'com.amazonaws.s3'],
    [
      'a service of AWS without a Region is abroad where the endpoint is told to go abroad',
      ['outside'],
      'com.amazonaws.s3',
      { args: { region: 'R' }, with: { R: 'us-east-1' } },
    ],
    ['a service of someone else without a Region cannot be told', ['unknown'], 'com.amazonaws.vpce.vpce-svc-1'],
    ['a global service cannot be told', ['unknown'], 'com.amazonaws.global.s3'],
    ['a name that only contains one of AWS cannot be told', ['unknown'], 'org.com.amazonaws.s3'],
    ['a name of nobody cannot be told', ['unknown'], 'svc'],
    ['a name put together with a parameter cannot be told', ['unknown'], { 'Fn::Sub': 'com.amazonaws.${Open}.s3' }],
    ['a queue of this stack stands with it', ['inside'], { Ref: 'Queue' }, { beside: queue }],
    [
      'a queue of this stack reached in a Region abroad is abroad',
      ['outside'],
      { Ref: 'Queue' },
      { args: { region: 'R' }, with: { R: 'us-east-1' }, beside: queue },
    ],
  ],
  typeDeny: [['what is there is found', ['outside'], 'x']],
};

describe.each(Object.entries(LINES) as [EvaluatorSlug, readonly Line[]][])('%s', (slug, lines) => {
  test.each(lines.map(([words, told, written, scene]) => ({ words, told, written, scene })))(
    '$words',
    ({ told, written, scene }) => {
      expect(asked(slug, written, scene)).toEqual(told);
    },
  );
});
