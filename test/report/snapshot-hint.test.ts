import { HINT, snapshotsDiffer } from '../enclave/snapshot-hint';
import type { Counted } from '../enclave/snapshot-hint';

test('a snapshot that differs is told apart from those that do not, by what jest itself counts', () => {
  const { snapshotState } = expect.getState() as unknown as Required<Counted>;
  expect(typeof snapshotState.unmatched).toBe('number');
  expect(snapshotsDiffer({ snapshotState })).toBe(false);
  expect(snapshotsDiffer({ snapshotState: { unmatched: 1 } })).toBe(true);
});

test('the hint names the command that says what the difference means', () => {
  expect(HINT).toContain('npx enclave diff --base main');
});
