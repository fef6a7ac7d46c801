/** The perimeter of the shipped configuration, and the callers the tests send against it. */
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { perimeterSettings } from '../../lib/enclave/perimeter/settings';
import { perimeterPolicies } from '../../lib/policy';
import type { OrganizationPolicyType, PolicyDocument } from '../../lib/policy';
import type { Request } from './evaluator';

export const config = parseEnclave(shipped);
export const settings = perimeterSettings(config, config.organization!);
export const policies = perimeterPolicies(settings);

/** Documents of one type that are attached to a unit. */
export const attachedTo = (unit: string, type: OrganizationPolicyType): readonly PolicyDocument[] =>
  policies.filter((p) => p.type === type && p.targets.includes(unit)).map((p) => p.content as PolicyDocument);

export const siteScps = attachedTo(settings.units.data, 'SERVICE_CONTROL_POLICY');
export const oversightScps = attachedTo(settings.units.oversight, 'SERVICE_CONTROL_POLICY');
export const rcps = attachedTo(settings.units.data, 'RESOURCE_CONTROL_POLICY');

const DUBLIN = '111122223333';
const role = (name: string, account = DUBLIN): string => `arn:aws:iam::${account}:role/${name}`;

/** Principals by what they are. */
export const CALLERS = {
  admin: role('Administrator'),
  exec: role('cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1'),
  deploy: role('cdk-hnb659fds-deploy-role-111122223333-eu-west-1'),
  pipeline: role('enclave/deployment/pipeline'),
  breakGlass: role('enclave/break-glass/repair'),
  keyAdministrator: role('enclave-dub-1-key-administrator'),
  app: role('enclave/app/web'),
  lookAlike: role('enclave-app/web'),
  broker: role('enclave/gateway/broker'),
  dataPlane: role('enclave/gateway/data-plane'),
  replication: role('enclave-dub-1-replication'),
  partnerReplication: role('enclave-nordic-1-replication', '333344445555'),
  attestor: role('enclave/oversight/attestor'),
  attestorNamesake: role('enclave/oversight/attestor-2'),
  corporateAttestor: role('enclave/oversight/attestor', '555566667777'),
  root: 'arn:aws:iam::111122223333:root',
  corporate: role('Analyst', '555566667777'),
} as const;

export type Caller = keyof typeof CALLERS;

/** A request of a caller of the organisation in Dublin's Region, over TLS, with more context or less. */
export function request(
  caller: Caller,
  action: string,
  more: Record<string, string | readonly string[]> = {},
  resource = '*',
): Request {
  return {
    action,
    resource,
    context: {
      'aws:PrincipalArn': CALLERS[caller],
      'aws:PrincipalOrgID': settings.organizationId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceOrgID': settings.organizationId,
      'aws:RequestedRegion': 'eu-west-1',
      'aws:SecureTransport': 'true',
      ...more,
    },
  };
}

/** The request without a key. */
export function without(key: string, { context, ...rest }: Request): Request {
  return { ...rest, context: Object.fromEntries(Object.entries(context).filter(([name]) => name !== key)) };
}
