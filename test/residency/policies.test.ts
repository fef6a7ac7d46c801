/** Policy documents: who is let in, what binds them, what is allowed, and what cannot be read. */
import { policyScan } from '../../lib/residency/evaluators/policy-scan';
import type { Answer } from '../../lib/residency/evaluators';
import type { JudgeOptions } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { FOREIGN, OURS, flowsOf, here, register } from './court';
import { staged, told } from './scene';
import type { Scene, Told } from './scene';

interface Asked extends Scene {
  readonly key?: string;
  /** Properties beside the value, and the arguments that name them. */
  readonly args?: Record<string, unknown>;
}

function scanned(policy: string, written: Json, { args, ...scene }: Asked = {}): readonly Answer[] {
  const { from, premises } = staged(written, scene);
  const row = {
    slug: 'test',
    channel: 'sharing' as const,
    paths: ['Value'],
    args: { policy, ...args },
    carries: 'data' as const,
  };
  return policyScan({ row, resource: from, leaves: from.at('Value'), premises });
}

const say = (policy: string, written: Json, scene: Asked = {}): readonly Told[] =>
  scanned(policy, written, scene).map(told);
const because = (policy: string, written: Json, scene: Asked = {}): string =>
  scanned(policy, written, scene)
    .map((answer) => answer.because)
    .join('\n');

type Line = readonly [words: string, told: readonly Told[], written: Json, scene?: Asked];
const table = (lines: readonly Line[]) =>
  lines.map(([words, expected, written, scene]) => ({ words, expected, written, scene }));

const sub = (text: string): Json => ({ 'Fn::Sub': text });
const open: Json = { Ref: 'Open' };
const account: Json = { Ref: 'AWS::AccountId' };
/** A stack that does not say its account. */
const nowhere: Asked = { account: undefined };
const SITES: Partial<JudgeOptions> = { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] };
const allow = (statement: { readonly [key: string]: Json }): Json => ({
  Statement: [{ Effect: 'Allow', ...statement }],
});
const admit = (Principal: Json, Condition?: Json): Json =>
  allow({ Principal, Action: 's3:GetObject', Resource: '*', ...(Condition === undefined ? {} : { Condition }) });
const bound = (operator: string, key: string, value: Json, more: { readonly [operator: string]: Json } = {}): Json =>
  admit({ AWS: '*' }, { [operator]: { [key]: value }, ...more });

