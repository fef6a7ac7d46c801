/** An account in one Region: what one set of clients can read. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Why an account or Region cannot be read at all, and what to do. */
export interface Unreadable {
  readonly why: string;
  readonly remedy: string;
}
