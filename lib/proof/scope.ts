/** What one proof is about: a resource (or all calls of an account) with every policy that decides over it. */
import type { PolicyDocument } from './policy/document';
import type { EnclavePolicies, GuardedResource, EnclaveRole } from './policy/enclave-policies';

export interface Scope {
  /** For people: `bucket enclave-dub-1-media-111122223333`. */
  readonly name: string;
  readonly policies: EnclavePolicies;
  /** Account that owns the resource; for an account scope the account whose callers are meant. */
  readonly account: string;
  /** IAM prefix of the actions asked about; undefined for all actions. */
  readonly service: string | undefined;
  /** Patterns of what requests name; undefined for anything anywhere. */
  readonly arns: readonly string[] | undefined;
  /** Policies that stand on the resource. */
  readonly documents: readonly PolicyDocument[];
  /** Identity policies never suffice: the resource's own policy must speak (keys, role trust). */
  readonly ownPolicyDecides: boolean;
  /** Roles whose identity policies are taken as declared; of all others anything is assumed. */
  readonly declaredRoles: readonly EnclaveRole[];
}

const SERVICES: Readonly<Record<GuardedResource['kind'], string>> = {
  bucket: 's3',
  key: 'kms',
  table: 'dynamodb',
  secret: 'secretsmanager',
  queue: 'sqs',
};

const known = new WeakMap<EnclavePolicies, Map<unknown, Scope>>();

/** One scope for one place, so that what many invariants ask about it is worked out once. */
function once(policies: EnclavePolicies, place: unknown, make: () => Scope): Scope {
  const scopes = known.get(policies) ?? new Map<unknown, Scope>();
  known.set(policies, scopes);
  const scope = scopes.get(place) ?? make();
  scopes.set(place, scope);
  return scope;
}

export const resourceScope = (policies: EnclavePolicies, resource: GuardedResource): Scope =>
  once(policies, resource, () => ({
    name: `${resource.kind} ${resource.name}`,
    policies,
    account: resource.account,
    service: SERVICES[resource.kind],
    arns: resource.arns,
    documents: resource.documents,
    ownPolicyDecides: resource.kind === 'key',
    declaredRoles: [],
  }));

/** Becoming a role. */
export const roleScope = (policies: EnclavePolicies, role: EnclaveRole): Scope =>
  once(policies, role, () => ({
    name: `role ${role.arn.split('/').at(-1) ?? role.arn}`,
    policies,
    account: role.account,
    service: 'sts',
    arns: [role.arn],
    documents: [role.trust],
    ownPolicyDecides: true,
    declaredRoles: [],
  }));

/** Every call, to whatever service and resource, by callers of one account. Resource policies are taken to allow. */
export const accountScope = (policies: EnclavePolicies, account: string): Scope =>
  once(policies, account, () => ({
    name: `account ${account}`,
    policies,
    account,
    service: undefined,
    arns: undefined,
    documents: [],
    ownPolicyDecides: false,
    declaredRoles: [],
  }));

/** The same scope when these roles have no more than their declared identity policies. */
export const withDeclared = (scope: Scope, roles: readonly EnclaveRole[]): Scope => ({
  ...scope,
  declaredRoles: roles,
});

/** The same scope as if whoever administers the resource had opened its own policy to the world. */
export const withOpenPolicy = (scope: Scope): Scope => ({
  ...scope,
  documents: [
    {
      name: 'a policy that allows everybody everything',
      statements: [
        {
          sid: 'Everybody',
          effect: 'Allow',
          actions: ['*'],
          notAction: false,
          resources: ['*'],
          notResource: false,
          principals: [{ kind: 'AWS', name: '*' }],
          notPrincipal: false,
          conditions: [],
        },
      ],
    },
  ],
});
