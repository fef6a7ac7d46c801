import { Bounded } from '../../../lib/attestation';

/** Calls in flight: the emulator is one process. */
const IN_FLIGHT = 16;

/** Runs a call for each, so many at a time; the first failure is the failure of all. Results in the order given. */
export function inParallel<One, Result>(all: readonly One[], call: (one: One) => Promise<Result>): Promise<Result[]> {
  const gate = new Bounded(IN_FLIGHT);
  return Promise.all(all.map((one) => gate.run(() => call(one))));
}
