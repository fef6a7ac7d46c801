/** What an export that was given up is recorded as: a code, never the message of an error. */
import { BudgetExhausted, TableRefused } from '../aggregate';
import { DatasetError } from '../datasets';
import { Refusal } from '../handling/refusal';
import { TooManyQuarantined, UnreadableObject } from '../pseudonymise';
import { TransferRefused } from '../transfer';

const CODES: readonly (readonly [new (message?: string) => Error, string])[] = [
  [TransferRefused, 'transfer.not-in-order'],
  [TooManyQuarantined, 'export.too-many-quarantined'],
  [UnreadableObject, 'export.unreadable'],
  [DatasetError, 'export.dataset'],
  [BudgetExhausted, 'export.noise-is-spent'],
  [TableRefused, 'export.table-too-large'],
];

/** The refusal behind an error that another try would not mend; undefined for any other. */
export function lastingRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const [, code] = CODES.find(([kind]) => error instanceof kind) ?? [];
  return code === undefined ? undefined : new Refusal(422, [code]);
}
