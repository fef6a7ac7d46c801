/** What invariants are stated in terms of: the EEA, the organization, the site's endpoints, the roles that build it. */
import { EEA_REGIONS } from '../../geo';
import { arnLike, is } from '../encode/tests';
import { FALSE, not, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import { partitionOf } from '../policy/enclave-policies';
import type { EnclavePolicies, GuardedKind } from '../policy/enclave-policies';
import { accountScope, resourceScope } from '../scope';
import type { Scope } from '../scope';

/** The call is made to a Region outside the EEA. */
export const outsideEea = (): Formula => not(is('aws:RequestedRegion', ...EEA_REGIONS));

/** A service as it names itself to KMS, in every Region of the EEA. */
export const inEveryEeaRegion = (...services: readonly string[]): readonly string[] =>
  services.flatMap((service) => EEA_REGIONS.map((region) => `${service}.${region}.amazonaws.com`));

export const fromOrganization = ({ policies }: Scope): Formula => is('aws:PrincipalOrgID', policies.organization);

const roleOf = ({ policies }: Scope, account: string, pathAndName: string): string =>
  `arn:${partitionOf(policies)}:iam::${account}:role/${pathAndName}`;

/** Roles under the enclave's own path in an account; none when the enclave has no path. */
export const enclaveRoles = (scope: Scope, account: string, ...names: readonly string[]): readonly string[] => {
  const { rolePath } = scope.policies;
  return rolePath === undefined ? [] : names.map((name) => roleOf(scope, account, `${rolePath.slice(1)}${name}`));
};

/** The caller is one of these, written as ARN patterns. */
export const isOneOf = (patterns: readonly string[]): Formula =>
  patterns.length === 0 ? FALSE : arnLike('aws:PrincipalArn', ...patterns);

/** The roles with which the CDK, CloudFormation and its StackSets deploy in this account, and the pipeline's own. */
export const isDeployment = (scope: Scope): Formula =>
  isOneOf([
    ...['cdk-*-cfn-exec-role-*', 'cdk-*-deploy-role-*', 'stacksets-exec-*'].map((name) =>
      roleOf(scope, scope.account, name),
    ),
    ...enclaveRoles(scope, scope.account, 'deployment/*'),
  ]);

/** Deployment, or the people who put a policy right when deployment cannot. */
export const isRepair = (scope: Scope): Formula =>
  or(isDeployment(scope), isOneOf(enclaveRoles(scope, scope.account, 'break-glass/*')));

/** The people who look after keys and never use them. */
export const isKeyAdministrator = (scope: Scope): Formula =>
  isOneOf([roleOf(scope, scope.account, '*-key-administrator')]);

/** Roles of sites that work on the contents of restricted stores: applications and the data plane of the gateway. */
export const isDataRole = (scope: Scope): Formula =>
  isOneOf(
    scope.policies.siteAccounts.flatMap((account) => enclaveRoles(scope, account, 'app/*', 'gateway/data-plane*')),
  );

/** Roles of sites that work on stores of whatever class: applications, the gateway, and the directory of people. */
export const isNamedRole = (scope: Scope): Formula =>
  isOneOf(
    scope.policies.siteAccounts.flatMap((account) => enclaveRoles(scope, account, 'app/*', 'gateway/*', 'directory/*')),
  );

/** The roles by which AWS Config writes down the settings of sites. */
export const isSettingsRecorder = (scope: Scope): Formula =>
  isOneOf(scope.policies.siteAccounts.map((account) => roleOf(scope, account, '*-settings-recorder')));

/** ARN of the key under which the bucket of this scope encrypts. */
export const ownKey = ({ policies, name }: Scope): string | undefined =>
  policies.guarded.find((r) => `bucket ${r.name}` === name)?.encryptedBy;

/** The data plane of the gateway, at whatever site. */
export const isGateway = (scope: Scope): Formula =>
  isOneOf(scope.policies.siteAccounts.flatMap((account) => enclaveRoles(scope, account, 'gateway/data-plane*')));

/** What makes pseudonyms of identifiers, at whatever site. */
export const isPseudonymiser = (scope: Scope): Formula =>
  isOneOf(
    scope.policies.siteAccounts.flatMap((account) => enclaveRoles(scope, account, 'gateway/broker-pseudonymiser')),
  );

/** The broker, which turns an approval into a session of the data plane. */
export const isBroker = (scope: Scope): Formula =>
  isOneOf(scope.policies.siteAccounts.flatMap((account) => enclaveRoles(scope, account, 'gateway/broker*')));

/** The call comes through an endpoint of the assembly for this service, in an account of the organization and the EEA. */
export function throughEndpoint({ policies, service }: Scope): Formula {
  const ids = policies.endpoints
    .filter((e) => EEA_REGIONS.includes(e.region))
    .filter((e) => service === undefined || e.service.split('.').slice(3).includes(service))
    .map(({ id }) => id);
  return ids.length === 0 ? FALSE : is('aws:SourceVpce', ...ids);
}

/** Every resource of a kind, whatever the class of its data. */
export const every =
  (...kinds: readonly GuardedKind[]) =>
  (policies: EnclavePolicies): readonly Scope[] =>
    policies.guarded.filter((r) => kinds.includes(r.kind)).map((r) => resourceScope(policies, r));

/** Every restricted resource of a kind. */
export const restricted =
  (...kinds: readonly GuardedKind[]) =>
  (policies: EnclavePolicies): readonly Scope[] =>
    policies.guarded.filter((r) => r.restricted && kinds.includes(r.kind)).map((r) => resourceScope(policies, r));

/** Every account that holds restricted data. */
export const siteAccounts = (policies: EnclavePolicies): readonly Scope[] =>
  policies.siteAccounts.map((account) => accountScope(policies, account));

/** The role by which S3 copies the bucket of this scope to its partner, if any. */
export function isReplication({ policies, name }: Scope): Formula {
  const role = policies.guarded.find((r) => `bucket ${r.name}` === name)?.replicationRole;
  return role === undefined ? FALSE : is('aws:PrincipalArn', role);
}

/** Any role by which S3 copies buckets of the enclave: each reads and writes copies. */
export function isAnyReplication({ policies }: Scope): Formula {
  const roles = [...new Set(policies.guarded.flatMap((r) => r.replicationRole ?? []))].sort();
  return roles.length === 0 ? FALSE : is('aws:PrincipalArn', ...roles);
}

/** A service of AWS says that it acts for an account of ours, or for our organization. */
export function actsForUs({ policies: { memberAccounts, organization } }: Scope): Formula {
  const sources = memberAccounts.map((account) => `arn:*:*:*:${account}:*`);
  return or(
    is('aws:SourceAccount', ...memberAccounts),
    is('aws:SourceOrgID', organization),
    arnLike('aws:SourceArn', ...sources),
  );
}
