/** Registered flows of non-restricted data out of the EEA, each with its legal mechanism. Restricted data cannot be listed. */
import { z } from 'zod';
import { parseRegister } from './register-error';
import { isoDate, sentence } from './words';

export const TRANSFER_MECHANISMS = [
  /** No transfer in the law's sense: a receiver in the EEA whose account is not ours. */
  'within-eea',
  'adequacy',
  'standard-contractual-clauses',
  'binding-corporate-rules',
  'derogation',
] as const;

const transfer = z.strictObject({
  id: sentence,
  /** Class of the store the data leaves. There is no transfer of restricted data. */
  class: z.enum(['interoperable', 'public', 'aggregate', 'audit']),
  /** Store: its physical name, its construct path or `stack/logicalId`. */
  store: sentence,
  /** Destination as the flow states it: Region, host name, account or bucket name. */
  destination: sentence,
  mechanism: z.enum(TRANSFER_MECHANISMS),
  /** Id of the transfer impact assessment. */
  assessment: sentence,
  /** The last day on which the transfer may happen. */
  until: isoDate.optional(),
});

export const transfersSchema = z.strictObject({ transfers: z.array(transfer).default([]) });

export type Transfer = z.output<typeof transfer>;

/** Reads a parsed transfer register. @throws RegisterError */
export function parseTransfers(data: unknown, file: string): readonly Transfer[] {
  return parseRegister(
    transfersSchema,
    data ?? {},
    file,
    'A transfer has id, class (never restricted), store, destination, mechanism and assessment.',
  ).transfers;
}
