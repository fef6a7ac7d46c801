/**
 * Which property names a resource. CloudFormation's own documentation calls the value a "physical name" or identifier;
 * the property is not named uniformly, so the exceptions are listed and the rest follows the pattern `<Thing>Name`.
 * Source: AWS CloudFormation template reference, property pages of each type (read 2026-11).
 */
const NAMED_BY: ReadonlyMap<string, string> = new Map([
  ['AWS::RDS::DBInstance', 'DBInstanceIdentifier'],
  ['AWS::RDS::DBCluster', 'DBClusterIdentifier'],
  ['AWS::RDS::GlobalCluster', 'GlobalClusterIdentifier'],
  ['AWS::RDS::DBProxy', 'DBProxyName'],
  ['AWS::Neptune::DBInstance', 'DBInstanceIdentifier'],
  ['AWS::Neptune::DBCluster', 'DBClusterIdentifier'],
  ['AWS::DocDB::DBInstance', 'DBInstanceIdentifier'],
  ['AWS::DocDB::DBCluster', 'DBClusterIdentifier'],
  ['AWS::DocDB::GlobalCluster', 'GlobalClusterIdentifier'],
  ['AWS::Redshift::Cluster', 'ClusterIdentifier'],
  ['AWS::DMS::Endpoint', 'EndpointIdentifier'],
  ['AWS::DMS::ReplicationInstance', 'ReplicationInstanceIdentifier'],
  ['AWS::DynamoDB::GlobalTable', 'TableName'],
  ['AWS::EC2::LaunchTemplate', 'LaunchTemplateName'],
  ['AWS::ElastiCache::ReplicationGroup', 'ReplicationGroupId'],
  ['AWS::ElastiCache::GlobalReplicationGroup', 'GlobalReplicationGroupIdSuffix'],
  ['AWS::ElastiCache::ServerlessCache', 'ServerlessCacheName'],
  ['AWS::Events::EventBus', 'Name'],
  ['AWS::Events::ApiDestination', 'Name'],
  ['AWS::Events::Connection', 'Name'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::KinesisFirehose::DeliveryStream', 'DeliveryStreamName'],
  ['AWS::Kinesis::Stream', 'Name'],
  ['AWS::Lambda::LayerVersion', 'LayerName'],
  ['AWS::Logs::Destination', 'DestinationName'],
  ['AWS::OpenSearchService::Domain', 'DomainName'],
  ['AWS::Elasticsearch::Domain', 'DomainName'],
  ['AWS::S3::AccessPoint', 'Name'],
  ['AWS::S3::MultiRegionAccessPoint', 'Name'],
  ['AWS::S3Outposts::Bucket', 'BucketName'],
  ['AWS::S3Express::DirectoryBucket', 'BucketName'],
  ['AWS::SecretsManager::Secret', 'Name'],
  ['AWS::Serverless::LayerVersion', 'LayerName'],
  ['AWS::Serverless::SimpleTable', 'TableName'],
  ['AWS::SSM::Parameter', 'Name'],
  ['AWS::StepFunctions::StateMachine', 'StateMachineName'],
  ['AWS::StepFunctions::Activity', 'Name'],
]);

const properties = new Map<string, readonly string[]>();

/** Property that names resources of a type, first the listed one, then `<Thing>Name`, then `Name`. */
export function namingProperties(type: string): readonly string[] {
  const known = properties.get(type);
  if (known) return known;
  const listed = NAMED_BY.get(type);
  const thing = type.split('::').at(-1) ?? '';
  const names = listed !== undefined ? [listed] : thing === '' ? [] : [`${thing}Name`, 'Name'];
  properties.set(type, names);
  return names;
}

/** Service namespaces that an ARN spells differently from the CloudFormation type. Source: IAM service authorization reference. */
const SERVICE_OF_NAMESPACE: ReadonlyMap<string, readonly string[]> = new Map([
  ['apigatewayv2', ['apigateway', 'execute-api']],
  ['cloudtrail', ['cloudtrail']],
  ['certificatemanager', ['acm']],
  ['docdb', ['rds']],
  ['neptune', ['rds']],
  ['efs', ['elasticfilesystem']],
  ['elasticsearch', ['es']],
  ['opensearchservice', ['es']],
  ['opensearchserverless', ['aoss']],
  ['elasticloadbalancingv2', ['elasticloadbalancing']],
  ['kinesisfirehose', ['firehose']],
  ['kinesisanalyticsv2', ['kinesisanalytics']],
  ['managedblockchain', ['managedblockchain']],
  ['msk', ['kafka']],
  ['s3express', ['s3express', 's3']],
  ['s3outposts', ['s3-outposts']],
  ['serverless', ['lambda', 'dynamodb', 'states', 'apigateway', 'execute-api', 'appsync']],
  ['stepfunctions', ['states']],
]);

/** Whether an ARN of this service can be the ARN of a resource of this type. */
export function serviceFits(service: string, type: string): boolean {
  const namespace = (type.split('::')[1] ?? '').toLowerCase();
  return namespace === service || (SERVICE_OF_NAMESPACE.get(namespace)?.includes(service) ?? false);
}
