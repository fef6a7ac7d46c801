/** The port to sessions: short-lived credentials that can read one dataset, and say on whose behalf. */

/** What a session is for; becomes its tags and the bounds of its policy. */
export interface SessionOrder {
  readonly person: string;
  readonly class: string;
  readonly dataset: string;
  readonly purpose: string;
  /** `none` where the class needs no grant. */
  readonly grantId: string;
  /** The access the broker allowed, used up by this session. */
  readonly accessId: string;
  readonly zone: string;
  /** ARN of the access point, or name of the bucket, and the one key that may be read. */
  readonly source: string;
  readonly key: string;
  readonly seconds: number;
}

/** Credentials that never leave the function that reads with them: no requester in any zone receives them. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface Sessions {
  open(order: SessionOrder): Promise<Session>;
}
