/** What an identity policy allows is judged by where its resources stand and by what the action can do. */
import { knownTypes, verdictOf } from '../../lib/catalogue';
import type { JudgeOptions } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { OURS, flowsOf, here } from './court';

const SITES: Partial<JudgeOptions> = {
  sites: [{ siteId: 'dublin', account: OURS, region: 'eu-west-1', placement: 'region', country: 'IE' }],
};

function verdicts(statement: { [key: string]: Json }, options: Partial<JudgeOptions> = {}): readonly string[] {
  const judgement = here(
    {
      Policy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } },
      },
    },
    options,
  );
  return flowsOf(judgement, 'iam-managed-policy').map(({ verdict }) => verdict);
}

const bus = (region: string): string => `arn:aws:events:${region}:${OURS}:event-bus/orders`;
const model = (region: string, id: string): string => `arn:aws:bedrock:${region}:${OURS}:${id}`;

describe('an action that delivers to its resource', () => {
  test('goes where the resource stands', () => {
    expect(verdicts({ Action: 'events:PutEvents', Resource: bus('eu-north-1') })).toEqual([]);
    expect(verdicts({ Action: 'events:PutEvents', Resource: bus('us-east-1') })).toContain('outside');
    expect(verdicts({ Action: 'events:PutEvents', Resource: '*' })).toEqual(['unknown']);
    expect(verdicts({ Action: 'events:PutEvents', Resource: [bus('eu-north-1'), '*'] })).toEqual(['unknown']);
  });
  test('is not bound by a Region that is a wildcard', () => {
    expect(verdicts({ Action: 'lambda:InvokeFunction', Resource: `arn:aws:lambda:*:${OURS}:function:f` })).toEqual([
      'unknown',
    ]);
  });
  test('reaches models of the Region of the ARN, and through a profile wherever that routes', () => {
    const invoke = (resource: string): readonly string[] =>
      verdicts({ Action: 'bedrock:InvokeModel', Resource: resource });
    expect(invoke('arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0')).toEqual([]);
    expect(invoke(model('eu-central-1', 'inference-profile/global.amazon.nova-lite-v1:0'))).toContain('outside');
    expect(invoke(model('eu-central-1', 'inference-profile/eu.amazon.nova-lite-v1:0'))).toContain('unknown');
  });
});

test('an action that copies to a place of its parameters is found whatever its resource', () => {
  expect(verdicts({ Action: 's3:PutReplicationConfiguration', Resource: 'arn:aws:s3:::any' })).toContain('unknown');
  expect(verdicts({ Action: 'dynamodb:*', Resource: '*' })).toEqual(['unknown']);
  expect(verdicts({ Action: 'ec2:CreateVpcPeeringConnection', Resource: '*' })).toEqual(['unknown']);
});

test('an action that runs code or opens the own network is a finding only of an enclave', () => {
  for (const action of ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ec2:AuthorizeSecurityGroupEgress']) {
    expect(verdicts({ Action: action, Resource: '*' })).toEqual([]);
    expect(verdicts({ Action: action, Resource: '*' }, SITES)).toEqual(['unknown']);
  }
});

describe('an action that aims a rule', () => {
  const rule = (name: string, region = 'eu-west-1', account = OURS): string =>
    `arn:aws:events:${region}:${account}:rule/${name}`;
  const aim = (...resources: readonly string[]): readonly string[] =>
    verdicts({ Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], Resource: [...resources] });

  test('can aim it anywhere', () => {
    expect(aim(rule('orders'))).toEqual(['unknown']);
    expect(aim('*')).toEqual(['unknown']);
  });
  test('cannot aim a rule by which Step Functions waits for a task: nobody else may', () => {
    expect(aim(rule('StepFunctionsGetEventsForECSTaskRule'))).toEqual([]);
    expect(aim(rule('StepFunctionsGetEventForCodeBuildStartBuildRule'))).toEqual([]);
  });
  test('is found where the name only resembles such a rule, or another rule stands beside it', () => {
    expect(aim(rule('StepFunctionsGetEventsForECSTaskRule'), rule('orders'))).toEqual(['unknown']);
    expect(aim(rule('StepFunctionsGetEventsForECSTaskRule2'))).toEqual(['unknown']);
    expect(aim(rule('bus/StepFunctionsGetEventsForECSTaskRule'))).toEqual(['unknown']);
    expect(aim(rule('StepFunctionsGetEventsFor*Rule'))).toEqual(['unknown']);
    expect(aim('rule/StepFunctionsGetEventsForECSTaskRule')).toContain('unknown');
    expect(aim(rule('x').replace('rule/x', 'bus/rule/StepFunctionsGetEventsForECSTaskRule'))).toEqual(['unknown']);
    const but = { Action: 'events:PutTargets', NotResource: rule('StepFunctionsGetEventsForECSTaskRule') };
    expect(verdicts(but)).toEqual(['unknown']);
  });
  test('is found where the rule stands abroad or in an account that is not ours', () => {
    expect(aim(rule('StepFunctionsGetEventsForECSTaskRule', 'us-east-1'))).toContain('outside');
    expect(aim(rule('StepFunctionsGetEventsForECSTaskRule', 'eu-west-1', '999999999999'))).toContain('unknown');
  });
  test('no other action of the rule is excused', () => {
    const resource = rule('StepFunctionsGetEventsForECSTaskRule');
    expect(verdicts({ Action: 'events:*', Resource: resource })).toEqual(['unknown']);
  });
});

describe('a resource policy', () => {
  const policy = (statement: { [key: string]: Json }): readonly string[] =>
    flowsOf(
      here({
        Data: { Type: 'AWS::S3::Bucket', Properties: {} },
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Data' },
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Principal: { AWS: '999999999999' }, Resource: '*', ...statement }],
            },
          },
        },
      }),
      's3-bucket-policy',
    ).map(({ verdict }) => verdict);

  test('that only lets a stranger write is no way out; reading or an ACL is', () => {
    expect(policy({ Action: 's3:PutObject' })).toEqual([]);
    expect(policy({ Action: ['s3:PutObject', 's3:GetObject'] })).toEqual(['unknown']);
    expect(policy({ Action: 's3:PutObjectAcl' })).toEqual(['unknown']);
    expect(policy({ Action: 's3:Put*' })).toEqual(['unknown']);
  });
});

test('a retired type is a finding like a denied one', () => {
  const [retired] = knownTypes().filter((type) => verdictOf(type)?.verdict === 'retired');
  if (retired === undefined) throw new Error('no type is retired');
  const found = here({ Old: { Type: retired, Properties: {} } }).findings.map(({ rule }) => rule);
  expect(found).toContain('type-denied');
});
