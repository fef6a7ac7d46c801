/**
 * What AWS guarantees about the context of a request. Each premise takes requests out of consideration, so each is named,
 * listed in the evidence, and tested: with all of them every family stays possible.
 */
import { placedInUnits } from './attachment';
import { family } from './authorization';
import { FAMILY, action, arnLike, is, isFalse, isTrue, present, resource } from './encode/tests';
import { FAMILIES } from './families';
import { TRUE, and, equivalent, implies, not, once, or } from './logic/formula';
import type { Formula } from './logic/formula';
import { partitionOf } from './policy/enclave-policies';
import type { Scope } from './scope';

export interface Premise {
  readonly name: string;
  /** Where AWS says so. */
  readonly source: string;
  readonly formula: Formula;
}

const CONTEXT_KEYS = 'IAM user guide, AWS global condition context keys';

const BOOLEANS: readonly string[] = [
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalIsAWSService',
  'aws:SecureTransport',
  'aws:ViaAWSService',
  'kms:BypassPolicyLockoutSafetyCheck',
  'kms:GrantIsForAWSResource',
  'kms:MultiRegion',
];

export function premises(scope: Scope): readonly Premise[] {
  return [
    ...aboutTheCall(scope),
    ...aboutAccounts(scope),
    ...once(aboutCallers, aboutCallers),
    ...(scope.service === 'kms' ? aboutCallersOfKeys(scope) : []),
    ...once(aboutKeys, aboutKeys),
  ];
}

function aboutTheCall({ arns, service, name }: Scope): readonly Premise[] {
  return [
    {
      name: 'every caller is of one family',
      source: 'by definition of the families',
      formula: is(FAMILY, ...FAMILIES),
    },
    {
      name: `the request is about ${name}`,
      source: 'by definition of the question',
      formula: and(
        arns === undefined ? TRUE : resource(...arns),
        service === undefined ? action('*:*') : action(`${service}:*`),
      ),
    },
    {
      name: 'every request has a Region',
      source: `${CONTEXT_KEYS}, aws:RequestedRegion`,
      formula: present('aws:RequestedRegion'),
    },
  ];
}

function aboutAccounts({ policies, account }: Scope): readonly Premise[] {
  const { organization, memberAccounts, managementAccount } = policies;
  const partition = partitionOf(policies);
  // Users, roles and root are of IAM, federated users of STS; sessions of roles show the role's ARN.
  const arnsOf = (id: string): readonly string[] => ['iam', 'sts'].map((s) => `arn:${partition}:${s}::${id}:*`);
  const inOrganization = is('aws:PrincipalOrgID', organization);
  const known = [...memberAccounts, ...(managementAccount === undefined ? [] : [managementAccount])];
  const ofAccount = (id: string): Formula => is('aws:PrincipalAccount', id);
  return [
    {
      name: `callers of accounts of ${organization}, and only they, carry its id`,
      source: `${CONTEXT_KEYS}, aws:PrincipalOrgID`,
      formula: and(
        implies(family('same account', 'organization', 'management account'), inOrganization),
        implies(family('external', 'service', 'anonymous'), not(inOrganization)),
        implies(and(family('service-linked role'), is('aws:PrincipalAccount', ...known)), inOrganization),
      ),
    },
    {
      name: 'the family says which account the caller is of',
      source: 'by definition of the families',
      formula: and(
        implies(family('same account'), ofAccount(account)),
        implies(ofAccount(account), family('same account', 'service-linked role')),
        managementAccount === undefined
          ? implies(family('management account'), not(is('aws:PrincipalAccount', ...memberAccounts)))
          : equivalent(
              family('management account'),
              and(ofAccount(managementAccount), not(family('service-linked role'))),
            ),
        implies(family('external'), not(is('aws:PrincipalAccount', ...known))),
      ),
    },
    {
      name: 'accounts of the sites are in the units that policies are attached to, whichever of them',
      source: 'the organization’s own tree; for attestation',
      formula: placedInUnits(policies, account),
    },
    {
      name: 'the ARN of a caller holds its account',
      source: `${CONTEXT_KEYS}, aws:PrincipalArn and aws:PrincipalAccount`,
      formula: and(...known.map((id) => equivalent(arnLike('aws:PrincipalArn', ...arnsOf(id)), ofAccount(id)))),
    },
    {
      name: `callers are of the partition ${partition}`,
      source: 'AWS general reference: credentials of one partition are unknown in others',
      formula: implies(present('aws:PrincipalArn'), arnLike('aws:PrincipalArn', ...arnsOf('*'))),
    },
  ];
}

function aboutCallers(): readonly Premise[] {
  const nobody = family('service', 'anonymous');
  return [
    {
      name: 'users and roles have an ARN and an account, services and anonymous callers have neither',
      source: `${CONTEXT_KEYS}, aws:PrincipalArn`,
      formula: and(
        equivalent(nobody, not(present('aws:PrincipalArn'))),
        equivalent(nobody, not(present('aws:PrincipalAccount'))),
        implies(nobody, not(present('aws:PrincipalOrgID'))),
      ),
    },
    {
      name: 'service principals, and only they, are called so',
      source: `${CONTEXT_KEYS}, aws:PrincipalIsAWSService and aws:PrincipalServiceName`,
      formula: and(
        equivalent(family('service'), isTrue('aws:PrincipalIsAWSService')),
        implies(not(family('anonymous')), present('aws:PrincipalIsAWSService')),
        equivalent(family('service'), present('aws:PrincipalServiceName')),
      ),
    },
    {
      name: 'service-linked roles, and only they, stand under /aws-service-role/',
      source: 'IAM user guide, service-linked roles: the path is reserved',
      formula: equivalent(
        family('service-linked role'),
        arnLike('aws:PrincipalArn', 'arn:*:iam::*:role/aws-service-role/*'),
      ),
    },
  ];
}

function aboutCallersOfKeys({ policies: { memberAccounts } }: Scope): readonly Premise[] {
  return [
    {
      name: 'KMS names the account of a user or role that calls it',
      source: 'KMS developer guide, condition keys: kms:CallerAccount',
      formula: and(
        ...memberAccounts.map((id) =>
          implies(
            present('aws:PrincipalAccount'),
            equivalent(is('kms:CallerAccount', id), is('aws:PrincipalAccount', id)),
          ),
        ),
      ),
    },
  ];
}

function aboutKeys(): readonly Premise[] {
  return BOOLEANS.map((key) => ({
    name: `${key} says true or false`,
    source: `${CONTEXT_KEYS} and the service's own keys`,
    formula: implies(present(key), or(isTrue(key), isFalse(key))),
  }));
}

/** The premises as one formula. */
export const assumed = (scope: Scope): Formula => and(...premises(scope).map((p) => p.formula));
