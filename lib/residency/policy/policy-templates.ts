/**
 * Policy templates of the SAM transform (`Policies: [S3ReadPolicy: {BucketName: …}]`): what the statements they stand for can
 * reach. Read from policy_templates.json of aws-sam-translator 1.110.0 on 2026-11-22. A template that is not here allows
 * copying, subscribing, sending mail or publishing by itself, or is newer than this list: it is unknown.
 */

/**
 * `reads`: actions that only read, on what the parameters name. `uses`: actions on what the parameters name, none of which
 * takes a destination. `local`: actions of the stack's own Region and account that name no resource and move nothing.
 */
export type TemplateReach = 'reads' | 'uses' | 'local';

export const POLICY_TEMPLATES: Readonly<Record<string, TemplateReach>> = {
  AMIDescribePolicy: 'local',
  AWSSecretsManagerGetSecretValuePolicy: 'reads',
  AWSSecretsManagerRotationPolicy: 'uses',
  AcmGetCertificatePolicy: 'reads',
  CloudFormationDescribeStacksPolicy: 'local',
  CloudWatchDescribeAlarmHistoryPolicy: 'local',
  CloudWatchPutMetricPolicy: 'local',
  CodeCommitReadPolicy: 'reads',
  CodePipelineLambdaExecutionPolicy: 'local',
  CodePipelineReadOnlyPolicy: 'reads',
  ComprehendBasicAccessPolicy: 'local',
  CostExplorerReadOnlyPolicy: 'local',
  DynamoDBBackupFullAccessPolicy: 'uses',
  DynamoDBCrudPolicy: 'uses',
  DynamoDBReadPolicy: 'reads',
  DynamoDBStreamReadPolicy: 'reads',
  DynamoDBWritePolicy: 'uses',
  EC2DescribePolicy: 'local',
  EFSWriteAccessPolicy: 'uses',
  EKSDescribePolicy: 'local',
  EcsRunTaskPolicy: 'uses',
  ElasticsearchHttpPostPolicy: 'uses',
  EventBridgePutEventsPolicy: 'uses',
  FilterLogEventsPolicy: 'reads',
  FirehoseWritePolicy: 'uses',
  KMSDecryptPolicy: 'reads',
  KMSEncryptPolicy: 'uses',
  KMSEncryptPolicy_v2: 'uses',
  KinesisCrudPolicy: 'uses',
  KinesisStreamReadPolicy: 'reads',
  LambdaInvokePolicy: 'uses',
  OrganizationsListAccountsPolicy: 'local',
  RekognitionDetectOnlyPolicy: 'local',
  RekognitionFacesManagementPolicy: 'uses',
  RekognitionFacesPolicy: 'local',
  RekognitionLabelsPolicy: 'local',
  RekognitionNoDataAccessPolicy: 'uses',
  RekognitionReadPolicy: 'reads',
  RekognitionWriteOnlyAccessPolicy: 'uses',
  S3CrudPolicy: 'uses',
  S3FullAccessPolicy: 'uses',
  S3ReadPolicy: 'reads',
  S3WritePolicy: 'uses',
  SNSPublishMessagePolicy: 'uses',
  SQSPollerPolicy: 'uses',
  SQSSendMessagePolicy: 'uses',
  SSMParameterReadPolicy: 'reads',
  SSMParameterWithSlashPrefixReadPolicy: 'reads',
  StepFunctionsCallbackPolicy: 'uses',
  StepFunctionsExecutionPolicy: 'uses',
  StepFunctionsExecutionPolicy_v2: 'uses',
  TextractDetectAnalyzePolicy: 'local',
  TextractGetResultPolicy: 'local',
  VPCAccessPolicy: 'local',
};
