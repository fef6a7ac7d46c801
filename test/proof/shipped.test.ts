import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVARIANTS, allowsNothingNew, prove } from '../../lib/proof';
import { ATTACKS, play } from '../../lib/proof/attacks';
import { matrixPage } from '../../lib/proof/attacks/page';
import { FAMILIES } from '../../lib/proof/families';
import { family } from '../../lib/proof/authorization';
import { action } from '../../lib/proof/encode/tests';
import { BOUNDED_ACTIONS, BOUNDS, CHANNEL_INVARIANTS } from '../../lib/proof/invariants/channels';
import { answering, formulasOf } from '../../lib/proof/prove';
import { questionOf } from '../../lib/proof/question';
import { and, forgetting } from '../../lib/proof/logic/formula';
import { RequestSpace } from '../../lib/proof/logic/request-space';
import { decide } from '../../lib/proof/logic/search';
import { assumed } from '../../lib/proof/premises';
import { accountScope, resourceScope, roleScope } from '../../lib/proof/scope';
import { shippedPolicies } from './shipped';

const report = (): ReturnType<typeof prove> => prove(shippedPolicies(), INVARIANTS);

test('every invariant is proved of the shipped enclave', () => {
  const { results } = report();
  const refuted = results.filter(({ answers }) => answers.some((a) => a.verdict === 'refuted')).map(({ slug }) => slug);
  expect(refuted).toEqual([]);
  expect(results.filter(({ answers }) => answers.length > 0).length).toBeGreaterThanOrEqual(22);
});

test('no invariant is empty: what each forbids could be asked for if nothing denied it', () => {
  const policies = shippedPolicies();
  const empty = INVARIANTS.filter(({ scopes, violation }) => {
    const [scope] = scopes(policies);
    if (!scope) return false;
    return forgetting(() => {
      const question = [violation(scope), assumed(scope)];
      return !decide(question, new RequestSpace(question)).satisfiable;
    });
  });
  expect(empty.map(({ slug }) => slug)).toEqual([]);
});

test('every call that stays open is one that people can make, bounded by an invariant or by where it is made', () => {
  const policies = shippedPolicies();
  const [scope] = CHANNEL_INVARIANTS[0]!.scopes(policies);
  const closed = forgetting(() => {
    const questions = BOUNDED_ACTIONS.map((name) =>
      questionOf({ ...CHANNEL_INVARIANTS[0]!, violation: () => and(family('same account'), action(name)) }, scope!),
    );
    const answerTo = answering(questions.flatMap(formulasOf), policies);
    return BOUNDED_ACTIONS.filter((_, i) => answerTo(questions[i]!).verdict === 'proved');
  });
  expect(closed).toEqual([]);
  const slugs = INVARIANTS.map(({ slug }) => slug);
  expect(BOUNDS.filter((bound) => !slugs.includes(bound) && !bound.startsWith('made where'))).toEqual([]);
});

test('the shipped policies allow nothing that they themselves deny, and weaker ones are found out', () => {
  const now = shippedPolicies();
  const weaker = { ...now, organizationPolicies: now.organizationPolicies.slice(1) };
  const [same] = prove(now, [allowsNothingNew(now)]).results;
  expect(same!.answers.every((a) => a.verdict === 'proved')).toBe(true);
  expect(prove(weaker, [allowsNothingNew(now)]).holds).toBe(false);
});

test('the premises leave every family of callers possible, at every kind of place', () => {
  const policies = shippedPolicies();
  const scopes = [
    accountScope(policies, policies.siteAccounts[0]!),
    resourceScope(
      policies,
      policies.guarded.find((r) => r.kind === 'bucket')!,
    ),
    resourceScope(
      policies,
      policies.guarded.find((r) => r.kind === 'key')!,
    ),
    roleScope(policies, policies.roles[0]!),
  ];
  for (const scope of scopes)
    for (const name of FAMILIES)
      forgetting(() => {
        const question = and(assumed(scope), family(name));
        expect([scope.name, name, decide([question], new RequestSpace([question])).satisfiable]).toEqual([
          scope.name,
          name,
          true,
        ]);
      });
});

test('every row of the attack matrix is decided as it must be', () => {
  const played = play(shippedPolicies(), ATTACKS);
  const wrong = played.filter(([row, outcome]) => outcome.kind === 'decided' && outcome.decision !== row.expect);
  expect(wrong.map(([{ id }]) => id)).toEqual([]);
  expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
  expect(ATTACKS.filter(({ id }) => id.startsWith('T'))).toHaveLength(142);
  expect(ATTACKS.filter(({ id }) => id.startsWith('E')).length).toBeGreaterThanOrEqual(60);
});

test('the page with the attack matrix says of every row what the shipped policies decide', () => {
  const page = readFileSync(join(__dirname, '../../docs/attack-matrix.md'), 'utf8');
  // Which of several refusing statements is met first changes with how they are packed into documents.
  const said = (text: string): readonly string[] =>
    [...text.matchAll(/^\| ([TE]\d{3}) *\| (\S+) *\| (\S+) *\|/gm)].map(([, ...cells]) => cells.join(' '));
  expect(said(page)).toEqual(said(matrixPage(play(shippedPolicies(), ATTACKS))));
  expect(said(page)).toHaveLength(ATTACKS.length);
});
