/**
 * Denies for calls whose destination stands in a condition key: the call is free, the destination is not.
 *
 * A negated operator matches when its key is absent (with `IfExists` or without), so single-valued keys deny the silent call
 * too; where silence is the ordinary case, a `Null` condition excepts it. Set operators do not: `ForAnyValue` on an absent
 * key is false, and where silence is suspicious a twin with `Null` denies it.
 */
import { serviceHost } from '../geo';
import { deny } from './document';
import type { Statement } from './document';
import { declaredRegions, ownAccounts } from './settings';
import type { PerimeterSettings } from './settings';

interface BoundKey {
  /** Condition keys of the catalogue that these statements bound. */
  readonly keys: readonly string[];
  readonly statements: (settings: PerimeterSettings) => readonly Statement[];
}

/** ARN patterns of what a service, or with `*` any, has in the Regions of the enclave; whose it is, another statement says. */
const inDeclaredRegions = (service: string, settings: PerimeterSettings): readonly string[] =>
  declaredRegions(settings).map((region) => `arn:${settings.partition}:${service}:${region}:*:*`);

/**
 * Patterns of everything in the accounts and Regions of the enclave, for keys that are compared as strings: there `*` crosses
 * colons, and an account by itself could be met by the name of a stranger's function.
 */
function ownPlaces(settings: PerimeterSettings): readonly string[] {
  return declaredRegions(settings).flatMap((region) =>
    ownAccounts(settings).map((account) => `arn:${settings.partition}:*:${region}:${account}:*`),
  );
}

