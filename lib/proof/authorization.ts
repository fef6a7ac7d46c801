/**
 * The decision of AWS as a formula: what must allow, and what must not deny, for each family of callers.
 *
 * Sources: IAM user guide, "Policy evaluation logic" (single account and cross-account); KMS developer guide, "Key policies"
 * (an identity policy counts only when the key policy hands over to the account); Organizations user guide, "SCPs" and
 * "RCPs" (whom they do not bind); read 2026-09-26. Allow statements of service and resource control policies are not
 * counted on: AWS's own "FullAWSAccess" beside them allows everything.
 */
import { reachesCaller, reachesResource } from './attachment';
import { encodeDocument } from './encode/statement';
import type { EncodedStatement } from './encode/statement';
import { FAMILY, is } from './encode/tests';
import type { Family } from './families';
import { FALSE, TRUE, and, implies, not, once, or } from './logic/formula';
import type { Formula } from './logic/formula';
import type { PolicyDocument } from './policy/document';
import type { Scope } from './scope';

export interface Authorization {
  /** The call goes through. */
  readonly allowed: Formula;
  /** Some policy grants it, leaving denials aside. */
  readonly granted: Formula;
  /** Policy and Sid → that statement denies this call. */
  readonly denials: ReadonlyMap<string, Formula>;
}

export const family = (...names: readonly Family[]): Formula => is(FAMILY, ...names);

/** @throws ProofRefusal */
export function authorization(scope: Scope): Authorization {
  const denials = new Map<string, Formula>();
  const deny: Deny = (document, binds) => {
    for (const [name, formula] of denialsIn(document, binds))
      denials.set(name, or(denials.get(name) ?? FALSE, formula));
  };

  const own = scope.documents.flatMap(encodeDocument);
  for (const document of scope.documents) deny(document, TRUE);
  organizationDenials(scope, deny);
  const throughEndpoints = endpointRules(scope, deny);
  const asDeclared = declaredRoleRules(scope, deny);

  const allowsBy = (pick: (s: EncodedStatement) => Formula): Formula =>
    or(...own.filter((s) => s.effect === 'Allow').map(pick));
  const directly = allowsBy((s) => s.directly);
  const byAccount = allowsBy((s) => s.byAccount);
  // Of identity policies anything is assumed, so whoever has one is allowed by it.
  const within = scope.ownPolicyDecides ? or(directly, byAccount) : TRUE;
  const across = or(directly, byAccount);
  const ownAccount = is('aws:PrincipalAccount', scope.account);
  const granted = and(
    or(
      and(family('same account'), within),
      and(family('service-linked role'), ownAccount, within),
      and(family('service-linked role'), not(ownAccount), across),
      and(family('organization', 'management account', 'external'), across),
      and(family('service', 'anonymous'), directly),
    ),
    throughEndpoints,
    asDeclared,
  );
  return { granted, denials, allowed: and(granted, ...[...denials.values()].map(not)) };
}

type Deny = (document: PolicyDocument, binds: Formula) => void;

/** The denials of a document for the requests that it binds. The organization’s are the same at every place. */
const denialsIn = (document: PolicyDocument, binds: Formula): readonly (readonly [string, Formula])[] =>
  once(
    () =>
      encodeDocument(document).flatMap(({ name, effect, applies }) =>
        effect === 'Deny' ? [[name, and(binds, applies)] as const] : [],
      ),
    document,
    binds,
  );

function organizationDenials({ policies, account, arns }: Scope, deny: Deny): void {
  for (const policy of policies.organizationPolicies) {
    if (policy.kind === 'scp')
      deny(policy.document, and(family('same account', 'organization'), reachesCaller(policy)));
    else if (arns !== undefined && account !== policies.managementAccount)
      deny(policy.document, and(not(family('service-linked role')), reachesResource(policy, account)));
  }
}

/** What comes through a known endpoint passes that endpoint's policy. */
function endpointRules({ policies, service }: Scope, deny: Deny): Formula {
  const rules = policies.endpoints
    .filter((endpoint) => service === undefined || endpoint.service.split('.').slice(3).includes(service))
    .map((endpoint) => {
      if (!endpoint.document || service === undefined) return TRUE;
      const through = is('aws:SourceVpce', endpoint.id);
      const statements = encodeDocument(endpoint.document);
      deny(endpoint.document, through);
      return implies(through, or(...statements.filter((s) => s.effect === 'Allow').map((s) => s.applies)));
    });
  return and(...rules);
}

/** Roles taken as declared may do only what their identity policies and boundary both allow. */
function declaredRoleRules({ declaredRoles }: Scope, deny: Deny): Formula {
  const rules = declaredRoles.map((role) => {
    const caller = is('aws:PrincipalArn', role.arn);
    const identity = role.identity.flatMap(encodeDocument);
    const boundary = role.boundary === undefined ? undefined : encodeDocument(role.boundary);
    for (const document of [...role.identity, ...(role.boundary ? [role.boundary] : [])]) deny(document, caller);
    const allows = (statements: readonly EncodedStatement[]): Formula =>
      or(...statements.filter((s) => s.effect === 'Allow').map((s) => s.applies));
    return implies(
      caller,
      and(role.unseen.length > 0 ? TRUE : allows(identity), boundary === undefined ? TRUE : allows(boundary)),
    );
  });
  return and(...rules);
}
