/** Where a value leads: references, ARNs with and without a Region, names anywhere and names looked up here. */
import { locate } from '../../lib/residency/destination';
import type { LocateOptions } from '../../lib/residency/destination';
import { worstOpinion, worstVerdict } from '../../lib/residency/opinion';
import type { Json } from '../../lib/template';
import { FOREIGN, OURS, register } from './court';
import type { Stack } from './court';
import { staged, told } from './scene';
import type { Scene, Told } from './scene';

interface Asked extends Scene {
  readonly bareName?: LocateOptions['bareName'];
  readonly type?: string;
}

function led(written: Json, { bareName = 'anywhere', type, ...scene }: Asked = {}) {
  const { value, from, premises } = staged(written, scene);
  return locate(value, premises, { from, bareName, ...(type === undefined ? {} : { type }) });
}

type Line = readonly [words: string, told: Told, written: Json, scene?: Asked];

const sub = (text: string): Json => ({ 'Fn::Sub': text });
const queue = (name?: string): Json => ({
  Type: 'AWS::SQS::Queue',
  Properties: name === undefined ? {} : { QueueName: name },
});
const bucket = (name: string): Json => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: name } });
const stack = (region: string, resources: { readonly [id: string]: Json }, account: string = OURS): Stack => ({
  name: `of-${region}-${account}`,
  region,
  account,
  resources,
});
const abroad = (resources: { readonly [id: string]: Json }): Asked => ({ others: [stack('us-east-1', resources)] });
const registered = (entry: object): Asked => ({ options: { stores: register({ stores: [entry] }) } });
const parameter = (Type: string): Asked => ({ rest: { Parameters: { Given: { Type } } } });
const parameters = { Given: { Ref: 'Given' } };
const api = (region: string, rest: string): string => `arn:aws:apigateway:${region}:${rest}`;
const lambda = (region: string): string => `arn:aws:lambda:${region}:${OURS}:function:f`;
const fn = { Fn: { Type: 'AWS::Lambda::Function' } };

