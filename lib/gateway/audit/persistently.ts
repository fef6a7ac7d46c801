/** Tries again, each time after twice the wait: throttling is no reason to lose a record. */
export interface Persistence {
  readonly attempts: number;
  /** Wait before the second attempt, in milliseconds. */
  readonly firstWait: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** In [0, 1): spreads the waits of concurrent writers. */
  readonly random: () => number;
}

/** @throws the last error when every attempt failed */
export async function persistently(attempt: () => Promise<void>, how: Persistence): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= how.attempts) throw error;
      await how.sleep(how.firstWait * 2 ** (tried - 1) * (0.5 + how.random() / 2));
    }
  }
}
