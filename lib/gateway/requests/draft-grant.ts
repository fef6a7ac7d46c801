/** The grant a request would become: asked of the policies before people are asked, and again when they have answered. */
import type { Approval, Grant } from '../decision/facts';
import type { AccessRequest } from './documents';

/** With the approvals given; begins now. Its id is the request's, so that a request becomes one grant at most. */
export function draftGrant(request: AccessRequest, approvals: readonly Approval[], now: number): Grant {
  return {
    id: request.id,
    holder: request.requester,
    dataset: request.dataset,
    class: request.class,
    purpose: request.purpose,
    approvals: [...approvals],
    notBefore: now,
    expiresAt: now + request.seconds * 1000,
    revoked: false,
    ...(request.transfer ? { transfer: request.transfer } : {}),
  };
}

/** Two approvals by nobody: what no policy permits even with these, nobody needs to be asked for. */
export function bestApprovals(now: number): Approval[] {
  return ['privacy', 'operator'].map((role) => ({
    approver: `nobody-${role}`,
    role,
    zone: 'EEA',
    managers: [],
    at: now,
  }));
}
