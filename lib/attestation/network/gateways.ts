/** Ways out of a network that are things of their own: in an enclave nobody declares one, so each that stands is named. */
import type { Answer } from '../model';
import type { Read } from '../read';
import { inventoryOf, listed } from '../service';
import type { Found } from '../service';
import { NETWORK_READS } from './network-reader';

interface Way<I extends object, O extends object, T> {
  readonly name: string;
  readonly type: string;
  readonly channels: readonly string[];
  readonly why: string;
  readonly read: Read<I, O>;
  readonly items: (answer: O) => readonly T[] | undefined;
  readonly found: (item: T) => Found | undefined;
}

const way = <I extends object, O extends object, T>({ name, type, channels, why, read, items, found }: Way<I, O, T>) =>
  listed({
    name,
    types: [type],
    channels,
    undeclared: { why, remedy: 'Take it out of the network and delete it; find in CloudTrail who made it.' },
    list: async ({ reading }) => {
      const answer: Answer<readonly T[]> = await reading.list(read, {} as I, items);
      return inventoryOf(answer, found);
    },
  });

/** States in which AWS still shows what no longer works. */
const gone = (state: string | undefined): boolean => /^(deleted|deleting|rejected|failed|expired)$/u.test(state ?? '');

const attachedTo = (attachments: readonly { readonly VpcId?: string | undefined }[] | undefined): string => {
  const networks = (attachments ?? []).flatMap(({ VpcId }) => VpcId ?? []);
  return networks.length > 0 ? `attached to ${networks.join(', ')}` : 'attached to nothing';
};

