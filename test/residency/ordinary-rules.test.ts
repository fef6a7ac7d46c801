/** What is ordinary in an application that promises no enclave, and what is a way out all the same. */
import type { Json } from '../../lib/template';
import type { JudgeOptions } from '../../lib/residency';
import { FOREIGN, OURS, flowsOf, here, judged } from './court';
import type { Resources } from './court';

const SITES: Partial<JudgeOptions> = { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] };

/** Verdicts of one rule, worst left to the reader. */
function verdicts(
  rule: string,
  resources: Resources,
  options: Partial<JudgeOptions> = {},
  rest?: Json,
): readonly string[] {
  const stack = { name: 'here', resources, ...(rest === undefined ? {} : { rest: rest as { [key: string]: Json } }) };
  return flowsOf(judged(stack, options), rule).map(({ verdict }) => verdict);
}
const one = (type: string, properties: Json): Resources => ({ One: { Type: type, Properties: properties } });

describe('the mere existence of a way to the internet', () => {
  const WAYS: readonly (readonly [rule: string, type: string, properties: Json])[] = [
    ['internet-gateway', 'AWS::EC2::InternetGateway', {}],
    ['nat-gateway', 'AWS::EC2::NatGateway', { SubnetId: 'subnet-1' }],
    ['subnet-public-address', 'AWS::EC2::Subnet', { MapPublicIpOnLaunch: true, VpcId: 'vpc-1' }],
    ['gateway-attachment', 'AWS::EC2::VPCGatewayAttachment', { VpcId: 'vpc-1', InternetGatewayId: 'igw-1' }],
    ['security-group-egress-range', 'AWS::EC2::SecurityGroup', { GroupDescription: 'g', VpcId: 'vpc-1' }],
    ['load-balancer-scheme', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' }],
    ['rds-subnet-group', 'AWS::RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'g', SubnetIds: ['subnet-1'] }],
    ['rest-api-endpoint-type', 'AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } }],
    ['user-pool-callback', 'AWS::Cognito::UserPoolClient', { CallbackURLs: ['https://app.example.com/done'] }],
  ];

  test.each(WAYS)('%s breaks the promise of an enclave', (rule, type, properties) => {
    expect(verdicts(rule, one(type, properties), SITES)).toContain('unknown');
  });
  test.each(WAYS)('%s is ordinary where no sites are declared', (rule, type, properties) => {
    expect(verdicts(rule, one(type, properties))).toEqual([]);
  });

  test('a place proven outside counts everywhere', () => {
    const abroad = {
      name: 'abroad',
      region: 'us-east-1',
      resources: one('AWS::EC2::Subnet', { VpcId: 'vpc-1' }),
      rest: { Outputs: { Net: { Value: { Ref: 'One' }, Export: { Name: 'net' } } } },
    };
    const group = {
      name: 'here',
      resources: one('AWS::RDS::DBSubnetGroup', {
        DBSubnetGroupDescription: 'g',
        SubnetIds: [{ 'Fn::GetStackOutput': { StackName: 'abroad', OutputName: 'Net', Region: 'us-east-1' } }],
      }),
    };
    expect(flowsOf(judged([abroad, group]), 'rds-subnet-group').map(({ verdict }) => verdict)).toEqual(['outside']);
  });

  test.each([
    ['vpn-attachment', 'AWS::EC2::VPCGatewayAttachment', { VpcId: 'vpc-1', VpnGatewayId: 'vgw-1' }, 'unknown'],
    [
      'peering-region',
      'AWS::EC2::VPCPeeringConnection',
      { VpcId: 'v', PeerVpcId: 'p', PeerRegion: 'us-east-1' },
      'outside',
    ],
    [
      'peering-account',
      'AWS::EC2::VPCPeeringConnection',
      { VpcId: 'v', PeerVpcId: 'p', PeerOwnerId: FOREIGN },
      'unknown',
    ],
    ['vpc-endpoint-service', 'AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.us-east-1.s3' }, 'outside'],
    ['rds-instance-public', 'AWS::RDS::DBInstance', { PubliclyAccessible: true }, 'outside'],
  ])('%s is a finding without any site', (rule, type, properties, verdict) => {
    expect(verdicts(rule, one(type, properties))).toContain(verdict);
  });
});

describe('a parameter that CloudFormation looks up in the Region of the stack', () => {
  const peering = (type: string): readonly string[] =>
    verdicts(
      'peering-vpc',
      one('AWS::EC2::VPCPeeringConnection', { VpcId: 'v', PeerVpcId: { Ref: 'Peer' } }),
      {},
      {
        Parameters: { Peer: { Type: type } },
      },
    );
  test('stands here', () => expect(peering('AWS::EC2::VPC::Id')).toEqual([]));
  test('is open at deployment when it is free text', () => expect(peering('String')).toEqual(['unknown']));
  test('stands abroad when the stack does', () => {
    const app = judged({
      name: 'far',
      region: 'us-east-1',
      resources: one('AWS::EC2::VPCPeeringConnection', { VpcId: 'v', PeerVpcId: { Ref: 'Peer' } }),
      rest: { Parameters: { Peer: { Type: 'AWS::EC2::VPC::Id' } } },
    });
    expect(flowsOf(app, 'peering-vpc').map(({ verdict }) => verdict)).toEqual(['outside']);
  });
});

describe('a security group that lets everyone in', () => {
  const group = (port: Json, more: Resources = {}, options: Partial<JudgeOptions> = {}): readonly string[] =>
    verdicts(
      'security-group-ingress-range',
      {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            GroupDescription: 'g',
            SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', ...(port as { [key: string]: Json }) }],
          },
        },
        ...more,
      },
      options,
    );
  const tcp = (from: Json, to: Json = from): Json => ({ IpProtocol: 'tcp', FromPort: from, ToPort: to });
  const database: Resources = {
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { VPCSecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] },
    },
  };

  test.each([80, '443'])('on port %s is a web server', (port) => expect(group(tcp(port))).toEqual([]));
  test('on a web port breaks the promise of an enclave', () => expect(group(tcp(443), {}, SITES)).toEqual(['outside']));
  test('on a web port in front of a database is everyone', () =>
    expect(group(tcp(443), database)).toEqual(['outside']));
  test.each([tcp(22), tcp(5432), tcp(80, 443), { IpProtocol: '-1' }, tcp({ Ref: 'AWS::NoValue' })])(
    'on %j is everyone',
    (ports) => expect(group(ports)).toEqual(['outside']),
  );
  test('may be on any port when a rule of its own opens a group of nobody', () => {
    const rule = (cidr: Json): readonly string[] =>
      verdicts(
        'ingress-rule-range',
        one('AWS::EC2::SecurityGroupIngress', {
          GroupId: 'sg-1',
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          CidrIp: cidr,
        }),
        {},
        { Parameters: { Range: { Type: 'String' } } },
      );
    expect(rule('0.0.0.0/0')).toEqual(['outside']);
    expect(rule({ Ref: 'Range' })).toEqual(['unknown']);
  });
});

