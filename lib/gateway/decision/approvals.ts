/** Who approved, who counts, and who stands in the requester's line. */
import type { Approval, Person, Requester } from './facts';

/** Roles whose approval can be the privacy approval. */
const PRIVACY_ROLE = 'privacy';

/** Number of distinct approvers other than the holder. */
export function countedApprovals(holder: string, approvals: readonly Approval[]): number {
  return new Set(approvals.map(({ approver }) => approver).filter((approver) => approver !== holder)).size;
}

/** Number of those who were privacy officers in the EEA when they approved. */
export function privacyApprovals(holder: string, approvals: readonly Approval[]): number {
  return countedApprovals(
    holder,
    approvals.filter(({ role, zone }) => role === PRIVACY_ROLE && zone === 'EEA'),
  );
}

/** One above the other, in either direction. */
export function inOneLine(a: Pick<Person, 'id' | 'managers'>, b: Pick<Person, 'id' | 'managers'>): boolean {
  return a.managers.includes(b.id) || b.managers.includes(a.id);
}

/** The requester's line as far as these approvals are concerned: everyone above, and approvers below. */
export function lineOf(requester: Pick<Requester, 'id' | 'managers'>, approvals: readonly Approval[]): string[] {
  const below = approvals.filter(({ managers }) => managers.includes(requester.id)).map(({ approver }) => approver);
  return [...new Set([...requester.managers, ...below])];
}
