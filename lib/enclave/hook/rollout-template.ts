/** The template that the stack set puts into every account: the function that judges, and the hook that asks it. */
import { startCheck } from './start-check';

export interface RolloutSettings {
  /** Name of the enclave. */
  readonly name: string;
  /** Account that publishes the layer with the judge. */
  readonly publisher: string;
  readonly layerName: string;
  /** SHA-256 of the layer's contents. */
  readonly digest: string;
  /** The auditor's account; the permission boundary of the enclave does not stand there. */
  readonly auditor: string;
}

/** Parameter of the template: which version of the layer is meant, a number. */
export const LAYER_VERSION_PARAMETER = 'LayerVersion';

/** Name of the hook in each account and Region. */
export const HOOK_ALIAS = 'EeaEnclave::Residency::Judge';

const sub = (text: string) => ({ 'Fn::Sub': text });

/** Trust of a service in an inline role, for calls of the same account only. */
const trust = (service: string, condition: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ...condition },
    },
  ],
});

const role = (settings: RolloutSettings, name: string, assumedBy: object, statement: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    // A path of the enclave: the perimeter lets only the deployment change what stands below it.
    Path: `/${settings.name}/hook/`,
    RoleName: sub(`${name}-\${AWS::Region}`),
    AssumeRolePolicyDocument: assumedBy,
    PermissionsBoundary: {
      'Fn::If': [
        'WithoutBoundary',
        { Ref: 'AWS::NoValue' },
        sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${settings.name}/boundary`),
      ],
    },
    Policies: [{ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
  },
});

/**
 * The template, as CloudFormation takes it. It names no Region and no account but its publisher, and holds no store: the
 * function writes no log, its answers are the events of the stacks it judges.
 */
export const rolloutTemplate = (settings: RolloutSettings) => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: `${settings.name}: refuses deployments by which data could leave the EEA`,
  Parameters: {
    [LAYER_VERSION_PARAMETER]: { Type: 'Number', Description: 'Version of the layer that holds the judge' },
  },
  Conditions: { WithoutBoundary: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, settings.auditor] } },
  Resources: {
    JudgeRole: role(settings, 'judge', trust('lambda.amazonaws.com'), {
      Sid: 'TemplatesOfThisAccount',
      Effect: 'Allow',
      Action: 'cloudformation:GetTemplate',
      Resource: sub('arn:${AWS::Partition}:cloudformation:*:${AWS::AccountId}:stack/*/*'),
    }),
    Judge: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: `${settings.name}-residency-judge`,
        Description: 'Judges what CloudFormation is about to deploy',
        Runtime: 'nodejs22.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Code: { ZipFile: startCheck(settings.digest) },
        Layers: [
          sub(
            `arn:\${AWS::Partition}:lambda:\${AWS::Region}:${settings.publisher}:layer:${settings.layerName}:\${${LAYER_VERSION_PARAMETER}}`,
          ),
        ],
        Role: { 'Fn::GetAtt': ['JudgeRole', 'Arn'] },
        // One whole processor; below the 30 s that CloudFormation waits, above the 24 s after which the judge gives up.
        MemorySize: 1769,
        Timeout: 28,
        ReservedConcurrentExecutions: 20,
      },
    },
    AskRole: role(
      settings,
      'ask-judge',
      trust('hooks.cloudformation.amazonaws.com', {
        ArnLike: {
          'aws:SourceArn': sub('arn:${AWS::Partition}:cloudformation:${AWS::Region}:${AWS::AccountId}:type/hook/*'),
        },
      }),
      {
        Sid: 'AskTheJudge',
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: { 'Fn::GetAtt': ['Judge', 'Arn'] },
      },
    ),
    Hook: {
      Type: 'AWS::CloudFormation::LambdaHook',
      Properties: {
        Alias: HOOK_ALIAS,
        LambdaFunction: { 'Fn::GetAtt': ['Judge', 'Arn'] },
        ExecutionRole: { 'Fn::GetAtt': ['AskRole', 'Arn'] },
        // Whole stacks and change sets, and single resources that come past CloudFormation.
        TargetOperations: ['STACK', 'CHANGE_SET', 'CLOUD_CONTROL'],
        FailureMode: 'FAIL',
        HookStatus: 'ENABLED',
      },
    },
  },
});
