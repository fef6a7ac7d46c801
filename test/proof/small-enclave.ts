/** An enclave of one bucket, key, endpoint and role, small enough to plant a hole in each layer by hand. */
import { findRegion } from '../../lib/geo';
import { readPolicies } from '../../lib/proof';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';

export const ORGANIZATION = 'o-small';
export const SITE = '111122223333';
const MANAGEMENT = '666677778888';
const BUCKET = 'arn:aws:s3:::small-media';
const READERS = `arn:aws:iam::${SITE}:role/small/app/*`;

type Statement = { [key: string]: Json };

/** Reading, listing and changing objects. */
const CONTENT = [
  's3:AbortMultipartUpload',
  's3:DeleteObject*',
  's3:GetObject*',
  's3:List*',
  's3:PutObject*',
  's3:Replicate*',
  's3:RestoreObject',
];

/** The statements of each layer; a test changes one and asks what comes of it. */
export interface Layers {
  bucket: Statement[];
  key: Statement[];
  trust: Statement[];
  endpoint: Statement[];
  scp: Statement[];
  rcp: Statement[];
}

const refuse = (Sid: string, Action: Json, Condition?: Json): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action,
  Resource: '*',
  ...(Condition === undefined ? {} : { Condition }),
});

export function layers(): Layers {
  return {
    bucket: [
      refuse('NobodyOutside', 's3:*', { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }),
      refuse('OnlyThroughTheEndpoint', CONTENT, {
        StringNotEquals: { 'aws:SourceVpce': { Ref: 'Endpoint' } },
      }),
      refuse('OnlyReaders', CONTENT, { ArnNotLike: { 'aws:PrincipalArn': READERS } }),
    ],
    key: [
      {
        Sid: 'UseThroughStorage',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${SITE}:root` },
        Action: 'kms:*',
        Resource: '*',
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      },
    ],
    trust: [
      {
        Sid: 'OwnAccount',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${SITE}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
    endpoint: [
      {
        Sid: 'OwnAccountOnly',
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': SITE, 'aws:ResourceOrgID': ORGANIZATION } },
      },
    ],
    scp: [
      {
        Sid: 'OnlyTheEea',
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1'] } },
      },
      {
        Sid: 'SecretsStay',
        Effect: 'Deny',
        Action: 'secretsmanager:*',
        Resource: '*',
        Condition: {
          'ForAnyValue:StringNotEquals': { 'secretsmanager:AddReplicaRegions': ['eu-west-1', 'eu-north-1'] },
        },
      },
    ],
    rcp: [
      refuse('OnlyOurOrganization', ['s3:*', 'sts:AssumeRole'], {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      }),
      refuse('OnlyOurEndpoint', CONTENT, { StringNotEquals: { 'aws:VpceAccount': SITE } }),
      refuse('NoService', 's3:*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
    ],
  };
}

const policy = (Statement: Statement[]): Json => ({ Version: '2012-10-17', Statement });

/** The enclave's policies as read from its templates. @param target what the organization's policies are attached to */
export function smallEnclave(given: Layers = layers(), target = 'ou-smal-00000001'): EnclavePolicies {
  const site: Json = {
    Resources: {
      Endpoint: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: { ServiceName: 'com.amazonaws.eu-west-1.s3', PolicyDocument: policy(given.endpoint) },
      },
      Media: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'small-media' } },
      MediaPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Media' },
          PolicyDocument: policy(given.bucket.map((s) => ({ ...s, Resource: [BUCKET, `${BUCKET}/*`] }))),
        },
      },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(given.key) } },
      Bound: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          ManagedPolicyName: 'boundary',
          Path: '/small/',
          PolicyDocument: policy([{ Effect: 'Allow', Action: '*', Resource: '*' }]),
        },
      },
      Reader: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'reader',
          Path: '/small/app/',
          PermissionsBoundary: { Ref: 'Bound' },
          AssumeRolePolicyDocument: policy(given.trust),
        },
      },
    },
  };
  const above = (name: string, Type: string, statements: Statement[]): Json => ({
    Type: 'AWS::Organizations::Policy',
    Properties: { Name: name, Type, Content: policy(statements), TargetIds: [target] },
  });
  const organization: Json = {
    Resources: {
      Scp: above('callers', 'SERVICE_CONTROL_POLICY', given.scp),
      Rcp: above('resources', 'RESOURCE_CONTROL_POLICY', given.rcp),
    },
  };
  return readPolicies(
    applicationOf(
      [
        { stackName: 'site', account: SITE, region: 'eu-west-1', template: site },
        { stackName: 'organization', account: MANAGEMENT, region: 'eu-central-1', template: organization },
      ],
      { partitionOf: (region) => findRegion(region)?.partition },
    ),
  );
}
