/** Under which name CloudTrail records a call that an IAM action allows. */

/** Actions that are recorded under another name than their own. */
const RECORDED_AS: Readonly<Record<string, string>> = {
  'dynamodb:AssociateTableReplica': 'UpdateTable',
  'dynamodb:CreateGlobalTableWitness': 'UpdateTable',
  'dynamodb:CreateTableReplica': 'UpdateTable',
  'lambda:AddLayerVersionPermission': 'AddLayerVersionPermission20181031',
  'lambda:AddPermission': 'AddPermission20150331v2',
  'lambda:CreateEventSourceMapping': 'CreateEventSourceMapping20150331',
  'lambda:CreateFunction': 'CreateFunction20150331',
  'lambda:InvokeFunction': 'Invoke',
  'lambda:PublishLayerVersion': 'PublishLayerVersion20181031',
  'lambda:UpdateFunctionCode': 'UpdateFunctionCode20150331v2',
  'lambda:UpdateFunctionConfiguration': 'UpdateFunctionConfiguration20150331v2',
  's3:PutAccelerateConfiguration': 'PutBucketAccelerateConfiguration',
  's3:PutAnalyticsConfiguration': 'PutBucketAnalyticsConfiguration',
  's3:PutInventoryConfiguration': 'PutBucketInventoryConfiguration',
  's3:PutReplicationConfiguration': 'PutBucketReplication',
};

/** Actions that are permissions only: no call has their name, so no event does. What betrays their use instead. */
export const WITHOUT_EVENT: Readonly<Record<string, string>> = {
  'backup:CopyFromBackupVault': 'shows as StartCopyJob',
  'backup:CopyIntoBackupVault': 'shows as StartCopyJob',
  'events:PutEvents': 'CloudTrail does not record what is put on a bus; the rules and bus policies that let it show',
  'iam:PassRole': 'shows as the call the role is passed in',
  'lambda:EnableReplication': 'shows as the distribution that uses the function',
  'rds:CrossRegionCommunication': 'shows as the copy in the destination Region',
  's3:InitiateReplication': 'shows as CreateJob',
};

/** The recorded name of an action's call, or undefined when there is none. */
export const eventNameOf = (action: string): string | undefined =>
  action in WITHOUT_EVENT ? undefined : (RECORDED_AS[action] ?? action.split(':')[1]!);