export const GATEWAYS = [
  way({
    name: 'customer gateways',
    type: 'AWS::EC2::CustomerGateway',
    channels: ['customer-gateway-address'],
    why: 'a customer gateway names the far end of a private line, wherever that stands',
    read: NETWORK_READS.customerGateways,
    items: ({ CustomerGateways }) => CustomerGateways,
    found: ({ CustomerGatewayId: id, IpAddress, State }) =>
      id && !gone(State) ? { id, arn: id, seen: `at ${IpAddress ?? '?'}` } : undefined,
  }),
  way({
    name: 'transit gateways',
    type: 'AWS::EC2::TransitGateway',
    channels: ['transit-auto-accept'],
    why: 'a transit gateway connects every network that is attached to it, of other accounts too',
    read: NETWORK_READS.transitGateways,
    items: ({ TransitGateways }) => TransitGateways,
    found: ({ TransitGatewayId: id, OwnerId, State, Options }) =>
      id && !gone(State)
        ? {
            id,
            arn: id,
            seen: `of ${OwnerId ?? '?'}, shared attachments ${Options?.AutoAcceptSharedAttachments === 'enable' ? 'accepted by itself' : 'to be accepted'}`,
          }
        : undefined,
  }),
  way({
    name: 'internet gateways',
    type: 'AWS::EC2::InternetGateway',
    channels: ['internet-gateway', 'gateway-attachment'],
    why: 'an internet gateway connects a network with everybody',
    read: NETWORK_READS.internetGateways,
    items: ({ InternetGateways }) => InternetGateways,
    found: ({ InternetGatewayId: id, Attachments }) =>
      id ? { id, arn: id, seen: attachedTo(Attachments) } : undefined,
  }),
  way({
    name: 'egress-only internet gateways',
    type: 'AWS::EC2::EgressOnlyInternetGateway',
    channels: ['egress-only-gateway'],
    why: 'an egress-only gateway lets everything in the network reach the internet',
    read: NETWORK_READS.egressOnlyGateways,
    items: ({ EgressOnlyInternetGateways }) => EgressOnlyInternetGateways,
    found: ({ EgressOnlyInternetGatewayId: id, Attachments }) =>
      id ? { id, arn: id, seen: attachedTo(Attachments) } : undefined,
  }),
  way({
    name: 'NAT gateways',
    type: 'AWS::EC2::NatGateway',
    channels: ['nat-gateway'],
    why: 'a NAT gateway lets everything in the network reach the internet or another network',
    read: NETWORK_READS.natGateways,
    items: ({ NatGateways }) => NatGateways,
    found: ({ NatGatewayId: id, VpcId, State }) =>
      id && !gone(State) ? { id, arn: id, seen: `${State ?? '?'} in ${VpcId ?? '?'}` } : undefined,
  }),
  way({
    name: 'carrier gateways',
    type: 'AWS::EC2::CarrierGateway',
    channels: ['carrier-gateway'],
    why: 'a carrier gateway connects a network with a telephone network',
    read: NETWORK_READS.carrierGateways,
    items: ({ CarrierGateways }) => CarrierGateways,
    found: ({ CarrierGatewayId: id, VpcId, State }) =>
      id && !gone(State) ? { id, arn: id, seen: `${State ?? '?'} in ${VpcId ?? '?'}` } : undefined,
  }),
  way({
    name: 'peerings',
    type: 'AWS::EC2::VPCPeeringConnection',
    channels: ['peering-account', 'peering-region', 'peering-vpc'],
    why: 'a peering joins two networks, wherever and whosever the other one is',
    read: NETWORK_READS.peerings,
    items: ({ VpcPeeringConnections }) => VpcPeeringConnections,
    found: ({ VpcPeeringConnectionId: id, AccepterVpcInfo: to, RequesterVpcInfo: from, Status }) =>
      id && !gone(Status?.Code)
        ? {
            id,
            arn: id,
            seen: `${Status?.Code ?? '?'}: ${from?.VpcId ?? '?'} of ${from?.OwnerId ?? '?'} with ${to?.VpcId ?? '?'} of ${to?.OwnerId ?? '?'}`,
            reaches: [from?.Region, to?.Region].flatMap((region) => region ?? []),
          }
        : undefined,
  }),
  way({
    name: 'transit gateway attachments',
    type: 'AWS::EC2::TransitGatewayAttachment',
    channels: ['transit-attachment', 'transit-vpc-attachment'],
    why: 'a transit gateway connects the network with every other one that is attached',
    read: NETWORK_READS.transitAttachments,
    items: ({ TransitGatewayVpcAttachments }) => TransitGatewayVpcAttachments,
    found: ({ TransitGatewayAttachmentId: id, VpcId, TransitGatewayId, State }) =>
      id && !gone(State) ? { id, arn: id, seen: `${VpcId ?? '?'} on ${TransitGatewayId ?? '?'}` } : undefined,
  }),
  way({
    name: 'transit gateway peerings',
    type: 'AWS::EC2::TransitGatewayPeeringAttachment',
    channels: ['transit-peering-account', 'transit-peering-gateway', 'transit-peering-region'],
    why: 'a peering of transit gateways joins the networks of two Regions',
    read: NETWORK_READS.transitPeerings,
    items: ({ TransitGatewayPeeringAttachments }) => TransitGatewayPeeringAttachments,
    found: ({ TransitGatewayAttachmentId: id, AccepterTgwInfo: to, RequesterTgwInfo: from, State }) =>
      id && !gone(State)
        ? {
            id,
            arn: id,
            seen: `${from?.TransitGatewayId ?? '?'} with ${to?.TransitGatewayId ?? '?'} of ${to?.OwnerId ?? '?'}`,
            reaches: [from?.Region, to?.Region].flatMap((region) => region ?? []),
          }
        : undefined,
  }),
  way({
    name: 'VPN gateways',
    type: 'AWS::EC2::VPNGateway',
    channels: ['vpn-gateway', 'vpn-attachment'],
    why: 'a VPN gateway connects a network with somebody else’s',
    read: NETWORK_READS.vpnGateways,
    items: ({ VpnGateways }) => VpnGateways,
    found: ({ VpnGatewayId: id, VpcAttachments, State }) =>
      id && !gone(State) ? { id, arn: id, seen: attachedTo(VpcAttachments) } : undefined,
  }),
  way({
    name: 'VPN connections',
    type: 'AWS::EC2::VPNConnection',
    channels: ['vpn-connection-peer', 'vpn-acceleration'],
    why: 'a VPN connection leads to a host outside AWS',
    read: NETWORK_READS.vpnConnections,
    items: ({ VpnConnections }) => VpnConnections,
    found: ({ VpnConnectionId: id, CustomerGatewayId, State }) =>
      id && !gone(State) ? { id, arn: id, seen: `to ${CustomerGatewayId ?? '?'}` } : undefined,
  }),
  way({
    name: 'client VPNs',
    type: 'AWS::EC2::ClientVpnEndpoint',
    channels: ['client-vpn'],
    why: 'a client VPN lets people in, and data out, from wherever they are',
    read: NETWORK_READS.clientVpns,
    items: ({ ClientVpnEndpoints }) => ClientVpnEndpoints,
    found: ({ ClientVpnEndpointId: id, VpcId }) => (id ? { id, arn: id, seen: `into ${VpcId ?? '?'}` } : undefined),
  }),
  way({
    name: 'instance connect endpoints',
    type: 'AWS::EC2::InstanceConnectEndpoint',
    channels: ['instance-connect-endpoint'],
    why: 'an instance connect endpoint is a tunnel from the internet into the network',
    read: NETWORK_READS.connectEndpoints,
    items: ({ InstanceConnectEndpoints }) => InstanceConnectEndpoints,
    found: ({ InstanceConnectEndpointId: id, VpcId, InstanceConnectEndpointArn: arn }) =>
      id ? { id, arn: arn ?? id, seen: `into ${VpcId ?? '?'}` } : undefined,
  }),
  way({
    name: 'endpoint services',
    type: 'AWS::EC2::VPCEndpointService',
    channels: ['endpoint-service-acceptance', 'endpoint-service-backend', 'endpoint-service-regions'],
    why: 'an endpoint service offers what stands behind it to other accounts',
    read: NETWORK_READS.endpointServices,
    items: ({ ServiceConfigurations }) => ServiceConfigurations,
    found: ({ ServiceId: id, ServiceName, SupportedRegions }) =>
      id
        ? {
            id,
            arn: ServiceName ?? id,
            seen: ServiceName ?? 'endpoint service',
            reaches: (SupportedRegions ?? []).flatMap(({ Region }) => Region ?? []),
          }
        : undefined,
  }),
  way({
    name: 'traffic mirrors',
    type: 'AWS::EC2::TrafficMirrorSession',
    channels: ['traffic-mirror-session', 'traffic-mirror-owner'],
    why: 'a traffic mirror copies every packet to its target',
    read: NETWORK_READS.mirrorSessions,
    items: ({ TrafficMirrorSessions }) => TrafficMirrorSessions,
    found: ({ TrafficMirrorSessionId: id, NetworkInterfaceId, TrafficMirrorTargetId, OwnerId }) =>
      id
        ? { id, arn: id, seen: `${NetworkInterfaceId ?? '?'} to ${TrafficMirrorTargetId ?? '?'} of ${OwnerId ?? '?'}` }
        : undefined,
  }),
  way({
    name: 'elastic addresses',
    type: 'AWS::EC2::EIP',
    channels: ['elastic-ip-instance', 'elastic-ip-association', 'elastic-ip-border-group'],
    why: 'an elastic address makes what it is given to reachable from the internet',
    read: NETWORK_READS.addresses,
    items: ({ Addresses }) => Addresses,
    found: ({ PublicIp: id, AllocationId, NetworkInterfaceId, InstanceId }) =>
      id
        ? { id, arn: AllocationId ?? id, seen: `${id} on ${InstanceId ?? NetworkInterfaceId ?? 'nothing'}` }
        : undefined,
  }),
];
