/** What S3 answers about buckets and access points: it only reads, and never an object. */
import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketAnalyticsConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  ListAccessPointsCommand,
  ListMultiRegionAccessPointsCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { nextBy, readsOf } from '../read';

// A bucket is asked where it stands: S3 names the Region, and the client follows.
const s3 = readsOf('s3', (settings) => new S3Client({ ...settings, followRegionRedirects: true }));
const s3control = readsOf('s3control', (settings) => {
  const client = new S3ControlClient(settings);
  const { config } = client;
  const regular = config.endpointProvider;
  // The account is a label in front of the host; an endpoint given as an IP address has no room for it, and the request
  // names the account in a header anyway.
  config.endpointProvider = (parameters, context) => {
    const { Endpoint: given } = parameters;
    return given !== undefined && /^https?:\/\/[\d.:[\]]+\/?$/u.test(given)
      ? { url: new URL(given), properties: {}, headers: {} }
      : regular(parameters, context);
  };
  return client;
});

export const BUCKET_READS = {
  buckets: s3(ListBucketsCommand, 's3:ListAllMyBuckets', { next: nextBy('ContinuationToken') }),
  location: s3(GetBucketLocationCommand, 's3:GetBucketLocation'),
  replication: s3(GetBucketReplicationCommand, 's3:GetReplicationConfiguration', {
    none: ['ReplicationConfigurationNotFoundError'],
  }),
  policy: s3(GetBucketPolicyCommand, 's3:GetBucketPolicy', { none: ['NoSuchBucketPolicy'] }),
  publicAccess: s3(GetPublicAccessBlockCommand, 's3:GetBucketPublicAccessBlock', {
    none: ['NoSuchPublicAccessBlockConfiguration'],
  }),
  encryption: s3(GetBucketEncryptionCommand, 's3:GetEncryptionConfiguration', {
    none: ['ServerSideEncryptionConfigurationNotFoundError'],
  }),
  versioning: s3(GetBucketVersioningCommand, 's3:GetBucketVersioning'),
  objectLock: s3(GetObjectLockConfigurationCommand, 's3:GetBucketObjectLockConfiguration', {
    none: ['ObjectLockConfigurationNotFoundError'],
  }),
  logging: s3(GetBucketLoggingCommand, 's3:GetBucketLogging'),
  ownership: s3(GetBucketOwnershipControlsCommand, 's3:GetBucketOwnershipControls', {
    none: ['OwnershipControlsNotFoundError'],
  }),
  inventories: s3(ListBucketInventoryConfigurationsCommand, 's3:GetInventoryConfiguration', {
    next: nextBy('ContinuationToken', 'NextContinuationToken'),
  }),
  analytics: s3(ListBucketAnalyticsConfigurationsCommand, 's3:GetAnalyticsConfiguration', {
    next: nextBy('ContinuationToken', 'NextContinuationToken'),
  }),
  notifications: s3(GetBucketNotificationConfigurationCommand, 's3:GetBucketNotification'),
  acl: s3(GetBucketAclCommand, 's3:GetBucketAcl'),
  website: s3(GetBucketWebsiteCommand, 's3:GetBucketWebsite', { none: ['NoSuchWebsiteConfiguration'] }),
  acceleration: s3(GetBucketAccelerateConfigurationCommand, 's3:GetAccelerateConfiguration'),
  tags: s3(GetBucketTaggingCommand, 's3:GetBucketTagging', { none: ['NoSuchTagSet'] }),
  accessPoints: s3control(ListAccessPointsCommand, 's3:ListAccessPoints', { next: nextBy('NextToken') }),
  accessPoint: s3control(GetAccessPointCommand, 's3:GetAccessPoint'),
  accessPointPolicy: s3control(GetAccessPointPolicyCommand, 's3:GetAccessPointPolicy', {
    none: ['NoSuchAccessPointPolicy'],
  }),
  multiRegionAccessPoints: s3control(ListMultiRegionAccessPointsCommand, 's3:ListMultiRegionAccessPoints', {
    next: nextBy('NextToken'),
  }),
};
