/**
 * Managed policies of AWS. No template holds their text, and AWS may change it: what is said here comes from AWS's pages on
 * each service role and the managed policy reference, and is to be confirmed against the account by attestation. A managed
 * policy that is on neither list is unknown.
 */

/** Documented to hold no action that copies, shares or exports data beyond the Region it is used in. */
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
  AmazonSSMManagedInstanceCore: 'lets the agent take orders and report in its own Region',
  AmazonEKSWorkerNodePolicy: 'describes the network and reads Pod identities',
  AmazonEKS_CNI_Policy: 'network interfaces of its own Region',
  AmazonEKSVPCResourceController: 'network interfaces of its own Region',
  'service-role/AWSAppRunnerServicePolicyForECRAccess': 'pulls images',
  'service-role/AWSAppSyncPushToCloudWatchLogs': 'writes log events',
  'service-role/AmazonDMSCloudWatchLogsRole': 'writes log events',
  'service-role/AmazonDMSVPCManagementRole': 'network interfaces of its own Region',
  'service-role/AWSLambdaMSKExecutionRole': 'reads streams, writes log events',
  'service-role/AWSIoTLogging': 'writes log events',
  'service-role/AWSTransferLoggingAccess': 'writes log events',
  AWSElasticBeanstalkEnhancedHealth: 'reads health of instances and balancers',
  'service-role/AWSElasticBeanstalkEnhancedHealth': 'reads health of instances and balancers',
};

/**
 * Documented to run code, open networks or move data for a service whose own resources say where to. An ordinary
 * application is judged by those resources; in an enclave the policy is a finding, because it names none of its own.
 */
export const SERVICE_MANAGED_POLICIES: Readonly<Record<string, string>> = {
  AmazonEKSClusterPolicy: 'networks, volumes and balancers of a cluster in its own Region',
  AmazonEKSServicePolicy: 'networks of a cluster in its own Region',
  AmazonEKSFargatePodExecutionRolePolicy: 'pulls images',
  'service-role/AmazonEBSCSIDriverPolicy': 'volumes and snapshots in its own Region',
  'service-role/AmazonEFSCSIDriverPolicy': 'access points in its own Region',
  'service-role/AWSGlueServiceRole':
    'crawlers, jobs and buckets of Glue; where rows go is judged at the job and its role',
  'service-role/AWSCodeDeployRole': 'deployments in its own Region',
  'service-role/AWSCodeDeployRoleForLambda': 'deployments in its own Region',
  'service-role/AWSCodeDeployRoleForLambdaLimited': 'deployments in its own Region',
  AWSCodeDeployRoleForECS: 'deployments in its own Region',
  AWSCodeDeployRoleForECSLimited: 'deployments in its own Region',
  'service-role/AWSDataLifecycleManagerServiceRole': 'snapshots; copies and shares are judged at the lifecycle policy',
  'service-role/AWSDataLifecycleManagerServiceRoleForAMIManagement':
    'images; copies and shares are judged at the lifecycle policy',
  AWSElasticBeanstalkWebTier: 'logs, traces and the buckets of Elastic Beanstalk',
  AWSElasticBeanstalkWorkerTier: 'logs, traces, queues and the buckets of Elastic Beanstalk',
  AWSElasticBeanstalkMulticontainerDocker: 'container tasks of Elastic Beanstalk',
  AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy: 'updates of Elastic Beanstalk environments',
  'service-role/AmazonEC2ContainerServiceforEC2Role': 'container instances in their own Region',
  'service-role/AmazonEC2ContainerServiceEventsRole': 'starts container tasks in its own Region',
  'service-role/AmazonECSInfrastructureRolePolicyForVolumes': 'volumes in its own Region',
  'service-role/AWSBatchServiceRole': 'compute environments in its own Region',
  'service-role/AmazonEC2SpotFleetTaggingRole': 'starts instances in its own Region',
  'service-role/AWSLambdaRole': 'starts functions; what they do is judged at the functions',
};