const TABLE: readonly BoundKey[] = [
  {
    keys: ['kms:ReplicaRegion'],
    statements: (settings) => [
      deny('KeyReplicasInDeclaredRegions', {
        Action: 'kms:ReplicateKey',
        Condition: { StringNotEquals: { 'kms:ReplicaRegion': declaredRegions(settings) } },
      }),
    ],
  },
  {
    keys: ['kms:PrimaryRegion'],
    statements: (settings) => [
      deny('KeyPrimaryInDeclaredRegions', {
        Action: 'kms:UpdatePrimaryRegion',
        Condition: { StringNotEquals: { 'kms:PrimaryRegion': declaredRegions(settings) } },
      }),
    ],
  },
  {
    // A key is of one Region unless the call says otherwise, so an absent key is no reason to refuse.
    keys: ['kms:MultiRegion'],
    statements: () => [
      deny('NoMultiRegionKeys', { Action: 'kms:CreateKey', Condition: { Bool: { 'kms:MultiRegion': 'true' } } }),
    ],
  },
  {
    keys: ['kms:GranteePrincipal'],
    statements: (settings) => [
      deny('GrantsForAwsResourcesOnly', {
        Action: 'kms:CreateGrant',
        Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } },
      }),
      deny('GrantsThroughServicesOfDeclaredRegionsOnly', {
        Action: 'kms:CreateGrant',
        Condition: {
          StringNotLike: { 'kms:ViaService': declaredRegions(settings).map((region) => serviceHost('*', region)) },
        },
      }),
    ],
  },
  {
    keys: ['backup:CopyTargets'],
    statements: (settings) => [
      deny('BackupCopiesToOwnVaults', {
        Action: ['backup:CopyFromBackupVault'],
        Condition: {
          'ForAnyValue:ArnNotLike': {
            'backup:CopyTargets': settings.sites.map(
              ({ account }) => `arn:${settings.partition}:backup:*:${account}:backup-vault:*`,
            ),
          },
        },
      }),
      deny('BackupCopiesInDeclaredRegions', {
        Action: ['backup:CopyFromBackupVault'],
        Condition: { 'ForAnyValue:ArnNotLike': { 'backup:CopyTargets': inDeclaredRegions('backup', settings) } },
      }),
      deny('BackupCopiesSayWhereTo', {
        Action: ['backup:CopyFromBackupVault'],
        Condition: { Null: { 'backup:CopyTargets': 'true' } },
      }),
    ],
  },
  {
    keys: ['secretsmanager:AddReplicaRegions'],
    statements: (settings) => [
      deny('SecretReplicasInDeclaredRegions', {
        Action: ['secretsmanager:CreateSecret', 'secretsmanager:ReplicateSecretToRegions'],
        Condition: {
          'ForAnyValue:StringNotEquals': { 'secretsmanager:AddReplicaRegions': declaredRegions(settings) },
        },
      }),
      deny('SecretReplicasSayWhereTo', {
        Action: 'secretsmanager:ReplicateSecretToRegions',
        Condition: { Null: { 'secretsmanager:AddReplicaRegions': 'true' } },
      }),
    ],
  },
  {
    keys: ['cloudformation:TargetRegion'],
    statements: (settings) => [
      deny('StackInstancesInDeclaredRegions', {
        Action: 'cloudformation:CreateStackInstances',
        Condition: { 'ForAnyValue:StringNotEquals': { 'cloudformation:TargetRegion': declaredRegions(settings) } },
      }),
      deny('StackInstancesSayWhereTo', {
        Action: 'cloudformation:CreateStackInstances',
        Condition: { Null: { 'cloudformation:TargetRegion': 'true' } },
      }),
    ],
  },
  {
    // Of the resources of this call only the endpoint has the key; over all of them the statement would deny every call.
    keys: ['ec2:VpceServiceRegion'],
    statements: (settings) => [
      deny('EndpointsOfDeclaredRegions', {
        Action: 'ec2:CreateVpcEndpoint',
        Resource: `arn:${settings.partition}:ec2:*:*:vpc-endpoint/*`,
        Condition: { StringNotEquals: { 'ec2:VpceServiceRegion': declaredRegions(settings) } },
      }),
    ],
  },
  {
    keys: ['account:TargetRegion'],
    statements: (settings) => [
      deny('NoRegionSwitchedOnButDeclared', {
        Action: 'account:EnableRegion',
        Condition: { StringNotEquals: { 'account:TargetRegion': declaredRegions(settings) } },
      }),
    ],
  },
  {
    keys: ['events:TargetArn'],
    statements: (settings) => [
      deny('EventTargetsInOwnAccounts', {
        Action: 'events:PutTargets',
        Condition: {
          'ForAnyValue:ArnNotLike': {
            'events:TargetArn': ownAccounts(settings).map((account) => `arn:${settings.partition}:*:*:${account}:*`),
          },
        },
      }),
      deny('EventTargetsInDeclaredRegions', {
        Action: 'events:PutTargets',
        Condition: { 'ForAnyValue:ArnNotLike': { 'events:TargetArn': inDeclaredRegions('*', settings) } },
      }),
      deny('EventTargetsSayWhereTo', {
        Action: 'events:PutTargets',
        Condition: { Null: { 'events:TargetArn': 'true' } },
      }),
    ],
  },
  {
    // A string, not an ARN: addresses of mail, telephones and web hosts are endpoints too, and match none of these.
    keys: ['sns:Endpoint'],
    statements: (settings) => [
      deny('SubscriptionsOfOwnAccounts', {
        Action: 'sns:Subscribe',
        Condition: { StringNotLike: { 'sns:Endpoint': ownPlaces(settings) } },
      }),
    ],
  },
  {
    keys: ['s3:AccessPointNetworkOrigin'],
    statements: () => [
      deny('AccessPointsInsideVpcs', {
        Action: 's3:CreateAccessPoint',
        Condition: { StringNotEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } },
      }),
    ],
  },
  {
    keys: ['s3:locationconstraint'],
    statements: (settings) => [
      deny('BucketsInDeclaredRegions', {
        Action: 's3:CreateBucket',
        Condition: {
          StringNotEquals: { 's3:locationconstraint': declaredRegions(settings) },
          Null: { 's3:locationconstraint': 'false' },
        },
      }),
    ],
  },
  {
    keys: ['rds:BackupTarget'],
    statements: () => [
      deny('DatabaseBackupsInTheRegion', {
        Action: ['rds:CreateDBInstance', 'rds:RestoreDBInstance*'],
        Condition: { StringNotEquals: { 'rds:BackupTarget': 'region' }, Null: { 'rds:BackupTarget': 'false' } },
      }),
    ],
  },
  {
    keys: ['iam:PassedToService'],
    statements: (settings) => [
      deny('RolesPassedToServicesInUse', {
        Action: 'iam:PassRole',
        Condition: { StringNotEquals: { 'iam:PassedToService': settings.passRoleTo } },
      }),
    ],
  },
];

/** Condition keys that bound a destination. */
export const BOUND_KEYS: readonly string[] = TABLE.flatMap(({ keys }) => keys);

/**
 * One Deny, with its twin where absence is suspicious, per key that carries a destination. Of a service that is not in use
 * every call is denied already, so its keys are not asked about: the room in a document is scarce.
 */
export const destinationKeyDenials = (settings: PerimeterSettings): readonly Statement[] =>
  TABLE.filter(({ keys }) => keys.some((key) => isUsed(key.split(':')[0]!, settings))).flatMap(({ statements }) =>
    statements(settings),
  );

const isUsed = (service: string, { services }: PerimeterSettings): boolean => services.includes(service);
