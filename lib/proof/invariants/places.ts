/** Whole accounts: where calls may be made, and calls whose destination stands in a parameter. */
import { EEA_REGIONS } from '../../geo';
import { family } from '../authorization';
import { action, everyArnLike, everyIs, is, isTrue, present, resource } from '../encode/tests';
import { and, not, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import { readsAsAttestor } from './attestor-reads';
import { isDeployment, outsideEea, siteAccounts } from './facts';
import { partitionOf } from '../policy/enclave-policies';
import type { Invariant } from './invariant';

const WITHOUT = 'no account with restricted data';

/** Services without Regions, and none through which data of a store is read. Everything else has a Region to stay in. */
const WITHOUT_REGION = [
  'access-analyzer:*',
  'account:*',
  'budgets:*',
  'ce:*',
  'health:*',
  'iam:*',
  'organizations:*',
  'route53:*',
  's3:GetAccountPublicAccessBlock',
  's3:ListAllMyBuckets',
  's3:PutAccountPublicAccessBlock',
  'sts:*',
  'support:*',
];

const HOLDS_DATA = [
  'backup:*',
  'dynamodb:*',
  'ebs:*',
  'ec2:Copy*',
  'elasticfilesystem:*',
  'importexport:*',
  'kms:*',
  'logs:*',
  'rds:*',
  's3:CreateBucket',
  's3:CreateMulti*',
  's3:*Object*',
  'secretsmanager:*',
  'sns:*',
  'sqs:*',
];

/**
 * Calls made in an EEA Region whose destination is a parameter without a condition key: only refusing them helps. What
 * deployment needs for copies between sites is left to deployment, whose templates are judged.
 */
const DESTINATION_IN_PARAMETER = [
  'backup:CreateLogicallyAirGappedBackupVault',
  'backup:CreateRestoreAccessBackupVault',
  'backup:PutBackupVaultAccessPolicy',
  'backup:PutBackupVaultSharingPolicy',
  'cloudformation:CreateStackSet',
  'dynamodb:CreateGlobalTable',
  'dynamodb:ExportTableToPointInTime',
  'dynamodb:UpdateGlobalTable',
  'ec2:CopyFpgaImage',
  'ec2:CreateInstanceExportTask',
  'ec2:CreateStoreImageTask',
  'ec2:ExportImage',
  'ec2:ModifyAvailabilityZoneGroup',
  'ec2:ModifyImageAttribute',
  'ec2:ModifySnapshotAttribute',
  'ecr:PutReplicationConfiguration',
  'elasticfilesystem:CreateReplicationConfiguration',
  'events:CreateEndpoint',
  'logs:CreateExportTask',
  'logs:PutDestination',
  'rds:CreateGlobalCluster',
  'rds:CreateIntegration',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
  'rds:StartActivityStream',
  'rds:StartExportTask',
  's3:CreateAccessGrant',
  's3:CreateAccessGrantsInstance',
  's3:CreateAccessGrantsLocation',
  's3:CreateAccessPointForObjectLambda',
  's3:CreateBucketMetadataTableConfiguration',
  's3:CreateJob',
  's3:CreateMultiRegionAccessPoint',
  's3:InitiateReplication',
  's3:PutAccelerateConfiguration',
  's3:PutAnalyticsConfiguration',
  's3:PutInventoryConfiguration',
  's3:PutMultiRegionAccessPointPolicy',
  's3:PutReplicationConfiguration',
  's3:SubmitMultiRegionAccessPointRoutes',
  'ssm:CreateResourceDataSync',
  'ssm:ModifyDocumentPermission',
];

/** Services that carry, copy or publish data and that no site is built of. */
const CARRIERS = [
  'appflow',
  'athena',
  'bedrock',
  'cassandra',
  'cloudfront',
  'cognito-idp',
  'datapipeline',
  'datasync',
  'datazone',
  'dax',
  'dlm',
  'dms',
  'drs',
  'dsql',
  'elasticache',
  'elasticmapreduce',
  'es',
  'fsx',
  'globalaccelerator',
  'glue',
  'imagebuilder',
  'importexport',
  'kafka',
  'kinesis',
  'lakeformation',
  'memorydb',
  'mgn',
  'outposts',
  'quicksight',
  'redshift',
  's3-outposts',
  's3express',
  's3tables',
  'sagemaker',
  'snowball',
  'timestream',
  'transfer',
  'workspaces',
].map((service) => `${service}:*`);

const caller = (): Formula => family('same account');

export const PLACE_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'nothing-happens-outside-the-eea',
    sentence:
      'No call to a Region outside the EEA succeeds, except to services that have no Region, and the reads of the attestor.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: (scope) => and(caller(), outsideEea(), not(action(...WITHOUT_REGION)), not(readsAsAttestor(scope))),
  },
  {
    slug: 'data-services-never-run-outside-the-eea',
    sentence:
      'No call to a service that holds data or keys succeeds in a Region outside the EEA, but for the reads of the attestor.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: (scope) => and(caller(), outsideEea(), action(...HOLDS_DATA), not(readsAsAttestor(scope))),
  },
  {
    slug: 'no-destination-hides-in-a-parameter',
    sentence: 'Calls whose destination no condition can see are refused to everybody but deployment.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: (scope) => and(caller(), action(...DESTINATION_IN_PARAMETER), not(isDeployment(scope))),
  },
  {
    slug: 'carriers-of-data-are-closed',
    sentence: 'Services that carry, copy or publish data, and of which no site is built, cannot be called at all.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () => and(caller(), action(...CARRIERS)),
  },
  {
    slug: 'secrets-gain-no-replica-outside-the-eea',
    sentence: 'No secret is created with, or given, a replica in a Region outside the EEA.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () =>
      and(
        caller(),
        action('secretsmanager:CreateSecret', 'secretsmanager:ReplicateSecretToRegions'),
        present('secretsmanager:AddReplicaRegions'),
        not(everyIs('secretsmanager:AddReplicaRegions', EEA_REGIONS)),
      ),
  },
  {
    slug: 'backups-are-copied-only-to-our-vaults-in-the-eea',
    sentence: 'A backup is copied only to a vault of an account of ours in an EEA Region.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: ({ policies }) =>
      and(
        caller(),
        action('backup:CopyFromBackupVault'),
        or(
          not(present('backup:CopyTargets')),
          not(
            everyArnLike(
              'backup:CopyTargets',
              policies.memberAccounts.flatMap((account) =>
                EEA_REGIONS.map((region) => `arn:${partitionOf(policies)}:backup:${region}:${account}:backup-vault:*`),
              ),
            ),
          ),
        ),
      ),
  },
  {
    slug: 'events-are-sent-only-to-our-accounts-in-the-eea',
    sentence: 'A rule of EventBridge gets no target outside our accounts or outside the EEA.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: ({ policies }) =>
      and(
        caller(),
        action('events:PutTargets'),
        or(
          not(present('events:TargetArn')),
          not(
            everyArnLike(
              'events:TargetArn',
              policies.memberAccounts.flatMap((account) =>
                EEA_REGIONS.map((region) => `arn:${partitionOf(policies)}:*:${region}:${account}:*`),
              ),
            ),
          ),
        ),
      ),
  },
  {
    slug: 'no-endpoint-reaches-a-far-region',
    sentence: 'No VPC endpoint is made to a service in a Region outside the EEA.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () =>
      and(
        caller(),
        action('ec2:CreateVpcEndpoint'),
        resource('arn:aws:ec2:*:*:vpc-endpoint/*'),
        not(is('ec2:VpceServiceRegion', ...EEA_REGIONS)),
      ),
  },
  {
    slug: 'no-key-is-made-for-many-regions',
    sentence: 'No multi-Region key and no key store outside KMS is created.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () =>
      and(caller(), or(and(action('kms:CreateKey'), isTrue('kms:MultiRegion')), action('kms:CreateCustomKeyStore'))),
  },
  {
    slug: 'no-far-region-is-opened',
    sentence: 'No Region outside the EEA, and no zone group, is opened.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () =>
      and(
        caller(),
        or(
          action('ec2:ModifyAvailabilityZoneGroup'),
          and(action('account:EnableRegion'), not(is('account:TargetRegion', ...EEA_REGIONS))),
        ),
      ),
  },
  {
    slug: 'no-network-path-is-opened-to-elsewhere',
    sentence: 'No peering, transit attachment, traffic mirror or endpoint service is made.',
    scopes: siteAccounts,
    without: WITHOUT,
    violation: () =>
      and(
        caller(),
        action(
          'ec2:AcceptVpcPeeringConnection',
          'ec2:CreateInternetGateway',
          'ec2:CreateTrafficMirrorSession',
          'ec2:CreateTransitGatewayPeeringAttachment',
          'ec2:CreateTransitGatewayVpcAttachment',
          'ec2:CreateVpcEndpointServiceConfiguration',
          'ec2:CreateVpcPeeringConnection',
          'ec2:CreateVpnConnection',
        ),
      ),
  },
];
