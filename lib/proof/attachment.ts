/** Where an organization's policy bites, from what it is attached to. */
import { is } from './encode/tests';
import { FALSE, TRUE, and, implies, or } from './logic/formula';
import type { Formula } from './logic/formula';
import type { EnclavePolicies, OrganizationPolicy } from './policy/enclave-policies';

/**
 * The organizational unit of the caller's and of the resource's account. No template says which account is in which unit,
 * so a proof holds wherever among the named units the accounts of the sites are.
 */
export const CALLER_UNIT = '#caller unit';
export const RESOURCE_UNIT = '#resource unit';

/** The units that policies are attached to. */
export const unitsOf = (policies: EnclavePolicies): readonly string[] =>
  [
    ...new Set(policies.organizationPolicies.flatMap(({ targets }) => targets.filter((t) => t.startsWith('ou-')))),
  ].sort();

export const onRoot = ({ targets }: OrganizationPolicy): boolean => targets.some((target) => target.startsWith('r-'));
export const accountsIn = (targets: readonly string[]): readonly string[] => targets.filter((t) => /^\d{12}$/.test(t));
export const unitsIn = (targets: readonly string[]): readonly string[] => targets.filter((t) => t.startsWith('ou-'));

const oneOf = (variable: string, values: readonly string[]): Formula =>
  values.length === 0 ? FALSE : is(variable, ...values);

/** The policy is attached above the caller's account. */
export const reachesCaller = (policy: OrganizationPolicy): Formula =>
  onRoot(policy)
    ? TRUE
    : or(oneOf('aws:PrincipalAccount', accountsIn(policy.targets)), oneOf(CALLER_UNIT, unitsIn(policy.targets)));

/** The policy is attached above this account, which owns the resource. */
export const reachesResource = (policy: OrganizationPolicy, account: string): Formula =>
  onRoot(policy) || policy.targets.includes(account) ? TRUE : oneOf(RESOURCE_UNIT, unitsIn(policy.targets));

/** Accounts of sites are in one of the units that policies are attached to. @param account that owns the resource */
export function placedInUnits(policies: EnclavePolicies, account: string): Formula {
  const units = unitsOf(policies);
  if (units.length === 0) return TRUE;
  return and(
    implies(oneOf('aws:PrincipalAccount', policies.siteAccounts), is(CALLER_UNIT, ...units)),
    policies.siteAccounts.includes(account) ? is(RESOURCE_UNIT, ...units) : TRUE,
  );
}