describe('a permission to call a function', () => {
  const permission = (properties: { readonly [key: string]: Json }): readonly string[] =>
    verdicts(
      'lambda-permission',
      one('AWS::Lambda::Permission', { FunctionName: 'f', Action: 'lambda:InvokeFunction', ...properties }),
      {},
      {
        Parameters: { Source: { Type: 'String' } },
      },
    );
  const events = 'events.amazonaws.com';

  test('of a service of AWS is a way in', () => expect(permission({ Principal: events })).toEqual([]));
  test('of a service that calls for a rule of ours is a way in', () =>
    expect(permission({ Principal: events, SourceArn: `arn:aws:events:eu-west-1:${OURS}:rule/r` })).toEqual([]));
  test('of a topic abroad, which waits for no answer, is a way in', () =>
    expect(permission({ Principal: 'sns.amazonaws.com', SourceArn: `arn:aws:sns:us-east-1:${OURS}:t` })).toEqual([]));
  test('of an API abroad hands the answer on', () =>
    expect(
      permission({ Principal: 'apigateway.amazonaws.com', SourceArn: `arn:aws:execute-api:us-east-1:${OURS}:a/*` }),
    ).toEqual(['outside']));
  test('of a rule of a foreign account is a finding', () =>
    expect(permission({ Principal: events, SourceArn: `arn:aws:events:eu-west-1:${FOREIGN}:rule/r` })).toEqual([
      'unknown',
    ]));
  test('of a service that calls for a foreign account is a finding', () => {
    expect(permission({ Principal: 's3.amazonaws.com', SourceAccount: FOREIGN })).toEqual(['unknown']);
    expect(permission({ Principal: 's3.amazonaws.com', SourceAccount: { Ref: 'Source' } })).toEqual(['unknown']);
    expect(permission({ Principal: 's3.amazonaws.com', SourceAccount: OURS })).toEqual([]);
    expect(permission({ Principal: 's3.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } })).toEqual([]);
  });
  test('cannot be told where the caller is a parameter', () =>
    expect(permission({ Principal: events, SourceArn: { Ref: 'Source' } })).toEqual(['unknown']));
  test('of a foreign account is a finding', () => expect(permission({ Principal: FOREIGN })).toEqual(['unknown']));
  test('of everyone is a finding', () => expect(permission({ Principal: '*' })).toEqual(['outside']));
  test('of the edge is a finding', () =>
    expect(permission({ Principal: 'edgelambda.amazonaws.com' })).toEqual(['outside']));
});

describe('the integration of an API', () => {
  const uri = (text: Json): readonly string[] =>
    verdicts(
      'api-integration',
      { ...one('AWS::ApiGateway::Method', { Integration: { Uri: text } }), F: { Type: 'AWS::Lambda::Function' } },
      {},
      {
        Parameters: { Any: { Type: 'String' } },
      },
    );
  const lambda = (arn: string): string =>
    `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

  test('with a function of ours is inside', () =>
    expect(uri({ 'Fn::Sub': lambda('${F.Arn}') })).not.toEqual(expect.arrayContaining(['unknown'])));
  test('with a function abroad is outside', () =>
    expect(uri(lambda(`arn:aws:lambda:us-east-1:${OURS}:function:f`))).toEqual(['outside']));
  test('with a function of a foreign account is a finding', () =>
    expect(uri(lambda(`arn:aws:lambda:eu-west-1:${FOREIGN}:function:f`))).toEqual(['unknown']));
  test('with a function by parameter cannot be told', () =>
    expect(uri({ 'Fn::Sub': lambda('${Any}') })).toEqual(['unknown']));
  test('with a service of a Region abroad is outside', () =>
    expect(uri('arn:aws:apigateway:us-east-1:dynamodb:action/Scan')).toEqual(['outside']));
  test('with a service of this Region is inside', () =>
    expect(uri('arn:aws:apigateway:eu-west-1:dynamodb:action/Scan')).toEqual(['inside']));
});

describe('an address of a bucket', () => {
  const location = (text: Json, region = 'eu-west-1'): readonly string[] =>
    flowsOf(
      judged([
        {
          name: 'buckets',
          region,
          resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'results' } } },
        },
        {
          name: 'here',
          resources: {
            ...one('AWS::Athena::WorkGroup', {
              WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: text } },
            }),
            Own: { Type: 'AWS::S3::Bucket' },
          },
        },
      ]),
      'athena-results',
    ).map(({ verdict }) => verdict);

  test('by reference is inside', () => expect(location({ 'Fn::Sub': 's3://${Own}/queries/' })).toEqual(['inside']));
  test('by name is where the bucket stands', () => {
    expect(location('s3://results/queries/')).toEqual(['inside']);
    expect(location('s3://results/queries/', 'us-east-1')).toEqual(['outside']);
  });
  test('of nobody cannot be told', () => expect(location('s3://bucket-of-nobody/queries/')).toEqual(['unknown']));
});

describe('values that mean something only beside others', () => {
  const record = (type: Json, text: string): readonly string[] =>
    verdicts(
      'dns-record',
      one('AWS::Route53::RecordSet', { Name: 'n', Type: type, ResourceRecords: [text] }),
      {},
      {
        Parameters: { Kind: { Type: 'String' } },
      },
    );
  test('a text record names no host', () => expect(record('TXT', '"v=spf1 -all"')).toEqual([]));
  test('an alias names one', () => expect(record('CNAME', 'collector.example.com')).toEqual(['unknown']));
  test('a record of a kind nobody knows may name one', () =>
    expect(record({ Ref: 'Kind' }, 'collector.example.com')).toEqual(['unknown']));

  const rule = (owner: Json): readonly string[] =>
    verdicts(
      'config-rule-function',
      one('AWS::Config::ConfigRule', { Source: { Owner: owner, SourceIdentifier: 'IAM_ROOT' } }),
      {},
      {
        Parameters: { Kind: { Type: 'String' } },
      },
    );
  test('a managed rule names no function', () => expect(rule('AWS')).toEqual([]));
  test('a rule of its own has to name one of ours', () => expect(rule('CUSTOM_LAMBDA')).toEqual(['unknown']));
  test('a rule of an open owner may name one', () => expect(rule({ Ref: 'Kind' })).toEqual(['unknown']));
});

describe('an event bus policy of one statement', () => {
  const statement = (principal: Json): readonly string[] =>
    verdicts(
      'event-bus-statement',
      one('AWS::Events::EventBusPolicy', {
        StatementId: 's',
        Statement: { Effect: 'Allow', Principal: principal, Action: 'events:*', Resource: '*' },
      }),
    );
  test('for ourselves is ordinary', () => expect(statement({ AWS: `arn:aws:iam::${OURS}:root` })).toEqual([]));
  test('for everyone is not', () => expect(statement('*')).toEqual(['outside']));
  test('for a foreign account is a finding', () => expect(statement({ AWS: FOREIGN })).toEqual(['unknown']));
});

describe('a distribution', () => {
  const site = (...classes: readonly string[]): readonly string[] =>
    verdicts('cdn-edge-cache', {
      ...one('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          Enabled: true,
          Origins: classes.map((_class, index) => ({
            DomainName: { 'Fn::GetAtt': [`B${index}`, 'RegionalDomainName'] },
            Id: 'o',
          })),
        },
      }),
      ...Object.fromEntries(
        classes.map((stated, index): [string, Json] => [
          `B${index}`,
          {
            Type: 'AWS::S3::Bucket',
            Properties: stated === '' ? {} : { Tags: [{ Key: 'data-class', Value: stated }] },
          },
        ]),
      ),
    });
  test('over public data is ordinary', () => expect(site('public')).toEqual([]));
  test('over data of another class is a finding', () => expect(site('restricted')).toEqual(['unknown']));
  test('over data nobody classified is a finding', () => expect(site('')).toEqual(['unknown']));
  test('over public and other data is a finding', () => expect(site('public', 'restricted')).toContain('unknown'));
});

test('messages of devices posted to a host nobody registered are a finding', () => {
  const resources = one('AWS::IoT::TopicRule', {
    TopicRulePayload: { Sql: 'SELECT *', Actions: [{ Http: { Url: 'https://collector.vendor.example/in' } }] },
  });
  expect(flowsOf(here(resources), 'iot-http-host').map(({ verdict }) => verdict)).toEqual(['unknown']);
});

describe('a nested stack', () => {
  const nested = one('AWS::CloudFormation::Stack', { TemplateURL: 'https://example.com/t.json' });
  test('whose template nobody read cannot be told', () =>
    expect(verdicts('nested-stack-template', nested)).toEqual(['unknown']));
});
