/**
 * Mutants that allow something which no invariant forbids, and why that is right. A row says what the mutant allows at most,
 * and the prover checks it: a mutant that allows anything else is unexplained, and a row that explains no mutant is stale.
 */
import { family } from '../../../lib/proof/authorization';
import { action, is, present } from '../../../lib/proof/encode/tests';
import { actsForUs, isSettingsRecorder } from '../../../lib/proof/invariants/facts';
import { FALSE, TRUE, and, not, or } from '../../../lib/proof/logic/formula';
import type { Formula } from '../../../lib/proof/logic/formula';
import type { Scope } from '../../../lib/proof/scope';

export interface Review {
  /** Which statements: policy and Sid. */
  readonly statement: RegExp;
  /** Which weakenings of them. */
  readonly what: RegExp;
  /** The requests that such a mutant allows at most, in words and as a formula. */
  readonly only: string;
  readonly allowsOnly: (place: Scope) => Formula;
  /** Why they may be allowed. */
  readonly reason: string;
}

const where = (holds: boolean): Formula => (holds ? TRUE : FALSE);

/** The place is a store that is known not to hold restricted data. */
const isUnrestricted = ({ policies, name, documents }: Scope): boolean =>
  policies.guarded.some((r) => !r.restricted && `${r.kind} ${r.name}` === name && r.documents === documents);

/** A service of AWS that does not say for whom it acts is no tool of another account’s. */
const ofNobodyElse = (place: Scope): Formula =>
  and(family('service'), or(not(present('aws:SourceAccount')), is('aws:SourceOrgID', place.policies.organization)));

/** The place is no key under which objects of a restricted bucket are encrypted. */
const opensNoObjects = ({ policies, arns = [] }: Scope): boolean =>
  !policies.guarded.some((r) => r.kind === 'bucket' && r.restricted && arns.includes(r.encryptedBy ?? ''));

export const REVIEWED: readonly Review[] = [
  {
    statement: /^rcp enclave-rcp-restricted-\d+\/OnlyEnclaveRolesOpenRestrictedObjects$/,
    what: /./,
    only: 'requests on keys under which no restricted object is encrypted',
    allowsOnly: (place) => where(opensNoObjects(place)),
    reason:
      'the statement knows keys by their alias, which the proof does not tie to the key; by their aliases it is about keys of restricted objects alone',
  },
  {
    statement: /^rcp enclave-rcp-restricted-/,
    what: /./,
    only: 'requests on stores without restricted data',
    allowsOnly: (place) => where(isUnrestricted(place)),
    reason:
      'the statement is there for restricted stores, and its patterns of names also fit objects and keys of others, whose own policies and invariants hold without it',
  },
  {
    statement: /^rcp enclave-rcp-callers\/ResourcesOnlyInDeclaredRegions$/,
    what: /^without (?:kms|sqs):\*$/,
    only: 'requests on stores of the auditor',
    allowsOnly: ({ policies, account }) => where(!policies.siteAccounts.includes(account)),
    reason:
      'no template tells which unit the auditor’s account is in, so no proof counts on the organization’s policies there; what is kept there are records, and the service control policies of that unit name the Regions again',
  },
  {
    statement: /^policy of bucket .*-access-logs-\d+\/AccessLogs/,
    what: /^(?:allows every resource|without ArnLike on aws:sourcearn)$/,
    only: 'records written by a service that acts for an account of ours',
    allowsOnly: (place) => and(family('service'), action('s3:PutObject'), actsForUs(place)),
    reason: 'an access log more of another bucket of ours, or one under another name, tells nobody anything',
  },
  {
    statement: /^policy of bucket .*-archive-\d+\/Trail/,
    what: /^(?:allows every resource|without StringEquals on (?:aws:source(?:arn|orgid)|s3:x-amz-acl))$/,
    only: 'records written, and ownership looked up, by a service that acts for an account of ours',
    allowsOnly: (place) => and(family('service'), action('s3:PutObject', 's3:GetBucketAcl'), actsForUs(place)),
    reason:
      'records are only added, under retention that nobody ends; access control lists mean nothing in a bucket whose owner owns every object',
  },
  {
    statement: /^policy of bucket .*-settings-\d+\/RecorderOf\w+Looks$/,
    what: /^allows every resource$/,
    only: 'a recorder of settings that looks whose the bucket is',
    allowsOnly: (place) =>
      and(family('organization'), isSettingsRecorder(place), action('s3:GetBucketAcl', 's3:ListBucket')),
    reason: 'these calls are made on the bucket alone, so naming its objects too changes nothing',
  },
  {
    statement: /^policy of (?:key|queue) /,
    what: /^without \w+ on (?:kms:encryptioncontext:aws:logs:arn|aws:source(?:arn|account|orgid))$/,
    only: 'a service that acts for an account of ours, or for our organization',
    allowsOnly: (place) => and(family('service'), actsForUs(place)),
    reason:
      'the other conditions on the source still keep out whoever is not ours; a second rule, trail or log group of ours is no outsider',
  },
  {
    statement: /^trust of role /,
    what: /^without \w+ on aws:source(?:arn|account)$/,
    only: 'a service that does not say for whom it acts, or acts for our organization',
    allowsOnly: ofNobodyElse,
    reason:
      'ServicesOnlyForTheOrganisation refuses a service that acts for anybody else; the condition in the trust says it a second time, more narrowly',
  },
  {
    statement: /^policy of endpoint \S+-network\/sts\//,
    what: /^without StringEquals on aws:principalaccount$/,
    only: 'a service in its own name or by its own role, or somebody of our organization whom the role’s trust names, which is the auditor',
    allowsOnly: () => family('service', 'organization', 'service-linked role'),
    reason:
      'services do not call through an endpoint in a network of ours and need none to enter a role; the auditor enters with external id and second factor from wherever',
  },
  {
    statement: /^policy of endpoint /,
    what: /^(?:allows every (?:action|resource)|without StringEquals on aws:resourceaccount)$/,
    only: 'users and roles of the endpoint’s account, on stores of ours, as those stores’ own policies allow',
    allowsOnly: ({ policies }) =>
      and(
        family('same account', 'organization', 'service-linked role'),
        is('aws:PrincipalAccount', ...policies.siteAccounts),
      ),
    reason:
      'an endpoint that carries more of our own traffic opens no store of ours; writing into stores of others is refused by WritesOnlyIntoTheOrganisation whichever way a call takes',
  },
];

export const reviewOf = (statement: string, what: string): Review | undefined =>
  REVIEWED.find((row) => row.statement.test(statement) && row.what.test(what));
