/** What to do about a snapshot that differs. */
export const HINT =
  'A snapshot differs. What does it mean for residency? Run npx cdk synth -q, then npx enclave diff --base main; accept it with npx jest -u.\n';

/** Prints the hint when snapshots of the calling test file differ. */
export function hintAtDiff(write: (words: string) => unknown = (words) => process.stderr.write(words)): void {
  afterAll(() => {
    if (snapshotsDiffer(expect.getState() as Counted)) write(HINT);
  });
}

/** What jest counts; its types leave it out. */
export interface Counted {
  readonly snapshotState?: { readonly unmatched: number };
}

/** Whether a snapshot compared so far in this file was not what it is recorded as. */
export function snapshotsDiffer(state: Counted): boolean {
  return (state.snapshotState?.unmatched ?? 0) > 0;
}
