import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Operator → condition key → value, as a policy writes it. */
export type Conditions = Record<string, Record<string, unknown>>;

/**
 * A statement of a resource policy that refuses everybody, whatever identity policies allow.
 *
 * @param resources by default `*`, which in the policy of a key or table is the key or table itself: neither can name its
 * own ARN without a cycle
 */
export function refusal(
  sid: string,
  actions: readonly string[],
  conditions?: Conditions,
  resources: readonly string[] = ['*'],
): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: [...resources],
    ...(conditions ? { conditions } : {}),
  });
}
