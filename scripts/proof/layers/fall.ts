/** The policies as they would be if one kind of them held nothing back. */
import type { PolicyDocument, PolicyStatement } from '../../../lib/proof/policy/document';
import type { EnclavePolicies, OrganizationPolicy } from '../../../lib/proof/policy/enclave-policies';

const only = (document: PolicyDocument, keep: (statement: PolicyStatement) => boolean): PolicyDocument => ({
  ...document,
  statements: document.statements.filter(keep),
});

const allows = ({ effect }: PolicyStatement): boolean => effect === 'Allow';

const withoutOrganization =
  (kind: OrganizationPolicy['kind']) =>
  (policies: EnclavePolicies): EnclavePolicies => ({
    ...policies,
    organizationPolicies: policies.organizationPolicies.map((one) =>
      one.kind === kind ? { ...one, document: only(one.document, allows) } : one,
    ),
  });

/** Layer → the policies without what it denies. What a layer allows stays: it is not what holds back. */
export const FALLS: Readonly<Record<string, (policies: EnclavePolicies) => EnclavePolicies>> = {
  'service control policies': withoutOrganization('scp'),
  'resource control policies': withoutOrganization('rcp'),
  'resource policies': (policies) => ({
    ...policies,
    guarded: policies.guarded.map((one) => ({
      ...one,
      documents: one.documents.map((document) => only(document, allows)),
    })),
  }),
  'conditions of role trust': (policies) => ({
    ...policies,
    roles: policies.roles.map((role) => ({
      ...role,
      trust: {
        ...role.trust,
        statements: role.trust.statements.filter(allows).map((statement) => ({ ...statement, conditions: [] })),
      },
    })),
  }),
  'permission boundaries': (policies) => ({
    ...policies,
    roles: policies.roles.map(({ boundary: _, ...role }) => role),
  }),
  'endpoint policies': (policies) => ({
    ...policies,
    endpoints: policies.endpoints.map(({ document: _, ...endpoint }) => endpoint),
  }),
};
