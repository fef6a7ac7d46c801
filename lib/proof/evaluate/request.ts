import type { PolicyDocument } from '../policy/document';

/** One concrete call, as AWS would see it. */
export type Caller =
  | { readonly kind: 'identity'; readonly arn: string; readonly account: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'anonymous' };

export interface ConcreteRequest {
  readonly caller: Caller;
  /** As AWS writes it; case does not matter. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys beyond those that follow from the caller. Names in any case; a missing key is absent. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Boundary and session policies: each must allow the call and none deny it. */
  readonly under?: readonly PolicyDocument[];
}

export type Decision =
  | { readonly allowed: true; readonly because: string }
  /** `because` names policy and Sid, or what is missing. */
  | { readonly allowed: false; readonly because: string };
