/**
 * Places whose policies differ in names only are mutated once: one of each shape stands for its likes. That is a choice of
 * what to try, not part of any proof.
 */
import type {
  Endpoint,
  EnclavePolicies,
  EnclaveRole,
  GuardedResource,
} from '../../../lib/proof/policy/enclave-policies';
import { accountScope, resourceScope, roleScope } from '../../../lib/proof/scope';
import type { Scope } from '../../../lib/proof/scope';

export interface Places {
  readonly guarded: readonly GuardedResource[];
  readonly roles: readonly EnclaveRole[];
  readonly endpoints: readonly Endpoint[];
  /** Where calls are made on a resource. */
  readonly resources: readonly Scope[];
  /** These, and one account of a site. */
  readonly all: readonly Scope[];
}

export function placesOfEveryShape(policies: EnclavePolicies): Places {
  const guarded = oneOfEach(policies.guarded, (r) => [
    r.kind,
    r.restricted,
    r.replicationRole !== undefined,
    r.documents.map(({ statements }) => statements),
  ]);
  const roles = oneOfEach(policies.roles, (r) => [r.trust.statements, policies.siteAccounts.includes(r.account)]);
  const endpoints = oneOfEach(policies.endpoints, (e) => [e.service, e.document?.statements]);
  const resources = [
    ...guarded.map((resource) => resourceScope(policies, resource)),
    ...roles.map((role) => roleScope(policies, role)),
  ];
  const accounts = policies.siteAccounts.slice(0, 1).map((account) => accountScope(policies, account));
  return { guarded, roles, endpoints, resources, all: [...accounts, ...resources] };
}

function oneOfEach<T>(all: readonly T[], what: (one: T) => unknown): readonly T[] {
  const byShape = new Map<string, T>();
  for (const one of all) {
    const shape = withoutNames(JSON.stringify(what(one)));
    if (!byShape.has(shape)) byShape.set(shape, one);
  }
  return [...byShape.values()];
}

/** The text without what differs from site to site: accounts, Regions, names of sites and identifiers. */
const withoutNames = (text: string): string =>
  text
    .replace(/\b\d{12}\b/g, 'account')
    .replace(/\b[a-z]{2}-[a-z]+-\d\b/g, 'region')
    .replace(/\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|vpce-[0-9a-f]+|[0-9a-f]{12})\b/g, 'identifier')
    .replace(/\b[a-z]+-?\d(?=[^\d]|$)/g, 'site')
    .replace(/[0-9A-F]{8}\b/g, 'hash');
