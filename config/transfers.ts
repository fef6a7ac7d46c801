import type { TransferInput } from './transfer-schema';

/**
 * Every export of data out of the enclave. There is none, and so no export bucket is built and nothing leaves.
 *
 * docs/pseudonymisation.md shows an entry. Adding one needs the approval of a person other than its owner, and, for a
 * third country, an impact assessment; an entry that is wrong or expired fails synth.
 */
export const transfers: readonly TransferInput[] = [];
