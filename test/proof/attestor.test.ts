/** What the perimeter lets the attestor do, which is to look everywhere; and that nobody else gains by it. */
import attestorDocument from '../../lib/enclave/attestation/attestor-policy.json';
import { allowsNothingNew, prove } from '../../lib/proof';
import { CALLER_UNIT, unitsOf } from '../../lib/proof/attachment';
import { family } from '../../lib/proof/authorization';
import { action, is } from '../../lib/proof/encode/tests';
import { ATTESTOR_INVARIANTS } from '../../lib/proof/invariants/attestor';
import { attestorsOf, isAttestor, readsAsAttestor } from '../../lib/proof/invariants/attestor-reads';
import type { Invariant } from '../../lib/proof/invariants/invariant';
import { and, forgetting, implies, not } from '../../lib/proof/logic/formula';
import type { Formula } from '../../lib/proof/logic/formula';
import type { PolicyDocument } from '../../lib/proof/policy/document';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { answering, formulasOf } from '../../lib/proof/prove';
import { questionOf } from '../../lib/proof/question';
import { accountScope, resourceScope } from '../../lib/proof/scope';
import type { Scope } from '../../lib/proof/scope';
import { shippedPolicies } from './shipped';

const READS = attestorDocument.Statement.flatMap(({ Action }) => Action);
/** All Regions that no policy names are one to the prover; the evaluator's test goes through each of them. */
const FAR = 'us-east-1';
const ATTESTOR = /:role\/enclave\/oversight\/attestor$/;

/** Which of these requests go through here. */
function possible(scope: Scope, requests: readonly (readonly [string, Formula])[]): readonly string[] {
  return forgetting(() => {
    const questions = requests.map(([slug, violation]) =>
      questionOf({ slug, sentence: slug, scopes: () => [scope], without: '', violation: () => violation }, scope),
    );
    const answerTo = answering(questions.flatMap(formulasOf), scope.policies);
    return requests.flatMap(([slug], i) => (answerTo(questions[i]!).verdict === 'refuted' ? [slug] : []));
  });
}

/** The shipped policies without what is said of the attestor: as they were when nobody looked abroad. */
function closed(policies: EnclavePolicies): EnclavePolicies {
  const without = (document: PolicyDocument): PolicyDocument => ({
    ...document,
    statements: document.statements
      .filter(({ sid }) => sid !== 'OnlyReadsForTheAttestor')
      .map((statement) => ({
        ...statement,
        conditions: statement.conditions
          .map((test) => ({ ...test, values: test.values.filter((value) => !ATTESTOR.test(value)) }))
          .filter(({ values }) => values.length > 0),
      })),
  });
  return {
    ...policies,
    organizationPolicies: policies.organizationPolicies.map((one) => ({ ...one, document: without(one.document) })),
  };
}

/** The auditor's account too is in a unit that policies are attached to, which is of the configuration and no premise. */
const placed = ({ policies }: Scope): Formula =>
  implies(is('aws:PrincipalAccount', ...policies.memberAccounts), is(CALLER_UNIT, ...unitsOf(policies)));

const asks = (scope: Scope, name: string, region: string): Formula =>
  and(family('same account'), placed(scope), isAttestor(scope), action(name), is('aws:RequestedRegion', region));

/** Nothing new, but for what the attestor reads. */
function nothingNewButItsReads(before: EnclavePolicies): Invariant {
  const news = allowsNothingNew(before);
  return {
    ...news,
    violation: (scope) => and(news.violation(scope), placed(scope), not(readsAsAttestor(scope))),
  };
}

test('the attestor of a site and of the auditor may ask each of its questions at home and far away', () => {
  const policies = shippedPolicies();
  const auditor = policies.memberAccounts.filter((account) => !policies.siteAccounts.includes(account));
  expect(auditor).toHaveLength(1);
  expect(READS.length).toBeGreaterThan(100);
  for (const account of [policies.siteAccounts[0]!, ...auditor]) {
    const scope = accountScope(policies, account);
    const requests = [FAR, 'eu-west-1'].flatMap((region) =>
      READS.map((name) => [`${name} in ${region}`, asks(scope, name, region)] as const),
    );
    const open = new Set(possible(scope, requests));
    expect(requests.map(([slug]) => slug).filter((slug) => !open.has(slug))).toEqual([]);
  }
});

