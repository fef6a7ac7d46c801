/**
 * Identifiers that AWS chooses at deployment, as texts of the right shape that are equal exactly when the resources are.
 * A resource with a declared physical name gets its real identifier.
 */
import { createHash } from 'node:crypto';
import { findRegion } from '../../geo';
import { textOf } from '../../template';
import type { Reference, Resource } from '../../template';

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Where the stack stands; documentation values where the assembly does not say, so that shapes stay right. */
function placeOf({ template: { source } }: Resource): Place {
  const region = source.region ?? 'unknown-region';
  return { partition: findRegion(region)?.partition ?? 'aws', region, account: source.account ?? '000000000000' };
}

function hash(resource: Resource, length: number): string {
  const { source } = resource.template;
  const identity = [source.stackName, source.account, source.region, resource.logicalId].join('\n');
  return createHash('sha256').update(identity).digest('hex').slice(0, length);
}

const uuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');

/** The declared name, else one of the shape that CloudFormation generates. */
export function nameOf(resource: Resource): string {
  const declared = resource.physicalNames().map(({ value }) => textOf(value));
  if (declared.length === 1 && declared[0] !== undefined) return declared[0];
  const generated = `${resource.template.source.stackName}-${resource.logicalId}-${hash(resource, 12)}`;
  return resource.type === 'AWS::S3::Bucket' ? generated.toLowerCase() : generated;
}

/** The text of a property when it is fully known. */
function property(resource: Resource, name: string): string | undefined {
  const [leaf] = resource.at(name);
  return leaf?.possible.length === 1 ? textOf(leaf.possible[0]!.value) : undefined;
}

/** `arn:aws:iam::111122223333:role/path/name` of a role or managed policy. */
export function iamArn(resource: Resource, kind: 'role' | 'policy' | 'user'): string {
  const { partition, account } = placeOf(resource);
  return `arn:${partition}:iam::${account}:${kind}${property(resource, 'Path') ?? '/'}${nameOf(resource)}`;
}

export const keyIdOf = (resource: Resource): string => uuid(hash(resource, 32));

const regional =
  (service: string, rest: (resource: Resource) => string) =>
  (resource: Resource): string => {
    const { partition, region, account } = placeOf(resource);
    return `arn:${partition}:${service}:${region}:${account}:${rest(resource)}`;
  };

const bucketArn = (resource: Resource): string => `arn:${placeOf(resource).partition}:s3:::${nameOf(resource)}`;
const secretArn = regional('secretsmanager', (r) => `secret:${nameOf(r)}-${hash(r, 6)}`);
const topicArn = regional('sns', nameOf);
const queueUrl = (r: Resource): string =>
  `https://sqs.${placeOf(r).region}.amazonaws.com/${placeOf(r).account}/${nameOf(r)}`;
const id =
  (prefix: string) =>
  (resource: Resource): string =>
    `${prefix}-0${hash(resource, 16)}`;

type Identify = (resource: Resource) => string;

