/** What a verdict of the policies is as a decision: the same reading for people, exports and revocations. */
import type { PolicyVerdict } from '../policies/policy-engine';
import type { Zone } from '../zones/requester-zone';
import type { Decision } from './decide';

/** A denial, by codes of the core or ids of policies. */
export const denial = (
  zone: Zone,
  policyHash: string,
  reasons: readonly string[],
  policies: readonly string[] = [],
): Decision => ({ outcome: 'deny', zone, reasons, policies, policyHash });

/** A refusal names the policies that refuse; where none says anything, that nothing permits it. */
export function decisionOf({ allowed, policies, failure }: PolicyVerdict, zone: Zone, policyHash: string): Decision {
  if (allowed) return { outcome: 'allow', zone, reasons: [], policies, policyHash };
  if (failure) return denial(zone, policyHash, [failure], policies);
  return denial(zone, policyHash, policies.length > 0 ? policies : ['no-policy-permits'], policies);
}
