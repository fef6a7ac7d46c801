/**
 * What AWS decides of one concrete call, layer by layer, in the order in which an operator would look: service control
 * policies, resource control policies, endpoint, resource policy, grants. Identity policies are taken to allow everything.
 */
import type { PolicyDocument, PolicyStatement } from '../policy/document';
import type { EnclavePolicies, EnclaveRole, GuardedResource } from '../policy/enclave-policies';
import { conditionHolds } from './conditions';
import type { Context } from './conditions';
import { fits } from './match';
import type { ConcreteRequest, Decision } from './request';

interface Target {
  readonly account: string;
  readonly documents: readonly PolicyDocument[];
  readonly ownPolicyDecides: boolean;
}

/** What a caller is to the enclave and to the resource. */
interface Standing {
  readonly account: string | undefined;
  readonly inOrganization: boolean;
  readonly management: boolean;
  readonly serviceLinked: boolean;
}

type Speaks = 'directly' | 'to the account' | 'no';

/**
 * The decision over one call, and the statement (or gap) that makes it.
 * @param unit organizational unit that holds the accounts of the enclave
 */
export function decideRequest(policies: EnclavePolicies, request: ConcreteRequest, unit?: string): Decision {
  const context = contextOf(policies, request);
  const standing = standingOf(policies, request, context);
  const target = targetOf(policies, request.resource);
  const denied = denialIn(policies, request, context, standing, target, unit);
  if (denied !== undefined) return { allowed: false, because: denied };
  const missing = missingAllowance(policies, request, context, standing, target);
  return missing === undefined ? { allowed: true, because: 'nothing denies it' } : { allowed: false, because: missing };
}

/** The keys that AWS sets itself, then what the row says. */
function contextOf(policies: EnclavePolicies, { caller, context }: ConcreteRequest): Context {
  const keys = new Map<string, string | readonly string[]>();
  if (caller.kind === 'identity') {
    keys.set('aws:principalarn', caller.arn).set('aws:principalaccount', caller.account);
    keys.set('kms:calleraccount', caller.account);
    const ours = [...policies.memberAccounts, policies.managementAccount ?? ''].includes(caller.account);
    if (ours) keys.set('aws:principalorgid', policies.organization);
  }
  if (caller.kind === 'service') keys.set('aws:principalservicename', caller.name);
  if (caller.kind !== 'anonymous') keys.set('aws:principalisawsservice', String(caller.kind === 'service'));
  for (const [key, value] of Object.entries(context)) keys.set(key.toLowerCase(), value);
  return keys;
}

function standingOf(policies: EnclavePolicies, { caller }: ConcreteRequest, context: Context): Standing {
  if (caller.kind !== 'identity')
    return { account: undefined, inOrganization: false, management: false, serviceLinked: false };
  return {
    account: caller.account,
    inOrganization: context.get('aws:principalorgid') === policies.organization,
    management: caller.account === policies.managementAccount,
    serviceLinked: caller.arn.includes(':role/aws-service-role/'),
  };
}

function targetOf(policies: EnclavePolicies, resource: string): Target | undefined {
  const isAt = ({ arns }: GuardedResource): boolean => arns.some((arn) => fits(arn, resource));
  const guarded = policies.guarded.find(isAt);
  if (guarded)
    return { account: guarded.account, documents: guarded.documents, ownPolicyDecides: guarded.kind === 'key' };
  const role = policies.roles.find((one: EnclaveRole) => one.arn === resource);
  return role && { account: role.account, documents: [role.trust], ownPolicyDecides: true };
}

