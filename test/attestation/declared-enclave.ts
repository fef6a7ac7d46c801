/** A small application with two declared keys, and an account in which exactly these were deployed. */
import { findRegion } from '../../lib/geo';
import { applicationOf } from '../../lib/template';
import type { Application, Json } from '../../lib/template';
import { RecordedKms } from './recorded-kms';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

const root = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] };

export const DATA_POLICY: Json = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Administration',
      Effect: 'Allow',
      Principal: { AWS: root },
      Action: ['kms:DescribeKey', 'kms:PutKeyPolicy', 'kms:GetKeyPolicy'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' } } },
    },
    {
      Sid: 'UseThroughStorage',
      Effect: 'Allow',
      Principal: { AWS: root },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': [{ 'Fn::Sub': 's3.${AWS::Region}.amazonaws.com' }] } },
    },
    { Sid: 'NeverElsewhere', Effect: 'Deny', Principal: '*', Action: 'kms:ReplicateKey', Resource: '*' },
  ],
};

export const TEMPLATE: Json = {
  Resources: {
    Data: {
      Type: 'AWS::KMS::Key',
      Properties: {
        Description: 'enclave data',
        EnableKeyRotation: true,
        RotationPeriodInDays: 365,
        MultiRegion: false,
        Origin: 'AWS_KMS',
        KeyPolicy: DATA_POLICY,
        Tags: [
          { Key: 'data-class', Value: 'restricted' },
          { Key: 'site', Value: 'dub-1' },
        ],
      },
    },
    DataAlias: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: 'alias/enclave/data', TargetKeyId: { 'Fn::GetAtt': ['Data', 'Arn'] } },
    },
    Codes: {
      Type: 'AWS::KMS::Key',
      Properties: {
        Description: 'enclave codes',
        KeySpec: 'HMAC_256',
        KeyUsage: 'GENERATE_VERIFY_MAC',
        KeyPolicy: DATA_POLICY,
        Tags: [{ Key: 'data-class', Value: 'restricted' }],
      },
    },
    CodesAlias: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: 'alias/enclave/codes', TargetKeyId: { Ref: 'Codes' } },
    },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  },
};

/** The application; without an environment its stack is environment-agnostic. */
export const declaredApplication = (
  template: Json = TEMPLATE,
  environment: { account?: string; region?: string } = { account: ACCOUNT, region: REGION },
): Application =>
  applicationOf([{ template, stackName: 'dub-1-keys', ...environment }], {
    partitionOf: (region) => findRegion(region)?.partition,
  });

/** The policy as KMS gives it back: root as ARN, lists sorted, single values as text. */
export const deployedPolicy = (account = ACCOUNT, region = REGION): { Version: string; Statement: object[] } => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'NeverElsewhere', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['kms:ReplicateKey'], Resource: ['*'] },
    {
      Sid: 'Administration',
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: ['kms:describekey', 'kms:GetKeyPolicy', 'kms:PutKeyPolicy'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': account } },
    },
    {
      Sid: 'UseThroughStorage',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    },
  ],
});

export const DATA_KEY = '11111111-1111-1111-1111-111111111111';
export const CODES_KEY = '22222222-2222-2222-2222-222222222222';

/** What KMS answers when nothing was touched. */
export function cleanKms(): RecordedKms {
  const kms = new RecordedKms(ACCOUNT, REGION);
  kms.add(DATA_KEY, {
    description: 'enclave data',
    aliases: ['alias/enclave/data'],
    tags: { 'data-class': 'restricted', site: 'dub-1', 'aws:cloudformation:stack-name': 'dub-1-keys' },
    policy: JSON.stringify(deployedPolicy()),
    rotation: { enabled: true, periodInDays: 365 },
    grants: [
      { grantId: 'g1', grantee: 'rds.eu-west-1.amazonaws.com', operations: ['Decrypt'] },
      {
        grantId: 'g2',
        grantee: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/dynamodb.amazonaws.com/AWSServiceRoleForDynamoDB`,
        operations: ['Decrypt'],
      },
    ],
  });
  kms.add(CODES_KEY, {
    description: 'enclave codes',
    aliases: ['alias/enclave/codes'],
    tags: { 'data-class': 'restricted' },
    policy: JSON.stringify(deployedPolicy()),
    rotation: { enabled: false, periodInDays: undefined },
    key: { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
  });
  kms.add('99999999-9999-9999-9999-999999999999', { aliases: ['alias/aws/s3'], key: { manager: 'AWS' } });
  return kms;
}
