/**
 * Every call that carries copies home, and calls beside them, decided by the evaluator over the policies of an assembly:
 * what the emulator cannot show, because it stores policies and enforces none.
 */
import type { Enclave } from '../../../config/schema';
import { serviceHost } from '../../../lib/geo';
import { decideRequest } from '../../../lib/proof/evaluate/decide';
import type { ConcreteRequest } from '../../../lib/proof/evaluate/request';
import { unitsOf } from '../../../lib/proof/attachment';
import type { EnclavePolicies, GuardedResource } from '../../../lib/proof/policy/enclave-policies';

/** Who calls: S3 as the recovery role, an application of the partner, or others there. */
type Actor = 'S3 as the recovery role' | 'pipeline' | 'application' | 'administrator';

export interface PlayedCall {
  readonly by: string;
  readonly call: string;
  readonly allowed: boolean;
  /** Policy and Sid that decide, or what is missing. */
  readonly because: string;
}

/** The site that is filled again, and whose role is asked for; the role need not exist. */
export interface Places {
  readonly enclave: Enclave;
  readonly lost: string;
}

interface Call {
  readonly by: Actor;
  readonly action: string;
  readonly on: string;
  readonly to: string;
  readonly at?: 'home' | 'partner' | 'abroad';
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** What S3 does with one copy that was written anew, until it is at home. */
const CARRYING: readonly Omit<Call, 'by'>[] = [
  { action: 's3:GetReplicationConfiguration', on: '{copies}', to: 'read the rule', at: 'partner' },
  { action: 's3:GetObjectVersionForReplication', on: '{copies}/a', to: 'read a copy', at: 'partner' },
  { action: 's3:GetObjectVersionTagging', on: '{copies}/a', to: 'read its tags', at: 'partner' },
  { action: 'kms:Decrypt', on: '{copiesKey}', to: 'open it', at: 'partner' },
  { action: 'kms:GenerateDataKey', on: '{homeKey}', to: 'seal it at home', at: 'home' },
  { action: 's3:ReplicateObject', on: '{home}/a', to: 'write it home', at: 'home' },
  { action: 's3:ReplicateTags', on: '{home}/a', to: 'write its tags', at: 'home' },
];

/** What the same role, and others, still may not do while copies are carried home. */
const BESIDE: readonly Call[] = [
  { by: 'S3 as the recovery role', action: 's3:GetObject', on: '{home}/a', to: 'read what is at home' },
  { by: 'S3 as the recovery role', action: 'kms:Decrypt', on: '{homeKey}', to: 'open what is at home' },
  { by: 'S3 as the recovery role', action: 's3:PutObject', on: '{home}/a', to: 'write otherwise than as a copy' },
  {
    by: 'S3 as the recovery role',
    action: 's3:GetObject',
    on: '{copies}/a',
    to: 'read a copy for itself',
    at: 'partner',
  },
  { by: 'S3 as the recovery role', action: 's3:ReplicateObject', on: '{other}/a', to: 'write to another site' },
  { by: 'S3 as the recovery role', action: 's3:ReplicateObject', on: '{abroad}/a', to: 'write abroad', at: 'abroad' },
  { by: 'S3 as the recovery role', action: 's3:ReplicateDelete', on: '{home}/a', to: 'delete at home' },
  {
    by: 'pipeline',
    action: 's3:CreateJob',
    on: '*',
    to: 'start a job that copies to where the call says',
    at: 'partner',
    context: { 's3:RequestJobOperation': 'S3PutObjectCopy' },
  },
  { by: 'pipeline', action: 's3:GetObject', on: '{copies}/a', to: 'read a copy', at: 'partner' },
  { by: 'application', action: 's3:PutObject', on: '{home}/a', to: 'write home past S3', at: 'home' },
];

/** What an application of the partner does with each copy, through the endpoint there: list, and write anew in place. */
const WRITING_ANEW: readonly Omit<Call, 'by'>[] = [
  { action: 's3:ListBucket', on: '{copies}', to: 'list the copies', at: 'partner' },
  { action: 's3:GetObject', on: '{copies}/a', to: 'copy from a copy', at: 'partner' },
  { action: 'kms:Decrypt', on: '{copiesKey}', to: 'open it', at: 'partner' },
  { action: 'kms:GenerateDataKey', on: '{copiesKey}', to: 'seal it again', at: 'partner' },
  { action: 's3:PutObject', on: '{copies}/a', to: 'write it anew in place', at: 'partner' },
];

/** How each bucket's copies are carried home. @throws Error when the assembly holds no copies of the site */
export function carryingCalls(policies: EnclavePolicies, places: Places): readonly PlayedCall[] {
  return homesOf(policies, places).flatMap((home) =>
    CARRYING.map((call) => played(policies, places, home, { ...call, by: 'S3 as the recovery role' })),
  );
}

/** How an application of the partner makes S3 start with what lies there. */
export const writingCalls = (policies: EnclavePolicies, places: Places): readonly PlayedCall[] =>
  homesOf(policies, places).flatMap((home) =>
    WRITING_ANEW.map((call) => played(policies, places, home, { ...call, by: 'application' })),
  );

/** What nobody may do beside it. */
export const callsBeside = (policies: EnclavePolicies, places: Places): readonly PlayedCall[] =>
  BESIDE.map((call) => played(policies, places, homesOf(policies, places)[0]!, call));

/** How a database is restored from the backups in the partner's Region, in the account of the lost site. */
export function restoringCalls(policies: EnclavePolicies, places: Places): readonly PlayedCall[] {
  const home = homesOf(policies, places)[0]!;
  const restore = (by: Actor, at: 'partner' | 'abroad'): Call => ({
    by,
    action: 'rds:RestoreDBInstanceToPointInTime',
    on: '*',
    to: at === 'partner' ? 'restore a database in the partner’s Region' : 'restore a database abroad',
    at,
  });
  const calls = [restore('pipeline', 'partner'), restore('administrator', 'partner'), restore('pipeline', 'abroad')];
  return calls.map((call) => played(policies, places, home, call, 'home'));
}

interface Home {
  readonly home: GuardedResource;
  readonly copies: GuardedResource;
  /** Alias of the key under which the store stands at home. */
  readonly alias: string;
}

/** Buckets of the lost site with their copies. */
function homesOf({ guarded }: EnclavePolicies, { enclave, lost }: Places): readonly Home[] {
  const { account, partner } = accountsOf({ enclave, lost });
  const found = enclave.stores.flatMap((store): Home[] => {
    if (store.kind !== 'bucket') return [];
    const named = (name: string) => guarded.find((r) => r.kind === 'bucket' && r.name === name);
    const home = named(`${enclave.name}-${lost}-${store.name}-${account}`);
    const copies = named(`${enclave.name}-${partner.id}-${store.name}-of-${lost}-${partner.account}`);
    return home && copies ? [{ home, copies, alias: `alias/${enclave.name}-${lost}/${store.class}/objects` }] : [];
  });
  if (found.length === 0) throw new Error(`The assembly holds no copies of ${lost}.`);
  return found;
}

function accountsOf({ enclave, lost }: Places) {
  const site = enclave.sites.find(({ id }) => id === lost);
  const partner = enclave.sites.find(({ id }) => id === enclave.replication.find(({ from }) => from === lost)?.to);
  if (!site || !partner) throw new Error(`${lost} is no site that copies to another.`);
  return { account: site.account, region: site.placement.region, partner };
}

function played(
  policies: EnclavePolicies,
  places: Places,
  { home, copies, alias }: Home,
  { by, action, on, to, at = 'home', context = {} }: Call,
  callersAt: 'home' | 'partner' = 'partner',
): PlayedCall {
  const { enclave, lost } = places;
  const { account, region, partner } = accountsOf(places);
  const other = policies.guarded.find(
    (r) => r.kind === 'bucket' && r.restricted && ![home, copies].includes(r) && r.name.includes('-media-'),
  );
  const role = `arn:aws:iam::${partner.account}:role/${enclave.name}-${lost}-recovery`;
  const callers = callersAt === 'home' ? account : partner.account;
  const caller = {
    'S3 as the recovery role': role,
    pipeline: `arn:aws:iam::${callers}:role/${enclave.name}/deployment/pipeline`,
    application: `arn:aws:iam::${callers}:role/${enclave.name}/app/recovery`,
    administrator: `arn:aws:iam::${callers}:role/Admin`,
  }[by];
  const called = { home: region, partner: partner.placement.region, abroad: 'us-east-1' }[at];
  const resource = on
    .replace('{copies}', copies.arns[0]!)
    .replace('{home}', home.arns[0]!)
    .replace('{copiesKey}', copies.encryptedBy!)
    .replace('{homeKey}', home.encryptedBy!)
    .replace('{other}', other?.arns[0] ?? '')
    .replace('{abroad}', 'arn:aws:s3:::somewhere-in-virginia');
  const service = action.split(':')[0]!;
  const endpoint = policies.endpoints.find((e) => e.account === partner.account && e.service.endsWith('.s3'));
  const declared = policies.roles.find(({ arn }) => arn === role);
  const request: ConcreteRequest = {
    caller: { kind: 'identity', arn: caller, account: caller.split(':')[4]! },
    action,
    resource,
    context: {
      'aws:RequestedRegion': called,
      'aws:SecureTransport': 'true',
      'aws:ResourceAccount': on.startsWith('{home') ? account : partner.account,
      ...(on.startsWith('{abroad') ? {} : { 'aws:ResourceOrgID': enclave.organizationId }),
      ...(service === 's3' ? { 's3:signatureversion': 'AWS4-HMAC-SHA256', 's3:TlsVersion': '1.3' } : {}),
      ...(service === 'kms' ? { 'kms:ViaService': serviceHost('s3', called), 'kms:ResourceAliases': [alias] } : {}),
      ...(by === 'application' && endpoint
        ? { 'aws:SourceVpce': endpoint.id, 'aws:VpceAccount': partner.account }
        : {}),
      ...context,
    },
    // The role does what its own policy and its boundary both allow; of the others only the perimeter speaks here.
    ...(by === 'S3 as the recovery role' && declared
      ? { under: [...declared.identity, ...(declared.boundary ? [declared.boundary] : [])] }
      : {}),
  };
  const decisions = [undefined, ...unitsOf(policies)].map((unit) => decideRequest(policies, request, unit));
  const { allowed, because } = decisions.find((decision) => !decision.allowed) ?? decisions[0]!;
  return { by, call: `${to} (${action} ${resource})`, allowed, because };
}
