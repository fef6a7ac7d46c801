/**
 * Who is trusted with what, as patterns for `aws:PrincipalArn`.
 *
 * Roles are known by their path, `/<enclave>/<part>/`, and by nothing else: tags can be set by whoever creates a role,
 * paths of the enclave only by its deployment (see `guardrails.ts`).
 */
import type { Configurers } from './restricted-data';
import type { PerimeterSettings } from './settings';

type Named = Pick<PerimeterSettings, 'name' | 'partition'>;
type Sited = Named & Pick<PerimeterSettings, 'sites'>;

/** Parts of the enclave whose roles have a path of their own. */
const ROLE_PARTS = {
  /** Applications that work on restricted data. */
  app: 'app',
  /** Reads for one approved request. */
  gatewayData: 'gateway/data-plane',
  /** Turns an approval into a session of the data plane; sees no data. */
  gatewayBroker: 'gateway/broker',
  /** Reads settings for the attestation. */
  attestor: 'oversight/attestor',
} as const;

/** ARN pattern of roles in one account, or with `*` in any. */
const role = ({ partition }: Named, account: string, pathAndName: string): string =>
  `arn:${partition}:iam::${account}:role/${pathAndName}`;

const inSites = (settings: Sited, pathAndName: string): readonly string[] =>
  settings.sites.map(({ account }) => role(settings, account, pathAndName));

/** Roles of the data plane of the security gateway, in every site. */
export const gatewayDataRoles = (settings: Sited): readonly string[] =>
  inSites(settings, `${settings.name}/${ROLE_PARTS.gatewayData}*`);

/** Roles of the broker, in every site. */
export const brokerRoles = (settings: Sited): readonly string[] =>
  inSites(settings, `${settings.name}/${ROLE_PARTS.gatewayBroker}*`);

/** Roles that S3 assumes to copy a site's buckets to its partner, and home again while a site is being recovered. */
export const replicationRoles = (settings: Sited & Pick<PerimeterSettings, 'recoveries'>): readonly string[] => [
  ...settings.sites.map(({ id, account }) => role(settings, account, `${settings.name}-${id}-replication`)),
  ...(settings.recoveries ?? []),
];

/** Every role that may touch the contents of a restricted store. */
export const dataRoles = (settings: Sited): readonly string[] => [
  ...inSites(settings, `${settings.name}/${ROLE_PARTS.app}/*`),
  ...gatewayDataRoles(settings),
];

type Deployed = Named & Pick<PerimeterSettings, 'bootstrapQualifier' | 'pipelineRole'>;

/**
 * Roles that change what the templates declare, in any account the policy is attached to: CloudFormation's and the CDK's
 * of the bootstrap, those of service-managed StackSets, and the pipeline itself, which bootstraps and protects stacks.
 */
export const deploymentRoles = (settings: Deployed): readonly string[] => [
  role(settings, '*', `cdk-${settings.bootstrapQualifier}-cfn-exec-role-*`),
  role(settings, '*', `cdk-${settings.bootstrapQualifier}-deploy-role-*`),
  role(settings, '*', 'stacksets-exec-*'),
  role(settings, '*', `${settings.name}/${settings.pipelineRole}`),
];

type Repaired = Deployed & Pick<PerimeterSettings, 'breakGlassRole'>;

/** Deployment and break-glass: may put a policy right. Break-glass may not read (it is no data role). */
export const repairRoles = (settings: Repaired): readonly string[] => [
  ...deploymentRoles(settings),
  role(settings, '*', `${settings.name}/${settings.breakGlassRole}`),
];

/** The same roles of these accounts, for policies that every account's callers meet: a namesake elsewhere is a stranger. */
export function configurersIn(accounts: readonly string[], settings: Repaired): Configurers {
  const of = (patterns: readonly string[]): readonly string[] =>
    accounts.flatMap((account) => patterns.map((arn) => arn.replace('::*:', `::${account}:`)));
  return { deployment: of(deploymentRoles(settings)), repair: of(repairRoles(settings)) };
}

/** Roles of the people who look after keys and never use them. */
export const keyAdministrators = (settings: Named): readonly string[] => [
  role(settings, '*', `${settings.name}-*-key-administrator`),
];

/** The role that reads settings for the attestation, in one account, or with `*` in any. Its name is whole: no namesakes. */
export const attestorRole = (settings: Named, account: string): string =>
  role(settings, account, `${settings.name}/${ROLE_PARTS.attestor}`);

/** Roles that run something; each carries the permission boundary. Deployment and repair stand above it. */
export const boundRoles = (settings: Named): readonly string[] => [
  role(settings, '*', `${settings.name}/${ROLE_PARTS.app}/*`),
  role(settings, '*', `${settings.name}/gateway/*`),
  role(settings, '*', `${settings.name}-*`),
];

/** Every role the perimeter trusts; only the deployment creates or changes one. */
export const protectedRoles = (settings: Named): readonly string[] => [
  role(settings, '*', `${settings.name}/*`),
  role(settings, '*', `${settings.name}-*`),
  role(settings, '*', 'cdk-*'),
  role(settings, '*', 'stacksets-exec-*'),
];
