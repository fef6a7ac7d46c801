/** The ways to weaken one statement: drop a denial or narrow it, widen an allowance. */
import type { ConditionTest, PolicyStatement } from '../../../lib/proof/policy/document';

export interface Weakening {
  readonly what: string;
  /** Undefined: the statement is gone. */
  readonly statement: PolicyStatement | undefined;
}

export const weakened = (statement: PolicyStatement): readonly Weakening[] =>
  statement.effect === 'Deny' ? narrowed(statement) : widened(statement);

function narrowed(statement: PolicyStatement): readonly Weakening[] {
  const { actions, notAction, resources, notResource, conditions } = statement;
  const changes: Weakening[] = [{ what: 'dropped', statement: undefined }];
  const becomes = (what: string, change: Partial<PolicyStatement>): void => {
    changes.push({ what, statement: { ...statement, ...change } });
  };
  if (notAction) becomes('excepts s3:* and kms:* too', { actions: [...actions, 's3:*', 'kms:*'] });
  else if (actions.length > 1)
    actions.forEach((action, i) => becomes(`without ${action}`, { actions: others(actions, i) }));
  if (resources && !notResource && resources.length > 1)
    resources.forEach((resource, i) => becomes(`not on ${resource}`, { resources: others(resources, i) }));
  conditions.forEach((condition, i) => {
    for (const [what, replacement] of harder(condition))
      becomes(what, { conditions: [...others(conditions, i), ...replacement] });
  });
  return changes;
}

/** Conditions that hold of fewer requests. */
function* harder(condition: ConditionTest): Iterable<readonly [string, readonly ConditionTest[]]> {
  const { operator, key, values } = condition;
  const isPresent = { operator: 'Null', key, values: ['false'] };
  const negated = /Not/.test(operator);
  const ofList = /^For/.test(operator);
  if (negated && !ofList) {
    yield [`only if ${key} is present`, [condition, isPresent]];
    const arn = operator.startsWith('Arn');
    yield [
      `${key} may be anything`,
      [{ operator: operator.replace('Equals', 'Like'), key, values: [arn ? 'arn:*:*:*:*:*' : '*'] }],
    ];
  }
  if (negated && ofList)
    yield [
      `only if no value of ${key} is allowed`,
      [{ ...condition, operator: operator.replace('ForAnyValue', 'ForAllValues') }, isPresent],
    ];
  if (/IfExists$/.test(operator) && !negated) yield [`only if ${key} is present`, [condition, isPresent]];
  if (!negated && values.length > 1)
    for (const value of values)
      yield [`not for ${value}`, [{ ...condition, values: values.filter((v) => v !== value) }]];
}

function widened(statement: PolicyStatement): readonly Weakening[] {
  const { actions, resources, principals, conditions } = statement;
  const becomes = (what: string, change: Partial<PolicyStatement>): Weakening => ({
    what,
    statement: { ...statement, ...change },
  });
  return [
    ...(actions.includes('*') ? [] : [becomes('allows every action', { actions: ['*'], notAction: false })]),
    ...(resources === undefined || resources.includes('*')
      ? []
      : [becomes('allows every resource', { resources: ['*'], notResource: false })]),
    ...(principals === undefined || principals.some(({ name }) => name === '*')
      ? []
      : [becomes('allows everybody', { principals: [{ kind: 'AWS', name: '*' }], notPrincipal: false })]),
    ...conditions.map(({ operator, key }, i) =>
      becomes(`without ${operator} on ${key}`, { conditions: others(conditions, i) }),
    ),
  ];
}

const others = <T>(all: readonly T[], index: number): readonly T[] => all.filter((_, i) => i !== index);
