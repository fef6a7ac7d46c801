/** Becoming a role: of the gateway, of the auditor, of anything that may touch data. */
import { family } from '../authorization';
import { action, everyLike, is, isTrue, like, present, someLike } from '../encode/tests';
import { FALSE, and, not, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { EnclavePolicies, EnclaveRole } from '../policy/enclave-policies';
import { resourceScope, roleScope, withDeclared } from '../scope';
import type { Scope } from '../scope';
import { fromOrganization, isBroker, throughEndpoint } from './facts';
import type { Invariant } from './invariant';

const inSites = ({ siteAccounts, roles }: EnclavePolicies): readonly EnclaveRole[] =>
  roles.filter(({ account }) => siteAccounts.includes(account));

const called = (role: EnclaveRole, word: RegExp): boolean => word.test(role.arn.split(':role/')[1] ?? '');

const auditors = ({ roles }: EnclavePolicies): readonly EnclaveRole[] =>
  roles.filter((role) => called(role, /auditor/i));

const becomingRoles =
  (word: RegExp) =>
  (policies: EnclavePolicies): readonly Scope[] =>
    policies.roles.filter((role) => called(role, word)).map((role) => roleScope(policies, role));

const isAuditor = ({ policies }: Scope): Formula => {
  const arns = auditors(policies).map(({ arn }) => arn);
  return arns.length === 0 ? FALSE : is('aws:PrincipalArn', ...arns);
};

/** Entering the auditor’s role from an account of ours that is no site. */
const comesFromTheAuditor = ({ policies, arns = [] }: Scope): Formula => {
  const theirs = policies.memberAccounts.filter((account) => !policies.siteAccounts.includes(account));
  const isTheirs = auditors(policies).some(({ arn }) => arns.includes(arn));
  return isTheirs && theirs.length > 0 ? is('aws:PrincipalAccount', ...theirs) : FALSE;
};

/** Everything restricted, for an auditor who has no more than the declared policies. */
const seenByAuditors = (policies: EnclavePolicies): readonly Scope[] =>
  auditors(policies).length === 0
    ? []
    : policies.guarded
        .filter((r) => r.restricted)
        .map((r) => withDeclared(resourceScope(policies, r), auditors(policies)));

const DATA_READS = [
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  's3:GetObject*',
  's3:ListBucket*',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
];

export const ROLE_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'nobody-outside-becomes-a-role',
    sentence: 'Nobody of an account outside the organization becomes a role of a site.',
    scopes: (policies) => inSites(policies).map((role) => roleScope(policies, role)),
    without: 'no role declared in an account with restricted data',
    violation: (scope) => and(action('sts:AssumeRole'), family('external'), not(fromOrganization(scope))),
  },
  {
    slug: 'roles-are-entered-by-services-the-broker-and-the-auditor-alone',
    sentence:
      'A role of a site is entered by a service of AWS, by the broker of the gateway, or, where it is the auditor’s, from the auditor’s account: by nobody else.',
    scopes: (policies) => inSites(policies).map((role) => roleScope(policies, role)),
    without: 'no role declared in an account with restricted data',
    violation: (scope) => and(not(family('service')), not(isBroker(scope)), not(comesFromTheAuditor(scope))),
  },
  {
    slug: 'roles-are-entered-in-one-way',
    sentence:
      'A role of a site is entered by AssumeRole alone, by no identity provider; services neither tag nor name their sessions.',
    scopes: (policies) => inSites(policies).map((role) => roleScope(policies, role)),
    without: 'no role declared in an account with restricted data',
    violation: () =>
      or(
        not(action('sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity')),
        and(family('service'), not(action('sts:AssumeRole'))),
      ),
  },
  {
    slug: 'only-the-broker-marks-sessions',
    sentence: 'Tags by which the gateway vouches for a session (gw:…) are set by the broker alone.',
    scopes: (policies) => inSites(policies).map((role) => roleScope(policies, role)),
    without: 'no role declared in an account with restricted data',
    violation: (scope) =>
      and(
        action('sts:TagSession'),
        someLike('aws:TagKeys', ['gw:*']),
        not(isBroker(scope)),
        not(family('service-linked role')),
      ),
  },
  {
    slug: 'the-data-plane-is-reached-only-through-the-broker',
    sentence:
      'The data plane of the gateway is entered by the broker alone, through an endpoint of the site, with ticket, reason, second factor, the person’s name, and no other tags.',
    scopes: becomingRoles(/gateway\/data-plane/),
    without: 'no role of the gateway’s data plane in the assembly yet',
    violation: (scope) =>
      and(
        action('sts:AssumeRole'),
        not(
          and(
            isBroker(scope),
            like('aws:RequestTag/gw:ticket', 'GW-*'),
            present('aws:RequestTag/gw:reason'),
            is('aws:RequestTag/gw:mfa', 'true'),
            present('sts:SourceIdentity'),
            throughEndpoint(scope),
            everyLike('aws:TagKeys', 'gw:*'),
          ),
        ),
      ),
  },
  {
    slug: 'auditors-come-with-their-external-id',
    sentence:
      'The auditor’s role is entered only with the external id agreed with the auditor, and with a second factor.',
    scopes: becomingRoles(/auditor/i),
    without: 'no role of an auditor in the assembly yet',
    violation: () =>
      and(
        action('sts:AssumeRole'),
        not(family('service')),
        not(and(present('sts:ExternalId'), isTrue('aws:MultiFactorAuthPresent'))),
      ),
  },
  {
    slug: 'auditors-read-no-data',
    sentence:
      'The auditor’s role, with the policies it is declared with, reads neither data nor keys nor tags of objects.',
    scopes: seenByAuditors,
    without: 'no role of an auditor in the assembly yet',
    violation: (scope) => and(isAuditor(scope), action(...DATA_READS)),
  },
];