const LINES: { readonly [group: string]: readonly Line[] } = {
  'a structure': [
    ['that is a list is no destination', 'unknown', ['a', 'b']],
    ['that is a map is no destination', 'unknown', { a: 'b' }],
  ],

  'a reference': [
    ['to a resource of this stack is inside', 'inside', { Ref: 'Queue' }, { beside: { Queue: queue() } }],
    [
      'to what a custom resource answers cannot be told',
      'unknown',
      { 'Fn::GetAtt': ['Custom', 'Region'] },
      { beside: { Custom: { Type: 'Custom::Thing', Properties: { ServiceToken: 'x' } } } },
    ],
    [
      'to a parameter resource itself stands where it stands',
      'inside',
      { Ref: 'Parameter' },
      {
        beside: {
          Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: lambda('us-east-1') } },
        },
      },
    ],
    [
      'to the value of a parameter resource leads where the value leads',
      'outside',
      { 'Fn::GetAtt': ['Parameter', 'Value'] },
      {
        beside: {
          Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: lambda('us-east-1') } },
        },
      },
    ],
    [
      'to a name kept in a parameter resource is a name anywhere',
      'unknown',
      { 'Fn::GetAtt': ['Parameter', 'Value'] },
      { beside: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'name' } } } },
    ],
    [
      'to a parameter resource without a value stands where it stands',
      'inside',
      { 'Fn::GetAtt': ['Parameter', 'Value'] },
      { beside: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String' } } } },
    ],
    [
      'to the attribute "Value" of anything else stands where that stands',
      'inside',
      { 'Fn::GetAtt': ['Thing', 'Value'] },
      { beside: { Thing: { Type: 'AWS::Test::Thing', Properties: { Value: lambda('us-east-1') } } } },
    ],
  ],

  'what is known only at deployment': [
    ['cannot be told', 'unknown', { Ref: 'Open' }],
    [
      'is inside where it is cut out of something inside',
      'inside',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] },
      { beside: { Queue: queue() } },
    ],
    ...[
      'AWS::EC2::Image::Id',
      'AWS::EC2::Subnet::Id',
      'AWS::EC2::SecurityGroup::Id',
      'AWS::EC2::SecurityGroup::GroupName',
      'AWS::EC2::VPC::Id',
      'AWS::EC2::Volume::Id',
      'AWS::EC2::Instance::Id',
      'AWS::EC2::KeyPair::KeyName',
    ].map((type): Line => [
      `is here where CloudFormation looks up a parameter of type ${type}`,
      'inside',
      parameters.Given,
      parameter(type),
    ]),
    ...['String', 'AWS::EC2::AvailabilityZone::Name', 'X::AWS::EC2::VPC::Id', 'AWS::EC2::VPC::Id::X'].map(
      (type): Line => [`cannot be told of a parameter of type ${type}`, 'unknown', parameters.Given, parameter(type)],
    ),
    [
      'is abroad where a stack abroad looks it up',
      'outside',
      parameters.Given,
      { ...parameter('AWS::EC2::VPC::Id'), region: 'us-east-1' },
    ],
    [
      'is a zone of the Region that is asked for its zones',
      'inside',
      { 'Fn::Select': [0, { 'Fn::GetAZs': 'eu-north-1' }] },
    ],
    ['is abroad as a zone of a Region abroad', 'outside', { 'Fn::Select': [0, { 'Fn::GetAZs': 'us-east-1' }] }],
  ],

  'an ARN with a Region': [
    ['inside is inside', 'inside', `arn:aws:sqs:eu-west-1:${OURS}:q`],
    ['abroad is outside', 'outside', `arn:aws:sqs:us-east-1:${OURS}:q`],
    ['abroad is outside whoever owns it', 'outside', `arn:aws:sqs:us-east-1:${FOREIGN}:q`],
    ['abroad is outside though its account is open', 'outside', sub('arn:aws:sqs:us-east-1:${Open}:q')],
    ['inside of an account that is not ours cannot be told', 'unknown', `arn:aws:sqs:eu-west-1:${FOREIGN}:q`],
    ['inside of an account nobody can read cannot be told', 'unknown', 'arn:aws:sqs:eu-west-1:own:q'],
    ['inside of AWS itself is inside', 'inside', 'arn:aws:iam:eu-west-1:aws:policy'],
    ['inside without an account is inside', 'inside', 'arn:aws:apigateway:eu-west-1::/restapis/x'],
    [
      'inside of the account of the stack is inside',
      'inside',
      sub('arn:aws:sqs:eu-west-1:${AWS::AccountId}:q'),
      { account: undefined },
    ],
    ['inside of an account given at deployment cannot be told', 'unknown', sub('arn:aws:sqs:eu-west-1:${Open}:q')],
    ['that is a wildcard cannot be told', 'unknown', `arn:aws:sqs:*:${OURS}:q`],
    ['that is a wildcard of Europe cannot be told', 'unknown', `arn:aws:sqs:eu-*:${OURS}:q`],
    ['nobody knows cannot be told', 'unknown', `arn:aws:sqs:eu-moon-1:${OURS}:q`],
    ['in odd case is read as AWS reads it', 'inside', `arn:aws:sqs:EU-West-1:${OURS}:q`],
    ['given at deployment cannot be told', 'unknown', sub('arn:aws:sqs:${Open}:' + OURS + ':q')],
    [
      'given at deployment is that of the one resource of that name',
      'inside',
      sub('arn:aws:sqs:${Open}:' + OURS + ':jobs'),
      { beside: { Queue: queue('jobs') } },
    ],
    [
      'given at deployment is abroad where the one resource of that name is',
      'outside',
      sub('arn:aws:sqs:${Open}:' + OURS + ':jobs'),
      abroad({ Queue: queue('jobs') }),
    ],
    [
      'that refers to a resource is where that stands',
      'inside',
      sub('arn:aws:sqs:${Queue}:' + OURS + ':q'),
      { beside: { Queue: queue() } },
    ],
    [
      'is where the register says, whatever the ARN says',
      'outside',
      `arn:aws:sqs:eu-west-1:${OURS}:q`,
      registered({ arn: `arn:aws:sqs:eu-west-1:${OURS}:q`, region: 'us-east-1' }),
    ],
  ],

  'an ARN without a Region': [
    ['of a store cannot be told', 'unknown', `arn:aws:sqs::${OURS}:q`],
    [
      'is that of the one resource of that name',
      'inside',
      `arn:aws:dynamodb::${OURS}:table/members`,
      { beside: { T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'members' } } } },
    ],
    ...['iam', 'sts', 'organizations'].flatMap((service): readonly Line[] => [
      [`of ${service} in an account of ours is inside`, 'inside', `arn:aws:${service}::${OURS}:x`],
      [`of ${service} in an account that is not ours cannot be told`, 'unknown', `arn:aws:${service}::${FOREIGN}:x`],
    ]),
    ['of AWS itself is inside', 'inside', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['of identities without an account is inside', 'inside', 'arn:aws:iam:::x'],
    ['of identities whose account is open is inside', 'inside', sub('arn:aws:iam::${Open}:x')],
    ['of a distribution is everywhere', 'outside', `arn:aws:cloudfront::${OURS}:distribution/E1`],
    ['of an accelerator is everywhere', 'outside', `arn:aws:globalaccelerator::${OURS}:accelerator/a`],
    ['whose service is open cannot be told', 'unknown', sub('arn:aws:${Open}::' + OURS + ':x')],
  ],

  'the ARN of a bucket': [
    ['nobody creates cannot be told', 'unknown', 'arn:aws:s3:::somewhere'],
    ['of this stack is inside', 'inside', 'arn:aws:s3:::media', { beside: { B: bucket('media') } }],
    ['of this stack with a key is inside', 'inside', 'arn:aws:s3:::media/a/b', { beside: { B: bucket('media') } }],
    ['of a stack abroad is outside', 'outside', 'arn:aws:s3:::media/*', abroad({ B: bucket('media') })],
    [
      'put together with a reference is where that stands',
      'inside',
      sub('arn:aws:s3:::${B}/a/b'),
      { beside: { B: bucket('x') } },
    ],
    [
      'put together with a reference abroad is outside',
      'outside',
      sub('arn:aws:s3:::${B}/a'),
      { beside: { B: bucket('x') }, region: 'us-east-1' },
    ],
    ['put together with a parameter cannot be told', 'unknown', sub('arn:aws:s3:::${Open}/a/b')],
    [
      'whose key alone is open is that of the bucket',
      'inside',
      sub('arn:aws:s3:::media/${Open}'),
      { beside: { B: bucket('media') } },
    ],
    [
      'whose name is partly open cannot be told',
      'unknown',
      sub('arn:aws:s3:::media-${Open}/k'),
      { beside: { B: bucket('media') } },
    ],
    [
      'put together of two references cannot be told',
      'unknown',
      sub('arn:aws:s3:::${B}-${Open}'),
      { beside: { B: bucket('x') } },
    ],
    [
      'that is registered inside is inside',
      'inside',
      'arn:aws:s3:::partner',
      registered({ name: 'partner', region: 'eu-north-1' }),
    ],
    ['is no name looked up here', 'unknown', 'arn:aws:s3:::somewhere', { bareName: 'here' }],
    ['is the bucket of that name and nothing else', 'unknown', 'arn:aws:s3:::jobs', { beside: { Q: queue('jobs') } }],
    [
      'of two stacks is where the worse of them stands',
      'outside',
      'arn:aws:s3:::media',
      { beside: { B: bucket('media') }, ...abroad({ B: bucket('media') }) },
    ],
  ],

  'what an API calls': [
    ['in its own Region is inside', 'inside', api('eu-west-1', 'sqs:path/q')],
    ['in a Region abroad is outside', 'outside', api('us-east-1', 'sqs:path/q')],
    ['in a Region nobody knows cannot be told', 'unknown', api('eu-moon-1', 'sqs:path/q')],
    [
      'by the name of a function here is inside',
      'inside',
      api('eu-west-1', `lambda:path/2015-03-31/functions/${lambda('eu-west-1')}/invocations`),
    ],
    [
      'by the name of a function abroad is outside',
      'outside',
      api('eu-west-1', `lambda:path/2015-03-31/functions/${lambda('us-east-1')}/invocations`),
    ],
    [
      'as a stream of a function abroad is outside',
      'outside',
      api('eu-west-1', `lambda:path/2021-11-15/functions/${lambda('us-east-1')}/response-streaming-invocations`),
    ],
    [
      'by something that is no call of a function cannot be told',
      'unknown',
      api('eu-west-1', `lambda:path/functions/${lambda('eu-west-1')}/invocations/more`),
    ],
    ['by a function that is not named cannot be told', 'unknown', api('eu-west-1', 'lambda:path/2015-03-31/functions')],
    [
      'by a function of this stack is inside',
      'inside',
      sub(api('eu-west-1', 'lambda:path/2015-03-31/functions/${Fn.Arn}/invocations')),
      { beside: fn },
    ],
    [
      'by a function given at deployment cannot be told',
      'unknown',
      sub(api('eu-west-1', 'lambda:path/2015-03-31/functions/${Open}/invocations')),
    ],
    [
      'abroad by a function given at deployment is outside',
      'outside',
      sub(api('us-east-1', 'lambda:path/2015-03-31/functions/${Open}/invocations')),
    ],
    [
      'by a function whose ARN is of this very place is inside',
      'inside',
      sub(
        api(
          'eu-west-1',
          'lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:f/invocations',
        ),
      ),
      { account: undefined },
    ],
    [
      'by a function of this account with an open name cannot be told',
      'unknown',
      sub(
        api(
          'eu-west-1',
          'lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:${Open}/invocations',
        ),
      ),
      { account: undefined },
    ],
    ['with a number where the service stands is an ordinary ARN', 'unknown', api('eu-west-1', `${FOREIGN}:/x`)],
    ['of a service in capitals is no service', 'unknown', api('eu-west-1', 'SQS:path/q')],
    ['of a service with a blank is no service', 'unknown', api('eu-west-1', 'sqs q:path/q')],
  ],

  'a name': [
    ['nobody declares cannot be told', 'unknown', 'somewhere'],
    ['looked up here is here', 'inside', 'somewhere', { bareName: 'here' }],
    ['looked up here is abroad where the stack is', 'outside', 'somewhere', { bareName: 'here', region: 'us-east-1' }],
    ['looked up here but partly open cannot be told', 'unknown', sub('some-${Open}'), { bareName: 'here' }],
    ['of a resource abroad leads abroad', 'outside', 'jobs', abroad({ Q: queue('jobs') })],
    ['of a resource here leads here', 'inside', 'jobs', { beside: { Q: queue('jobs') } }],
    [
      'of a resource of another type leads nowhere',
      'unknown',
      'jobs',
      { beside: { Q: queue('jobs') }, type: 'AWS::S3::Bucket' },
    ],
    [
      'looked up here is not the one of that name abroad',
      'inside',
      'jobs',
      { bareName: 'here', ...abroad({ Q: queue('jobs') }) },
    ],
    [
      'looked up here is not the one of that name in another account',
      'inside',
      'jobs',
      { bareName: 'here', others: [stack('eu-west-1', { Q: queue('jobs') }, FOREIGN)] },
    ],
    [
      'that is registered abroad is outside',
      'outside',
      'partner',
      registered({ name: 'partner', region: 'us-east-1' }),
    ],
    ['that is registered inside is inside', 'inside', 'partner', registered({ name: 'partner', region: 'eu-north-1' })],
    [
      'registered inside with an account of ours is inside',
      'inside',
      'partner',
      registered({ name: 'partner', region: 'eu-north-1', account: OURS }),
    ],
    [
      'registered inside with an account not ours cannot be told',
      'unknown',
      'partner',
      registered({ name: 'partner', region: 'eu-north-1', account: FOREIGN }),
    ],
    [
      'registered abroad with an account not ours is outside',
      'outside',
      'partner',
      registered({ name: 'partner', region: 'us-east-1', account: FOREIGN }),
    ],
  ],
};

