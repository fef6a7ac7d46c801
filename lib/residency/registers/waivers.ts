/** Registered exceptions: one exact flow each, with an owner, a different approver, a reason, a legal basis and an end. */
import { z } from 'zod';
import { parseRegister } from './register-error';
import { isoDate, sentence } from './words';

const waiver = z.strictObject({
  /** The `fingerprint` of the flow as `enclave check` prints it. */
  fingerprint: sentence,
  owner: sentence,
  approver: sentence,
  reason: sentence,
  legalBasis: sentence,
  /** The last day on which the waiver holds. */
  expires: isoDate,
});

export const waiversSchema = z.strictObject({ waivers: z.array(waiver).default([]) });

export type Waiver = z.output<typeof waiver>;

/** Reads a parsed file of waivers. @throws RegisterError */
export function parseWaivers(data: unknown, file: string): readonly Waiver[] {
  return parseRegister(
    waiversSchema,
    data ?? {},
    file,
    'A waiver has fingerprint, owner, approver, reason, legalBasis and expires (YYYY-MM-DD).',
  ).waivers;
}
