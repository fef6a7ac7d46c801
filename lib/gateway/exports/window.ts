/** Which objects of a dataset a run looks at: what was written in this month or the one before. */
import { epochOf } from '../pseudonymise';

/**
 * History does not leave because a transfer was registered, and what an export bucket has long removed is never made a
 * second time: an output stands there longer than any object stays in this window.
 */
export function inWindow(written: Date, now: Date): boolean {
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  return [epochOf(now), epochOf(before)].includes(epochOf(written));
}
