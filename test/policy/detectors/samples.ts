import { alarmEvent, complianceEvent, event } from '../../../scripts/policy/recorded-calls';
import type { Call } from '../../../scripts/policy/recorded-calls';

const s3 = (name: string, parameters: object = {}): Call => ({
  source: 's3.amazonaws.com',
  name,
  role: 'Admin',
  parameters: { bucketName: 'enclave-dub-1-media-111122223333', ...parameters },
});
const call = (service: string, name: string, parameters: object = {}): Call => ({
  source: `${service}.amazonaws.com`,
  name,
  role: 'Admin',
  parameters,
});

/** A detector's name without its number, a call it tells of, and one of the same service it does not. */
export const SAMPLES: readonly (readonly [string, never, never])[] = [
  [
    'tampering',
    event(call('cloudtrail', 'StopLogging', { name: 'enclave-dub-1' })),
    event(call('cloudtrail', 'GetTrailStatus')),
  ],
  [
    'replication',
    event(
      s3('PutBucketReplication', {
        ReplicationConfiguration: { Rule: { Destination: { Bucket: 'arn:aws:s3:::copies' } } },
      }),
    ),
    event(s3('GetBucketReplication')),
  ],
  [
    'backup-copy',
    event(
      call('backup', 'StartCopyJob', {
        destinationBackupVaultArn: 'arn:aws:backup:us-east-1:999999999999:backup-vault:v',
      }),
    ),
    event(call('backup', 'ListCopyJobs')),
  ],
  [
    'sharing',
    event(call('ram', 'CreateResourceShare', { principals: ['999999999999'], allowExternalPrincipals: true })),
    event(call('ram', 'ListResources')),
  ],
  [
    'export',
    event(call('config', 'PutDeliveryChannel', { deliveryChannel: { s3BucketName: 'somewhere' } })),
    event(call('config', 'DescribeDeliveryChannels')),
  ],
  [
    'copy-by-call',
    event(call('rds', 'StartExportTask', { s3BucketName: 'somewhere', exportTaskIdentifier: 'x' })),
    event(call('rds', 'DescribeExportTasks')),
  ],
  [
    'reclassification',
    event(s3('PutBucketTagging', { Tagging: { TagSet: { Tag: [{ Key: 'data-class', Value: 'public' }] } } })),
    event(s3('GetBucketTagging')),
  ],
  ['exposure', event(s3('PutBucketWebsite')), event(s3('GetBucketWebsite'))],
  [
    'streaming',
    event(call('dynamodb', 'EnableKinesisStreamingDestination', { tableName: 'enclave-dub-1-messages' })),
    event(call('dynamodb', 'DescribeTable')),
  ],
  ['granted-permission', event(s3('PutBucketPolicy')), event(s3('GetBucketPolicy'))],
  ['network-path', event(call('ec2', 'CreateInternetGateway')), event(call('ec2', 'DescribeInternetGateways'))],
  ['arbitrary-code', event(call('ssm', 'CreateDocument', { name: 'run' })), event(call('ssm', 'ListDocuments'))],
  [
    'reserved-call',
    event(s3('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } })),
    event(s3('GetBucketVersioning')),
  ],
  [
    'placement',
    event(call('elasticfilesystem', 'CreateFileSystem')),
    event(call('elasticfilesystem', 'DescribeFileSystems')),
  ],
  ['refused', event({ ...s3('GetObject'), errorCode: 'AccessDenied' }), event(s3('GetObject'))],
  ['alarms', alarmEvent('ALARM'), alarmEvent('OK')],
  ['undeclared-stores', complianceEvent('NON_COMPLIANT'), complianceEvent('COMPLIANT')],
];

const TABLE = 'enclave-dub-1-messages';
const KEY = { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' };
const DATABASE = 'arn:aws:rds:eu-west-1:111122223333:db:enclave-dub-1-accounts';

/**
 * Calls that copy a store, call it something else or weaken its key, and that no row of the catalogue names: what tells of
 * each, the call, and one of the same service that is nobody's business.
 */
export const STORE_CALLS: readonly (readonly [tells: string, made: Call, neighbour: Call])[] = [
  ['placement', s3('CreateBucket'), s3('HeadBucket')],
  [
    'reserved-call',
    s3('PutBucketEncryption', {
      ServerSideEncryptionConfiguration: {
        Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
      },
    }),
    s3('GetBucketEncryption'),
  ],
  ['tampering', s3('DeleteBucketEncryption'), s3('GetBucketEncryption')],
  ['reclassification', s3('DeleteBucketTagging'), s3('GetBucketTagging')],
  [
    'reclassification',
    s3('TagResource', { resourceArn: 'arn:aws:s3:::enclave-dub-1-media-111122223333' }),
    s3('ListTagsForResource'),
  ],
  ['reclassification', s3('UntagResource', { tagKeys: ['data-class'] }), s3('ListTagsForResource')],
  [
    'copy-by-call',
    call('rds', 'ModifyDBSnapshotAttribute', {
      attributeName: 'restore',
      dBSnapshotIdentifier: 'thief',
      valuesToAdd: ['999988887777'],
    }),
    call('rds', 'DescribeDBSnapshotAttributes', { dBSnapshotIdentifier: 'thief' }),
  ],
  [
    'copy-by-call',
    call('rds', 'ModifyDBClusterSnapshotAttribute', { attributeName: 'restore', valuesToAdd: ['all'] }),
    call('rds', 'DescribeDBClusterSnapshotAttributes'),
  ],
  ['copy-by-call', call('rds', 'CreateDBSnapshot', { dBSnapshotIdentifier: 'x' }), call('rds', 'DescribeDBSnapshots')],
  [
    'reclassification',
    call('rds', 'AddTagsToResource', { resourceName: DATABASE, tags: [{ key: 'data-class', value: 'public' }] }),
    call('rds', 'ListTagsForResource', { resourceName: DATABASE }),
  ],
  [
    'reclassification',
    call('rds', 'RemoveTagsFromResource', { resourceName: DATABASE, tagKeys: ['data-class'] }),
    call('rds', 'ListTagsForResource', { resourceName: DATABASE }),
  ],
  [
    'copy-by-call',
    call('dynamodb', 'CreateBackup', { tableName: TABLE, backupName: 'thief' }),
    call('dynamodb', 'ListBackups', { tableName: TABLE }),
  ],
  [
    'copy-by-call',
    call('dynamodb', 'RestoreTableToPointInTime', { sourceTableName: TABLE, targetTableName: 'thief' }),
    call('dynamodb', 'DescribeContinuousBackups', { tableName: TABLE }),
  ],
  [
    'copy-by-call',
    call('dynamodb', 'RestoreTableFromBackup', { targetTableName: 'thief' }),
    call('dynamodb', 'DescribeBackup'),
  ],
  [
    'reserved-call',
    call('dynamodb', 'UpdateContinuousBackups', { tableName: TABLE }),
    call('dynamodb', 'DescribeContinuousBackups', { tableName: TABLE }),
  ],
  [
    'reclassification',
    call('dynamodb', 'TagResource', { tags: [{ key: 'data-class', value: 'public' }] }),
    call('dynamodb', 'ListTagsOfResource'),
  ],
  [
    'reclassification',
    call('dynamodb', 'UntagResource', { tagKeys: ['data-class'] }),
    call('dynamodb', 'ListTagsOfResource'),
  ],
  [
    'placement',
    call('backup', 'CreateBackupVault', { backupVaultName: 'thief' }),
    call('backup', 'DescribeBackupVault', { backupVaultName: 'thief' }),
  ],
  ['tampering', call('kms', 'DisableKeyRotation', KEY), call('kms', 'GetKeyRotationStatus', KEY)],
  ['tampering', call('kms', 'DisableKey', KEY), call('kms', 'DescribeKey', KEY)],
  [
    'tampering',
    call('kms', 'ScheduleKeyDeletion', { ...KEY, pendingWindowInDays: 7 }),
    call('kms', 'DescribeKey', KEY),
  ],
  [
    'reclassification',
    call('kms', 'TagResource', { ...KEY, tags: [{ tagKey: 'data-class', tagValue: 'public' }] }),
    call('kms', 'ListResourceTags', KEY),
  ],
  [
    'reclassification',
    call('kms', 'UntagResource', { ...KEY, tagKeys: ['data-class'] }),
    call('kms', 'ListResourceTags', KEY),
  ],
  [
    'reclassification',
    call('secretsmanager', 'UntagResource', { secretId: 'x', tagKeys: ['data-class'] }),
    call('secretsmanager', 'DescribeSecret', { secretId: 'x' }),
  ],
  ['reclassification', call('tagging', 'TagResources'), call('tagging', 'GetResources')],
  [
    'arbitrary-code',
    call('cloudformation', 'ExecuteChangeSet', { stackName: 'dub-1-stores' }),
    call('cloudformation', 'DescribeChangeSet', { stackName: 'dub-1-stores' }),
  ],
  ['tampering', call('sns', 'Unsubscribe'), call('sns', 'ListSubscriptions')],
];