describe('a principal', () => {
  const kept = admit({ AWS: { 'Fn::GetAtt': ['Kept', 'Value'] } });
  const keeping = (owner: string): Asked => ({
    beside: {
      Kept: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: `arn:aws:iam::${owner}:role/r` } },
    },
  });
  const LINES: readonly Line[] = [
    ['that is a star is everyone', ['outside'], admit('*')],
    ['that is a star of AWS is everyone', ['outside'], admit({ AWS: '*' })],
    ['that is our account is let in', ['closed'], admit({ AWS: OURS })],
    ['that is the account of the stack is let in', ['closed'], admit({ AWS: account }), nowhere],
    [
      'that is of the account of the stack is let in',
      ['closed'],
      admit({ AWS: sub('arn:aws:iam::${AWS::AccountId}:root') }),
      nowhere,
    ],
    [
      'that is of an account given at deployment cannot be told',
      ['unknown'],
      admit({ AWS: sub('arn:aws:iam::${Open}:root') }),
    ],
    ['that is given at deployment cannot be told', ['unknown'], admit({ AWS: open })],
    ['that is the name of the stack cannot be told', ['unknown'], admit({ AWS: { Ref: 'AWS::StackName' } })],
    ['that is of a foreign account cannot be told', ['unknown'], admit({ AWS: `arn:aws:iam::${FOREIGN}:root` })],
    ['that is no account cannot be told', ['unknown'], admit({ AWS: 'AROA1234567890' })],
    ['that is an ARN without an account cannot be told', ['unknown'], admit({ AWS: 'arn:aws:iam:::root' })],
    [
      'that is the identity of a distribution is everyone',
      ['outside'],
      admit({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }),
    ],
    [
      'that is the identity of a distribution by reference is everyone',
      ['outside'],
      admit({ AWS: { Ref: 'Oai' } }),
      { beside: { Oai: { Type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity' } } },
    ],
    [
      'that is the canonical user of a distribution is everyone',
      ['outside'],
      admit({ CanonicalUser: { 'Fn::GetAtt': ['Oai', 'S3CanonicalUserId'] } }),
      { beside: { Oai: { Type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity' } } },
    ],
    [
      'that is some canonical user cannot be told',
      ['unknown'],
      admit({ CanonicalUser: '79a59df900b949e55d96a1e698fbaced' }),
    ],
    [
      'that is the canonical user of a resource cannot be told',
      ['unknown'],
      admit({ CanonicalUser: { Ref: 'Role' } }),
      { beside: { Role: { Type: 'AWS::IAM::Role' } } },
    ],
    [
      'that is a role of this stack is let in',
      ['closed'],
      admit({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
      { beside: { Role: { Type: 'AWS::IAM::Role' } } },
    ],
    [
      'that is a role of a stack of no account is let in',
      ['closed'],
      admit({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
      { ...nowhere, beside: { Role: { Type: 'AWS::IAM::Role' } } },
    ],
    [
      'that is a role of a stack abroad of an account of ours is let in',
      ['closed'],
      admit({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
      { region: 'us-east-1', beside: { Role: { Type: 'AWS::IAM::Role' } } },
    ],
    [
      'that a custom resource answers cannot be told',
      ['unknown'],
      admit({ AWS: { 'Fn::GetAtt': ['Made', 'Arn'] } }),
      { beside: { Made: { Type: 'Custom::Made', Properties: { ServiceToken: 'arn' } } } },
    ],
    ['that a parameter of the store holds is let in if it is ours', ['closed'], kept, keeping(OURS)],
    ['that a parameter of the store holds cannot be told if it is not ours', ['unknown'], kept, keeping(FOREIGN)],
    ['that belongs to AWS itself is none of ours', ['unknown'], admit({ AWS: 'arn:aws:iam::aws:root' })],
    ['that is a service of AWS is let in', ['closed'], admit({ Service: 'sns.amazonaws.com' })],
    [
      'that is a service in a stack of no Region is let in',
      ['closed'],
      admit({ Service: sub('logs.${AWS::Region}.${AWS::URLSuffix}') }),
      { region: undefined },
    ],
    ['that is a service of a Region inside is let in', ['closed'], admit({ Service: 'logs.eu-west-1.amazonaws.com' })],
    [
      'that is a service of a Region abroad is outside',
      ['outside'],
      admit({ Service: 'logs.us-east-1.amazonaws.com' }),
    ],
    [
      'that is a service whose Region is open is let in',
      ['closed'],
      admit({ Service: sub('logs.${Open}.amazonaws.com') }),
    ],
    ['that is a service with an open suffix is let in', ['closed'], admit({ Service: sub('ec2.${AWS::URLSuffix}') })],
    [
      'that is a service with an open Region and suffix is let in',
      ['closed'],
      admit({ Service: sub('logs.${Open}.${AWS::URLSuffix}') }),
    ],
    ...['amazonaws.eu', 'aws.internal', 'c2s.ic.gov', 'sc2s.sgov.gov', 'amazonaws.com.cn'].map((suffix): Line => [
      `that is a service under ${suffix} is let in`,
      ['closed'],
      admit({ Service: `events.${suffix}` }),
    ]),
    [
      'that only ends like a service of AWS cannot be told',
      ['unknown'],
      admit({ Service: 'Evil!events.amazonaws.com' }),
    ],
    [
      'that only begins like a service of AWS cannot be told',
      ['unknown'],
      admit({ Service: 'events.amazonaws.com.evil.example' }),
    ],
    ['that has x in the middle cannot be told', ['unknown'], admit({ Service: 'events.x.example' })],
    ...['cloudfront', 'edgelambda', 'globalaccelerator'].map((service): Line => [
      `that is ${service} serves the whole world`,
      ['outside'],
      admit({ Service: `${service}.amazonaws.com` }),
    ]),
    [
      'that is everything but someone is everyone',
      ['outside'],
      allow({ NotPrincipal: { AWS: OURS }, Action: '*', Resource: '*' }),
    ],
    ['that is missing cannot be told', ['unknown'], allow({ Action: '*', Resource: '*' })],
    ['that is an empty list cannot be told', ['unknown'], admit({ AWS: [] })],
    ['is judged one by one', ['closed', 'unknown', 'outside'], admit({ AWS: [OURS, FOREIGN, '*'] })],
    ['that is a structure cannot be told', ['unknown'], admit({ AWS: [{ Some: 'thing' }] })],
  ];
  test.each(table(LINES))('$words', ({ expected, written, scene }) =>
    expect(say('resource', written, scene)).toEqual(expected),
  );
});

describe('whoever another provider vouches for', () => {
  const federated = (provider: Json, Condition?: Json): Json =>
    allow({
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(Condition ? { Condition } : {}),
    });
  const pool = 'cognito-identity.amazonaws.com';
  const amr = (operator: string, key: string, value: Json): Json => federated(pool, { [operator]: { [key]: value } });
  const registered: Asked = {
    options: {
      stores: register({
        hosts: [
          { host: 'token.example.eu', country: 'NO' },
          { host: 'token.example.com', country: 'US' },
        ],
      }),
    },
  };
  const oidc = (host: string): Json => `arn:aws:iam::${OURS}:oidc-provider/${host}`;

  const LINES: readonly Line[] = [
    ['has signed in to an identity pool', ['closed'], amr('ForAnyValue:StringLike', `${pool}:amr`, 'authenticated')],
    ['has not signed in to an identity pool', ['outside'], federated(pool)],
    ['is a guest of an identity pool', ['outside'], amr('ForAnyValue:StringLike', `${pool}:amr`, 'unauthenticated')],
    [
      'is a guest or has signed in',
      ['outside'],
      amr('ForAnyValue:StringLike', `${pool}:amr`, ['authenticated', 'unauthenticated']),
    ],
    [
      'has signed in, if anything is said of it',
      ['outside'],
      amr('StringLikeIfExists', `${pool}:amr`, 'authenticated'),
    ],
    [
      'has signed in, if anything is said, in odd case',
      ['outside'],
      amr('StringLikeIFEXISTS', `${pool}:amr`, 'authenticated'),
    ],
    ['says so under another key', ['outside'], amr('StringEquals', `${pool}:aud`, 'authenticated')],
    ['says so under a longer key', ['outside'], amr('StringEquals', `${pool}:amr2`, 'authenticated')],
    ['is of a registered provider here', ['closed'], federated(oidc('token.example.eu')), registered],
    ['is of a registered provider with a path', ['closed'], federated(oidc('token.example.eu/tenant/1')), registered],
    ['is of a registered provider by its bare name', ['closed'], federated('token.example.eu'), registered],
    ['is of a registered provider abroad', ['outside'], federated(oidc('token.example.com')), registered],
    [
      'is of a provider whose name goes on in another line',
      ['unknown'],
      federated(oidc('token.example.eu\nx')),
      registered,
    ],
    ['is of a provider nobody registered', ['unknown'], federated(oidc('token.example.org')), registered],
    ['is of a SAML provider of ours', ['closed'], federated(`arn:aws:iam::${OURS}:saml-provider/us`)],
    ['is of a SAML provider of others', ['unknown'], federated(`arn:aws:iam::${FOREIGN}:saml-provider/them`)],
    [
      'is of a provider of this stack',
      ['closed'],
      federated({ Ref: 'Provider' }),
      { beside: { Provider: { Type: 'AWS::IAM::OIDCProvider' } } },
    ],
    ['is of a provider given at deployment', ['unknown'], federated(open)],
  ];
  test.each(table(LINES))('$words', ({ expected, written, scene }) =>
    expect(say('trust', written, scene)).toEqual(expected),
  );
});

describe('a condition on the caller', () => {
  const binds = (words: string, written: Json, scene?: Asked): Line => [
    `${words} binds`,
    ['closed'],
    written,
    scene ?? {},
  ];
  const doubts = (words: string, written: Json, scene?: Asked): Line => [
    `${words} leaves a doubt`,
    ['unknown'],
    written,
    scene ?? {},
  ];
  const fails = (words: string, written: Json, scene?: Asked): Line => [
    `${words} binds nobody`,
    ['outside'],
    written,
    scene ?? {},
  ];
  const queue = { beside: { Queue: { Type: 'AWS::SQS::Queue' } } };

  const LINES: readonly Line[] = [
    ...[
      'aws:PrincipalOrgID',
      'aws:PrincipalOrgPaths',
      'aws:SourceOrgID',
      'aws:SourceOrgPaths',
      'aws:VpceOrgID',
      'aws:VpceOrgPaths',
    ].map((key) => binds(`an organisation under ${key}`, bound('StringEquals', key, 'o-abc'))),
    binds('an organisation by reference', bound('StringEquals', 'aws:PrincipalOrgID', { Ref: 'Queue' }), queue),
    doubts('an organisation given at deployment', bound('StringEquals', 'aws:PrincipalOrgID', open)),
    doubts('any organisation', bound('StringLike', 'aws:PrincipalOrgID', '*')),
    doubts('any organisation with its prefix', bound('StringLike', 'aws:PrincipalOrgID', 'o-*')),
    binds('an organisation path that ends in a star', bound('StringLike', 'aws:PrincipalOrgPaths', 'o-abc/*')),
    doubts('one organisation of two that is open', bound('StringEquals', 'aws:PrincipalOrgID', ['o-abc', open])),
    ...[
      'aws:PrincipalAccount',
      'aws:SourceAccount',
      'aws:SourceOwner',
      'kms:CallerAccount',
      's3:DataAccessPointAccount',
      'aws:VpceAccount',
    ].map((key) => binds(`our account under ${key}`, bound('StringEquals', key, OURS))),
    binds('the account of the stack', bound('StringEquals', 'aws:SourceAccount', account), nowhere),
    doubts('an account given at deployment', bound('StringEquals', 'aws:SourceAccount', open)),
    doubts(
      'the name of the stack for an account',
      bound('StringEquals', 'aws:SourceAccount', { Ref: 'AWS::StackName' }),
    ),
    doubts('a foreign account', bound('StringEquals', 'aws:SourceAccount', FOREIGN)),
    doubts('our account or a foreign one', bound('StringEquals', 'aws:SourceAccount', [OURS, FOREIGN])),
    doubts('a wildcard account', bound('StringLike', 'aws:SourceAccount', '11*')),
    doubts('a resource for an account', bound('StringEquals', 'aws:SourceAccount', { Ref: 'Queue' }), queue),
    ...[
      'aws:PrincipalArn',
      'aws:SourceArn',
      's3:DataAccessPointArn',
      'aws:SourceVpcArn',
      'lambda:SourceFunctionArn',
      'ec2:SourceInstanceArn',
    ].map((key) => binds(`an ARN of ours under ${key}`, bound('ArnLike', key, `arn:aws:iam::${OURS}:role/*`))),
    binds('an ARN by reference', bound('ArnEquals', 'aws:SourceArn', { 'Fn::GetAtt': ['Queue', 'Arn'] }), queue),
    binds(
      'an ARN of the account of the stack',
      bound('ArnLike', 'aws:SourceArn', sub('arn:aws:sqs:*:${AWS::AccountId}:*')),
      nowhere,
    ),
    doubts(
      'an ARN of an account given at deployment',
      bound('ArnLike', 'aws:SourceArn', sub('arn:aws:sqs:*:${Open}:*')),
    ),
    doubts(
      'an ARN of the name of the stack',
      bound('ArnLike', 'aws:SourceArn', sub('arn:aws:sqs:*:${AWS::StackName}:*')),
    ),
    doubts('an ARN of a foreign account', bound('ArnLike', 'aws:SourceArn', `arn:aws:sqs:*:${FOREIGN}:*`)),
    doubts('an ARN of AWS itself', bound('ArnLike', 'aws:SourceArn', 'arn:aws:iam::aws:policy/x')),
    doubts('an ARN of any account', bound('ArnLike', 'aws:SourceArn', 'arn:aws:sqs:*:*:*')),
    doubts('no ARN', bound('ArnLike', 'aws:SourceArn', '*')),
    doubts('an ARN given at deployment', bound('ArnLike', 'aws:SourceArn', open)),
    binds('a bucket of this stack', bound('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::media'), {
      beside: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } } },
    }),
    doubts('a bucket of nobody', bound('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::media')),
    doubts('a bucket abroad', bound('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::media'), {
      region: 'us-east-1',
      beside: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } } },
    }),
    ...['aws:SourceVpce', 'aws:SourceVpc'].map((key) =>
      binds(`an endpoint under ${key}`, bound('StringEquals', key, 'vpce-1')),
    ),
    doubts('any endpoint', bound('StringLike', 'aws:SourceVpce', '*')),
    doubts('any endpoint with its prefix', bound('StringLike', 'aws:SourceVpce', 'vpce-*')),
    doubts('any network with its prefix', bound('StringLike', 'aws:SourceVpc', 'vpc-*')),
    binds('an endpoint with a star at its end', bound('StringLike', 'aws:SourceVpce', 'vpce-1*')),
    doubts('an endpoint given at deployment', bound('StringEquals', 'aws:SourceVpce', open)),
    ...[
      'StringEquals',
      'StringEqualsIgnoreCase',
      'StringLike',
      'ArnEquals',
      'ArnLike',
      'ForAnyValue:StringEquals',
      'stringequals',
    ].map((operator) => binds(`${operator}`, bound(operator, 'aws:PrincipalOrgID', 'o-abc'))),
    ...['StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'XStringEquals', 'NotStringLike'].map(
      (operator) => fails(`${operator}`, bound(operator, 'aws:PrincipalOrgID', 'o-abc')),
    ),
    fails('an empty list', bound('StringEquals', 'aws:PrincipalOrgID', [])),
    fails('a key that says nothing of the caller', bound('StringEquals', 'aws:SecureTransport', 'true')),
    doubts('an address', bound('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
    doubts('an address in odd case', bound('ipaddress', 'aws:sourceip', '10.0.0.0/8')),
    fails('an address that is excepted', bound('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8')),
    fails('an address if there is one', bound('IpAddressIfExists', 'aws:SourceIp', '10.0.0.0/8')),
    fails('an address under another key', bound('IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8')),
    fails('a text compared with an address', bound('StringEquals', 'aws:SourceIp', '10.0.0.0/8')),
    binds(
      'a doubtful condition beside one that binds',
      bound('IpAddress', 'aws:SourceIp', '10.0.0.0/8', { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } }),
    ),
    doubts(
      'a doubtful condition beside one that says nothing',
      bound('IpAddress', 'aws:SourceIp', '10.0.0.0/8', { Bool: { 'aws:SecureTransport': 'true' } }),
    ),
    fails(
      'a condition under a condition',
      admit('*', { 'Fn::If': ['C', { StringEquals: { 'aws:PrincipalOrgID': 'o' } }, { Ref: 'AWS::NoValue' }] }),
      { rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [open, 'x'] } } } },
    ),
    fails(
      'an operator under a condition',
      admit('*', {
        StringEquals: { 'Fn::If': ['C', { 'aws:PrincipalOrgID': 'o' }, { 'aws:SecureTransport': 'true' }] },
      }),
      { rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [open, 'x'] } } } },
    ),
    fails(
      'an operator that may be left out',
      admit('*', { StringEquals: { 'Fn::If': ['C', { 'aws:PrincipalOrgID': 'o' }, { Ref: 'AWS::NoValue' }] } }),
      { rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [open, 'x'] } } } },
    ),
    fails(
      'a key that may be left out',
      admit('*', { StringEquals: { 'aws:PrincipalOrgID': { 'Fn::If': ['C', 'o', { Ref: 'AWS::NoValue' }] } } }),
      { rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [open, 'x'] } } } },
    ),
    fails('a condition that is a text', admit('*', 'text')),
    fails('an operator that is a text', admit('*', { StringEquals: 'text' })),
    fails('a condition given at deployment', admit('*', open)),
  ];
  test.each(table(LINES))('$words', ({ expected, written, scene }) =>
    expect(say('resource', written, scene)).toEqual(expected),
  );

  const mount = (operator: string, value: Json): readonly Told[] =>
    say('resource', bound(operator, 'elasticfilesystem:AccessedViaMountTarget', value));
  test('that asks for a mount target binds to the network of the file system', () => {
    expect(mount('Bool', 'true')).toEqual(['closed']);
    expect(mount('bool', 'TRUE')).toEqual(['closed']);
    expect(mount('Bool', true)).toEqual(['closed']);
  });
  test('that may do without a mount target binds nobody', () => {
    for (const value of ['false', ['true', 'false'], []]) expect(mount('Bool', value)).toEqual(['outside']);
    for (const operator of ['BoolIfExists', 'StringEquals', 'NotBool', 'Null'])
      expect(mount(operator, 'true')).toEqual(['outside']);
  });
  test('that asks for a mount target given at deployment binds nobody', () =>
    expect(mount('Bool', open)).toEqual(['outside']));

  test('does not make an edge network ours, nor a foreign account a place abroad', () => {
    const ip = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const org = { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } };
    expect(say('resource', admit({ Service: 'cloudfront.amazonaws.com' }, org))).toEqual(['outside']);
    expect(say('resource', admit({ Service: 'cloudfront.amazonaws.com' }, ip))).toEqual(['outside']);
    expect(say('resource', admit({ AWS: FOREIGN }, org))).toEqual(['closed']);
    expect(say('resource', admit({ AWS: FOREIGN }, ip))).toEqual(['unknown']);
    expect(say('resource', admit({ AWS: OURS }, ip))).toEqual(['closed']);
    const others = { NotPrincipal: { AWS: OURS }, Action: '*', Resource: '*' };
    expect(say('resource', allow({ ...others, Condition: org }))).toEqual(['outside']);
  });
});

