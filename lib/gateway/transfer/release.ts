import type { Release } from '../decision/decide-export';
import type { Zone } from '../zones/requester-zone';
import type { Transfer } from './transfer';

/** In what form a transfer lets something leave: what the policies are asked about, and what is then done. */
export const releaseOf = (
  { class: of, minimumGroup = 0 }: Pick<Transfer, 'class' | 'minimumGroup'>,
  zone: Zone,
): Release =>
  of === 'aggregate'
    ? { form: 'aggregated', minimumGroup, noise: zone !== 'EEA' && zone !== 'ADEQUATE' }
    : { form: 'pseudonymised', minimumGroup: 0, noise: false };
