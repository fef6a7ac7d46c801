/** Runs at most `limit` tasks at a time, so that an attestation does not eat the account's API quota. */
export class Bounded {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {
    if (!Number.isInteger(limit) || limit < 1)
      throw new RangeError(`The limit is a positive whole number, not ${limit}.`);
  }

  /** Resolves or rejects as `task` does, once it had its turn. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    // A slot is handed over, not freed: a newcomer cannot take it between the release and the waiter's turn.
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
