/**
 * The stores register: physical names agreed between sites.
 *
 * Nothing passes between sites but these names: the destination site creates a replica under the name that the source
 * site aims at. A name depends on the configuration only, so both sides derive the same one.
 */
import type { SiteContext, StoreClass } from './site-context';

const prefix = ({ enclave, site }: SiteContext): string => `${enclave.name}-${site.id}`;

export const bucketName = (at: SiteContext, store: string): string => `${prefix(at)}-${store}-${at.site.account}`;

/** Name of the bucket at `to` that holds the copies of `from`'s bucket `store`. */
export const replicaBucketName = (from: SiteContext, to: SiteContext, store: string): string =>
  `${prefix(to)}-${store}-of-${from.site.id}-${to.site.account}`;

export const accessLogsBucketName = (at: SiteContext): string => `${prefix(at)}-access-logs-${at.site.account}`;

export const accessPointName = (at: SiteContext, store: string): string => `${prefix(at)}-${store}`;

export const tableName = (at: SiteContext, store: string): string => `${prefix(at)}-${store}`;

export const databaseIdentifier = (at: SiteContext, store: string): string => `${prefix(at)}-${store}`;

/** Role that S3 assumes at the source site to write the copies. */
export const replicationRoleName = (at: SiteContext): string => `${prefix(at)}-replication`;

/** Path of the roles of the security gateway; the perimeter knows them by it. */
export const gatewayRolePath = ({ enclave }: SiteContext): string => `/${enclave.name}/gateway/`;

/** Role that reads stored data in tagged sessions, and is nothing without one. */
export const DATA_PLANE_ROLE = 'data-plane';

/** The same for what leaves under a registered transfer, where there is one; it never reads restricted data. */
export const EXPORTS_DATA_ROLE = 'data-plane-exports';

/** Role that S3 assumes to carry what a transfer lets leave to its recipient, and to nobody else. */
export const deliveryRoleArn = (at: SiteContext, transferId: string): string =>
  gatewayRoleArn(at, deliveryRoleName(transferId));
export const deliveryRoleName = (transferId: string): string => `export-${transferId}`;

/**
 * Role of the function that opens those sessions and treats what they read: the one that may ask the pseudonymisation
 * key for a code. The perimeter lets roles called `broker` open sessions of the data plane.
 */
export const PSEUDONYMISER_ROLE = 'broker-pseudonymiser';

/** ARN of a role of the gateway, or of several with `*`. */
export const gatewayRoleArn = (at: SiteContext, name: string): string =>
  roleArn(at, `${gatewayRolePath(at).slice(1)}${name}`);

/** Bucket of the gateway's records, and of the positions of records that did not fit their schema. */
export const auditBucketName = (at: SiteContext): string => `${prefix(at)}-gateway-audit-${at.site.account}`;

/** Names of all export buckets of the site. */
export const exportBucketNames = (at: SiteContext): string => `${prefix(at)}-export-*-${at.site.account}`;

/** Table of requests, grants and accesses, and table of people. */
export const ledgerTableName = (at: SiteContext): string => `${prefix(at)}-gateway-ledger`;
export const peopleTableName = (at: SiteContext): string => `${prefix(at)}-gateway-people`;

export const requestWorkflowName = (at: SiteContext): string => `${prefix(at)}-gateway-requests`;

export const exportMachineName = (at: SiteContext, transferId: string): string =>
  `${prefix(at)}-gateway-export-${transferId}`;

export const killSwitchParameterName = (at: SiteContext): string =>
  `/${at.enclave.name}/${at.site.id}/gateway/kill-switch`;

/** Role of the people who look after keys and never use them. */
export const keyAdministratorRoleName = (at: SiteContext): string => `${prefix(at)}-key-administrator`;

export const keyAlias = (at: SiteContext, dataClass: StoreClass, purpose: string): string =>
  `alias/${prefix(at)}/${dataClass}/${purpose}`;

export const logGroupName = (at: SiteContext, what: string): string => `/${at.enclave.name}/${at.site.id}/${what}`;

export const stackName = (at: SiteContext, part: string): string => `${at.site.id}-${part}`;

export const roleArn = (at: SiteContext, name: string): string =>
  `arn:${at.region.partition}:iam::${at.site.account}:role/${name}`;

export const bucketArn = (at: SiteContext, name: string): string => `arn:${at.region.partition}:s3:::${name}`;

export const accountRoot = (at: SiteContext): string => `arn:${at.region.partition}:iam::${at.site.account}:root`;