describe('a document', () => {
  test('in JSON text is read whatever it holds: a list of statements, or a reference to another text', () => {
    const text = JSON.stringify([{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }]);
    expect(say('resource', text)).toEqual(['outside']);
    expect(say('resource', JSON.stringify({ Ref: 'AWS::Region' }))).toEqual(['unknown']);
    expect(say('resource', JSON.stringify({ Ref: 'Open' }))).toEqual(['unknown']);
    expect(because('resource', { Version: '2012-10-17' })).toContain('the document has no Statement');
  });
  test('in JSON text that refers to itself is read once', () => {
    const itself = { Type: 'String', AllowedValues: ['{"Ref":"Itself"}'] };
    expect(say('resource', { Ref: 'Itself' }, { rest: { Parameters: { Itself: itself } } })).toEqual(['unknown']);
  });
  test('that lets in ours says whose that is', () => {
    expect(because('resource', admit({ AWS: OURS }))).toBe(`account ${OURS} is ours`);
    expect(because('resource', bound('StringEquals', 'aws:PrincipalOrgID', 'o-1'))).toContain('binds the caller');
  });
  test('with a structure where a word was expected says so', () => {
    expect(because('resource', admit({ AWS: [{ Some: 'thing' }] }))).toContain(
      'a structure stands where a word was expected',
    );
  });
  test('by which a declared source brings data in says from where', () => {
    const write = allow({ Principal: { AWS: FOREIGN }, Action: 's3:PutObject', Resource: '*' });
    const [open] = scanned('resource', write);
    expect(open).toMatchObject({ closed: true, because: 'a statement only lets data in' });
    expect(open!.inbound).toBeUndefined();
    const sources = [{ account: FOREIGN, region: 'us-east-1' }];
    expect(scanned('resource', write, { options: { sources } })).toMatchObject([
      {
        closed: true,
        inbound: true,
        because: `a statement only lets data in from ${FOREIGN} in us-east-1 (United States)`,
      },
    ]);
    expect(because('resource', write, { options: { sources: [{ account: OURS, region: 'us-east-1' }] } })).toBe(
      'a statement only lets data in',
    );
  });
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };
  const LINES: readonly Line[] = [
    ['without a statement cannot be read', ['unknown'], { Version: '2012-10-17' }],
    ['with its statements in small letters is read', ['outside'], { statement: [statement] }],
    ['with one statement instead of a list is read', ['outside'], { Statement: statement }],
    ['that is a statement is read', ['outside'], statement],
    ['that is a list of statements is read', ['outside'], [statement]],
    ['that is JSON text is read', ['outside'], JSON.stringify({ Statement: [statement] })],
    [
      'that is JSON text with a reference is read',
      ['outside'],
      sub(JSON.stringify({ Statement: [{ ...statement, Resource: '${Queue.Arn}' }] })),
      { beside: { Queue: { Type: 'AWS::SQS::Queue' } } },
    ],
    ['that is some other text cannot be read', ['unknown'], 'text'],
    ['that is the text of a number cannot be read', ['unknown'], '7'],
    ['that is the text of nothing cannot be read', ['unknown'], 'null'],
    ['given at deployment cannot be read', ['unknown'], open],
    ['whose statement is given at deployment cannot be read', ['unknown'], { Statement: [open] }],
    ['whose statement is a text cannot be read', ['unknown'], { Statement: ['text'] }],
    [
      'whose effect is given at deployment cannot be read',
      ['unknown'],
      { Statement: [{ ...statement, Effect: open }] },
    ],
    ['without an effect cannot be read', ['unknown'], { Statement: [{ Principal: '*', Action: '*' }] }],
    ['that denies lets nobody in', ['closed'], { Statement: [{ ...statement, Effect: 'Deny' }] }],
    [
      'that denies or allows is read as if it allowed',
      ['outside'],
      { Statement: [{ ...statement, Effect: { 'Fn::If': ['C', 'Deny', 'Allow'] } }] },
      { rest: { Parameters: { Open: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [open, 'x'] } } } },
    ],
    [
      'that a transform may add to cannot be read to its end',
      ['outside', 'unknown'],
      { Statement: [statement], 'Fn::Transform': { Name: 'AWS::Include' } },
    ],
    [
      'is read statement by statement',
      ['closed', 'outside'],
      { Statement: [{ ...statement, Effect: 'Deny' }, statement] },
    ],
    ['that only lets data in is closed', ['closed'], { Statement: [{ ...statement, Action: ['s3:PutObject'] }] }],
    [
      'that lets data in and out is not closed',
      ['outside'],
      { Statement: [{ ...statement, Action: ['s3:PutObject', 's3:GetObject'] }] },
    ],
    [
      'of actions given at deployment does more than let data in',
      ['outside'],
      { Statement: [{ ...statement, Action: open }] },
    ],
    ['without actions does more than let data in', ['outside'], { Statement: [{ Effect: 'Allow', Principal: '*' }] }],
    [
      'of everything but writing does more than let data in',
      ['outside'],
      { Statement: [{ Effect: 'Allow', Principal: '*', NotAction: 's3:PutObject' }] },
    ],
  ];
  test.each(table(LINES))('$words', ({ expected, written, scene }) =>
    expect(say('resource', written, scene)).toEqual(expected),
  );

  test('is quoted with its name, its first three actions and the number of the others', () => {
    const quoted = (more: { readonly [key: string]: Json }): string =>
      because('resource', { Statement: [{ ...statement, ...more }] });
    expect(quoted({ Sid: 'Readers' })).toBe('statement "Readers" allows s3:GetObject to everyone');
    expect(quoted({ Sid: '' })).toBe('a statement allows s3:GetObject to everyone');
    expect(quoted({ Action: ['a:A', 'b:B', 'c:C'] })).toContain('allows a:A, b:B, c:C to');
    expect(quoted({ Action: ['a:A', 'b:B', 'c:C', 'd:D'] })).toContain('allows a:A, b:B, c:C and 1 more actions to');
    expect(quoted({ Action: [] })).toContain('allows actions to');
    expect(because('resource', allow({ Principal: '*', NotAction: ['a:A'] }))).toContain('everything but a:A');
  });
});

