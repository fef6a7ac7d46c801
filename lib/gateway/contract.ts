/**
 * What the functions and whoever deploys them agree on: entry files, environment keys, files in the bundle, table
 * attributes, session tags, and the schema of the records. Change it here and on both sides.
 */
export { AUDIT_SCHEMA } from './audit/audit-record';

/** Path of each function's entry file below `lib/gateway`; every one exports `handler`. */
export const ENTRY_FILES = {
  authoriser: 'functions/authoriser.ts',
  request: 'functions/request.ts',
  'check-request': 'functions/check-request.ts',
  'await-approvals': 'functions/await-approvals.ts',
  'record-approval': 'functions/record-approval.ts',
  'issue-grant': 'functions/issue-grant.ts',
  broker: 'functions/broker.ts',
  'data-plane': 'functions/data-plane.ts',
  'kill-switch': 'functions/kill-switch.ts',
  revoke: 'functions/revoke.ts',
  export: 'functions/export.ts',
} as const;
export type FunctionName = keyof typeof ENTRY_FILES;

/** The function that exists only at sites that a registered transfer leaves. */
export const EXPORTING_FUNCTION = 'export' satisfies FunctionName;

/** Path and method of each function behind the API. The others are steps of the workflow, and the authoriser. */
export const ROUTES = {
  request: 'POST /requests',
  'record-approval': 'POST /approvals',
  broker: 'POST /access',
  'data-plane': 'POST /data',
  'kill-switch': 'POST /kill-switch',
  revoke: 'POST /revocations',
} as const satisfies Partial<Record<FunctionName, string>>;

/** Environment keys, the same for every function unless said otherwise. All are required. */
export const ENVIRONMENT = {
  /** Id of the site, such as `dub-1`. */
  site: 'GATEWAY_SITE',
  /** Folder of {@link BUNDLED_FILES}: beside the code, so that code signing covers them. */
  files: 'GATEWAY_FILES',
  /** Name of the table that holds requests, grants, tickets and single-use values. */
  ledgerTable: 'GATEWAY_LEDGER_TABLE',
  /** Name of the table that holds the directory of people; no function can write it. */
  peopleTable: 'GATEWAY_PEOPLE_TABLE',
  /** Name of the SSM parameter of the kill switch. */
  killSwitchParameter: 'GATEWAY_KILL_SWITCH_PARAMETER',
  /** Bucket of the records, with Object Lock; records lie under {@link ARCHIVE_PREFIX}. */
  archiveBucket: 'GATEWAY_ARCHIVE_BUCKET',
  /** URL of the queue that feeds the oversight account, and of the dead-letter queue. */
  feedQueue: 'GATEWAY_FEED_QUEUE_URL',
  deadLetterQueue: 'GATEWAY_DEAD_LETTER_QUEUE_URL',
  /** `cedar-wasm`, or the id of a Verified Permissions policy store. */
  engine: 'GATEWAY_ENGINE',
} as const;

/** More environment keys, each for the functions named. */
export const FUNCTION_ENVIRONMENT = {
  /** request, await-approvals, record-approval: ARN of the state machine. */
  workflow: 'GATEWAY_WORKFLOW_ARN',
  /** data-plane, export: ARN of the role that their sessions assume; each has its own. */
  dataAccessRole: 'GATEWAY_DATA_ACCESS_ROLE_ARN',
  /** data-plane, export: ARN of the pseudonymisation key; {@link NO_PSEUDONYM_KEY} at sites that do not hold it. */
  pseudonymKey: 'GATEWAY_PSEUDONYM_KEY_ARN',
  /** data-plane, export: bucket inside the enclave for the positions of records that do not fit their schema. */
  quarantineBucket: 'GATEWAY_QUARANTINE_BUCKET',
  /** export: JSON, id of the transfer → name of its export bucket. */
  exportBuckets: 'GATEWAY_EXPORT_BUCKETS',
  /** authoriser: JSON, id of the VPC endpoint a request enters by → country (ISO 3166-1 alpha-2). */
  networks: 'GATEWAY_NETWORKS',
} as const;

/** Said by a site that holds no pseudonymisation key: it answers nothing that needs one. */
export const NO_PSEUDONYM_KEY = 'none';

/** Files every function finds in the folder {@link ENVIRONMENT.files}: the policies as shipped and the registers. */
export const BUNDLED_FILES = {
  /** `schema.cedarschema` and all `*.cedar` of `config/gateway`, unchanged. */
  policies: 'policies',
  settings: 'settings.json',
  /** JSON list of `storedDatasetSchema` (lib/gateway/data-plane/stored-dataset.ts): where each dataset of `config/datasets` lies. */
  datasets: 'datasets.json',
  /** JSON list of `transferSchema` (lib/gateway/decision/facts.ts). */
  transfers: 'transfers.json',
  /** read by the export function only: JSON list of the transfers that leave this site, in full (`exportedTransferSchema`). */
  exports: 'exports.json',
  /** read by the authoriser only: issuer, audience and public keys of the tokens (`issuerSchema`, lib/gateway/authoriser/issuer.ts). */
  issuer: 'issuer.json',
} as const;

/** WebAssembly of Cedar: has to lie beside each function's bundled JavaScript, under this name. */
export const CEDAR_WASM = '@cedar-policy/cedar-wasm/nodejs/cedar_wasm_bg.wasm';

/** Attributes of both tables. Key: `pk` alone. TTL on `forgetAt`. */
export const TABLE = {
  /** String, `<kind>#<id>`. */
  partitionKey: 'pk',
  /** Number, raised by one with every replacement; writes are conditional on it. */
  version: 'version',
  /** String, JSON. */
  document: 'document',
  /** Number, seconds since 1970. */
  timeToLive: 'forgetAt',
} as const;

/**
 * Tags every data-access session carries, by what they say. The role's trust policy demands a source identity, the
 * ticket, the reason and the second factor, and lets no other tag be set (lib/policy/trust.ts); the restricted buckets
 * and the organisation's policies ask for the same three again.
 */
export const SESSION_TAGS = {
  class: 'gw:class',
  dataset: 'gw:dataset',
  purpose: 'gw:reason',
  grantId: 'gw:grant',
  zone: 'gw:zone',
  ticket: 'gw:ticket',
  secondFactor: 'gw:mfa',
} as const;

/** Beginning of a session's ticket: what follows is the id of the access the broker allowed. */
export const TICKET_PREFIX = 'GW-';

/** Beginning of the source identity of an export: what follows is the id of the transfer. No person's id has an equals sign. */
export const TRANSFER_IDENTITY = 'transfer=';

/** Beginning of the keys of records: `decisions/<yyyy>/<mm>/<dd>/<id>.json`. */
export const ARCHIVE_PREFIX = 'decisions/';