/** Type and attribute (`Ref` or that of `Fn::GetAtt`) → identifier. Source: CloudFormation reference, return values. */
const IDENTIFIERS: Readonly<Record<string, Readonly<Record<string, Identify>>>> = {
  'AWS::ApiGateway::RestApi': {
    Ref: (r) => hash(r, 10),
    RestApiId: (r) => hash(r, 10),
    RootResourceId: (r) => hash(r, 10),
  },
  'AWS::CloudTrail::Trail': { Ref: nameOf, Arn: regional('cloudtrail', (r) => `trail/${nameOf(r)}`) },
  'AWS::CloudWatch::Alarm': { Ref: nameOf, Arn: regional('cloudwatch', (r) => `alarm:${nameOf(r)}`) },
  'AWS::DynamoDB::Table': { Ref: nameOf, Arn: regional('dynamodb', (r) => `table/${nameOf(r)}`) },
  'AWS::EC2::SecurityGroup': { Ref: id('sg'), GroupId: id('sg') },
  'AWS::EC2::Subnet': { Ref: id('subnet') },
  'AWS::EC2::VPC': { Ref: id('vpc'), DefaultSecurityGroup: id('sg') },
  'AWS::EC2::VPCEndpoint': { Ref: id('vpce'), Id: id('vpce') },
  'AWS::ECR::Repository': { Ref: nameOf, Arn: regional('ecr', (r) => `repository/${nameOf(r)}`) },
  'AWS::Events::EventBus': { Ref: nameOf, Name: nameOf, Arn: regional('events', (r) => `event-bus/${nameOf(r)}`) },
  'AWS::Events::Rule': { Ref: nameOf, Arn: regional('events', (r) => `rule/${nameOf(r)}`) },
  'AWS::IAM::ManagedPolicy': { Ref: (r) => iamArn(r, 'policy'), PolicyArn: (r) => iamArn(r, 'policy') },
  'AWS::IAM::Role': { Ref: nameOf, Arn: (r) => iamArn(r, 'role'), RoleId: (r) => `AROA${hash(r, 16).toUpperCase()}` },
  'AWS::IAM::User': { Ref: nameOf, Arn: (r) => iamArn(r, 'user') },
  'AWS::KMS::Key': { Ref: keyIdOf, KeyId: keyIdOf, Arn: regional('kms', (r) => `key/${keyIdOf(r)}`) },
  'AWS::KinesisFirehose::DeliveryStream': {
    Ref: nameOf,
    Arn: regional('firehose', (r) => `deliverystream/${nameOf(r)}`),
  },
  'AWS::Lambda::Function': { Ref: nameOf, Arn: regional('lambda', (r) => `function:${nameOf(r)}`) },
  'AWS::Logs::LogGroup': { Ref: nameOf, Arn: regional('logs', (r) => `log-group:${nameOf(r)}:*`) },
  'AWS::Organizations::OrganizationalUnit': { Ref: (r) => `ou-${hash(r, 4)}-${hash(r, 8)}` },
  'AWS::RDS::DBInstance': {
    Ref: nameOf,
    DBInstanceArn: regional('rds', (r) => `db:${nameOf(r)}`),
    DbiResourceId: (r) => `db-${hash(r, 26).toUpperCase()}`,
    'MasterUserSecret.SecretArn': secretArn,
  },
  'AWS::S3::AccessPoint': { Ref: nameOf, Name: nameOf, Arn: regional('s3', (r) => `accesspoint/${nameOf(r)}`) },
  'AWS::S3::Bucket': { Ref: nameOf, Arn: bucketArn },
  'AWS::SNS::Topic': { Ref: topicArn, TopicArn: topicArn, TopicName: nameOf },
  'AWS::SQS::Queue': { Ref: queueUrl, QueueUrl: queueUrl, QueueName: nameOf, Arn: regional('sqs', nameOf) },
  'AWS::SSM::Parameter': { Ref: nameOf },
  'AWS::SecretsManager::Secret': { Ref: secretArn, Id: secretArn },
  'AWS::StepFunctions::StateMachine': {
    Ref: regional('states', (r) => `stateMachine:${nameOf(r)}`),
    Arn: regional('states', (r) => `stateMachine:${nameOf(r)}`),
    Name: nameOf,
  },
  'AWS::VerifiedPermissions::PolicyStore': {
    Ref: (r) => hash(r, 22),
    PolicyStoreId: (r) => hash(r, 22),
    Arn: regional('verifiedpermissions', (r) => `policy-store/${hash(r, 22)}`),
  },
};

/** The identifier a reference stands for; undefined when its shape is not known here. */
export function standIn({ resource, attribute }: Reference): string | undefined {
  return IDENTIFIERS[resource.type]?.[attribute]?.(resource);
}

/** The identifier of a resource itself. @throws Error when its type has none of that name */
export function identify(resource: Resource, attribute: string): string {
  const text = standIn({ kind: 'reference', resource, attribute });
  if (text === undefined) throw new Error(`${resource.type} has no known ${attribute}`);
  return text;
}
