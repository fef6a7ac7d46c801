import { alarmEvent, complianceEvent, event } from './recorded-calls';
import type { Call } from './recorded-calls';

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
    event(s3('PutBucketTagging')),
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
    'placement',
    event(call('elasticfilesystem', 'CreateFileSystem')),
    event(call('elasticfilesystem', 'DescribeFileSystems')),
  ],
  ['refused', event({ ...s3('GetObject'), errorCode: 'AccessDenied' }), event(s3('GetObject'))],
  ['alarms', alarmEvent('ALARM'), alarmEvent('OK')],
  ['undeclared-stores', complianceEvent('NON_COMPLIANT'), complianceEvent('COMPLIANT')],
];
