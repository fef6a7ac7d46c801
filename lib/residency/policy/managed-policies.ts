/**
 * Managed policies of AWS that open no way out: read and found to hold no action that copies, shares or exports data
 * beyond the resources a stack names. Any other managed policy is unknown, because no template holds its text.
 */
export const HARMLESS_MANAGED_POLICIES: Readonly<Record<string, string>> = {
  'service-role/AWSLambdaBasicExecutionRole': 'writes log events in its own Region',
  'service-role/AWSLambdaVPCAccessExecutionRole': 'log events and network interfaces of its own Region',
  'service-role/AWSLambdaSQSQueueExecutionRole': 'receives from queues, writes log events',
  'service-role/AWSLambdaDynamoDBExecutionRole': 'reads streams, writes log events',
  'service-role/AWSLambdaKinesisExecutionRole': 'reads streams, writes log events',
  'service-role/AmazonECSTaskExecutionRolePolicy': 'pulls images and writes log events',
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': 'writes log events',
  'service-role/AmazonRDSEnhancedMonitoringRole': 'writes log events',
  'service-role/AWSConfigRole': 'describes resources; delivery is judged at the delivery channel',
  'service-role/AWS_ConfigRole': 'describes resources; delivery is judged at the delivery channel',
  'service-role/AWSBackupServiceRolePolicyForBackup': 'backs up; copies are judged at the plan',
  'service-role/AWSBackupServiceRolePolicyForRestores': 'restores in the vault’s own Region',
  AWSBackupServiceRolePolicyForS3Backup: 'backs up; copies are judged at the plan',
  AWSBackupServiceRolePolicyForS3Restore: 'restores in the vault’s own Region',
  AWSXRayDaemonWriteAccess: 'sends traces in its own Region',
  AWSXrayWriteOnlyAccess: 'sends traces in its own Region',
  CloudWatchAgentServerPolicy: 'sends metrics and log events in its own Region',
  CloudWatchLambdaInsightsExecutionRolePolicy: 'writes log events',
  AmazonEC2ContainerRegistryReadOnly: 'pulls images',
  AmazonEC2ContainerRegistryPullOnly: 'pulls images',
};
