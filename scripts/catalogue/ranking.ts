/** The order in which types were read: our own judgement of what ordinary applications use, and of what can hurt most. */
export const RANKING: readonly { readonly what: string; readonly services: readonly string[] }[] = [
  {
    what: 'stores and keys of nearly every application',
    services: ['S3', 'RDS', 'DynamoDB', 'KMS', 'SecretsManager', 'SSM'],
  },
  { what: 'copies made on purpose', services: ['Backup', 'ECR', 'EFS', 'DLM'] },
  { what: 'permissions in every stack', services: ['IAM', 'Organizations', 'RAM'] },
  {
    what: 'the network and its ways out',
    services: ['EC2', 'ElasticLoadBalancingV2', 'Route53', 'Route53Resolver', 'ServiceDiscovery'],
  },
  {
    what: 'code',
    services: ['Lambda', 'ECS', 'EKS', 'AutoScaling', 'Batch', 'StepFunctions', 'CloudFormation', 'Custom'],
  },
  {
    what: 'messages and streams',
    services: ['SNS', 'SQS', 'Events', 'Scheduler', 'Pipes', 'Kinesis', 'KinesisFirehose', 'MSK', 'AmazonMQ'],
  },
  { what: 'logs and records', services: ['Logs', 'CloudTrail', 'CloudWatch', 'Config', 'XRay', 'Oam'] },
  {
    what: 'doors to people',
    services: ['ApiGateway', 'ApiGatewayV2', 'CloudFront', 'Cognito', 'WAFv2', 'CertificateManager'],
  },
  {
    what: 'further databases and analysis',
    services: ['ElastiCache', 'OpenSearchService', 'Redshift', 'Neptune', 'DocDB', 'Athena', 'Glue'],
  },
  {
    what: 'building and watching',
    services: ['CodeBuild', 'CodePipeline', 'GuardDuty', 'SecurityHub', 'Macie', 'AccessAnalyzer', 'Budgets'],
  },
  {
    what: 'single properties of types that stay denied, because they name another Region',
    services: ['Bedrock', 'ImageBuilder', 'Cassandra', 'DSQL', 'MemoryDB', 'Synthetics', 'and 40 more'],
  },
];
