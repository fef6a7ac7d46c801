/** The port to sessions: short-lived credentials that can read one dataset, and say on whose behalf. */
import type { StoredPlace } from './objects';

/** What a session is for; becomes its tags and, with the one place that may be read, the bounds of its policy. */
export interface SessionOrder extends StoredPlace {
  readonly person: string;
  readonly class: string;
  readonly dataset: string;
  readonly purpose: string;
  /** `none` where the class needs no grant. */
  readonly grantId: string;
  /** The access the broker allowed, used up by this session. */
  readonly accessId: string;
  readonly zone: string;
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
