/** The policies of the organisation: which documents, of which type, attached to what. */
import { aiOptOut, ec2Declaration } from './declarative';
import { minifiedLength } from './document';
import type { Statement } from './document';
import { packStatements } from './packing';
import { ATTACHED_AT_MOST, QUOTAS } from './quotas';
import type { OrganizationPolicyType } from './quotas';
import { identityDenials, restrictedTwin } from './resource-control';
import { commonDenials, placeDenials } from './service-control';
import { declaredRegions, siteRegions } from './settings';
import type { PerimeterSettings } from './settings';

export interface OrganizationPolicy {
  /** Part of the name after the enclave's, for example `scp-calls-1`. */
  readonly name: string;
  readonly type: OrganizationPolicyType;
  readonly description: string;
  readonly content: object;
  /** Identifiers of units; never empty. */
  readonly targets: readonly string[];
}

/** AWS attaches an allow-all policy of each of these types to every unit; it takes one of the places. */
const PLACES = ATTACHED_AT_MOST - 1;

/**
 * Every policy of the perimeter. Throws when a document is over its quota, when a target would carry more policies than
 * can be attached, or when a policy would be attached to nothing.
 */
export function perimeterPolicies(settings: PerimeterSettings): readonly OrganizationPolicy[] {
  const { data, gateway, oversight } = settings.units;
  const enclave = gateway === undefined ? [data] : [data, gateway];
  const everyone = [...enclave, oversight];
  const policies = [
    ...packed('scp-sites', 'SERVICE_CONTROL_POLICY', 'What no account of a site may call', enclave, [
      ...placeDenials(settings, siteRegions(settings)),
      ...commonDenials(settings),
    ]),
    ...packed(
      'scp-oversight',
      'SERVICE_CONTROL_POLICY',
      'What the account of the auditor may not call',
      [oversight],
      [...placeDenials(settings, declaredRegions(settings)), ...commonDenials(settings)],
    ),
    ...packed(
      'rcp-callers',
      'RESOURCE_CONTROL_POLICY',
      'Who may reach resources of the enclave',
      everyone,
      identityDenials(settings),
    ),
    ...packed(
      'rcp-restricted',
      'RESOURCE_CONTROL_POLICY',
      'Twin of what restricted buckets and keys refuse',
      everyone,
      restrictedTwin(settings),
    ),
    declared('ec2', 'DECLARATIVE_POLICY_EC2', 'No public network, snapshot or image', everyone, ec2Declaration()),
    declared('ai-opt-out', 'AISERVICES_OPT_OUT_POLICY', 'No AI service keeps content', everyone, aiOptOut()),
  ];
  for (const { name, type, content, targets } of policies) {
    if (targets.length === 0) throw new Error(`Policy ${name} is attached to nothing: name a unit.`);
    const length = minifiedLength(content);
    if (length > QUOTAS[type])
      throw new Error(`Policy ${name} has ${length} characters; ${type} allows ${QUOTAS[type]}.`);
  }
  checkPlaces(policies);
  return policies;
}

function packed(
  name: string,
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  description: string,
  targets: readonly string[],
  statements: readonly Statement[],
): OrganizationPolicy[] {
  const documents = packStatements(statements, QUOTAS[type], PLACES);
  return documents.map((content, index) => ({
    name: documents.length === 1 ? name : `${name}-${index + 1}`,
    type,
    description,
    content,
    targets,
  }));
}

const declared = (
  name: string,
  type: OrganizationPolicyType,
  description: string,
  targets: readonly string[],
  content: object,
): OrganizationPolicy => ({ name, type, description, content, targets });

function checkPlaces(policies: readonly OrganizationPolicy[]): void {
  const attached = new Map<string, number>();
  for (const { type, targets } of policies) {
    for (const target of targets) attached.set(`${type} at ${target}`, (attached.get(`${type} at ${target}`) ?? 0) + 1);
  }
  for (const [where, count] of attached) {
    if (count > PLACES)
      throw new Error(`${count} policies of type ${where}; besides the one of AWS at most ${PLACES} can be attached.`);
  }
}
