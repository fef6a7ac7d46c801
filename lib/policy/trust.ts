/** Trust policies of the security gateway's roles. */
import { policyDocument } from './document';
import type { PolicyDocument } from './document';
import { brokerRoles } from './roles';
import type { PerimeterSettings } from './settings';

/** Tags of a gateway session; no other may be set. The first three are demanded, the others say more of the same access. */
const GATEWAY_TAGS = ['gw:mfa', 'gw:reason', 'gw:ticket', 'gw:class', 'gw:dataset', 'gw:grant', 'gw:zone'] as const;

type TrustSettings = Pick<PerimeterSettings, 'name' | 'partition' | 'organizationId' | 'sites' | 'gateway'>;

/**
 * Who may become the data plane in this account: its own broker, with an approved ticket, a reason of the list, an
 * asserted second factor, the person's identity, and no tag besides. Time is bounded by the session: chained sessions last
 * at most an hour, and no date can be compared with a tag.
 *
 * @param endpointIds STS endpoints the broker calls from; empty: not pinned
 */
export function gatewayDataPlaneTrust(
  settings: TrustSettings,
  account: string,
  endpointIds: readonly string[] = [],
): PolicyDocument {
  const brokers = brokerRoles(settings).filter((arn) => arn.includes(`::${account}:`));
  if (brokers.length === 0)
    throw new Error(`Account ${account} holds no site: no broker there may assume the data plane.`);
  return policyDocument([
    {
      Sid: 'TheBrokerForOneApprovedRequest',
      Effect: 'Allow',
      Principal: { AWS: `arn:${settings.partition}:iam::${account}:root` },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      Condition: {
        ArnLike: { 'aws:PrincipalArn': brokers },
        StringEquals: {
          'aws:PrincipalOrgID': settings.organizationId,
          'aws:RequestTag/gw:mfa': 'true',
          'aws:RequestTag/gw:reason': settings.gateway.reasons,
          ...(endpointIds.length > 0 ? { 'aws:SourceVpce': endpointIds } : {}),
        },
        StringLike: { 'aws:RequestTag/gw:ticket': settings.gateway.ticket, 'sts:SourceIdentity': '?*' },
        // True of no tags at all as well; the three named ones are required above.
        'ForAllValues:StringEquals': { 'aws:TagKeys': [...GATEWAY_TAGS] },
      },
    },
  ]);
}
