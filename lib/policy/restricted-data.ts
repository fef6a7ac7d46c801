/**
 * What restricted data refuses: the same statements stand in each bucket's own policy and, over the names of all such
 * buckets, in a resource control policy. Either alone holds when the other is taken away.
 */
import { actions } from '../catalogue';
import { reviewedActions } from './action-stops';
import { denyEveryone } from './document';
import type { Conditions, Statement } from './document';
import { dataRoles, gatewayDataRoles } from './roles';
import type { PerimeterSettings } from './settings';

/** Actions that read, write or remove objects or list their names, with every present and future variant. */
export const OBJECT_ACTIONS = [
  's3:AbortMultipartUpload',
  's3:DeleteObject*',
  's3:GetObject*',
  's3:ListBucket*',
  's3:ListMultipartUploadParts',
  's3:PutObject*',
  's3:RestoreObject',
];

/** What the data plane of the gateway may do at all. */
const GATEWAY_READS = ['s3:GetObject', 's3:ListBucket'];

/**
 * Every S3 action but those, as patterns: resource control policies know no `NotAction` (Organizations user guide, "RCP
 * syntax", read 2026-11-22). A test compares with the public list.
 */
export const BUT_GATEWAY_READS: readonly string[] = [
  ...['A', 'B', 'C', 'D', 'I', 'O', 'P', 'R', 'S', 'T', 'U'],
  ...['A', 'B', 'D', 'E', 'I', 'J', 'L', 'M', 'Object?', 'R', 'S'].map((rest) => `Get${rest}`),
  ...['A', 'Bucket?', 'C', 'J', 'M', 'O', 'S', 'T'].map((rest) => `List${rest}`),
].map((beginning) => `s3:${beginning}*`);

type Sited = Pick<PerimeterSettings, 'name' | 'partition' | 'sites'>;

/**
 * Only roles of the enclave touch the contents: data roles of these sites, and roles that copy.
 *
 * @param copying ARNs of the roles that S3 itself assumes to copy from here or to here
 */
export const onlyEnclaveRoles = (
  settings: Sited,
  copying: readonly string[],
  resources: readonly string[],
): Statement =>
  denyEveryone('OnlyEnclaveRolesTouchRestrictedData', {
    Action: [...OBJECT_ACTIONS, 's3:Replicate*'],
    Resource: resources,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': [...dataRoles(settings), ...copying] } },
  });

/** One statement per thing a session of the gateway must carry: conditions of one statement would be met one by one. */
export function gatewayRefusals(
  settings: Sited & Pick<PerimeterSettings, 'gateway'>,
  resources: readonly string[],
): readonly Statement[] {
  const session = { ArnLike: { 'aws:PrincipalArn': gatewayDataRoles(settings) } };
  const refuse = (sid: string, condition: Record<string, Record<string, string | readonly string[]>>): Statement =>
    denyEveryone(sid, { Action: 's3:*', Resource: resources, Condition: { ...session, ...condition } });
  return [
    refuse('GatewayNeedsATicket', { StringNotLike: { 'aws:PrincipalTag/gw:ticket': settings.gateway.ticket } }),
    refuse('GatewayNeedsAReason', { StringNotEquals: { 'aws:PrincipalTag/gw:reason': settings.gateway.reasons } }),
    refuse('GatewayNeedsMfa', { StringNotEquals: { 'aws:PrincipalTag/gw:mfa': 'true' } }),
    refuse('GatewayNeedsAPerson', { Null: { 'aws:SourceIdentity': 'true' } }),
    denyEveryone('GatewayOnlyReads', { NotAction: GATEWAY_READS, Resource: resources, Condition: session }),
  ];
}

/** Actions that read or write items of a table, PartiQL statements included. */
export const ITEM_ACTIONS = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PartiQL*',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
];

/** Only data roles touch the items of the table whose own policy this stands in. */
export const onlyDataRolesTouchItems = (settings: Sited): Statement =>
  denyEveryone('OnlyEnclaveRolesTouchRestrictedData', {
    Action: ITEM_ACTIONS,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': dataRoles(settings) } },
  });

/** Calls by which a bucket would copy, announce, list or open itself: every such one the catalogue or a review names. */
function bucketConfiguration(): readonly string[] {
  const named = [
    ...actions().flatMap(({ action, verdict }) => (verdict === 'channel' ? [action] : [])),
    ...reviewedActions().map(({ action }) => action),
  ];
  return [...new Set(named.filter(isAskedOfBuckets))].sort();
}

/** S3 actions that configure a bucket; those on an account, an access point or an object are not asked of a bucket's policy. */
const isAskedOfBuckets = (action: string): boolean =>
  action !== 's3:CreateBucket' &&
  /^s3:((Put|Delete|Create|Initiate)(Bucket|Replication|Inventory|Analytics|Accelerate|Encryption|Lifecycle)|(Tag|Untag)Resource$)/.test(
    action,
  );

/** ARNs, or patterns of ARNs, of the roles that configure a bucket, and of those that may put its policy right as well. */
export interface Configurers {
  readonly deployment: readonly string[];
  readonly repair: readonly string[];
}

/** Only the deployment configures the bucket; its policy may be put right in an emergency too. */
export function configurationRefusals(
  { deployment, repair }: Configurers,
  resources: readonly string[],
): readonly Statement[] {
  const repairable = new Set(reviewedActions().flatMap(({ action, stop }) => (stop.kind === 'repair' ? [action] : [])));
  const refuse = (sid: string, wanted: readonly string[], roles: readonly string[]): Statement =>
    denyEveryone(sid, {
      Action: wanted,
      Resource: resources,
      Condition: { ArnNotLike: { 'aws:PrincipalArn': roles } },
    });
  const all = bucketConfiguration();
  return [
    refuse(
      'ConfigurationOnlyByTheDeployment',
      all.filter((action) => !repairable.has(action)),
      deployment,
    ),
    refuse(
      'PolicyOnlyByTheDeploymentOrARepair',
      all.filter((action) => repairable.has(action)),
      repair,
    ),
  ];
}

/** Cryptographic use of the keys of restricted objects, through whatever service. */
const KEY_USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * Only roles of the enclave open what the keys of restricted objects encrypt.
 *
 * @param copying as for {@link onlyEnclaveRoles}
 * @param condition what tells these keys from others, in a policy that stands over all keys
 */
export const onlyEnclaveRolesUseKey = (
  settings: Sited,
  copying: readonly string[],
  condition: Conditions = {},
): Statement =>
  denyEveryone('OnlyEnclaveRolesOpenRestrictedObjects', {
    Action: KEY_USE,
    Condition: { ...condition, ArnNotLike: { 'aws:PrincipalArn': [...dataRoles(settings), ...copying] } },
  });
