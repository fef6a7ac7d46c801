/** Runs a call for each, so many at a time; the first failure ends it. Results in the order given. */
export async function inParallel<One, Result>(
  all: readonly One[],
  call: (one: One, index: number) => Promise<Result>,
  atOnce = 16,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < all.length) {
      const index = next;
      next += 1;
      results[index] = await call(all[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return results;
}
