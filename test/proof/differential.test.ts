/** Two programs that share no decision code decide the same random calls under the same random policies. */
import fc from 'fast-check';
import { RESOURCE_UNIT, CALLER_UNIT } from '../../lib/proof/attachment';
import { authorization } from '../../lib/proof/authorization';
import { decideRequest } from '../../lib/proof/evaluate/decide';
import type { Caller } from '../../lib/proof/evaluate/request';
import { ACTION, FAMILY, RESOURCE } from '../../lib/proof/encode/tests';
import type { Family } from '../../lib/proof/families';
import { holds } from '../../lib/proof/logic/atom';
import type { RequestValue } from '../../lib/proof/logic/atom';
import { evaluate, forgetting } from '../../lib/proof/logic/formula';
import type { ConditionTest, PolicyDocument, PolicyStatement } from '../../lib/proof/policy/document';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { resourceScope } from '../../lib/proof/scope';
import { ORGANIZATION, SITE, smallEnclave } from './small-enclave';

const UNIT = 'ou-smal-00000001';
const BUCKET = 'arn:aws:s3:::small-media';
const ARNS = [
  `arn:aws:iam::${SITE}:role/small/app/reader`,
  `arn:aws:iam::${SITE}:role/Admin`,
  'arn:aws:iam::999999999999:role/Admin',
  `arn:aws:iam::${SITE}:role/aws-service-role/s3.amazonaws.com/Any`,
];

const condition: fc.Arbitrary<ConditionTest> = fc.oneof(
  fc.record({
    operator: fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLikeIfExists',
      'StringEqualsIgnoreCase',
    ),
    key: fc.constantFrom('aws:requestedregion', 'aws:principalorgid', 'aws:sourcevpce'),
    values: fc.subarray(['eu-west-1', 'EU-west-1', 'eu-*', ORGANIZATION, 'vpce-1', 'vpce-?'], { minLength: 1 }),
  }),
  fc.record({
    operator: fc.constantFrom('ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEqualsIfExists'),
    key: fc.constant('aws:principalarn'),
    values: fc.subarray([...ARNS, `arn:aws:iam::${SITE}:*`, 'arn:aws:iam::*:role/small/*'], { minLength: 1 }),
  }),
  fc.record({
    operator: fc.constantFrom(
      'ForAnyValue:StringEquals',
      'ForAllValues:StringLike',
      'ForAnyValue:StringNotEquals',
      'ForAllValues:StringNotLike',
    ),
    key: fc.constant('aws:tagkeys'),
    values: fc.subarray(['gw:a', 'gw:*', 'team'], { minLength: 1 }),
  }),
  fc.record({
    operator: fc.constantFrom('Bool', 'BoolIfExists', 'Null'),
    key: fc.constantFrom('aws:securetransport', 'aws:principalisawsservice'),
    values: fc.constantFrom(['true'], ['false']),
  }),
  fc.record({
    operator: fc.constantFrom('NumericLessThan', 'NumericGreaterThanEqualsIfExists', 'NumericNotEquals'),
    key: fc.constant('s3:tlsversion'),
    values: fc.constantFrom(['1.2'], ['1.3']),
  }),
  fc.record({
    operator: fc.constantFrom('IpAddress', 'NotIpAddress'),
    key: fc.constant('aws:sourceip'),
    values: fc.subarray(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'], { minLength: 1 }),
  }),
);

const statement = (named: boolean): fc.Arbitrary<PolicyStatement> =>
  fc.record({
    sid: fc.constantFrom('A', 'B', 'C'),
    effect: fc.constantFrom('Allow' as const, 'Deny' as const),
    actions: fc.subarray(['s3:GetObject', 's3:Get*', 's3:*', 'S3:listbucket'], { minLength: 1 }),
    notAction: fc.boolean(),
    resources: fc.constantFrom(['*'], [BUCKET], [`${BUCKET}/*`], [BUCKET, `${BUCKET}/*`]),
    notResource: fc.boolean(),
    principals: named
      ? fc.constantFrom(
          [{ kind: 'AWS' as const, name: '*' }],
          [{ kind: 'AWS' as const, name: ARNS[0]! }],
          [{ kind: 'AWS' as const, name: `arn:aws:iam::${SITE}:root` }],
          [{ kind: 'Service' as const, name: 's3.amazonaws.com' }],
        )
      : fc.constant(undefined),
    notPrincipal: named ? fc.boolean() : fc.constant(false),
    conditions: fc.array(condition, { maxLength: 2 }),
  });

