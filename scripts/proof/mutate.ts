/**
 * Weakens every statement of the shipped policies in every simple way and asks which invariants notice:
 * `npx ts-node scripts/proof/mutate.ts [cdk.out]`. A mutant that nothing notices must be shown redundant: the layer that
 * still holds what the statement held is named by proving that the mutant allows nothing new.
 */
import { INVARIANTS, allowsNothingNew, prove } from '../../lib/proof';
import type { Invariant } from '../../lib/proof/invariants/invariant';
import { statementName } from '../../lib/proof/policy/document';
import type { PolicyDocument, PolicyStatement } from '../../lib/proof/policy/document';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { policiesAt } from './shipped';

interface Mutant {
  readonly name: string;
  /** Policy and Sid of the statement that was weakened. */
  readonly statement: string;
  /** It is an allowance: every proof may lean on its narrowness. */
  readonly grants: boolean;
  readonly policies: EnclavePolicies;
}

type Change = readonly [string, readonly PolicyStatement[]];

/** The ways to weaken one statement: drop it, narrow a denial, widen an allowance. */
function weakened(statement: PolicyStatement): readonly Change[] {
  const changes: Change[] = [['dropped', []]];
  const becomes = (what: string, change: Partial<PolicyStatement>): void => {
    changes.push([what, [{ ...statement, ...change }]]);
  };
  const { actions, resources, conditions } = statement;
  if (statement.effect === 'Deny') {
    if (actions.length > 1 && !statement.notAction) becomes(`without ${actions[0]}`, { actions: actions.slice(1) });
    if (statement.notAction) becomes('excepts s3:*, kms:* too', { actions: [...actions, 's3:*', 'kms:*'] });
    if (resources && resources.length > 1) becomes(`without ${resources[1]}`, { resources: resources.slice(0, 1) });
    conditions.forEach((condition, index) => {
      const others = conditions.filter((_, i) => i !== index);
      if (/Not/.test(condition.operator) && !/^For/.test(condition.operator)) {
        const here = { operator: 'Null', key: condition.key, values: ['false'] };
        becomes(`only if ${condition.key} is present`, { conditions: [...conditions, here] });
        const like = condition.operator.replace('Equals', 'Like');
        becomes(`${condition.key} may be anything`, {
          conditions: [
            ...others,
            { ...condition, operator: like, values: like.startsWith('Arn') ? ['arn:*:*:*:*:*'] : ['*'] },
          ],
        });
      }
    });
    return changes;
  }
  becomes('allows every action', { actions: ['*'], notAction: false });
  if (statement.principals)
    becomes('allows everybody', { principals: [{ kind: 'AWS', name: '*' }], notPrincipal: false });
  conditions.forEach((condition, index) =>
    becomes(`without the condition on ${condition.key}`, { conditions: conditions.filter((_, i) => i !== index) }),
  );
  return changes;
}

function mutantsOf(document: PolicyDocument): readonly (readonly [PolicyStatement, string, PolicyDocument])[] {
  return document.statements.flatMap((statement, index) =>
    weakened(statement).map(([what, replacement]) => {
      const statements = [
        ...document.statements.slice(0, index),
        ...replacement,
        ...document.statements.slice(index + 1),
      ];
      return [statement, what, { ...document, statements }] as const;
    }),
  );
}

const named = (document: PolicyDocument, statement: PolicyStatement, what: string): Omit<Mutant, 'policies'> => ({
  name: `${statementName(document, statement)}: ${what}`,
  statement: statementName(document, statement),
  grants: statement.effect === 'Allow',
});

/** One restricted resource of each kind at the first site stands for its likes, whose policies differ in names only. */
function mutants(policies: EnclavePolicies): readonly Mutant[] {
  const found: Mutant[] = [];
  policies.organizationPolicies.forEach((policy, index) => {
    for (const [statement, what, document] of mutantsOf(policy.document))
      found.push({
        ...named(policy.document, statement, what),
        policies: {
          ...policies,
          organizationPolicies: policies.organizationPolicies.map((p, i) => (i === index ? { ...p, document } : p)),
        },
      });
  });
  for (const resource of policies.guarded)
    resource.documents.forEach((own, index) => {
      for (const [statement, what, document] of mutantsOf(own))
        found.push({
          ...named(own, statement, what),
          policies: {
            ...policies,
            guarded: policies.guarded.map((r) =>
              r === resource ? { ...r, documents: r.documents.map((d, i) => (i === index ? document : d)) } : r,
            ),
          },
        });
    });
  return found;
}

/** The enclave as if only some of its stores were there: the first restricted one of each kind. */
function representative(policies: EnclavePolicies): EnclavePolicies {
  const account = policies.siteAccounts[0]!;
  const kinds = new Set<string>();
  const guarded = policies.guarded.filter((r) => {
    if (!r.restricted || r.account !== account || kinds.has(r.kind) || (r.kind === 'bucket' && !r.replicationRole))
      return false;
    kinds.add(r.kind);
    return true;
  });
  const key = policies.guarded.find((r) =>
    guarded.some(({ encryptedBy }) => encryptedBy !== undefined && r.arns.includes(encryptedBy)),
  );
  return {
    ...policies,
    siteAccounts: [account],
    guarded: [...guarded.filter((r) => r.kind !== 'key'), ...(key ? [key] : [])],
    roles: policies.roles.filter((r) => r.account === account).slice(-1),
  };
}

/** Invariant and place → the denials that suffice for its proof: no other statement's weakening can refute it. */
function leaning(policies: EnclavePolicies): ReadonlyMap<string, readonly string[]> {
  return new Map(
    prove(policies, INVARIANTS, { leansOn: true }).results.flatMap(({ slug, answers }) =>
      answers.flatMap((a) => (a.verdict === 'proved' ? [[`${slug} ${a.scope}`, a.leansOn ?? []] as const] : [])),
    ),
  );
}

function main(): void {
  const shipped = representative(policiesAt(process.argv[2]));
  const leansOn = leaning(shipped);
  const counts = { refuted: 0, redundant: 0, unnoticed: 0 };
  for (const mutant of mutants(shipped)) {
    const asked = INVARIANTS.map((one) => ({
      ...one,
      scopes: (policies: EnclavePolicies) =>
        one.scopes(policies).filter((scope) => {
          const sufficient = leansOn.get(`${one.slug} ${scope.name}`);
          return sufficient !== undefined && (mutant.grants || sufficient.includes(mutant.statement));
        }),
    })).filter((one) => one.scopes(mutant.policies).length > 0);
    const [noticed] = refutedBy(mutant.policies, asked);
    const kind = noticed !== undefined ? 'refuted' : allowsMore(mutant.policies, shipped) ? 'unnoticed' : 'redundant';
    counts[kind]++;
    const because =
      noticed ??
      (kind === 'redundant'
        ? 'allows nothing new: another statement denies it all'
        : 'allows what no invariant is about');
    process.stdout.write(`${kind.padEnd(10)}${mutant.name}  (${because})\n`);
  }
  process.stdout.write(`${JSON.stringify(counts)}\n`);
}

const refutedBy = (policies: EnclavePolicies, invariants: readonly Invariant[]): readonly string[] =>
  prove(policies, invariants).results.flatMap(({ slug, answers }) =>
    answers.some((a) => a.verdict === 'refuted') ? [slug] : [],
  );

const allowsMore = (mutant: EnclavePolicies, shipped: EnclavePolicies): boolean =>
  !prove(mutant, [allowsNothingNew(shipped)]).holds;

main();
