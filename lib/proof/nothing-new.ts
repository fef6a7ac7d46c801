/** A change proved harmless: whatever the new policies let through, the old ones let through too. */
import { authorization } from './authorization';
import type { Invariant } from './invariants/invariant';
import { not } from './logic/formula';
import type { EnclavePolicies } from './policy/enclave-policies';
import { accountScope, resourceScope, roleScope } from './scope';
import type { Scope } from './scope';

/** Everything that can be asked about in both: resources, roles and accounts of the same name. */
function scopesOf(policies: EnclavePolicies): ReadonlyMap<string, Scope> {
  const scopes = [
    ...policies.guarded.map((resource) => resourceScope(policies, resource)),
    ...policies.roles.map((role) => roleScope(policies, role)),
    ...policies.siteAccounts.map((account) => accountScope(policies, account)),
  ];
  return new Map(scopes.map((scope) => [`${scope.account} ${scope.name}`, scope]));
}

/** @param before the policies of the release that is compared with */
export function allowsNothingNew(before: EnclavePolicies): Invariant {
  const old = scopesOf(before);
  return {
    slug: 'allows-nothing-new',
    sentence: 'No call goes through under the new policies that the old ones denied, of what both releases have.',
    scopes: (policies) => [...scopesOf(policies)].filter(([name]) => old.has(name)).map(([, scope]) => scope),
    without: 'nothing that both releases have',
    violation: (scope) => not(authorization(old.get(`${scope.account} ${scope.name}`)!).allowed),
  };
}
