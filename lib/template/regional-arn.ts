/**
 * The fields of an ARN that a resource of the application answers with. CDK takes ARNs apart (`Fn::Split` at `:`) to compose
 * the address of an image, or the integration of a function: service, Region and account are known before deployment.
 */
import type { Reference, Resolved, Scalar, Unknown } from './model';
import { text, unknown } from './scalar';
import { listOf } from './structure';

/**
 * Attributes whose value is `arn:partition:service:region:account:…`, Region and account being those of the stack. From the
 * return values of each type in the CloudFormation reference. Left out are ARNs without a Region (S3, IAM) and those that may
 * name another one than the stack's (WAF for CloudFront, certificates of the edge).
 */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['AWS::Cognito::UserPool.Arn', 'cognito-idp'],
  ['AWS::DynamoDB::GlobalTable.Arn', 'dynamodb'],
  ['AWS::DynamoDB::Table.Arn', 'dynamodb'],
  ['AWS::ECR::Repository.Arn', 'ecr'],
  ['AWS::ECS::Cluster.Arn', 'ecs'],
  ['AWS::Events::EventBus.Arn', 'events'],
  ['AWS::KMS::Key.Arn', 'kms'],
  ['AWS::Kinesis::Stream.Arn', 'kinesis'],
  ['AWS::KinesisFirehose::DeliveryStream.Arn', 'firehose'],
  ['AWS::Lambda::Alias.Ref', 'lambda'],
  ['AWS::Lambda::Function.Arn', 'lambda'],
  ['AWS::Lambda::Version.Ref', 'lambda'],
  ['AWS::Logs::LogGroup.Arn', 'logs'],
  ['AWS::SNS::Topic.Ref', 'sns'],
  ['AWS::SNS::Topic.TopicArn', 'sns'],
  ['AWS::SQS::Queue.Arn', 'sqs'],
  ['AWS::SecretsManager::Secret.Ref', 'secretsmanager'],
  ['AWS::StepFunctions::StateMachine.Arn', 'states'],
  ['AWS::StepFunctions::StateMachine.Ref', 'states'],
]);

/** The fields, as a list whose further items are not known; undefined when the value is no such ARN. */
export function regionalArnFields(value: Reference): Resolved | undefined {
  const { resource, attribute } = value;
  const service = SERVICES.get(`${resource.type}.${attribute}`);
  if (service === undefined) return undefined;
  const { template } = resource;
  const { region, account } = template.source;
  const open = (pseudo?: string): Unknown =>
    unknown('a part of a value that is only known at deployment', {
      from: [value],
      ...(pseudo ? { pseudo, template } : {}),
    });
  const here = (known: string | undefined, pseudo: string): Scalar =>
    known === undefined ? open(pseudo) : text(known);
  return listOf(
    [text('arn'), open(), text(service), here(region, 'AWS::Region'), here(account, 'AWS::AccountId')],
    open(),
  );
}
