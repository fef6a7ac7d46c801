/**
 * A change proved harmless: whatever the new policies let through, the old ones let through too. Of a whole enclave with
 * every layer, or of the statements on one thing alone.
 */
import { authorization } from './authorization';
import { encodeDocument } from './encode/statement';
import { ACTION, RESOURCE, action, arnLike, is } from './encode/tests';
import { WELL_KNOWN_ACTIONS } from './familiar';
import type { Invariant } from './invariants/invariant';
import { holds } from './logic/atom';
import type { RequestValue } from './logic/atom';
import { certifies } from './logic/certificate';
import { TRUE, and, equivalent, evaluate, forgetting, not, or, testsByVariable } from './logic/formula';
import type { Formula } from './logic/formula';
import { RequestSpace } from './logic/request-space';
import { decide } from './logic/search';
import type { PolicyDocument } from './policy/document';
import type { EnclavePolicies } from './policy/enclave-policies';
import { accountScope, resourceScope, roleScope } from './scope';
import type { Scope } from './scope';

/** Everything that can be asked about in both: resources, roles and accounts of the same name. */
function scopesOf(policies: EnclavePolicies): ReadonlyMap<string, Scope> {
  const scopes = [
    ...policies.guarded.map((resource) => resourceScope(policies, resource)),
    ...policies.roles.map((role) => roleScope(policies, role)),
    ...policies.siteAccounts.map((account) => accountScope(policies, account)),
  ];
  return new Map(scopes.map((scope) => [`${scope.account} ${scope.name}`, scope]));
}

/** @param before the policies of the release that is compared with */
export function allowsNothingNew(before: EnclavePolicies): Invariant {
  const old = scopesOf(before);
  return {
    slug: 'allows-nothing-new',
    sentence: 'No call goes through under the new policies that the old ones denied, of what both releases have.',
    scopes: (policies) => [...scopesOf(policies)].filter(([name]) => old.has(name)).map(([, scope]) => scope),
    without: 'nothing that both releases have',
    violation: (scope) => not(authorization(old.get(`${scope.account} ${scope.name}`)!).allowed),
  };
}

/** The answer about the statements on one thing. */
export type PolicyChange =
  | { readonly nothingNew: true }
  | {
      readonly nothingNew: false;
      /** A request allowed now and not before; `requestLines` puts it into words. Keys that do not matter are left out. */
      readonly request: ReadonlyMap<string, RequestValue>;
      /** What stood against the request before: names of the denying statements; none: nothing granted it. */
      readonly deniedBefore: readonly string[];
    };

/**
 * Whether the documents on one thing (a bucket, key, queue, role’s trust, endpoint, boundary, identity, or an organization
 * policy) allow nothing that those before did not. Only these documents are looked at, no other layer: a request is allowed
 * when an Allow statement speaks of it and no Deny does. A grant to an account counts as less than one to a caller of it.
 *
 * Texts that hold `${…}` equal only themselves; a document that cannot be read is the caller’s to report.
 *
 * @param deniesOnly the documents only take away, as service control policies do: whatever they do not deny is allowed
 * @throws ProofRefusal when a statement is not understood: then nothing is shown, and the change counts as a widening
 */
export function policyAllowsNothingNew(
  before: readonly PolicyDocument[],
  now: readonly PolicyDocument[],
  deniesOnly = false,
): PolicyChange {
  return forgetting(() => {
    const old = saysOf(before, deniesOnly);
    const fresh = saysOf(now, deniesOnly);
    const question = [
      or(
        and(fresh.directly, not(and(old.directly, old.undenied))),
        and(fresh.byAccount, not(and(or(old.directly, old.byAccount), old.undenied))),
      ),
      fresh.undenied,
      action('*:*'),
      arnsHoldAccounts([...before, ...now]),
    ];
    const space = new RequestSpace(question, new Map([[ACTION, WELL_KNOWN_ACTIONS]]));
    const outcome = decide(question, space);
    if (!outcome.satisfiable) {
      if (certifies(outcome.certificate, question, space)) return { nothingNew: true };
      throw new Error('the certificate that a policy allows nothing new does not hold');
    }
    const { request } = outcome;
    const asked = testsByVariable(question.slice(0, 2));
    return {
      nothingNew: false,
      request: new Map([...request].filter(([key]) => [ACTION, RESOURCE].includes(key) || asked.has(key))),
      deniedBefore: old.denials.flatMap(({ name, formula }) =>
        evaluate(formula, (atom) => holds(atom, request.get(atom.variable))) ? [name] : [],
      ),
    };
  });
}

interface Says {
  readonly directly: Formula;
  readonly byAccount: Formula;
  readonly undenied: Formula;
  readonly denials: readonly { readonly name: string; readonly formula: Formula }[];
}

function saysOf(documents: readonly PolicyDocument[], deniesOnly: boolean): Says {
  const statements = documents.flatMap(encodeDocument);
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const denials = statements
    .filter(({ effect }) => effect === 'Deny')
    .map(({ name, applies }) => ({ name, formula: applies }));
  return {
    directly: deniesOnly ? TRUE : or(...allows.map(({ directly }) => directly)),
    byAccount: deniesOnly ? TRUE : or(...allows.map(({ byAccount }) => byAccount)),
    undenied: and(...denials.map(({ formula }) => not(formula))),
    denials,
  };
}

/** The ARN of a caller holds its account, for every account that a statement names. */
function arnsHoldAccounts(documents: readonly PolicyDocument[]): Formula {
  const principals = documents.flatMap(({ statements }) => statements.flatMap((s) => s.principals ?? []));
  const accounts = new Set(principals.flatMap(({ name }) => /(?:^|::)(\d{12})(?::|$)/.exec(name)?.[1] ?? []));
  return and(
    ...[...accounts].map((account) =>
      equivalent(
        arnLike('aws:PrincipalArn', `arn:*:iam::${account}:*`, `arn:*:sts::${account}:*`),
        is('aws:PrincipalAccount', account),
      ),
    ),
  );
}
