/** What EC2 answers about networks and ways out of them: it only reads. */
import {
  DescribeAddressesCommand,
  DescribeCarrierGatewaysCommand,
  DescribeClientVpnEndpointsCommand,
  DescribeCustomerGatewaysCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeFlowLogsCommand,
  DescribeInstanceConnectEndpointsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTrafficMirrorSessionsCommand,
  DescribeTransitGatewayPeeringAttachmentsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeTransitGatewaysCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { nextBy, readsOf } from '../read';

const ec2 = readsOf('ec2', (settings) => new EC2Client(settings));
const next = nextBy('NextToken');

export const NETWORK_READS = {
  regions: ec2(DescribeRegionsCommand, 'ec2:DescribeRegions'),
  vpcs: ec2(DescribeVpcsCommand, 'ec2:DescribeVpcs', { next }),
  subnets: ec2(DescribeSubnetsCommand, 'ec2:DescribeSubnets', { next }),
  routeTables: ec2(DescribeRouteTablesCommand, 'ec2:DescribeRouteTables', { next }),
  securityGroups: ec2(DescribeSecurityGroupsCommand, 'ec2:DescribeSecurityGroups', { next }),
  endpoints: ec2(DescribeVpcEndpointsCommand, 'ec2:DescribeVpcEndpoints', { next }),
  endpointServices: ec2(
    DescribeVpcEndpointServiceConfigurationsCommand,
    'ec2:DescribeVpcEndpointServiceConfigurations',
    { next },
  ),
  customerGateways: ec2(DescribeCustomerGatewaysCommand, 'ec2:DescribeCustomerGateways'),
  transitGateways: ec2(DescribeTransitGatewaysCommand, 'ec2:DescribeTransitGateways', { next }),
  flowLogs: ec2(DescribeFlowLogsCommand, 'ec2:DescribeFlowLogs', { next }),
  internetGateways: ec2(DescribeInternetGatewaysCommand, 'ec2:DescribeInternetGateways', { next }),
  egressOnlyGateways: ec2(DescribeEgressOnlyInternetGatewaysCommand, 'ec2:DescribeEgressOnlyInternetGateways', {
    next,
  }),
  natGateways: ec2(DescribeNatGatewaysCommand, 'ec2:DescribeNatGateways', { next }),
  carrierGateways: ec2(DescribeCarrierGatewaysCommand, 'ec2:DescribeCarrierGateways', { next }),
  peerings: ec2(DescribeVpcPeeringConnectionsCommand, 'ec2:DescribeVpcPeeringConnections', { next }),
  transitAttachments: ec2(DescribeTransitGatewayVpcAttachmentsCommand, 'ec2:DescribeTransitGatewayVpcAttachments', {
    next,
  }),
  transitPeerings: ec2(
    DescribeTransitGatewayPeeringAttachmentsCommand,
    'ec2:DescribeTransitGatewayPeeringAttachments',
    { next },
  ),
  vpnGateways: ec2(DescribeVpnGatewaysCommand, 'ec2:DescribeVpnGateways'),
  vpnConnections: ec2(DescribeVpnConnectionsCommand, 'ec2:DescribeVpnConnections'),
  clientVpns: ec2(DescribeClientVpnEndpointsCommand, 'ec2:DescribeClientVpnEndpoints', { next }),
  connectEndpoints: ec2(DescribeInstanceConnectEndpointsCommand, 'ec2:DescribeInstanceConnectEndpoints', { next }),
  mirrorSessions: ec2(DescribeTrafficMirrorSessionsCommand, 'ec2:DescribeTrafficMirrorSessions', { next }),
  addresses: ec2(DescribeAddressesCommand, 'ec2:DescribeAddresses'),
};