const document = (name: string, named: boolean): fc.Arbitrary<PolicyDocument> =>
  fc.record({ name: fc.constant(name), statements: fc.array(statement(named), { minLength: 1, maxLength: 3 }) });

const context = fc.record(
  {
    'aws:requestedregion': fc.constantFrom('eu-west-1', 'us-east-1'),
    'aws:sourcevpce': fc.constantFrom('vpce-1', 'vpce-22'),
    'aws:tagkeys': fc.constantFrom(['gw:a'], ['team'], ['gw:a', 'team'], ['other']),
    'aws:securetransport': fc.constantFrom('true', 'false'),
    's3:tlsversion': fc.constantFrom('1.1', '1.2', '1.3'),
    'aws:sourceip': fc.constantFrom('10.1.2.3', '192.0.2.7', '192.0.2.8', '2001:db8::1'),
  },
  { requiredKeys: ['aws:requestedregion'] },
);

const caller: fc.Arbitrary<Caller> = fc.oneof(
  fc.constantFrom(...ARNS).map((arn) => ({ kind: 'identity' as const, arn, account: arn.split(':')[4]! })),
  fc.constant({ kind: 'service' as const, name: 's3.amazonaws.com' }),
  fc.constant({ kind: 'anonymous' as const }),
);

function familyOf(who: Caller): Family {
  if (who.kind !== 'identity') return who.kind;
  if (who.arn.includes('aws-service-role')) return 'service-linked role';
  return who.account === SITE ? 'same account' : 'external';
}

test('prover and evaluator decide every random call the same', () => {
  const small = smallEnclave();
  const media = small.guarded.find((r) => r.kind === 'bucket')!;
  fc.assert(
    fc.property(
      document('bucket', true),
      document('scp', false),
      document('rcp', true),
      context,
      caller,
      fc.constantFrom('s3:GetObject', 's3:ListBucket', 's3:PutObject'),
      fc.constantFrom(BUCKET, `${BUCKET}/o`),
      (bucket, scp, rcp, keys, who, called, on) => {
        const policies: EnclavePolicies = {
          ...small,
          endpoints: [],
          guarded: [{ ...media, documents: [bucket] }],
          organizationPolicies: [
            {
              kind: 'scp',
              document: { ...scp, statements: scp.statements.map((s) => ({ ...s, effect: 'Deny' as const })) },
              targets: [UNIT],
            },
            {
              kind: 'rcp',
              document: { ...rcp, statements: rcp.statements.map((s) => ({ ...s, effect: 'Deny' as const })) },
              targets: [UNIT],
            },
          ],
        };
        const decided = decideRequest(
          policies,
          { caller: who, action: called, resource: on, context: keys as unknown as Record<string, string> },
          UNIT,
        );
        const seen = new Map<string, RequestValue>(Object.entries(keys));
        seen.set(FAMILY, familyOf(who)).set(ACTION, called.toLowerCase()).set(RESOURCE, on);
        seen.set(CALLER_UNIT, UNIT).set(RESOURCE_UNIT, UNIT);
        if (who.kind === 'identity') seen.set('aws:principalarn', who.arn).set('aws:principalaccount', who.account);
        if (who.kind === 'identity' && who.account === SITE) seen.set('aws:principalorgid', ORGANIZATION);
        if (who.kind === 'service') seen.set('aws:principalservicename', who.name);
        if (who.kind !== 'anonymous') seen.set('aws:principalisawsservice', String(who.kind === 'service'));
        const proved = forgetting(() =>
          evaluate(authorization(resourceScope(policies, policies.guarded[0]!)).allowed, (atom) =>
            holds(atom, seen.get(atom.variable)),
          ),
        );
        return proved === decided.allowed;
      },
    ),
    { numRuns: 3000 },
  );
});