test('resource control policies let it ask about stores by a call to any Region, and by no other call', () => {
  const policies = shippedPolicies();
  const asked = { bucket: 's3:GetBucketPolicy', key: 'kms:GetKeyPolicy', queue: 'sqs:GetQueueAttributes' } as const;
  for (const [kind, name] of Object.entries(asked)) {
    const scope = resourceScope(
      policies,
      policies.guarded.find((one) => one.kind === kind)!,
    );
    const service = name.split(':')[0]!;
    const other = and(family('same account'), action(`${service}:*`), is('aws:RequestedRegion', FAR));
    expect([
      kind,
      ...possible(scope, [
        ['its read', asks(scope, name, FAR)],
        ['another’s call', and(other, not(isAttestor(scope)))],
        ['another call of its', and(other, not(readsAsAttestor(scope)))],
      ]),
    ]).toEqual([kind, 'its read']);
  }
});

test('nobody gained anything by it but the attestor, and it nothing but reads of settings', () => {
  const now = shippedPolicies();
  const before = closed(now);
  expect(before.organizationPolicies).not.toEqual(now.organizationPolicies);
  expect(prove(now, [nothingNewButItsReads(before)]).holds).toBe(true);
  const [gained] = prove(now, [allowsNothingNew(before)]).results;
  const requests = gained!.answers.flatMap((answer) => (answer.verdict === 'refuted' ? [answer.request] : []));
  expect(requests.length).toBeGreaterThan(100);
  for (const request of requests) expect(request.get('aws:principalarn')).toMatch(ATTESTOR);
});

test('an exemption that is wider is found out: of another name, of a pattern, or without its one statement', () => {
  const now = shippedPolicies();
  const renamed = (change: (value: string) => string): EnclavePolicies => ({
    ...now,
    organizationPolicies: now.organizationPolicies.map((one) => ({
      ...one,
      document: {
        ...one.document,
        statements: one.document.statements.map((statement) => ({
          ...statement,
          conditions: statement.conditions.map((test) => ({
            ...test,
            values: test.values.map((value) => (ATTESTOR.test(value) ? change(value) : value)),
          })),
        })),
      },
    })),
  });
  const unbounded: EnclavePolicies = {
    ...now,
    organizationPolicies: now.organizationPolicies.map((one) => ({
      ...one,
      document: {
        ...one.document,
        statements: one.document.statements.filter(({ sid }) => sid !== 'OnlyReadsForTheAttestor'),
      },
    })),
  };
  const [account] = now.siteAccounts;
  const invariants = [...ATTESTOR_INVARIANTS, nothingNewButItsReads(closed(now))].map((invariant) => ({
    ...invariant,
    scopes: (policies: EnclavePolicies) => [accountScope(policies, account!)],
  }));
  const refuted = (policies: EnclavePolicies): readonly string[] =>
    prove(policies, invariants).results.flatMap(({ slug, answers }) =>
      answers.some(({ verdict }) => verdict === 'refuted') ? [slug] : [],
    );
  expect(refuted(now)).toEqual([]);
  expect(refuted(renamed((value) => value.replace('attestor', 'auditor')))).toContain('allows-nothing-new');
  expect(refuted(renamed((value) => `${value}*`))).toContain('allows-nothing-new');
  expect(refuted(unbounded)).toEqual(
    expect.arrayContaining(['the-attestor-reads-settings-only', 'the-attestor-gets-no-contents', 'allows-nothing-new']),
  );
});

test('its name is known to the prover by itself, in every account', () => {
  const policies = shippedPolicies();
  for (const account of policies.memberAccounts)
    expect(attestorsOf(accountScope(policies, account))).toEqual([
      `arn:aws:iam::${account}:role/enclave/oversight/attestor`,
    ]);
});
