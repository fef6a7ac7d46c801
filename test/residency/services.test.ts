/** Rows whose judgement hangs on a habit of one service: registries, load balancer logs, build caches, nested stacks, DLM. */
import { HARMLESS_MANAGED_POLICIES, SERVICE_MANAGED_POLICIES } from '../../lib/residency/policy/managed-policies';
import { POLICY_TEMPLATES } from '../../lib/residency/policy/policy-templates';
import { judge } from '../../lib/residency';
import { findRegion } from '../../lib/geo';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';
import { FOREIGN, OPTIONS, OURS, flowsOf, judged } from './court';
import type { Resources, Stack } from './court';
import { answered, told } from './scene';

const verdicts = (rule: string, stacks: Stack | readonly Stack[]): readonly string[] =>
  flowsOf(judged(stacks), rule).map(({ verdict }) => verdict);
const PARAMETERS = { Parameters: { Open: { Type: 'String' } } };
const open: Json = { Ref: 'Open' };
const bucket = (name: string): Json => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: name } });
const abroad = (resources: Resources): Stack => ({ name: 'abroad', region: 'us-east-1', resources });

describe('an image address put together from the ARN of its repository', () => {
  const part = (index: number): Json => ({
    'Fn::Select': [index, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Images', 'Arn'] }] }],
  });
  const image = {
    'Fn::Join': [
      '',
      [part(4), '.dkr.ecr.', part(3), '.', { Ref: 'AWS::URLSuffix' }, '/', { Ref: 'Images' }, ':latest'],
    ],
  };
  const called: Resources = {
    Images: { Type: 'AWS::ECR::Repository' },
    Fn: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: image } } },
  };
  const found = (place: Partial<Stack>): readonly string[] =>
    verdicts('lambda-code-package', { name: 'here', resources: called, ...place });

  test('is acquitted where the repository stands here', () => expect(found({})).toEqual([]));
  test('is found where the repository stands abroad', () =>
    expect(found({ region: 'us-east-1' })).toContain('outside'));
  test('is found in a registry of others here, which they may give away', () => {
    const of = (account: string): { readonly [name: string]: Json } => ({
      ContainerDefinitions: [{ Name: 'a', Image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/app:1` }],
    });
    expect(answered('sameSite', 'x', { paths: ['ContainerDefinitions[].Image'], with: of(FOREIGN) }).map(told)).toEqual(
      ['unknown'],
    );
    expect(answered('sameSite', 'x', { paths: ['ContainerDefinitions[].Image'], with: of(OURS) }).map(told)).toEqual([
      'closed',
    ]);
  });
  test('cannot be told where the stack names no Region', () =>
    expect(found({ region: undefined })).toContain('unknown'));
});

describe('the logs of a load balancer', () => {
  const balancer = (value: Json): Resources => ({
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        LoadBalancerAttributes: [
          { Key: 'access_logs.s3.enabled', Value: 'true' },
          { Key: 'access_logs.s3.bucket', Value: value },
        ],
      },
    },
  });
  const admitted = (Principal: Json, Action: Json): readonly string[] =>
    verdicts('s3-bucket-policy', {
      resources: {
        Logs: bucket('logs'),
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Logs' },
            PolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*' }] },
          },
        },
      },
    }).filter((one) => one !== 'inside');

  test('stay where the bucket of this stack is', () => {
    expect(
      verdicts('load-balancer-logs', { resources: { Logs: bucket('logs'), ...balancer({ Ref: 'Logs' }) } }),
    ).toEqual([]);
  });
  test('leave with a bucket of a Region abroad', () => {
    const resources = balancer({
      'Fn::GetStackOutput': { StackName: 'abroad', OutputName: 'Logs', Region: 'us-east-1' },
    });
    const there = {
      ...abroad({ Logs: bucket('logs') }),
      rest: { Outputs: { Logs: { Value: { Ref: 'Logs' }, Export: { Name: 'l' } } } },
    };
    expect(verdicts('load-balancer-logs', [there, { resources }])).toEqual(['outside']);
  });
  test('cannot be told with a bucket given at deployment', () => {
    expect(verdicts('load-balancer-logs', { resources: balancer(open), rest: PARAMETERS })).toEqual(['unknown']);
  });
  test('may be put into the bucket by the service, and by the account it had before', () => {
    expect(admitted({ Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, 's3:PutObject')).toEqual([]);
    expect(admitted({ AWS: 'arn:aws:iam::156460612806:root' }, 's3:PutObject')).toEqual([]);
    expect(admitted({ Service: 'delivery.logs.amazonaws.com' }, ['s3:PutObject', 's3:GetBucketAcl'])).toEqual([]);
  });
  test('may not be read by that account', () => {
    expect(admitted({ AWS: 'arn:aws:iam::156460612806:root' }, 's3:GetObject')).toEqual(['unknown']);
    expect(admitted({ AWS: 'arn:aws:iam::156460612806:root' }, ['s3:PutObject', 's3:GetObject'])).toEqual(['unknown']);
  });
});

describe('the cache of a build', () => {
  const cached = (Location: Json): Resources => ({
    Cache: bucket('cache'),
    Build: { Type: 'AWS::CodeBuild::Project', Properties: { Cache: { Type: 'S3', Location } } },
  });
  const found = (location: Json, ...others: readonly Stack[]): readonly string[] =>
    verdicts('build-artifact-bucket', [{ resources: cached(location), rest: PARAMETERS }, ...others]);

  test('in a bucket of this stack is inside', () => {
    expect(found({ Ref: 'Cache' })).toEqual(['inside']);
    expect(found({ 'Fn::Sub': '${Cache}/layers' })).toEqual(['inside']);
    expect(found('cache/layers')).toEqual(['inside']);
  });
  test('in a bucket abroad is outside', () => {
    expect(found('far/layers', abroad({ Far: bucket('far') }))).toEqual(['outside']);
  });
  test('in a bucket of nobody, or given at deployment, cannot be told', () => {
    expect(found('somewhere/layers')).toEqual(['unknown']);
    expect(found(open)).toEqual(['unknown']);
  });
});

describe('a nested stack', () => {
  const outer = (TemplateURL: string): Json => ({
    Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } },
  });
  const child = (region: string): Json => ({
    Resources: {
      Copies: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanRule: [
              { CopyActions: [{ DestinationBackupVaultArn: `arn:aws:backup:${region}:${OURS}:backup-vault:v` }] },
            ],
          },
        },
      },
    },
  });
  const flows = (url: string, region: string) => {
    const place = { region: 'eu-west-1', account: OURS };
    const application = applicationOf(
      [
        { file: 'outer.yaml', stackName: 'outer', ...place, template: outer(url) },
        { file: 'child.yaml', stackName: 'child', template: child(region) },
      ],
      { partitionOf: (name) => findRegion(name)?.partition },
    );
    return judge(application, OPTIONS);
  };

  test('whose template was read is judged by its own rows, in the place of its parent', () => {
    const judgement = flows('./child.yaml', 'eu-north-1');
    expect(flowsOf(judgement, 'nested-stack-template')).toEqual([]);
    expect(flowsOf(judgement, 'backup-copy-vault').map(({ verdict }) => verdict)).toEqual(['inside']);
  });
  test('whose template lets data out is found by that template alone', () => {
    const judgement = flows('./child.yaml', 'us-east-1');
    expect(flowsOf(judgement, 'nested-stack-template')).toEqual([]);
    expect(flowsOf(judgement, 'backup-copy-vault').map(({ verdict }) => verdict)).toEqual(['outside']);
  });
  test('whose template is elsewhere cannot be told', () => {
    const judgement = flows('https://elsewhere.example.com/other.yaml', 'eu-north-1');
    expect(flowsOf(judgement, 'nested-stack-template').map(({ verdict }) => verdict)).toEqual(['unknown']);
  });
});

describe('what tunes the copy of a snapshot', () => {
  const policy = (copy: { readonly [key: string]: Json }): Resources => ({
    Policy: {
      Type: 'AWS::DLM::LifecyclePolicy',
      Properties: { PolicyDetails: { Schedules: [{ CrossRegionCopyRules: [{ Encrypted: true, ...copy }] }] } },
    },
  });
  const found = (copy: { readonly [key: string]: Json }): readonly string[] =>
    verdicts('snapshot-copy-tuning', { resources: policy(copy), rest: PARAMETERS });

  test('goes where the rule says, by either of its properties', () => {
    expect(found({ TargetRegion: 'us-east-1' })).toEqual(['outside']);
    expect(found({ Target: 'us-east-1' })).toEqual(['outside']);
    expect(found({ TargetRegion: 'eu-north-1' })).toEqual(['inside']);
    expect(found({ Target: 'eu-north-1' })).toEqual(['inside']);
  });
  test('cannot be told where the rule says nothing, or is told at deployment', () => {
    expect(found({})).toEqual(['unknown']);
    expect(found({ Target: open })).toEqual(['unknown']);
  });
});

describe('the lists of managed policies', () => {
  const managed = (name: string, options: object = {}): readonly string[] =>
    answered('policyScan', `arn:aws:iam::aws:policy/${name}`, { args: { policy: 'managed' }, ...options }).map(told);
  const enclave = { options: { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] } };

  test('acquit what only works in its own Region, in an enclave too', () => {
    const names = Object.keys(HARMLESS_MANAGED_POLICIES);
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => managed(name).join() !== 'closed')).toEqual([]);
    expect(names.filter((name) => managed(name, enclave).join() !== 'closed')).toEqual([]);
  });
  test('acquit what runs a service, and cannot tell of it in an enclave', () => {
    const names = Object.keys(SERVICE_MANAGED_POLICIES);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => managed(name).join() !== 'closed')).toEqual([]);
    expect(names.filter((name) => managed(name, enclave).join() !== 'unknown')).toEqual([]);
  });
  test('have no policy in common, and none that hands out everything of a service', () => {
    const service = new Set(Object.keys(SERVICE_MANAGED_POLICIES));
    const all = [...Object.keys(HARMLESS_MANAGED_POLICIES), ...service];
    expect(Object.keys(HARMLESS_MANAGED_POLICIES).filter((name) => service.has(name))).toEqual([]);
    expect(all.filter((name) => /FullAccess|Administrator|PowerUser|ReadOnlyAccess$/.test(name))).toEqual([]);
  });
  test.each([
    'AdministratorAccess',
    'PowerUserAccess',
    'AmazonS3FullAccess',
    'ReadOnlyAccess',
    'job-function/DataScientist',
  ])('cannot tell what %s moves', (name) => expect(managed(name)).toEqual(['unknown']));
  test('know which templates of the SAM transform copy or subscribe, by leaving them out', () => {
    for (const name of [
      'EC2CopyImagePolicy',
      'SNSCrudPolicy',
      'FirehoseCrudPolicy',
      'DynamoDBReconfigurePolicy',
      'SESCrudPolicy',
    ])
      expect(POLICY_TEMPLATES[name]).toBeUndefined();
    expect(Object.keys(POLICY_TEMPLATES).length).toBeGreaterThan(50);
  });
});

describe('the endpoint of an API', () => {
  const SITES = { sites: [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }] };
  /** What is found of an endpoint type, `undefined` for none stated, with and without declared sites. */
  const found = (kind: 'RestApi' | 'DomainName', types: Json | undefined, options: object = {}): readonly string[] => {
    const Properties: Json = types === undefined ? {} : { EndpointConfiguration: { Types: types } };
    const stack = { resources: { One: { Type: `AWS::ApiGateway::${kind}`, Properties } }, rest: PARAMETERS };
    return judged(stack, options)
      .findings.filter(({ rule }) => ['rest-api-endpoint-type', 'api-domain-endpoint'].includes(rule))
      .map(({ verdict, destination }) => `${verdict} ${destination.kind}`);
  };

  test.each([[['EDGE']], [undefined], [['REGIONAL']]])('%j is ordinary where no sites are promised', (types) => {
    expect(found('RestApi', types)).toEqual([]);
    expect(found('DomainName', types)).toEqual([]);
  });
  test('at the edge is a finding of an enclave, written or left to the service', () => {
    for (const types of [['EDGE'], undefined, [open]]) {
      expect(found('RestApi', types, SITES)).toEqual(['unknown everyone']);
      expect(found('DomainName', types, SITES)).toEqual(['unknown everyone']);
    }
  });
  test('that is private is none, nor is a regional name, whose API is judged itself', () => {
    expect(found('RestApi', ['PRIVATE'], SITES)).toEqual([]);
    expect(found('RestApi', ['REGIONAL'], SITES)).toEqual(['unknown everyone']);
    expect(found('DomainName', ['PRIVATE'], SITES)).toEqual([]);
    expect(found('DomainName', ['REGIONAL'], SITES)).toEqual([]);
  });
  test('hides nothing behind it: a distribution of one’s own over the API is a finding everywhere', () => {
    const Properties = {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: 'api', DomainName: { 'Fn::Sub': '${Api}.execute-api.eu-west-1.amazonaws.com' } }],
      },
    };
    const stack = {
      resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
        Cdn: { Type: 'AWS::CloudFront::Distribution', Properties },
      },
    };
    expect(verdicts('cdn-edge-cache', stack)).toEqual(['unknown']);
  });
});

describe('an Elastic Beanstalk environment', () => {
  const option = (Value: Json): Json => ({
    Namespace: 'aws:elasticbeanstalk:application:environment',
    OptionName: 'A',
    Value,
  });
  const environment = (...OptionSettings: readonly Json[]): Resources => ({
    Web: {
      Type: 'AWS::ElasticBeanstalk::Environment',
      Properties: { ApplicationName: 'web', OptionSettings: [...OptionSettings] },
    },
    Data: { Type: 'AWS::S3::Bucket', Properties: {} },
  });
  const rest = {
    Parameters: {
      Open: { Type: 'String' },
      Keys: { Type: 'AWS::EC2::KeyPair::KeyName' },
      Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
    },
  };
  const options = (...values: readonly Json[]): readonly string[] =>
    verdicts('beanstalk-options', { resources: environment(...values.map(option)), rest });

  test('is acquitted of options that name nothing, resources here, or what is looked up here', () => {
    expect(options('t3.small', '2', { Ref: 'Data' }, { 'Fn::GetAtt': ['Data', 'Arn'] })).toEqual([]);
    expect(options({ Ref: 'Keys' }, { 'Fn::Join': [',', { Ref: 'Subnets' }] }, { 'Fn::Sub': 'key ${Keys}' })).toEqual(
      [],
    );
  });
  test('is convicted of options that name a Region or a host abroad', () => {
    expect(options('us-east-1')).toEqual(['outside']);
    expect(options(`arn:aws:sqs:us-east-1:${OURS}:jobs`)).toEqual(['outside']);
    expect(options('https://collector.example.com/in')).toEqual(['unknown']);
  });
  test('cannot be told where an option is free text at deployment', () => {
    expect(options(open)).toEqual(['unknown']);
    expect(options({ 'Fn::Sub': 'https://${Open}/' })).toContain('unknown');
  });
  test('reads the options of a template as it reads its own', () => {
    const template = (value: Json): Stack => ({
      resources: {
        Defaults: {
          Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate',
          Properties: { ApplicationName: 'web', OptionSettings: [option(value)] },
        },
      },
      rest,
    });
    expect(judged(template('t3.small')).findings).toEqual([]);
    expect(verdicts('beanstalk-template-options', template('us-east-1'))).toEqual(['outside']);
    expect(verdicts('beanstalk-template-options', template(open))).toEqual(['unknown']);
  });
  test('runs code from a bucket of the application, and of no other', () => {
    const version = (S3Bucket: Json): Stack => ({
      resources: {
        Code: bucket('code'),
        Version: {
          Type: 'AWS::ElasticBeanstalk::ApplicationVersion',
          Properties: { ApplicationName: 'web', SourceBundle: { S3Bucket, S3Key: 'web.zip' } },
        },
      },
      rest,
    });
    expect(judged(version({ Ref: 'Code' })).findings).toEqual([]);
    expect(verdicts('beanstalk-package', version('bucket-of-nobody'))).toEqual(['unknown']);
    expect(verdicts('beanstalk-package', version(open))).toEqual(['unknown']);
    expect(verdicts('beanstalk-package', { ...version({ Ref: 'Code' }), region: 'us-east-1' })).toEqual(['outside']);
  });
  test('is a finding of an enclave, which has to show what it is made of', () => {
    const sites = [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }];
    const created = (promise: object): readonly string[] =>
      flowsOf(judged({ resources: environment() }, promise), 'beanstalk-created').map(({ verdict }) => verdict);
    expect(created({ sites })).toEqual(['unknown']);
    expect(created({})).toEqual([]);
  });
});
