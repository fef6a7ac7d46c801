/** Every statement of the shipped policies, weakened in every simple way, one at a time. */
import type { PolicyDocument, PolicyStatement } from '../../../lib/proof/policy/document';
import { statementName } from '../../../lib/proof/policy/document';
import type { EnclavePolicies } from '../../../lib/proof/policy/enclave-policies';
import { resourceScope, roleScope } from '../../../lib/proof/scope';
import type { Scope } from '../../../lib/proof/scope';
import type { Places } from './places';
import { weakened } from './weakenings';
import type { Weakening } from './weakenings';

/** A statement and all its mutants. */
export interface MutatedStatement {
  /** Policy and Sid. */
  readonly name: string;
  readonly document: PolicyDocument;
  readonly statement: PolicyStatement;
  readonly mutants: readonly Weakening[];
  /** Where the statement decides. */
  readonly places: readonly Scope[];
  /** The place with another document in place of the statement's; no other statement is in force when `alone`. */
  readonly at: (place: Scope, document: PolicyDocument, alone: boolean) => Scope;
}

export function mutatedStatements(policies: EnclavePolicies, places: Places): readonly MutatedStatement[] {
  return [...ofTheOrganization(policies, places), ...ofResourcesAndRoles(policies, places), ...ofEndpoints(places)];
}

/** The document with the weakened statement in place of the statement. */
export const changed = ({ document, statement }: MutatedStatement, mutant: Weakening): PolicyDocument => ({
  ...document,
  statements: document.statements.flatMap((one) =>
    one !== statement ? [one] : mutant.statement ? [mutant.statement] : [],
  ),
});

/** The weakened statement as a document of its own. */
export const alone = ({ document }: MutatedStatement, { statement }: Weakening): PolicyDocument => ({
  ...document,
  statements: statement ? [statement] : [],
});

const ofDocument = (
  document: PolicyDocument,
  places: readonly Scope[],
  at: MutatedStatement['at'],
): readonly MutatedStatement[] =>
  document.statements.map((statement) => ({
    name: statementName(document, statement),
    document,
    statement,
    mutants: weakened(statement),
    places,
    at,
  }));

const nothingElse = (place: Scope): Scope => ({
  ...place,
  policies: { ...place.policies, organizationPolicies: [], endpoints: [] },
  documents: [],
  declaredRoles: [],
});

/** A statement that two units are given alike is weakened once: a proof holds whichever unit an account is in. */
function ofTheOrganization(
  { organizationPolicies }: EnclavePolicies,
  { all, resources }: Places,
): readonly MutatedStatement[] {
  const met = new Set<string>();
  return organizationPolicies.flatMap((policy) =>
    ofDocument(policy.document, policy.kind === 'scp' ? all : resources, (place, document, only) => {
      const others = only ? [] : place.policies.organizationPolicies.filter((one) => one !== policy);
      return {
        ...(only ? nothingElse(place) : place),
        policies: {
          ...place.policies,
          ...(only ? { endpoints: [] } : {}),
          organizationPolicies: [...others, { ...policy, document }],
        },
      };
    }).filter(({ statement }) => {
      const text = `${policy.kind} ${JSON.stringify(statement)}`;
      return !met.has(text) && met.add(text);
    }),
  );
}

const ofResourcesAndRoles = (policies: EnclavePolicies, { guarded, roles }: Places): readonly MutatedStatement[] =>
  [
    ...guarded.map((one) => ({ documents: one.documents, place: resourceScope(policies, one) })),
    ...roles.map((one) => ({ documents: [one.trust], place: roleScope(policies, one) })),
  ].flatMap(({ documents, place }) =>
    documents.flatMap((own) =>
      ofDocument(own, [place], (scope, document, only) => ({
        ...(only ? nothingElse(scope) : scope),
        documents: only ? [document] : scope.documents.map((one) => (one === own ? document : one)),
      })),
    ),
  );

const ofEndpoints = ({ endpoints, resources }: Places): readonly MutatedStatement[] =>
  endpoints.flatMap((endpoint) => {
    if (endpoint.document === undefined) return [];
    const services = endpoint.service.split('.').slice(3);
    const reached = resources.filter(({ service }) => service !== undefined && services.includes(service));
    if (reached.length === 0) return [];
    return ofDocument(endpoint.document, reached, (place, document, only) => {
      const others = only ? [] : place.policies.endpoints.filter((one) => one !== endpoint);
      return {
        ...(only ? nothingElse(place) : place),
        policies: {
          ...place.policies,
          ...(only ? { organizationPolicies: [] } : {}),
          endpoints: [...others, { ...endpoint, document }],
        },
      };
    });
  });
