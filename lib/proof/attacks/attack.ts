/** A row of the attack matrix: one call, or several that must all pass, told as a story and decided by the evaluator. */
export interface Check {
  /** `{name}` of the cast, `service:s3.amazonaws.com`, or `anonymous`. */
  readonly caller: string;
  readonly action: string;
  /** ARN with `{names}` of the cast; `*` for calls without a resource of ours. */
  readonly resource: string;
  /** From where and how the call comes. */
  readonly from: Origin;
  /** Keys beside those of the origin; null takes one away. */
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Bounds the caller is under beside the perimeter. */
  readonly under?: 'boundary' | 'session that may only list buckets';
}

/**
 * `endpoint`: through the site's own endpoint for the service. `other endpoint`: through one of the organization that is
 * not the site's. `foreign endpoint`: through one of somebody else. `internet`: through none. `abroad`: through none, by a
 * call to Virginia. `session`: through the endpoint, carrying all that the gateway gives a session.
 */
export type Origin = 'endpoint' | 'other endpoint' | 'foreign endpoint' | 'internet' | 'abroad' | 'session';

export interface Attack {
  readonly id: string;
  readonly expect: 'allow' | 'deny';
  readonly scenario: string;
  /** All must pass for the attack to succeed. */
  readonly checks: readonly Check[];
}

type Extra = Pick<Check, 'context' | 'under'>;

/** A row of one call. */
export const attack = (
  id: string,
  expect: Attack['expect'],
  scenario: string,
  caller: string,
  action: string,
  resource: string,
  from: Origin,
  extra: Extra = {},
): Attack => ({ id, expect, scenario, checks: [{ caller, action, resource, from, ...extra }] });

/** A row of one call with all its keys but one bent: shorthand for `context`. */
export const bent = (context: NonNullable<Check['context']>): Extra => ({ context });
