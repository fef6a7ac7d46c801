/**
 * The decision about what leaves: a pure function of the transfer's row, the dataset as registered, the clock and the kill
 * switch. The same policies, the same engine and the same fail-closed reading as for people.
 */
import type { PolicyEngine } from '../policies/policy-engine';
import type { Zone } from '../zones/requester-zone';
import type { Decision } from './decide';
import type { Access, Dataset, RegisteredTransfer } from './facts';
import type { Obligations } from './obligations';
import { policyTransfer } from './policy-facts';

/** In what form something leaves. */
export type Release = Pick<Obligations, 'form' | 'minimumGroup' | 'noise'>;

export interface ExportQuestion {
  readonly transfer: RegisteredTransfer;
  readonly dataset: Dataset | undefined;
  /** Of the recipient, looked up now: a country that lost its adequacy decision changes it. */
  readonly zone: Zone;
  readonly release: Release;
  readonly access: Access;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Decides. Never throws for what was asked; what is not known is denied. */
export async function decideExport(
  { transfer, dataset, zone, release, access, now }: ExportQuestion,
  engine: PolicyEngine,
): Promise<Decision> {
  const decision = (reasons: readonly string[], policies: readonly string[], outcome: Decision['outcome']) => ({
    outcome,
    zone,
    reasons,
    policies,
    policyHash: engine.policyHash,
  });
  const unanswerable = [
    ...(Number.isSafeInteger(now) && now > 0 ? [] : ['clock.unreadable']),
    ...(dataset === undefined ? ['dataset.unknown'] : []),
  ];
  if (unanswerable.length > 0 || dataset === undefined) return decision(unanswerable, [], 'deny');
  const { allowed, policies, failure } = await engine.evaluate({
    recipient: { id: transfer.id, zone },
    dataset: { id: dataset.id, class: dataset.class },
    access,
    now,
    release,
    transfer: policyTransfer(transfer),
  });
  if (allowed) return decision([], policies, 'allow');
  return decision(failure ? [failure] : policies.length > 0 ? policies : ['no-policy-permits'], policies, 'deny');
}
