/**
 * Properties by which data or keys cross from one Region to another, over everything CloudFormation can express, and how
 * each writes its destination. Kept apart from the catalogue, which is what is being tested: what the
 * catalogue forgets or judges wrongly has to show here.
 */
import type { Ways } from './ways';
import {
  SOMETHING,
  arn,
  beside,
  besideWith,
  besideCluster,
  bucket,
  bucketArn,
  flag,
  geography,
  keyArn,
  keyBeside,
  model,
  presence,
  region,
  regionInText,
  standing,
  standingPullsFromHome,
  standingReplicaOf,
} from './ways';

const LATENT = 'latent: the capability is there, no destination is named yet';
const LATENT_GROUP = 'latent: a group of Regions; its other members are judged where they stand';
const NO_DESTINATION = 'the property names no destination; its use is what is found';
const PROVIDER_DECIDES = 'the provider alone decides which Regions are used';
const THIRD_PARTY = 'a third party, whose country no register names';

/** An instance that says nothing of its address may get one on the internet. */
const NOT_PUBLIC = { PubliclyAccessible: false };

export const CROSS_REGION: Readonly<Record<string, readonly Ways[]>> = {
  'AWS::AgentRegistry::RegistryRecord': [
    region(
      'Descriptors.McpServer.Source.FromUrl.CredentialProviderConfigurations[].CredentialProvider.IamCredentialProvider.Region',
    ),
  ],
  'AWS::AmazonMQ::Broker': [
    standingReplicaOf('mq', 'broker:main:b-1', 'DataReplicationPrimaryBrokerArn'),
    flag('unknown', LATENT, 'CRDR', 'NONE', 'DataReplicationMode'),
    flag('unknown', LATENT, true, false, 'Users[].ReplicationUser'),
  ],
  'AWS::AppFlow::ConnectorProfile': [region('ConnectorProfileConfig.ConnectorProfileProperties.Snowflake.Region')],
  'AWS::AppSync::Api': [region('EventConfig.AuthProviders[].CognitoConfig.AwsRegion')],
  'AWS::AppSync::DataSource': [
    region(
      'OpenSearchServiceConfig.AwsRegion',
      'DynamoDBConfig.AwsRegion',
      'ElasticsearchConfig.AwsRegion',
      'RelationalDatabaseConfig.RdsHttpEndpointConfig.AwsRegion',
      'HttpConfig.AuthorizationConfig.AwsIamConfig.SigningRegion',
    ),
  ],
  'AWS::AppSync::GraphQLApi': [
    region('UserPoolConfig.AwsRegion', 'AdditionalAuthenticationProviders[].UserPoolConfig.AwsRegion'),
  ],
  'AWS::ARCRegionSwitch::Plan': [
    region(
      'PrimaryRegion',
      'Regions[]',
      'Triggers[].TargetRegion',
      'Workflows[].WorkflowTargetRegion',
      'Workflows[].Steps[].ExecutionBlockConfiguration.CustomActionLambdaConfig.RegionToRun',
      'Workflows[].Steps[].ExecutionBlockConfiguration.Route53HealthCheckConfig.RecordSets[].Region',
    ),
    presence(
      NO_DESTINATION,
      'one',
      'Workflows[].Steps[].ExecutionBlockConfiguration.AuroraProvisionedScalingConfig.GlobalClusterIdentifier',
      'Workflows[].Steps[].ExecutionBlockConfiguration.AuroraServerlessScalingConfig.GlobalClusterIdentifier',
      'Workflows[].Steps[].ExecutionBlockConfiguration.GlobalAuroraConfig.GlobalClusterIdentifier',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RegionSwitchPlanConfig.CrossAccountRole',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RegionSwitchPlanConfig.ExternalId',
      'Workflows[].Steps[].ExecutionBlockConfiguration.DocumentDbConfig.GlobalClusterIdentifier',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RdsCreateCrossRegionReadReplicaConfig.TimeoutMinutes',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RdsCreateCrossRegionReadReplicaConfig.CrossAccountRole',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RdsCreateCrossRegionReadReplicaConfig.ExternalId',
      'Workflows[].Steps[].ExecutionBlockConfiguration.NeptuneGlobalDatabaseConfig.GlobalClusterIdentifier',
      'Workflows[].Steps[].ExecutionBlockConfiguration.ArcRoutingControlConfig.RegionAndRoutingControls{}[].State',
    ),
    arn(
      'rds',
      'cluster:copy',
      'Workflows[].Steps[].ExecutionBlockConfiguration.AuroraProvisionedScalingConfig.RegionDatabaseClusterArns{}',
      'Workflows[].Steps[].ExecutionBlockConfiguration.AuroraProvisionedScalingConfig.InstanceArns[]',
      'Workflows[].Steps[].ExecutionBlockConfiguration.AuroraServerlessScalingConfig.RegionDatabaseClusterArns{}',
      'Workflows[].Steps[].ExecutionBlockConfiguration.GlobalAuroraConfig.DatabaseClusterArns[]',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RegionSwitchPlanConfig.Arn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.DocumentDbConfig.DatabaseClusterArns[]',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RdsPromoteReadReplicaConfig.DbInstanceArnMap{}',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RdsCreateCrossRegionReadReplicaConfig.DbInstanceArnMap{}',
      'Workflows[].Steps[].ExecutionBlockConfiguration.NeptuneGlobalDatabaseConfig.RegionDatabaseClusterArns{}',
      'Workflows[].Steps[].ExecutionBlockConfiguration.RdsSwitchoverReadReplicaConfig.DbInstanceArnMap{}',
      'Workflows[].Steps[].ExecutionBlockConfiguration.CustomActionLambdaConfig.Lambdas[].Arn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.Ec2AsgCapacityIncreaseConfig.Asgs[].Arn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.ArcRoutingControlConfig.RegionAndRoutingControls{}[].RoutingControlArn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.EcsCapacityIncreaseConfig.Services[].ClusterArn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.EcsCapacityIncreaseConfig.Services[].ServiceArn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.EksResourceScalingConfig.EksClusters[].ClusterArn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.LambdaEventSourceMappingConfig.RegionEventSourceMappings{}.Arn',
      'Workflows[].Steps[].ExecutionBlockConfiguration.SsmSendCommandConfig.RegionDocuments{}.DocumentArn',
    ),
  ],
  'AWS::AWSExternalAnthropic::Workspace': [
    geography(
      'DataResidency.WorkspaceGeo',
      'DataResidency.DefaultInferenceGeo',
      'DataResidency.AllowedInferenceGeos[]',
    ),
  ],
  'AWS::Backup::BackupPlan': [
    arn('backup', 'backup-vault:copy', 'BackupPlan.BackupPlanRule[].CopyActions[].DestinationBackupVaultArn'),
  ],
  'AWS::Backup::ReportPlan': [
    standing(SOMETHING, 'ReportSetting.OrganizationUnits[]', 'ReportSetting.Accounts[]'),
    standingPullsFromHome('ReportSetting.Regions[]'),
  ],
  'AWS::BCMDataExports::Export': [region('Export.DestinationConfigurations.S3Destination.S3Region')],
  'AWS::Bedrock::Agent': [
    model('FoundationModel', 'PromptOverrideConfiguration.PromptConfigurations[].FoundationModel'),
  ],
  'AWS::Bedrock::ApplicationInferenceProfile': [model('ModelSource.CopyFrom')],
  'AWS::Bedrock::DataAutomationProject': [presence(NO_DESTINATION, 'one', 'ProjectType')],
  'AWS::Bedrock::DataSource': [
    model(
      'VectorIngestionConfiguration.ParsingConfiguration.BedrockFoundationModelConfiguration.ModelArn',
      'VectorIngestionConfiguration.ContextEnrichmentConfiguration.BedrockFoundationModelConfiguration.ModelArn',
    ),
  ],
  'AWS::Bedrock::Flow': [
    model(
      'Definition.Nodes[].Configuration.KnowledgeBase.ModelId',
      'Definition.Nodes[].Configuration.Prompt.SourceConfiguration.Inline.ModelId',
      'Definition.Nodes[].Configuration.KnowledgeBase.RerankingConfiguration.BedrockRerankingConfiguration.ModelConfiguration.ModelArn',
    ),
  ],
  'AWS::Bedrock::Guardrail': [
    model('CrossRegionConfig.GuardrailProfileArn'),
    flag('unknown', PROVIDER_DECIDES, 'STANDARD', 'CLASSIC', 'ContentPolicyConfig.ContentFiltersTierConfig.TierName'),
    flag('unknown', PROVIDER_DECIDES, 'STANDARD', 'CLASSIC', 'TopicPolicyConfig.TopicsTierConfig.TierName'),
  ],
  'AWS::Bedrock::IntelligentPromptRouter': [model('FallbackModel.ModelArn')],
  'AWS::Bedrock::KnowledgeBase': [
    model(
      'KnowledgeBaseConfiguration.VectorKnowledgeBaseConfiguration.EmbeddingModelArn',
      'KnowledgeBaseConfiguration.ManagedKnowledgeBaseConfiguration.EmbeddingModelArn',
    ),
  ],
  'AWS::Bedrock::Prompt': [model('Variants[].ModelId')],
  'AWS::BedrockAgentCore::Evaluator': [
    model(
      'EvaluatorConfig.LlmAsAJudge.ModelConfig.BedrockEvaluatorModelConfig.ModelId',
      'EvaluatorConfig.LlmAsAJudge.ModelConfig.ResponsesEvaluatorModelConfig.ModelId',
    ),
  ],
  'AWS::BedrockAgentCore::GatewayTarget': [
    region('CredentialProviderConfigurations[].CredentialProvider.IamCredentialProvider.Region'),
  ],
  'AWS::BedrockAgentCore::Harness': [
    model(
      'Model.BedrockModelConfig.ModelId',
      'Model.OpenAiModelConfig.ModelId',
      'Model.GeminiModelConfig.ModelId',
      'Model.LiteLlmModelConfig.ModelId',
    ),
  ],
  'AWS::BedrockAgentCore::Memory': [
    model(
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.SemanticOverride.Extraction.ModelId',
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.SemanticOverride.Consolidation.ModelId',
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.SummaryOverride.Consolidation.ModelId',
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.UserPreferenceOverride.Extraction.ModelId',
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.UserPreferenceOverride.Consolidation.ModelId',
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.EpisodicOverride.Extraction.ModelId',
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.EpisodicOverride.Consolidation.ModelId',
      'MemoryStrategies[].CustomMemoryStrategy.Configuration.EpisodicOverride.Reflection.ModelId',
    ),
  ],
  'AWS::Budgets::BudgetsAction': [region('Definition.SsmActionDefinition.Region')],
  'AWS::Cassandra::Keyspace': [
    beside('ReplicationSpecification.RegionList[]', 'one', 'ReplicationSpecification.ReplicationStrategy'),
    region('ReplicationSpecification.RegionList[]'),
  ],
  'AWS::Cassandra::Table': [region('ReplicaSpecifications[].Region')],
  'AWS::Chime::MediaPipelineKinesisVideoStreamPool': [region('StreamConfiguration.Region')],
  'AWS::Chime::SipMediaApplication': [region('AwsRegion')],
  'AWS::Chime::VoiceConnector': [region('AwsRegion')],
  'AWS::CleanRooms::Collaboration': [region('AllowedResultRegions[]')],
  'AWS::CloudFormation::StackSet': [region('StackInstancesGroup[].Regions[]', 'OperationPreferences.RegionOrder[]')],
  'AWS::CloudFront::Distribution': [region('DistributionConfig.Origins[].OriginShield.OriginShieldRegion')],
  'AWS::CloudTrail::EventDataStore': [standing(true, 'OrganizationEnabled', 'MultiRegionEnabled')],
  'AWS::CloudTrail::Trail': [standing(true, 'IncludeGlobalServiceEvents', 'IsOrganizationTrail', 'IsMultiRegionTrail')],
  'AWS::CodePipeline::Pipeline': [
    region('ArtifactStores[].Region', 'Stages[].Actions[].Region', 'Stages[].OnFailure.Conditions[].Rules[].Region'),
  ],
  'AWS::Cognito::UserPool': [
    arn('ses', 'identity/example.org', 'EmailConfiguration.SourceArn'),
    region('SmsConfiguration.SnsRegion', 'SmsConfiguration.EumsSms.Region'),
  ],
  'AWS::Cognito::UserPoolClient': [
    arn('mobiletargeting', 'apps/copy', 'AnalyticsConfiguration.ApplicationArn'),
    presence(NO_DESTINATION, true, 'AnalyticsConfiguration.UserDataShared'),
    presence(
      NO_DESTINATION,
      'one',
      'AnalyticsConfiguration.ExternalId',
      'AnalyticsConfiguration.ApplicationId',
      'AnalyticsConfiguration.RoleArn',
    ),
  ],
  'AWS::Cognito::UserPoolDomain': [region('Routing.Failover.SecondaryRegion')],
  'AWS::Cognito::UserPoolRegionalConfigurationAttachment': [
    arn('ses', 'identity/example.org', 'EmailConfiguration.SourceArn'),
    region('SmsConfiguration.SnsRegion', 'SmsConfiguration.EumsSms.Region'),
  ],
  'AWS::Cognito::UserPoolReplica': [beside('RegionName', 'one', 'UserPoolId'), region('RegionName')],
  'AWS::Config::AggregationAuthorization': [region('AuthorizedAwsRegion')],
  'AWS::Config::ConfigurationAggregator': [
    standingPullsFromHome(
      'AccountAggregationSources[].AllAwsRegions',
      'AccountAggregationSources[].AwsRegions[]',
      'OrganizationAggregationSource.AllAwsRegions',
      'OrganizationAggregationSource.AwsRegions[]',
    ),
  ],
  'AWS::CUR::ReportDefinition': [region('S3Region')],
  'AWS::DataZone::Connection': [region('AwsLocation.AwsRegion')],
  'AWS::DataZone::Environment': [region('EnvironmentAccountRegion')],
  'AWS::DataZone::EnvironmentBlueprintConfiguration': [region('EnabledRegions[]', 'RegionalParameters[].Region')],
  'AWS::DataZone::EnvironmentProfile': [region('AwsAccountRegion')],
  'AWS::DataZone::ProjectProfile': [region('EnvironmentConfigurations[].AwsRegion.RegionName')],
  'AWS::Deadline::Monitor': [region('IdentityCenterRegion')],
  'AWS::DevOpsAgent::Service': [
    region(
      'ServiceDetails.MCPServerSigV4.AuthorizationConfig.Region',
      'ServiceDetails.MCPServerNewRelic.AuthorizationConfig.ApiKey.Region',
    ),
  ],
  'AWS::DLM::LifecyclePolicy': [
    region(
      'CrossRegionCopyTargets[].TargetRegion',
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].TargetRegion',
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].Target',
      'PolicyDetails.Actions[].CrossRegionCopy[].Target',
    ),
    beside(
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].TargetRegion',
      true,
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].Encrypted',
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].CopyTags',
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].DeprecateRule.IntervalUnit',
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].DeprecateRule.Interval',
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].RetainRule.IntervalUnit',
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].RetainRule.Interval',
    ),
    keyArn(
      'PolicyDetails.Schedules[].CrossRegionCopyRules[].CmkArn',
      'PolicyDetails.Actions[].CrossRegionCopy[].EncryptionConfiguration.CmkArn',
    ),
    beside(
      'PolicyDetails.Actions[].CrossRegionCopy[].Target',
      true,
      'PolicyDetails.Actions[].CrossRegionCopy[].EncryptionConfiguration.Encrypted',
    ),
  ],
  'AWS::DocDB::DBCluster': [standing(SOMETHING, 'GlobalClusterIdentifier')],
  'AWS::DocDB::GlobalCluster': [presence(LATENT_GROUP, 'one', 'GlobalClusterIdentifier', 'SourceDBClusterIdentifier')],
  'AWS::DRS::RecoveryPlan': [presence(NO_DESTINATION, 'one', 'Description', 'Name')],
  'AWS::DRS::ReplicationConfigurationTemplate': [
    standing(
      SOMETHING,
      'StagingAreaSubnetId',
      'AssociateDefaultSecurityGroup',
      'ReplicationServersSecurityGroupsIDs[]',
      'ReplicationServerInstanceType',
      'UseDedicatedReplicationServer',
      'DefaultLargeStagingDiskType',
      'EbsEncryption',
      'DataPlaneRouting',
      'CreatePublicIP',
      'StagingAreaTags',
      'AutoReplicateNewDisks',
      'InternetProtocol',
      'PitPolicy[].Units',
      'PitPolicy[].Enabled',
    ),
    standingReplicaOf('kms', 'key/main', 'EbsEncryptionKeyArn'),
  ],
  'AWS::DRS::SourceNetwork': [standing(SOMETHING, 'OriginAccountID'), standingPullsFromHome('OriginRegion')],
  'AWS::DSQL::Cluster': [
    region('MultiRegionProperties.WitnessRegion'),
    arn('dsql', 'cluster/copy', 'MultiRegionProperties.Clusters[]'),
  ],
  'AWS::DynamoDB::GlobalTable': [
    beside('Replicas[].Region', 'one', 'MultiRegionConsistency', 'Replicas[].GlobalTableSettingsReplicationMode'),
    region('Replicas[].Region', 'GlobalTableWitnesses[].Region'),
    keyBeside('Replicas[].Region', 'Replicas[].SSESpecification.KMSMasterKeyId'),
    {
      ...arn('kinesis', 'stream/copy', 'Replicas[].KinesisStreamSpecification.StreamArn'),
      rest: (twin) => ({ Replicas: [{ Region: twin.region }] }),
    },
  ],
  'AWS::ECR::ReplicationConfiguration': [region('ReplicationConfiguration.Rules[].Destinations[].Region')],
  'AWS::ECR::RepositoryCreationTemplate': [standing('REPLICATION', 'AppliedFor[]')],
  'AWS::EFS::FileSystem': [
    keyBeside('ReplicationConfiguration.Destinations[].Region', 'ReplicationConfiguration.Destinations[].KmsKeyId'),
    region('ReplicationConfiguration.Destinations[].Region'),
  ],
  'AWS::EKS::Capability': [region('Configuration.ArgoCd.AwsIdc.IdcRegion')],
  'AWS::ElastiCache::GlobalReplicationGroup': [
    presence(LATENT_GROUP, 'one', 'GlobalReplicationGroupIdSuffix'),
    {
      ...region('RegionalConfigurations[].ReplicationGroupRegion', 'Members[].ReplicationGroupRegion'),
      staysUnknown: LATENT_GROUP,
    },
    {
      ...beside(
        'RegionalConfigurations[].ReplicationGroupRegion',
        'one',
        'RegionalConfigurations[].ReplicationGroupId',
      ),
      staysUnknown: LATENT_GROUP,
    },
    {
      ...beside('Members[].ReplicationGroupRegion', 'one', 'Members[].ReplicationGroupId'),
      staysUnknown: LATENT_GROUP,
    },
  ],
  'AWS::ElastiCache::ReplicationGroup': [standing(SOMETHING, 'GlobalReplicationGroupId')],
  'AWS::Events::Endpoint': [
    arn('events', 'event-bus/copy', 'EventBuses[].EventBusArn'),
    flag('unknown', LATENT, 'ENABLED', 'DISABLED', 'ReplicationConfig.State'),
    region('RoutingConfig.FailoverConfig.Secondary.Route'),
  ],
  'AWS::GameLift::ContainerFleet': [region('Locations[].Location')],
  'AWS::GameLift::Fleet': [region('Locations[].Location')],
  'AWS::GameLift::GameSessionQueue': [
    arn('gamelift', 'fleet/copy', 'Destinations[].DestinationArn'),
    region('FilterConfiguration.AllowedLocations[]', 'PriorityConfiguration.LocationOrder[]'),
  ],
  'AWS::GameLiftStreams::StreamGroup': [region('LocationConfigurations[].LocationName')],
  'AWS::Glue::Integration': [arn('redshift-serverless', 'namespace/copy', 'TargetArn')],
  'AWS::GroundStation::Config': [region('ConfigData.DataflowEndpointConfig.DataflowEndpointRegion')],
  'AWS::ImageBuilder::DistributionConfiguration': [
    keyBeside(
      'Distributions[].Region',
      'Distributions[].LicenseConfigurationArns[]',
      'Distributions[].AmiDistributionConfiguration.KmsKeyId',
    ),
    region('Distributions[].Region'),
    beside(
      'Distributions[].Region',
      'one',
      'Distributions[].ContainerDistributionConfiguration.TargetRepository.RepositoryName',
    ),
  ],
  'AWS::IoT::TopicRule': [region('TopicRulePayload.ErrorAction.Http.Auth.Sigv4.SigningRegion')],
  'AWS::KMS::Key': [flag('unknown', LATENT, true, false, 'MultiRegion')],
  'AWS::KMS::ReplicaKey': [standingReplicaOf('kms', 'key/mrk-main', 'PrimaryKeyArn')],
  'AWS::Lex::Bot': [
    region('Replication.ReplicaRegions[]'),
    model(
      'BotLocales[].UnifiedSpeechSettings.SpeechFoundationModel.ModelArn',
      'BotLocales[].Intents[].QnAIntentConfiguration.BedrockModelConfiguration.ModelArn',
      'BotLocales[].SpeechRecognitionSettings.SpeechModelConfig.DeepgramConfig.ModelId',
    ),
  ],
  'AWS::Lightsail::Distribution': [region('Origin.RegionName')],
  'AWS::MediaConnect::Flow': [region('Source.Decryption.Region')],
  'AWS::MediaConnect::FlowEntitlement': [region('Encryption.Region')],
  'AWS::MediaConnect::FlowSource': [region('Decryption.Region')],
  'AWS::MediaConnect::RouterInput': [
    region('RegionName'),
    flag('unknown', PROVIDER_DECIDES, 'GLOBAL', 'REGIONAL', 'RoutingScope'),
  ],
  'AWS::MediaConnect::RouterNetworkInterface': [region('RegionName')],
  'AWS::MediaConnect::RouterOutput': [
    region('RegionName'),
    flag('unknown', PROVIDER_DECIDES, 'GLOBAL', 'REGIONAL', 'RoutingScope'),
  ],
  'AWS::MediaLive::Channel': [region('Destinations[].MediaPackageSettings[].MediaPackageRegionName')],
  'AWS::MediaTailor::Function': [region('AwsServiceRequestConfiguration.TargetRegion')],
  'AWS::MemoryDB::Cluster': [standing(SOMETHING, 'MultiRegionClusterName')],
  'AWS::MemoryDB::MultiRegionCluster': [
    presence(
      LATENT_GROUP,
      'one',
      'MultiRegionClusterNameSuffix',
      'Description',
      'NodeType',
      'NumShards',
      'MultiRegionParameterGroupName',
      'TLSEnabled',
      'Engine',
      'EngineVersion',
      'UpdateStrategy',
    ),
  ],
  'AWS::MGN::ReplicationConfigurationTemplate': [
    standing(
      SOMETHING,
      'AssociateDefaultSecurityGroup',
      'CreatePublicIP',
      'DataPlaneRouting',
      'DefaultLargeStagingDiskType',
      'EbsEncryption',
      'InternetProtocol',
      'ReplicationServerInstanceType',
      'ReplicationServersSecurityGroupsIDs[]',
      'StagingAreaSubnetId',
      'StagingAreaTags',
      'StoreSnapshotOnLocalZone',
      'UseDedicatedReplicationServer',
      'UseFipsEndpoint',
    ),
    standingReplicaOf('kms', 'key/main', 'EbsEncryptionKeyArn'),
  ],
  'AWS::MPA::IdentitySource': [region('IdentitySourceParameters.IamIdentityCenter.Region')],
  'AWS::MSK::Replicator': [
    arn(
      'kafka',
      'cluster/copy/1',
      'ReplicationInfoList[].SourceKafkaClusterArn',
      'ReplicationInfoList[].TargetKafkaClusterArn',
      'KafkaClusters[].AmazonMskCluster.MskClusterArn',
    ),
    presence(
      THIRD_PARTY,
      'kafka-of-somebody',
      'ReplicationInfoList[].SourceKafkaClusterId',
      'ReplicationInfoList[].TargetKafkaClusterId',
    ),
    besideCluster(
      'ReplicationInfoList[].TargetKafkaClusterArn',
      'one',
      'ReplicationInfoList[].TopicReplication.TopicsToReplicate[]',
      'ReplicationInfoList[].TopicReplication.TopicsToExclude[]',
      'ReplicationInfoList[].TopicReplication.CopyTopicConfigurations',
      'ReplicationInfoList[].TopicReplication.CopyAccessControlListsForTopics',
      'ReplicationInfoList[].TopicReplication.DetectAndCopyNewTopics',
      'ReplicationInfoList[].ConsumerGroupReplication.ConsumerGroupsToReplicate[]',
      'ReplicationInfoList[].ConsumerGroupReplication.ConsumerGroupsToExclude[]',
      'ReplicationInfoList[].ConsumerGroupReplication.SynchroniseConsumerGroupOffsets',
      'ReplicationInfoList[].ConsumerGroupReplication.DetectAndCopyNewConsumerGroups',
      'ReplicationInfoList[].ConsumerGroupReplication.ConsumerGroupOffsetSyncMode',
      'ReplicationInfoList[].TopicReplication.StartingPosition.Type',
      'ReplicationInfoList[].TopicReplication.TopicNameConfiguration.Type',
    ),
  ],
  'AWS::Neptune::DBCluster': [standing(SOMETHING, 'GlobalClusterIdentifier')],
  'AWS::Neptune::GlobalCluster': [
    presence(LATENT_GROUP, 'one', 'GlobalClusterIdentifier', 'SourceDBClusterIdentifier'),
  ],
  'AWS::Notifications::EventRule': [region('Regions[]')],
  'AWS::Notifications::NotificationHub': [region('Region')],
  'AWS::ObservabilityAdmin::OrganizationCentralizationRule': [
    beside(
      'Rule.Destination.Region',
      'one',
      'Rule.Source.Regions[]',
      'Rule.Source.Scope',
      'Rule.Source.SourceLogsConfiguration.LogGroupSelectionCriteria',
      'Rule.Source.SourceLogsConfiguration.DataSourceSelectionCriteria',
      'Rule.Source.SourceLogsConfiguration.EncryptedLogGroupStrategy',
      'Rule.Source.SourceMetricsConfiguration.MetricsSelectionCriteria',
    ),
    region(
      'Rule.Destination.Region',
      'Rule.Destination.DestinationLogsConfiguration.BackupConfiguration.Region',
      'Rule.Destination.DestinationMetricsConfiguration.BackupConfiguration.Region',
    ),
    keyArn(
      'Rule.Destination.DestinationLogsConfiguration.LogsEncryptionConfiguration.KmsKeyArn',
      'Rule.Destination.DestinationLogsConfiguration.BackupConfiguration.KmsKeyArn',
    ),
  ],
  'AWS::ObservabilityAdmin::OrganizationTelemetryRule': [
    region('Rule.Regions[]'),
    flag('outside', undefined, true, false, 'Rule.AllRegions'),
  ],
  'AWS::ObservabilityAdmin::TelemetryRule': [
    region('Rule.Regions[]'),
    flag('outside', undefined, true, false, 'Rule.AllRegions'),
  ],
  'AWS::ODB::OdbNetwork': [region('CrossRegionS3RestoreSources[]')],
  'AWS::PaymentCryptography::Key': [flag('unknown', LATENT, true, false, 'Exportable'), region('ReplicationRegions[]')],
  'AWS::RDS::DBCluster': [
    standingReplicaOf('rds', 'db:main', 'ReplicationSourceIdentifier', 'SourceDBClusterIdentifier'),
    standing(SOMETHING, 'GlobalClusterIdentifier'),
    standingPullsFromHome('SourceRegion'),
    { ...standing(true, 'EnableGlobalWriteForwarding'), rest: () => ({ GlobalClusterIdentifier: 'group' }) },
  ],
  'AWS::RDS::DBInstance': [
    {
      ...standingReplicaOf(
        'rds',
        'db:main',
        'SourceDBInstanceIdentifier',
        'SourceDBClusterIdentifier',
        'DBClusterSnapshotIdentifier',
        'SourceDBInstanceAutomatedBackupsArn',
        'DBSnapshotIdentifier',
      ),
      rest: () => NOT_PUBLIC,
    },
    { ...standingPullsFromHome('SourceRegion'), rest: () => NOT_PUBLIC },
    region('AutomaticBackupReplicationRegion'),
    keyArn('AutomaticBackupReplicationKmsKeyId'),
    besideWith(NOT_PUBLIC, 'AutomaticBackupReplicationRegion', 'one', 'AutomaticBackupReplicationRetentionPeriod'),
  ],
  'AWS::RDS::GlobalCluster': [presence(LATENT_GROUP, 'one', 'SourceDBClusterIdentifier', 'GlobalClusterIdentifier')],
  'AWS::RDS::Integration': [arn('redshift-serverless', 'namespace/copy', 'TargetArn')],
  'AWS::Redshift::Cluster': [
    besideWith(
      { EnhancedVpcRouting: true },
      'DestinationRegion',
      'one',
      'SnapshotCopyGrantName',
      'SnapshotCopyManual',
      'ManualSnapshotRetentionPeriod',
      'SnapshotCopyRetentionPeriod',
    ),
    region('DestinationRegion'),
  ],
  'AWS::Redshift::Integration': [arn('redshift-serverless', 'namespace/copy', 'TargetArn')],
  'AWS::Redshift::SnapshotCopyGrant': [standing(SOMETHING, 'SnapshotCopyGrantName', 'KmsKeyId')],
  'AWS::RedshiftServerless::Namespace': [
    region('SnapshotCopyConfigurations[].DestinationRegion'),
    keyArn('SnapshotCopyConfigurations[].DestinationKmsKeyId'),
  ],
  'AWS::ResourceExplorer2::Index': [standing('AGGREGATOR', 'Type')],
  'AWS::Route53GlobalResolver::GlobalResolver': [region('Regions[]', 'ObservabilityRegion')],
  'AWS::S3::Bucket': [
    bucketArn('ReplicationConfiguration.Rules[].Destination.Bucket'),
    keyArn('ReplicationConfiguration.Rules[].Destination.EncryptionConfiguration.ReplicaKmsKeyID'),
  ],
  'AWS::S3::MultiRegionAccessPoint': [bucket('Regions[].Bucket')],
  'AWS::S3Tables::TableBucket': [
    arn('s3tables', 'bucket/copy', 'ReplicationConfiguration.Rules[].Destinations[].DestinationTableBucketARN'),
  ],
  'AWS::SageMaker::Domain': [region('DomainSettings.UnifiedStudioSettings.DomainRegion')],
  'AWS::SecretsManager::Secret': [
    keyBeside('ReplicaRegions[].Region', 'ReplicaRegions[].KmsKeyId'),
    region('ReplicaRegions[].Region'),
  ],
  'AWS::SecurityHub::AggregatorV2': [
    standing('ALL_REGIONS', 'RegionLinkingMode'),
    standingPullsFromHome('LinkedRegions[]'),
  ],
  'AWS::SecurityHub::FindingAggregator': [
    standing('ALL_REGIONS', 'RegionLinkingMode'),
    standingPullsFromHome('Regions[]'),
  ],
  'AWS::SecurityLake::DataLake': [region('ReplicationConfiguration.Regions[]')],
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct': [region('ProvisioningPreferences.StackSetRegions[]')],
  'AWS::ServiceCatalog::StackSetConstraint': [region('RegionList[]')],
  'AWS::SES::MultiRegionEndpoint': [region('Details.RouteDetails[].Region')],
  'AWS::SNS::Subscription': [standingPullsFromHome('Region')],
  'AWS::SSM::Association': [region('OutputLocation.S3Location.OutputS3Region')],
  'AWS::SSM::MaintenanceWindowTask': [region('LoggingInfo.Region')],
  'AWS::SSM::ResourceDataSync': [
    region('BucketRegion', 'S3Destination.BucketRegion'),
    standing(
      SOMETHING,
      'SyncSource.SourceType',
      'SyncSource.AwsOrganizationsSource.OrganizationSourceType',
      'SyncSource.AwsOrganizationsSource.OrganizationalUnits',
    ),
    standingPullsFromHome('SyncSource.IncludeFutureRegions', 'SyncSource.SourceRegions[]'),
  ],
  'AWS::SSMIncidents::ReplicationSet': [
    region('Regions[].RegionName'),
    keyBeside('Regions[].RegionName', 'Regions[].RegionConfiguration.SseKmsKeyId'),
  ],
  'AWS::SSMQuickSetup::ConfigurationManager': [regionInText('ConfigurationDefinitions[].Parameters')],
  'AWS::Synthetics::Canary': [
    region('Replicas[].Location'),
    beside(
      'Replicas[].Location',
      'one',
      'Replicas[].ResourcesToReplicateTags',
      'Replicas[].CanaryState',
      'Replicas[].LastModified',
      'Replicas[].ReplicationStatus.State',
    ),
    keyBeside('Replicas[].Location', 'Replicas[].KmsKeyArn'),
  ],
  'AWS::Wisdom::AIPrompt': [model('ModelId')],
  'AWS::Wisdom::KnowledgeBase': [
    model('VectorIngestionConfiguration.ParsingConfiguration.BedrockFoundationModelConfiguration.ModelArn'),
  ],
};

/** Properties of the same families that look like a way out and are none, with the reason. */
export const NO_WAY_OUT: readonly { readonly type: string; readonly path: string; readonly reason: string }[] = [
  {
    type: 'AWS::RDS::DBCluster',
    path: 'EnableLocalWriteForwarding',
    reason: 'forwards writes between instances of one cluster in one Region',
  },
];
