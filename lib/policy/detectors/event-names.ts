/** Under which names CloudTrail records a call that an IAM action allows. */

/**
 * Actions that are recorded under other names than their own. Some allow several calls; of some, S3's and CloudTrail's guides
 * write different names, and both are watched: a name that no record has costs nothing.
 *
 * Source: the CloudTrail chapter of each service's guide, read 2026-11-22.
 */
const RECORDED_AS: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:AssociateTableReplica': ['UpdateTable'],
  'dynamodb:CreateGlobalTableWitness': ['UpdateTable'],
  'dynamodb:CreateTableReplica': ['UpdateTable'],
  'lambda:AddLayerVersionPermission': ['AddLayerVersionPermission20181031'],
  'lambda:AddPermission': ['AddPermission20150331v2'],
  'lambda:CreateEventSourceMapping': ['CreateEventSourceMapping20150331'],
  'lambda:CreateFunction': ['CreateFunction20150331'],
  'lambda:InvokeFunction': ['Invoke'],
  'lambda:PublishLayerVersion': ['PublishLayerVersion20181031'],
  'lambda:UpdateFunctionCode': ['UpdateFunctionCode20150331v2'],
  'lambda:UpdateFunctionConfiguration': ['UpdateFunctionConfiguration20150331v2'],
  's3:PutAccelerateConfiguration': ['PutAccelerateConfiguration', 'PutBucketAccelerateConfiguration'],
  's3:PutAccountPublicAccessBlock': ['DeleteAccountPublicAccessBlock', 'PutAccountPublicAccessBlock'],
  's3:PutAnalyticsConfiguration': ['PutBucketAnalyticsConfiguration'],
  's3:PutBucketCORS': ['PutBucketCors'],
  's3:PutBucketObjectLockConfiguration': ['PutBucketObjectLockConfiguration', 'PutObjectLockConfiguration'],
  's3:PutBucketOwnershipControls': ['DeleteBucketOwnershipControls', 'PutBucketOwnershipControls'],
  's3:PutBucketPublicAccessBlock': [
    'DeleteBucketPublicAccessBlock',
    'DeletePublicAccessBlock',
    'PutBucketPublicAccessBlock',
    'PutPublicAccessBlock',
  ],
  's3:PutBucketTagging': ['DeleteBucketTagging', 'PutBucketTagging'],
  's3:PutEncryptionConfiguration': ['DeleteBucketEncryption', 'PutBucketEncryption'],
  's3:PutInventoryConfiguration': ['PutBucketInventoryConfiguration'],
  's3:PutLifecycleConfiguration': ['DeleteBucketLifecycle', 'PutBucketLifecycle', 'PutBucketLifecycleConfiguration'],
  's3:PutReplicationConfiguration': ['DeleteBucketReplication', 'PutBucketReplication'],
};

/** Actions that are permissions only, or whose calls no event has: what betrays their use instead. */
export const WITHOUT_EVENT: Readonly<Record<string, string>> = {
  'apigateway:PATCH': 'shows as UpdateRestApi and its kin, one event per thing that is changed',
  'apigateway:POST': 'shows as CreateRestApi and its kin, one event per thing that is made',
  'apigateway:PUT': 'shows as PutRestApi and its kin, one event per thing that is replaced',
  'backup:CopyFromBackupVault': 'shows as StartCopyJob',
  'backup:CopyIntoBackupVault': 'shows as StartCopyJob',
  'dynamodb:GetRecords': 'a stream is read only after it was switched on, which shows as UpdateTable',
  'dynamodb:GetShardIterator': 'a stream is read only after it was switched on, which shows as UpdateTable',
  'events:PutEvents': 'CloudTrail does not record what is put on a bus; the rules and bus policies that let it show',
  'iam:PassRole': 'shows as the call the role is passed in',
  'lambda:EnableReplication': 'shows as the distribution that uses the function',
  'rds:CrossRegionCommunication': 'shows as the copy in the destination Region',
  's3:BypassGovernanceRetention': 'shows as the deletion it is asked for in',
  's3:InitiateReplication': 'shows as CreateJob',
  's3:PutObjectVersionAcl': 'shows as PutObjectAcl',
};

/** The recorded names of an action's calls; none when no call has an event of its own. */
export const eventNamesOf = (action: string): readonly string[] =>
  action in WITHOUT_EVENT ? [] : (RECORDED_AS[action] ?? [action.split(':')[1]!]);