describe('what an identity may do', () => {
  const may = (statement: { readonly [key: string]: Json }, scene?: Asked): readonly Told[] =>
    say('identity', allow({ Resource: '*', ...statement }), scene);
  const reason = (statement: { readonly [key: string]: Json }, scene?: Asked): string =>
    because('identity', allow({ Resource: '*', ...statement }), scene);
  const queue = (region: string): string => `arn:aws:sqs:${region}:${OURS}:q`;
  const COPY = 's3:PutReplicationConfiguration';
  const when = (operator: string, key: string, value: Json) => ({ Condition: { [operator]: { [key]: value } } });

  test('is named: up to three actions, then their number', () => {
    const some = ['s3:PutReplicationConfiguration', 'ec2:CopyImage', 'rds:CopyDBSnapshot'];
    expect(reason({ Action: some })).toContain(
      'allows ec2:CopyImage, rds:CopyDBSnapshot, s3:PutReplicationConfiguration, by',
    );
    expect(reason({ Action: [...some, 'ec2:CopySnapshot'] })).toContain(
      'ec2:CopyImage, ec2:CopySnapshot, rds:CopyDBSnapshot and 1 more, by',
    );
    expect(scanned('identity', allow({ Action: COPY, Resource: '*' }))[0]!.place.value).toBe(COPY);
  });

  test('is bound by a Region inside, an organisation or an account of ours', () => {
    expect(may({ Action: COPY })).toEqual(['unknown']);
    for (const condition of [
      when('StringEquals', 'aws:RequestedRegion', 'eu-north-1'),
      when('StringEquals', 'aws:RequestedRegion', ['eu-north-1', 'eu-west-1']),
      when('StringEquals', 'aws:ResourceOrgID', 'o-abc'),
      when('StringEquals', 'aws:ResourceOrgPaths', 'o-abc/r/ou'),
      when('StringEquals', 'aws:ResourceAccount', OURS),
      when('StringEquals', 'aws:ResourceAccount', [OURS, OURS]),
    ])
      expect(may({ Action: COPY, ...condition })).toEqual(['closed']);
  });

  test('is not bound by a Region abroad, an open value, a wildcard or an operator that may fail to apply', () => {
    for (const condition of [
      when('StringEquals', 'aws:RequestedRegion', 'us-east-1'),
      when('StringEquals', 'aws:RequestedRegion', ['eu-north-1', 'us-east-1']),
      when('StringEquals', 'aws:RequestedRegion', open),
      when('StringEquals', 'aws:RequestedRegion', []),
      when('StringLike', 'aws:RequestedRegion', 'eu-*'),
      when('StringNotEquals', 'aws:RequestedRegion', 'eu-north-1'),
      when('StringEqualsIfExists', 'aws:RequestedRegion', 'eu-north-1'),
      when('StringEquals', 'aws:ResourceOrgID', open),
      when('StringLike', 'aws:ResourceOrgID', 'o-*'),
      when('StringLike', 'aws:ResourceOrgPaths', ['o-abc', 'o-abc/*']),
      when('StringEquals', 'aws:ResourceAccount', FOREIGN),
      when('StringEquals', 'aws:ResourceAccount', [OURS, FOREIGN]),
      when('StringEquals', 'aws:ResourceAccount', []),
      when('StringEquals', 'aws:PrincipalTag/x', OURS),
    ])
      expect(may({ Action: COPY, ...condition })).toEqual(['unknown']);
  });

  test('is bound by the key that carries the destination of the action, and by no key of another action', () => {
    expect(may({ Action: 'kms:ReplicateKey' })).toEqual(['unknown']);
    expect(may({ Action: 'kms:ReplicateKey', ...when('StringEquals', 'kms:ReplicaRegion', 'eu-north-1') })).toEqual([
      'closed',
    ]);
    expect(may({ Action: 'kms:ReplicateKey', ...when('StringEquals', 'kms:ReplicaRegion', 'us-east-1') })).toEqual([
      'unknown',
    ]);
    expect(may({ Action: COPY, ...when('StringEquals', 'kms:ReplicaRegion', 'eu-north-1') })).toEqual(['unknown']);
  });

  test('is judged by the places it may write to', () => {
    expect(may({ Action: 'sqs:SendMessage', Resource: queue('us-east-1') })).toEqual(['outside']);
    expect(may({ Action: 'sqs:SendMessage', Resource: queue('eu-west-1') })).toEqual(['closed']);
    expect(may({ Action: 'sqs:SendMessage', Resource: 'bucket-of-nobody' })).toEqual(['unknown']);
    expect(may({ Action: 'sqs:SendMessage', Resource: ' * ' })).toEqual(['closed']);
    expect(may({ Action: 'sqs:SendMessage', Resource: open })).toEqual(['closed']);
    expect(may({ Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:*:${OURS}:q` })).toEqual(['closed']);
    expect(may({ Action: 'iam:CreateThing', Resource: `arn:aws:iam::${FOREIGN}:role/x` })).toEqual(['closed']);
    expect(may({ Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::*' })).toEqual(['closed']);
    expect(may({ Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::of-nobody' })).toEqual(['unknown']);
    expect(may({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:*:q' })).toEqual(['outside']);
    expect(may({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:*:q' })).toEqual(['closed']);
    expect(may({ Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:eu-west-1:${FOREIGN}:q` })).toEqual(['unknown']);
    expect(
      may({
        Action: 'sqs:SendMessage',
        Resource: queue('us-east-1'),
        ...when('StringEquals', 'aws:RequestedRegion', 'eu-west-1'),
      }),
    ).toEqual(['closed']);
  });

  test('but only reading takes nothing out, however it is spelled', () => {
    const Resource = queue('us-east-1');
    expect(may({ Action: 'sqs:ReceiveMessage', Resource })).toEqual(['closed']);
    expect(may({ Action: 'SQS:receivemessage', Resource })).toEqual(['closed']);
    expect(may({ Action: ['sqs:GetQueueUrl', 'sqs:SendMessage'], Resource })).toEqual(['outside']);
    expect(may({ Action: 'x sqs:GetQueueUrl', Resource })).toEqual(['outside']);
    expect(may({ NotAction: 'sqs:SendMessage', Resource })[0]).toBe('outside');
  });

  test('cannot be told where an action is given at deployment', () => {
    expect(may({ Action: open })).toEqual(['unknown']);
    expect(may({ Action: ['sqs:ReceiveMessage', open] })).toEqual(['unknown']);
  });

  test('with everything but some actions is everything else', () => {
    const rest = (NotAction: Json): string =>
      because('identity', { Statement: [{ Effect: 'Allow', NotAction, Resource: '*' }] });
    const all = /and (\d+) more/.exec(rest('sqs:ReceiveMessage'))![1]!;
    const fewer = /and (\d+) more/.exec(rest('s3:*'))![1]!;
    expect(Number(fewer)).toBeLessThan(Number(all));
    expect(Number(fewer)).toBeGreaterThan(100);
    expect(rest('*')).toContain('nothing that leads outside');
    expect(/and (\d+) more/.exec(rest(['s3:*', open]))![1]).toBe(fewer);
  });

  test('outside some resources may reach any other', () => {
    const deliver = (more: { readonly [key: string]: Json }): readonly Told[] =>
      say('identity', { Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', ...more }] });
    expect(deliver({ Resource: `arn:aws:events:eu-west-1:${OURS}:event-bus/b` })).toEqual(['closed']);
    expect(deliver({ NotResource: `arn:aws:events:eu-west-1:${OURS}:event-bus/b` })).toEqual(['unknown']);
    expect(deliver({ NotResource: `arn:aws:events:us-east-1:${OURS}:event-bus/b` })).toEqual(['unknown']);
    expect(deliver({ Resource: [] })).toEqual(['unknown']);
    expect(deliver({})).toEqual(['unknown']);
  });

  test('to the network of an enclave matters where a network has a way out', () => {
    const gateway = {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
      Gate: { Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: { VpcId: { Ref: 'Vpc' } } },
    };
    const group = `arn:aws:ec2:eu-west-1:${OURS}:security-group/sg-1`;
    const opening = { Action: 'ec2:AuthorizeSecurityGroupEgress', Resource: group };
    expect(may(opening, { options: SITES })).toEqual(['closed']);
    expect(may(opening, { options: SITES, beside: gateway })).toEqual(['unknown']);
    expect(may({ ...opening, Resource: '*' }, { options: SITES })).toEqual(['unknown']);
    expect(may({ Action: 'iam:PassRole', Resource: group }, { options: SITES })).toEqual(['unknown']);
  });
});

describe('a managed policy', () => {
  const managed = (written: Json, scene?: Asked): readonly Told[] => say('managed', written, scene);
  const policies = { Mine: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'mine' } } };

  test('of AWS that was read is closed, and one that was not cannot be told', () => {
    expect(managed('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')).toEqual(['closed']);
    expect(managed('arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess')).toEqual(['closed']);
    expect(managed('arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole')).toEqual(['unknown']);
    expect(managed('arn:aws:iam::aws:policy/AdministratorAccess')).toEqual(['unknown']);
    expect(managed('arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess\nx')).toEqual(['unknown']);
    expect(managed(sub('arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess'))).toEqual(['closed']);
  });

  test('that runs a service is ordinary and no part of an enclave', () => {
    expect(managed('arn:aws:iam::aws:policy/AmazonEKSClusterPolicy')).toEqual(['closed']);
    expect(managed('arn:aws:iam::aws:policy/AmazonEKSClusterPolicy', { options: SITES })).toEqual(['unknown']);
    expect(managed('arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess', { options: SITES })).toEqual(['closed']);
  });

  test('of this application is judged by its own rows', () => {
    expect(managed({ Ref: 'Mine' }, { beside: policies })).toEqual(['closed']);
    expect(managed(`arn:aws:iam::${OURS}:policy/mine`, { beside: policies })).toEqual(['closed']);
    expect(managed(`arn:aws:iam::${OURS}:policy/other`, { beside: policies })).toEqual(['unknown']);
  });

  test('of nobody, of others or given at deployment cannot be told', () => {
    expect(managed('')).toEqual(['closed']);
    expect(managed('somewhere')).toEqual(['unknown']);
    expect(scanned('managed', 'somewhere')[0]!.place.region).toBeUndefined();
    expect(managed(`arn:aws:iam::${FOREIGN}:policy/theirs`)).toEqual(['unknown']);
    expect(managed(open)).toEqual(['unknown']);
  });
});

