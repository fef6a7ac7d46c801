import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVARIANTS, allowsNothingNew, prove } from '../../lib/proof';
import { ATTACKS, play } from '../../lib/proof/attacks';
import { matrixPage } from '../../lib/proof/attacks/page';
import { FAMILIES } from '../../lib/proof/families';
import { family } from '../../lib/proof/authorization';
import { and, forgetting } from '../../lib/proof/logic/formula';
import { Classes } from '../../lib/proof/logic/classes';
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
        expect([scope.name, name, decide(question, new Classes([question])).satisfiable]).toEqual([
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
