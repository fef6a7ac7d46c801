/**
 * Calls that would blind the oversight or take away the key to what it holds: event source → event name → why it matters.
 * No channel, so no row of the catalogue names them.
 */
export const TAMPERING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'cloudtrail.amazonaws.com': {
    DeleteTrail: 'calls are recorded no longer',
    PutEventSelectors: 'less may be recorded',
    StopLogging: 'calls are recorded no longer',
    UpdateTrail: 'records may go elsewhere',
  },
  'config.amazonaws.com': {
    DeleteConfigRule: 'undeclared stores are looked for no longer',
    DeleteConfigurationRecorder: 'settings are recorded no longer',
    DeleteDeliveryChannel: 'settings are delivered no longer',
    StopConfigurationRecorder: 'settings are recorded no longer',
  },
  'events.amazonaws.com': {
    DeleteEventBus: 'detectors are heard no longer',
    DeleteRule: 'a detector is gone',
    DisableRule: 'a detector sleeps',
    RemovePermission: 'the auditor’s bus hears a site no longer',
    RemoveTargets: 'a detector tells nobody',
  },
  'iam.amazonaws.com': {
    DeleteRolePermissionsBoundary: 'a role is bounded no longer',
    UpdateAssumeRolePolicy: 'somebody else may become a role',
  },
  'kms.amazonaws.com': {
    DisableKey: 'data or records cannot be opened',
    DisableKeyRotation: 'a key grows old',
    ScheduleKeyDeletion: 'data or records will be lost',
  },
  'logs.amazonaws.com': {
    DeleteLogGroup: 'a record is gone',
    DeleteMetricFilter: 'a detector is gone',
    PutRetentionPolicy: 'a record may end sooner',
  },
  'monitoring.amazonaws.com': {
    DeleteAlarms: 'a detector tells nobody',
    DisableAlarmActions: 'a detector tells nobody',
  },
  'organizations.amazonaws.com': {
    DetachPolicy: 'a policy of the perimeter binds fewer accounts',
    LeaveOrganization: 'no policy of the organisation binds the account',
  },
  's3.amazonaws.com': {
    DeleteBucketEncryption: 'copies may come to lie under another key',
    DeleteBucketPolicy: 'a bucket says no longer who may not',
    PutBucketObjectLockConfiguration: 'records may be kept shorter',
    PutObjectLockConfiguration: 'records may be kept shorter',
  },
  'sns.amazonaws.com': {
    DeleteTopic: 'incidents are told to nobody',
    SetSubscriptionAttributes: 'a filter may hide incidents',
    Unsubscribe: 'incidents are told to fewer',
  },
  'sqs.amazonaws.com': {
    DeleteQueue: 'what the detectors saw is gone',
    PurgeQueue: 'what the detectors saw is gone',
  },
};
