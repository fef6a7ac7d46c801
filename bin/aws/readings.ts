/** Clients for every account and Region that is attested: adaptive retry, bounded in flight. */
import { Bounded, Reading } from '../../lib/attestation';
import type { Readings, ReadingOptions } from '../../lib/attestation';
import type { AwsSession } from './session';

/** Attempts per call, throttled ones included. */
const ATTEMPTS = 8;
/** Calls in flight per account and Region: that is how AWS counts requests. */
const IN_FLIGHT = 4;

export type ReadingsOptions = Omit<ReadingOptions, 'gate'>;

export function readingsOf(session: AwsSession, options: ReadingsOptions = {}): Readings {
  return async (account, region) => {
    const access = await session.access(account, region);
    if ('why' in access) return access;
    const settings = { retryMode: 'adaptive', maxAttempts: ATTEMPTS, ...access };
    return new Reading({ account, region }, (connect) => connect(settings), {
      gate: new Bounded(IN_FLIGHT),
      ...options,
    });
  };
}
