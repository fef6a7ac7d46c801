/** What an assembly shows of a promise. */
import type { RegisterInput } from '../model';

export type Status = 'met' | 'stand-in' | 'not shown';

export interface Finding {
  readonly status: Status;
  /** What was seen, in one sentence. */
  readonly because: string;
}

export interface Commitment {
  readonly id: `P${number}`;
  readonly promise: string;
  readonly shownBy: string;
  readonly look: (input: RegisterInput) => Finding;
}

export const met = (because: string): Finding => ({ status: 'met', because });
export const notShown = (because: string): Finding => ({ status: 'not shown', because });