describe.each(Object.entries(LINES))('%s', (_group, lines) => {
  test.each(lines.map(([words, expected, written, scene]) => ({ words, expected, written, scene })))(
    '$words',
    ({ expected, written, scene }) => {
      expect(told(led(written, scene))).toBe(expected);
    },
  );
});

describe('the place an opinion names', () => {
  test('is the physical name where a resource has one, else its label', () => {
    expect(led({ Ref: 'Q' }, { beside: { Q: queue('jobs') } }).place.value).toBe('jobs');
    expect(led({ Ref: 'Q' }, { beside: { Q: queue() } }).place.value).toBe('queue Q of stack here');
  });

  test('of what a custom resource answers is its name, and else its label', () => {
    const custom = (properties: { readonly [name: string]: Json }) =>
      led(
        { 'Fn::GetAtt': ['Custom', 'Region'] },
        { beside: { Custom: { Type: 'Custom::Thing', Properties: { ServiceToken: 'x', ...properties } } } },
      ).place.value;
    expect(custom({ ThingName: 'mine' })).toBe('mine');
    expect(custom({})).toContain('Custom of stack here');
  });

  test('of a bucket of this application is where its template says, whatever a register says', () => {
    const register = registered({ name: 'media', region: 'us-east-1' });
    expect(told(led('arn:aws:s3:::media/k', { ...register, beside: { B: bucket('media') } }))).toBe('inside');
  });

  test('is the resource here, and not the one of that name in another place', () => {
    const twin = stack('eu-north-1', { Q: queue('jobs') });
    expect(led('jobs', { bareName: 'here', beside: { Q: queue('jobs') }, others: [twin] }).place.region).toBe(
      'eu-west-1',
    );
    const foreign = stack('eu-west-1', { Q: queue('jobs') }, FOREIGN);
    expect(led('jobs', { bareName: 'here', others: [foreign] }).place.account).toBe(OURS);
    expect(led('jobs', { bareName: 'here', account: undefined, others: [foreign] }).place.account).toBe(FOREIGN);
    const nobodys = { ...stack('eu-west-1', { Q: queue('jobs') }), account: undefined };
    expect(led('jobs', { bareName: 'here', others: [nobodys] }).place.account).toBeUndefined();
  });

  test('says what is open in a name that is not known', () => {
    expect(led(sub('some-${Open}')).because).toContain('Open');
    expect(led('some').because).toContain('no judged template creates');
    expect(led(sub('some-${Queue}'), { beside: { Queue: queue() } }).because).toContain('no judged template creates');
  });

  test('says why a Region is open', () => {
    expect(led(sub('arn:aws:sqs:${Open}:1:q')).because).toContain('Open');
    expect(led(sub('arn:aws:sqs:eu-${Open}:1:q')).because).toContain('put together at deployment');
  });
});

test('of several opinions the worst counts, and of equals the first', () => {
  const { place } = led('x');
  const opinion = (verdict: 'inside' | 'unknown' | 'outside', because: string) => ({ place, verdict, because });
  const [good, doubt, bad] = [opinion('inside', 'a'), opinion('unknown', 'b'), opinion('outside', 'c')];
  expect(worstOpinion([good, bad, doubt])).toBe(bad);
  expect(worstOpinion([good, doubt])).toBe(doubt);
  expect(worstOpinion([doubt, bad])).toBe(bad);
  expect(worstVerdict(['unknown', 'outside'])).toBe('outside');
  expect(worstOpinion([doubt, opinion('unknown', 'd')])).toBe(doubt);
  expect(() => worstOpinion([])).toThrow('without any opinion');
  expect(worstVerdict(['inside', 'outside', 'unknown'])).toBe('outside');
  expect(worstVerdict(['inside', 'unknown'])).toBe('unknown');
  expect(worstVerdict([])).toBeUndefined();
});
