/** Waivers and transfers: what may cover a finding, and what is wrong with the exceptions themselves. */
import { FINGERPRINT } from './fingerprint';
import type { Flow, StoreRef } from './model';
import type { JudgeOptions } from './options';
import type { Waiver } from './registers/waivers';

const DAY = 24 * 60 * 60 * 1000;

/** True until the end (UTC) of an ISO day. */
export function holdsOn(day: string, now: Date): boolean {
  return now.getTime() < Date.parse(`${day}T00:00:00Z`) + DAY;
}

/** Why a waiver covers nothing, or undefined when it is in order. */
export function objectionTo(waiver: Waiver, now: Date): { readonly rule: string; readonly why: string } | undefined {
  if (!FINGERPRINT.test(waiver.fingerprint))
    return { rule: 'waiver-over-broad', why: `"${waiver.fingerprint}" is not the exact fingerprint of one flow` };
  if (waiver.owner.trim().toLowerCase() === waiver.approver.trim().toLowerCase())
    return { rule: 'waiver-self-approved', why: `${waiver.owner} is both owner and approver` };
  if (!holdsOn(waiver.expires, now)) return { rule: 'waiver-expired', why: `it ended on ${waiver.expires}` };
  return undefined;
}

/** The transfer that covers a flow of data that is not restricted, as words; undefined when none does. */
export function transferFor(
  flow: Pick<Flow, 'store' | 'destination'>,
  storeIdentity: string,
  options: JudgeOptions,
): string | undefined {
  const { store, destination } = flow;
  if (store.class === 'restricted') return undefined;
  const names = new Set([storeIdentity, store.constructPath, `${store.stack}/${store.logicalId}`]);
  const ends = new Set([destination.value, destination.region, destination.account]);
  const found = options.transfers.find(
    (transfer) =>
      transfer.class === store.class &&
      names.has(transfer.store) &&
      ends.has(transfer.destination) &&
      (transfer.until === undefined || holdsOn(transfer.until, options.now)),
  );
  return found && `transfer ${found.id} (${found.mechanism}, ${found.assessment})`;
}

/** A waiver in the place of a store, for findings about the waiver itself. */
export function waiverAsStore(waiver: Waiver): StoreRef {
  return { stack: '', logicalId: waiver.fingerprint, type: 'waiver', class: 'restricted', classified: false };
}
