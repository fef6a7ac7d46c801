/**
 * The role that looks into every Region for what no template declares: it reads settings, everywhere, and nothing else; and
 * nobody but deployment makes it, changes it or its bounds.
 */
import { CALLER_UNIT, unitsOf } from '../attachment';
import { family } from '../authorization';
import { action, is, resource } from '../encode/tests';
import { TRUE, and, not } from '../logic/formula';
import type { Formula } from '../logic/formula';
import { partitionOf } from '../policy/enclave-policies';
import { READS_OF_SETTINGS, attestorsOf, isAttestor } from './attestor-reads';
import { EVERY_READ_OF_CONTENTS } from './contents';
import { isDeployment } from './facts';
import type { Invariant } from './invariant';
import { accountScope } from '../scope';
import type { Scope } from '../scope';

/** Calls that make the role, change it, its policies or its bounds, or put an older text of them in force. */
const TAKES_THE_ROLE = [
  'iam:AttachRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:DeletePolicyVersion',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:TagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
];

/** Somebody of the account, which is in a unit that policies are attached to: of the auditor's no premise says so. */
const caller = ({ policies }: Scope): Formula => {
  const units = unitsOf(policies);
  return and(family('same account'), units.length === 0 ? TRUE : is(CALLER_UNIT, ...units));
};
const WITHOUT = 'no path of the enclave’s own roles';

/** Accounts in which the role can stand: the sites', and the auditor's own. */
const accounts: Invariant['scopes'] = (policies) =>
  policies.memberAccounts
    .map((account) => accountScope(policies, account))
    .filter((scope) => attestorsOf(scope).length > 0);

/** The role, and the policy that says what it may and is its boundary. */
const roleAndBounds = (scope: Scope): Formula =>
  resource(
    ...attestorsOf(scope),
    `arn:${partitionOf(scope.policies)}:iam::${scope.account}:policy${scope.policies.rolePath ?? '/'}attestor`,
  );

export const ATTESTOR_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'the-attestor-reads-settings-only',
    sentence: 'The attestor, whom every Region is open to, reads settings there and at home, and does nothing else.',
    scopes: accounts,
    without: WITHOUT,
    violation: (scope) => and(caller(scope), isAttestor(scope), not(action(...READS_OF_SETTINGS))),
  },
  {
    slug: 'the-attestor-gets-no-contents',
    sentence:
      'The attestor gets no object, item, message, secret, parameter, log, snapshot block or plain text, anywhere.',
    scopes: accounts,
    without: WITHOUT,
    violation: (scope) => and(caller(scope), isAttestor(scope), action(...EVERY_READ_OF_CONTENTS)),
  },
  {
    slug: 'only-deployment-makes-the-attestor',
    sentence: 'The attestor is made and changed, and its bounds are, by deployment alone.',
    scopes: accounts,
    without: WITHOUT,
    violation: (scope) => and(caller(scope), action(...TAKES_THE_ROLE), roleAndBounds(scope), not(isDeployment(scope))),
  },
];
