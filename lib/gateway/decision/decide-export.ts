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
import { decisionOf, denial } from './verdict';

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
  const unanswerable = [
    ...(Number.isSafeInteger(now) && now > 0 ? [] : ['clock.unreadable']),
    ...(dataset === undefined ? ['dataset.unknown'] : []),
  ];
  if (unanswerable.length > 0 || dataset === undefined) return denial(zone, engine.policyHash, unanswerable);
  const verdict = await engine.evaluate({
    recipient: { id: transfer.id, zone },
    dataset: { id: dataset.id, class: dataset.class },
    access,
    now,
    release,
    transfer: policyTransfer(transfer),
  });
  return decisionOf(verdict, zone, engine.policyHash);
}
