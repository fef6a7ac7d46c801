/** May a grant be taken back by this person? Asked of the policies alone; the kill switch and the clock do not stop it. */
import type { PolicyEngine } from '../policies/policy-engine';
import type { GatewaySettings } from '../settings';
import { requesterZone } from '../zones/requester-zone';
import type { Decision } from './decide';
import type { Dataset, Grant, Requester } from './facts';
import { policyGrant, policyPerson } from './policy-facts';
import { decisionOf, denial } from './verdict';

export interface RevocationQuestion {
  readonly requester: Requester;
  readonly grant: Grant;
  /** The grant's dataset as registered; absent: no such row any more. */
  readonly dataset: Dataset | undefined;
}

/** Decides. Never throws for what was asked. */
export async function decideRevocation(
  { requester, grant, dataset }: RevocationQuestion,
  settings: GatewaySettings,
  engine: PolicyEngine,
): Promise<Decision> {
  const zone = requesterZone(requester.countries);
  const role = settings.roles.find(({ id }) => id === requester.role);
  if (!role) return denial(zone, engine.policyHash, ['role.unknown']);
  const verdict = await engine.evaluate({
    person: policyPerson(requester, zone, role.cleared, grant.approvals),
    // A dataset that left the register leaves grants behind, which can be taken back all the same.
    dataset: { id: grant.dataset, class: dataset?.class ?? grant.class },
    revoked: policyGrant(grant),
  });
  return decisionOf(verdict, zone, engine.policyHash);
}