describe('a service that calls for a resource', () => {
  const call = (
    principal: Json,
    source: Json | undefined,
    scene: Asked = {},
    args: object = { caller: 'Source' },
  ): readonly Told[] => {
    const { from, premises } = staged(
      { Principal: principal, ...(source === undefined ? {} : { Source: source }) },
      scene,
    );
    const row = {
      slug: 'test',
      channel: 'sharing' as const,
      paths: ['Value.Principal'],
      args: { policy: 'principal', ...prefixed(args) },
      carries: 'data' as const,
    };
    return policyScan({ row, resource: from, leaves: from.at('Value.Principal'), premises }).map(told);
  };
  const prefixed = (args: object): object =>
    Object.fromEntries(Object.entries(args).map(([key, value]) => [key, `Value.${value as string}`]));
  const bucketAbroad = {
    region: 'us-east-1',
    beside: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } } },
  };
  const other = {
    others: [
      {
        name: 'other',
        region: 'us-east-1',
        resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } } },
      },
    ],
  };

  test('of ours is let in', () => {
    expect(call('events.amazonaws.com', undefined)).toEqual(['closed']);
    expect(call('events.amazonaws.com', `arn:aws:events:eu-west-1:${OURS}:rule/r`)).toEqual(['closed']);
    expect(call('s3.amazonaws.com', OURS, {}, { account: 'Source' })).toEqual(['closed']);
    expect(call('apigateway.amazonaws.com', sub('arn:aws:execute-api:eu-west-1:${AWS::AccountId}:x'), nowhere)).toEqual(
      ['closed'],
    );
    expect(call('apigateway.amazonaws.com', 'arn:aws:s3:::nobody')).toEqual(['closed']);
  });

  test('of another account cannot be told', () => {
    expect(call('events.amazonaws.com', `arn:aws:events:eu-west-1:${FOREIGN}:rule/r`)).toEqual(['closed', 'unknown']);
    expect(call('s3.amazonaws.com', FOREIGN, {}, { account: 'Source' })).toEqual(['closed', 'unknown']);
    expect(call('s3.amazonaws.com', ` ${FOREIGN} `, {}, { account: 'Source' })).toEqual(['closed', 'unknown']);
  });

  test('given at deployment cannot be told', () => {
    expect(call('events.amazonaws.com', open)).toEqual(['closed', 'unknown']);
    expect(call('events.amazonaws.com', sub('arn:aws:iam::${Open}:role/x'))).toEqual(['closed', 'unknown']);
    expect(call('events.amazonaws.com', sub('arn:aws:events:eu-west-1:${Open}:rule/r'))).toEqual(
      ['closed', 'closed'].slice(0, 1),
    );
  });

  test('abroad takes the answer with it where it waits for one', () => {
    const rule = `arn:aws:execute-api:us-east-1:${OURS}:api`;
    expect(call('apigateway.amazonaws.com', rule)).toEqual(['closed', 'outside']);
    expect(call('events.amazonaws.com', rule)).toEqual(['closed']);
    expect(call('my-events.amazonaws.com', rule)).toEqual(['closed', 'outside']);
    expect(call('apigateway.amazonaws.com', 'arn:aws:s3:::media', other)).toEqual(['closed', 'outside']);
    expect(call('s3.amazonaws.com', 'arn:aws:s3:::media', other)).toEqual(['closed']);
    expect(call('apigateway.amazonaws.com', 'nobody', { region: 'us-east-1' })).toEqual(['closed']);
    expect(call('apigateway.amazonaws.com', 'media', other)).toEqual(['closed', 'outside']);
    expect(call('logs.us-east-1.amazonaws.com', 'nobody')).toEqual(['outside']);
    expect(call(sub('sns.${AWS::Region}.${AWS::URLSuffix}'), undefined, { region: undefined })).toEqual(['closed']);
    expect(call('apigateway.amazonaws.com', 'media', bucketAbroad)).toEqual(['closed', 'outside']);
  });

  test('that itself is outside, or no service at all, is judged without its resource', () => {
    expect(call('cloudfront.amazonaws.com', FOREIGN)).toEqual(['outside']);
    expect(call('*', `arn:aws:events:eu-west-1:${FOREIGN}:rule/r`)).toEqual(['outside']);
    expect(call(OURS, `arn:aws:events:eu-west-1:${FOREIGN}:rule/r`)).toEqual(['closed']);
    expect(call(FOREIGN, OURS)).toEqual(['unknown']);
  });
});

