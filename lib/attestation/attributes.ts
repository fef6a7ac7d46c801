/**
 * What a reference to a deployed resource stands for: `Ref` is the physical id CloudFormation records, an ARN follows from
 * it by the form each service documents (service authorization reference, "Resource types"; CloudFormation template
 * reference, "Return values"). Attributes not listed stay unknown.
 */
import type { Place } from './place';

interface Identified extends Place {
  readonly partition: string;
  readonly type: string;
  readonly physicalId: string;
}

type Form = (at: Identified) => string;

const arn =
  (service: string, resource: (id: string) => string): Form =>
  ({ partition, region, account, physicalId }) =>
    `arn:${partition}:${service}:${region}:${account}:${resource(physicalId)}`;
const itself: Form = ({ physicalId }) => physicalId;
const lastPart = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

const FORMS: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  'AWS::Backup::BackupVault': { BackupVaultArn: arn('backup', (id) => `backup-vault:${id}`), BackupVaultName: itself },
  'AWS::DynamoDB::Table': { Arn: arn('dynamodb', (id) => `table/${id}`) },
  'AWS::DynamoDB::GlobalTable': { Arn: arn('dynamodb', (id) => `table/${id}`) },
  'AWS::EC2::SecurityGroup': { GroupId: itself },
  'AWS::EC2::Subnet': { SubnetId: itself },
  'AWS::EC2::VPC': { VpcId: itself },
  'AWS::ECR::Repository': { Arn: arn('ecr', (id) => `repository/${id}`) },
  'AWS::EFS::FileSystem': { Arn: arn('elasticfilesystem', (id) => `file-system/${id}`), FileSystemId: itself },
  'AWS::Events::EventBus': { Arn: arn('events', (id) => `event-bus/${id}`), Name: itself },
  'AWS::Events::Rule': { Arn: arn('events', (id) => `rule/${id.replace('|', '/')}`) },
  'AWS::IAM::ManagedPolicy': { PolicyArn: itself },
  // A role with a path has it in its ARN and not in its name: such a role is left unknown by `attributeText`.
  'AWS::IAM::Role': {
    Arn: ({ partition, account, physicalId }) => `arn:${partition}:iam::${account}:role/${physicalId}`,
  },
  'AWS::KMS::Key': { Arn: arn('kms', (id) => `key/${id}`), KeyId: itself },
  'AWS::Lambda::Function': { Arn: arn('lambda', (id) => `function:${id}`) },
  'AWS::Logs::LogGroup': { Arn: arn('logs', (id) => `log-group:${id}:*`) },
  'AWS::RDS::DBInstance': { DBInstanceArn: arn('rds', (id) => `db:${id}`) },
  'AWS::RDS::DBCluster': { DBClusterArn: arn('rds', (id) => `cluster:${id}`) },
  'AWS::S3::Bucket': { Arn: ({ partition, physicalId }) => `arn:${partition}:s3:::${physicalId}` },
  'AWS::S3::AccessPoint': { Arn: arn('s3', (id) => `accesspoint/${id}`), Name: itself },
  'AWS::SNS::Topic': {
    TopicArn: itself,
    TopicName: ({ physicalId }) => physicalId.slice(physicalId.lastIndexOf(':') + 1),
  },
  'AWS::SQS::Queue': {
    Arn: arn('sqs', lastPart),
    QueueUrl: itself,
    QueueName: ({ physicalId }) => lastPart(physicalId),
  },
  'AWS::SecretsManager::Secret': { Id: itself },
  'AWS::StepFunctions::StateMachine': { Arn: itself },
};

/** The text of `Ref` or an attribute, or undefined when it does not follow from the physical id. */
export function attributeText(attribute: string, at: Identified): string | undefined {
  return attribute === 'Ref' ? at.physicalId : FORMS[at.type]?.[attribute]?.(at);
}
