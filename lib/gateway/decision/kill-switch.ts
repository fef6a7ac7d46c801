/**
 * The kill switch: off by the auditor or whoever is on call, alone; on by an operator and the auditor, one after the
 * other. A flag that cannot be read is off.
 */
import { z } from 'zod';
import { moment, personId, registeredName } from './facts';
import type { Access, Person } from './facts';

const switchSchema = z.strictObject({
  access: z.enum(['on', 'off']),
  changedAt: moment,
  changedBy: z.array(personId).max(2),
  /** What the broker allowed before this moment is void. */
  voidBefore: moment,
  /** One half of switching on. */
  proposal: z.strictObject({ by: personId, role: registeredName, at: moment }).optional(),
});
export type SwitchState = z.output<typeof switchSchema>;

/** Roles that may switch off alone, and the two that switch on together. */
const MAY_STOP: readonly string[] = ['auditor', 'on-call'];
const START_TOGETHER: readonly string[] = ['operator', 'auditor'];

/** The state a text says, or undefined when it says none. */
export function parseSwitch(text: string): SwitchState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = switchSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

export const switchText = (state: SwitchState): string => JSON.stringify(state);

/** The state a site begins with. Off: the first act is to switch it on, by two. */
export function initialSwitch(now: number): SwitchState {
  return { access: 'off', changedAt: now, changedBy: [], voidBefore: now };
}

export const accessOf = (state: SwitchState | undefined): Access => state?.access ?? 'unreadable';

export type SwitchOutcome =
  | { readonly result: 'switched' | 'proposed'; readonly state: SwitchState }
  | { readonly result: 'refused'; readonly reason: string };

/** The state after switching off, whatever it was before. */
export function switchOff(by: Pick<Person, 'id' | 'role' | 'active'>, now: number): SwitchOutcome {
  if (!by.active || !MAY_STOP.includes(by.role))
    return { result: 'refused', reason: 'switch.off-by-auditor-or-on-call' };
  return { result: 'switched', state: { access: 'off', changedAt: now, changedBy: [by.id], voidBefore: now } };
}

/** The state after one person asked to switch on: a proposal, or on when the other of the two asked before. */
export function switchOn(
  current: SwitchState | undefined,
  by: Pick<Person, 'id' | 'role' | 'active'>,
  now: number,
  proposalSeconds: number,
): SwitchOutcome {
  if (!by.active || !START_TOGETHER.includes(by.role))
    return { result: 'refused', reason: 'switch.on-by-operator-and-auditor' };
  const before = current ?? initialSwitch(now);
  if (before.access === 'on') return { result: 'refused', reason: 'switch.is-on' };
  const { proposal } = before;
  const stands = proposal !== undefined && now >= proposal.at && now < proposal.at + proposalSeconds * 1000;
  if (stands && proposal.by !== by.id && proposal.role !== by.role) {
    const changedBy = [proposal.by, by.id];
    return { result: 'switched', state: { access: 'on', changedAt: now, changedBy, voidBefore: before.voidBefore } };
  }
  const { access, changedAt, changedBy, voidBefore } = before;
  const next = { access, changedAt, changedBy, voidBefore, proposal: { by: by.id, role: by.role, at: now } };
  return { result: 'proposed', state: next };
}
