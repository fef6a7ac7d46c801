/** Registers that are part of the deployed code: changed by review, not at run time. */
import type { Dataset, RegisteredTransfer } from '../decision/facts';

export interface Registers {
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly transfers: ReadonlyMap<string, RegisteredTransfer>;
}