describe('policies attached by name, template or document', () => {
  const LINES: readonly Line[] = [
    ['a name between blanks is a name', ['closed'], [' AWSXRayDaemonWriteAccess ']],
    ['a template that only reads is closed', ['closed'], [{ S3ReadPolicy: { BucketName: 'somewhere' } }]],
    [
      'a template that reaches nothing outside is closed',
      ['closed'],
      [{ SQSSendMessagePolicy: { QueueName: 'jobs' } }],
    ],
    [
      'a template that reaches outside says where',
      ['outside'],
      [{ SQSSendMessagePolicy: { QueueName: `arn:aws:sqs:us-east-1:${OURS}:q` } }],
    ],
    [
      'a template for the ARN of an open bucket cannot be told',
      ['unknown'],
      [{ S3WritePolicy: { BucketName: sub('arn:aws:s3:::${Open}') } }],
    ],
    [
      'a template for a bucket by ARN without a Region cannot be told',
      ['unknown'],
      [{ SQSSendMessagePolicy: { QueueName: 'arn:aws:s3:::somewhere' } }],
    ],
    [
      'a document is read',
      ['closed'],
      [{ Statement: [{ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' }] }],
    ],
    ['no name is no policy', ['closed'], ['']],
    [
      'names in a list of a list are read',
      ['closed', 'unknown'],
      [['AWSXRayDaemonWriteAccess', 'AdministratorAccess']],
    ],
  ];
  test.each(table(LINES))('$words', ({ expected, written, scene }) =>
    expect(say('attached', written, scene)).toEqual(expected),
  );
});

describe('the policy of an endpoint', () => {
  test('is asked what it lets those inside the network do', () => {
    expect(say('endpoint', allow({ Principal: '*', Action: '*', Resource: '*' }))).toEqual(['unknown']);
    expect(
      say(
        'endpoint',
        allow({ Principal: '*', Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:us-east-1:${OURS}:q` }),
      ),
    ).toEqual(['outside']);
    expect(
      say(
        'endpoint',
        allow({ Principal: '*', Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:eu-west-1:${OURS}:q` }),
      ),
    ).toEqual(['closed']);
  });
});

test('only the role of the provider that closes the default group may touch groups beside a way out', () => {
  const statement = {
    Effect: 'Allow',
    Action: 'ec2:AuthorizeSecurityGroupEgress',
    Resource: `arn:aws:ec2:eu-west-1:${OURS}:security-group/sg-1`,
  };
  const found = (logicalId: string, Type: string): readonly string[] => {
    const document = { Statement: [statement] };
    const Properties: Json =
      Type === 'AWS::IAM::Role'
        ? { AssumeRolePolicyDocument: { Statement: [] }, Policies: [{ PolicyName: 'p', PolicyDocument: document }] }
        : { PolicyDocument: document };
    const resources = {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
      Gate: { Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: { VpcId: { Ref: 'Vpc' } } },
      [logicalId]: { Type, Properties },
    };
    const judgement = here(resources, SITES);
    return [...flowsOf(judgement, 'role-inline-policy'), ...flowsOf(judgement, 'iam-managed-policy')].map(
      ({ verdict }) => verdict,
    );
  };
  const provider = 'CustomVpcRestrictDefaultSGCustomResourceProviderRole26592FE0';
  expect(found(provider, 'AWS::IAM::Role')).toEqual([]);
  expect(found('Mine', 'AWS::IAM::Role')).toEqual(['unknown']);
  expect(found(provider, 'AWS::IAM::ManagedPolicy')).toEqual(['unknown']);
});
