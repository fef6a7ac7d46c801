/** Person, grant and transfer as the policies see them: counted, and without what no policy speaks of. */
import type { PolicyGrant, PolicyPerson, PolicyTransfer } from '../policies/policy-engine';
import type { Zone } from '../zones/requester-zone';
import { countedApprovals, lineOf, privacyApprovals } from './approvals';
import type { Approval, Grant, RegisteredTransfer, Requester } from './facts';

/** @param approvals of the grant in question: who of the approvers stands below the person counts as their line */
export function policyPerson(
  requester: Requester,
  zone: Zone,
  cleared: readonly string[],
  approvals: readonly Approval[],
): PolicyPerson {
  const { id, active, role } = requester;
  return { id, active, zone, role, cleared, line: lineOf(requester, approvals) };
}

export function policyGrant({
  holder,
  dataset,
  purpose,
  approvals,
  notBefore,
  expiresAt,
  revoked,
}: Grant): PolicyGrant {
  return {
    holder,
    dataset,
    purpose,
    approvers: [...new Set(approvals.map(({ approver }) => approver))],
    approvals: countedApprovals(holder, approvals),
    privacyApprovals: privacyApprovals(holder, approvals),
    notBefore,
    expiresAt,
    revoked,
  };
}

export const policyTransfer = ({
  dataset,
  class: of,
  zone,
  expiresAt,
  assessment,
}: RegisteredTransfer): PolicyTransfer => ({
  dataset,
  class: of,
  zone,
  expiresAt,
  ...(assessment ? { assessment } : {}),
});