function denialIn(
  policies: EnclavePolicies,
  request: ConcreteRequest,
  context: Context,
  standing: Standing,
  target: Target | undefined,
  unit: string | undefined,
): string | undefined {
  const above = (targets: readonly string[], account: string): boolean =>
    targets.includes(account) ||
    targets.some((t) => t.startsWith('r-')) ||
    (unit !== undefined && targets.includes(unit) && policies.memberAccounts.includes(account));
  const binding = policies.organizationPolicies.filter(({ kind, targets }) => {
    if (kind === 'rcp') {
      if (target === undefined || standing.serviceLinked || target.account === policies.managementAccount) return false;
      return above(targets, target.account);
    }
    if (standing.account === undefined || standing.management || standing.serviceLinked) return false;
    return standing.inOrganization && above(targets, standing.account);
  });
  const documents = [
    ...binding.filter((p) => p.kind === 'scp').map((p) => p.document),
    ...binding.filter((p) => p.kind === 'rcp').map((p) => p.document),
    ...endpointDocument(policies, request, context, target),
    ...(target?.documents ?? []),
    ...(request.under ?? []),
  ];
  for (const document of documents)
    for (const statement of document.statements)
      if (statement.effect === 'Deny' && speaks(statement, request, context) !== 'no')
        return `${document.name}/${statement.sid}`;
  return undefined;
}

function missingAllowance(
  policies: EnclavePolicies,
  request: ConcreteRequest,
  context: Context,
  standing: Standing,
  target: Target | undefined,
): string | undefined {
  for (const document of endpointDocument(policies, request, context, target))
    if (!document.statements.some((s) => s.effect === 'Allow' && speaks(s, request, context) !== 'no'))
      return `${document.name} allows no such call`;
  for (const document of request.under ?? [])
    if (!document.statements.some((s) => s.effect === 'Allow' && speaks(s, request, context) !== 'no'))
      return `${document.name} allows no such call`;
  if (target === undefined) {
    // A resource outside the model, taken to belong to the caller's own account.
    return standing.account === undefined ? 'nobody without an account is allowed' : undefined;
  }
  const words = target.documents.flatMap(({ statements }) =>
    statements.filter((s) => s.effect === 'Allow').map((s) => speaks(s, request, context)),
  );
  if (words.includes('directly')) return undefined;
  if (standing.account === undefined) return 'the resource policy does not name the caller';
  if (words.includes('to the account')) return undefined;
  if (standing.account === target.account && !target.ownPolicyDecides) return undefined;
  return 'the resource policy does not allow it';
}

function endpointDocument(
  { endpoints }: EnclavePolicies,
  { action }: ConcreteRequest,
  context: Context,
  target: Target | undefined,
): readonly PolicyDocument[] {
  if (target === undefined) return [];
  const service = action.split(':')[0]!.toLowerCase();
  const endpoint = endpoints.find(
    (one) => one.id === context.get('aws:sourcevpce') && one.service.split('.').slice(3).includes(service),
  );
  return endpoint?.document ? [endpoint.document] : [];
}

/** Whether a statement is about the call, and if so whether it names the caller or only the caller's account. */
function speaks(statement: PolicyStatement, { action, resource, caller }: ConcreteRequest, context: Context): Speaks {
  if (statement.actions.some((pattern) => fits(pattern, action, true)) === statement.notAction) return 'no';
  if (statement.resources) {
    const named = statement.resources.some((pattern) => {
      const filled = pattern.replace(/\$\{([^}]+)\}/g, (_, key: string) =>
        String(context.get(key.toLowerCase()) ?? ''),
      );
      return fits(filled, resource);
    });
    if (named === statement.notResource) return 'no';
  }
  if (!statement.conditions.every((condition) => conditionHolds(condition, context))) return 'no';
  if (statement.principals === undefined) return 'directly';
  const arn = caller.kind === 'identity' ? caller.arn : undefined;
  let account = false;
  let direct = false;
  for (const { kind, name } of statement.principals) {
    if (kind === 'AWS' && (name === '*' || name === arn)) direct = true;
    if (
      kind === 'AWS' &&
      caller.kind === 'identity' &&
      (name === caller.account || name.endsWith(`:${caller.account}:root`))
    )
      account = true;
    if (kind === 'Service' && caller.kind === 'service' && caller.name === name) direct = true;
    if (kind === 'Federated' && context.get('aws:federatedprovider') === name) direct = true;
  }
  if (statement.notPrincipal) return direct || account ? 'no' : 'directly';
  return direct ? 'directly' : account ? 'to the account' : 'no';
}
