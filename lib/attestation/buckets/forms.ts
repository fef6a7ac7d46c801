/**
 * S3 settings as comparable texts: CloudFormation and the API name the same things differently, so both sides are brought
 * into one form. Sources: template reference of `AWS::S3::Bucket`; S3 API reference.
 */
import type { Json } from '../../template';
import { isMap, isTrue, listOf, within } from '../comparison';

const text = (value: Json | undefined): string => (value === undefined || value === null ? '' : String(value));

/** Rules of `ReplicationConfiguration`; both sides name the fields alike. */
export const replicationRules = (configuration: Json): string[] =>
  listOf(within(configuration, 'Rules')).map((rule) => {
    const to = within(rule, 'Destination');
    const key = text(within(to, 'EncryptionConfiguration', 'ReplicaKmsKeyID'));
    const account = text(within(to, 'Account'));
    const owner = text(within(to, 'AccessControlTranslation', 'Owner'));
    const prefix = text(within(rule, 'Filter', 'Prefix') ?? within(rule, 'Prefix'));
    return [
      `${text(within(rule, 'Status'))} to ${text(within(to, 'Bucket'))}`,
      ...(account ? [`of ${account}`] : []),
      ...(key ? [`under ${key}`] : []),
      ...(owner ? [`owned by ${owner}`] : []),
      ...(prefix ? [`prefix ${prefix}`] : []),
    ].join(' ');
  });

const GUARDS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const;

/** The guards that are on. */
export const publicAccessGuards = (configuration: Json): string[] =>
  GUARDS.filter((guard) => isTrue(within(configuration, guard)));

/** Default encryption: `aws:kms under <key>`; the rules' list is the only difference between both sides. */
export const encryptionRules = (rules: Json | undefined): string[] =>
  listOf(rules).map((rule) => {
    const by = within(rule, 'ServerSideEncryptionByDefault') ?? within(rule, 'ApplyServerSideEncryptionByDefault');
    const key = text(within(by, 'KMSMasterKeyID'));
    return `${text(within(by, 'SSEAlgorithm'))}${key ? ` under ${key}` : ''}`;
  });

/** `GOVERNANCE for 30 days`; `on` without a default retention. */
export const objectLock = (configuration: Json): string[] => {
  if (!isMap(configuration) || text(configuration.ObjectLockEnabled) !== 'Enabled') return [];
  const retention = within(configuration, 'Rule', 'DefaultRetention');
  if (retention === undefined || retention === null) return ['on'];
  const days = within(retention, 'Days');
  return [
    `${text(within(retention, 'Mode'))} for ${days ? `${text(days)} days` : `${text(within(retention, 'Years'))} years`}`,
  ];
};

/** Where lists of objects are sent: CloudFormation nests the destination one level less than the API. */
export const inventoryDestinations = (configurations: readonly Json[]): string[] =>
  configurations.map((each) => destination(within(each, 'Destination')));

export const analyticsDestinations = (configurations: readonly Json[]): string[] =>
  configurations.flatMap((each) => {
    const at = within(each, 'StorageClassAnalysis', 'DataExport', 'Destination');
    return at === undefined || at === null ? [] : [destination(at)];
  });

function destination(at: Json | undefined): string {
  const bucket = within(at, 'BucketArn') ?? within(at, 'S3BucketDestination', 'Bucket');
  const account = within(at, 'BucketAccountId') ?? within(at, 'S3BucketDestination', 'AccountId');
  return `${text(bucket)}${account ? ` of ${text(account)}` : ''}`;
}

/** Functions, queues, topics and the event bus that hear of changes. */
export function notificationTargets(configuration: Json): string[] {
  const targets = ([many, ...names]: readonly [string, ...string[]]): string[] =>
    listOf(within(configuration, many)).map((each) =>
      text(names.map((name) => within(each, name)).find((at) => at !== undefined)),
    );
  const bus = within(configuration, 'EventBridgeConfiguration');
  return [
    ...targets(['LambdaConfigurations', 'Function']),
    ...targets(['LambdaFunctionConfigurations', 'LambdaFunctionArn']),
    ...targets(['QueueConfigurations', 'Queue', 'QueueArn']),
    ...targets(['TopicConfigurations', 'Topic', 'TopicArn']),
    // The API shows an empty object where the template says true.
    ...(isMap(bus) && within(bus, 'EventBridgeEnabled') !== false ? ['EventBridge'] : []),
  ];
}
