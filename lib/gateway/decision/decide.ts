/**
 * The decision: a pure function of what was asked, the grant, the requester as the directory knows them, the clock and
 * the kill switch. Same code at the pre-check, in the broker and in the data plane.
 */
import type { PolicyEngine, PolicyQuery, PolicyVerdict } from '../policies/policy-engine';
import type { GatewaySettings } from '../settings';
import { requesterZone } from '../zones/requester-zone';
import type { Zone } from '../zones/requester-zone';
import { candidateAnswers, sessionSeconds } from './answers';
import type { Access, Dataset, Grant, RegisteredTransfer, Requester } from './facts';
import type { Obligations } from './obligations';
import { policyGrant, policyPerson, policyTransfer } from './policy-facts';
import { decisionOf, denial } from './verdict';

/** Everything a decision depends on. */
export interface Question {
  readonly requester: Requester;
  /** What was asked for, word by word; nothing of it becomes an attribute of a person or a dataset. */
  readonly asked: { readonly dataset: string; readonly class: string; readonly purpose: string };
  /** The dataset as registered; absent: no such row. */
  readonly dataset?: Dataset | undefined;
  readonly grant?: Grant | undefined;
  /** The row of the transfer register the grant names; absent: none, or no such row. */
  readonly transfer?: RegisteredTransfer | undefined;
  readonly access: Access;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Why it was denied: the id of a policy, or a code of the core itself. */
export type ReasonCode = string;

export interface Decision {
  readonly outcome: 'allow' | 'deny';
  readonly zone: Zone;
  /** Empty when allowed. */
  readonly reasons: readonly ReasonCode[];
  /** Ids of the policies that decided. */
  readonly policies: readonly string[];
  readonly policyHash: string;
  /** Present exactly when allowed. */
  readonly obligations?: Obligations;
}

/** Codes of denials that need no policy: the question itself cannot be put. */
export const CORE_REASONS: Readonly<Record<string, string>> = {
  'dataset.unknown': 'there is no such dataset in the register',
  'class.mismatch': 'the dataset is registered under another class than the one asked for',
  'purpose.unknown': 'the purpose is not on the closed list',
  'role.unknown': 'the role of the person is not one the gateway knows',
  'clock.unreadable': 'the time is not known',
  'no-policy-permits': 'no policy permits it',
  'invalid-question': 'the decision engine does not accept the question',
  'policy-error': 'a policy could not be evaluated',
  'engine-unavailable': 'the decision engine did not answer',
};

/** Decides. Never throws for what was asked; anything unknown is denied. */
export async function decide(q: Question, settings: GatewaySettings, engine: PolicyEngine): Promise<Decision> {
  const zone = requesterZone(q.requester.countries);
  const role = settings.roles.find(({ id }) => id === q.requester.role);
  const unanswerable = problems(q, settings, role !== undefined);
  if (unanswerable.length > 0 || !q.dataset || !role) return denial(zone, engine.policyHash, unanswerable);

  const seconds = sessionSeconds(q.now, q.grant?.expiresAt, settings);
  let last: PolicyVerdict = { allowed: false, policies: [] };
  for (const answer of candidateAnswers(q.dataset.class, seconds, settings)) {
    last = await engine.evaluate(policyQuery(q, q.dataset, zone, role.cleared, answer));
    if (last.allowed) return { ...decisionOf(last, zone, engine.policyHash), obligations: answer };
    if (last.failure) break;
  }
  // The poorest answer says best what is missing: the richer ones are refused for being rich as well.
  return decisionOf(last, zone, engine.policyHash);
}

function problems(q: Question, settings: GatewaySettings, roleKnown: boolean): string[] {
  return [
    ...(Number.isSafeInteger(q.now) && q.now > 0 ? [] : ['clock.unreadable']),
    ...(q.dataset?.id === q.asked.dataset ? [] : ['dataset.unknown']),
    ...(q.dataset && q.dataset.class !== q.asked.class ? ['class.mismatch'] : []),
    ...(settings.purposes.some(({ id }) => id === q.asked.purpose) ? [] : ['purpose.unknown']),
    ...(roleKnown ? [] : ['role.unknown']),
  ];
}

/** The question as the policies see it, for one candidate answer. */
export function policyQuery(
  { requester, asked, grant, transfer, access, now }: Question,
  dataset: Dataset,
  zone: Zone,
  cleared: readonly string[],
  answer: Obligations,
): PolicyQuery {
  return {
    person: policyPerson(requester, zone, cleared, grant?.approvals ?? []),
    dataset: { id: dataset.id, class: dataset.class },
    access,
    now,
    purpose: asked.purpose,
    answer,
    ...(grant ? { grant: policyGrant(grant) } : {}),
    ...(transfer && grant?.transfer === transfer.id ? { transfer: policyTransfer(transfer) } : {}),
  };
}
