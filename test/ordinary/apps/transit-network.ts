import {
  CfnRoute,
  CfnTransitGateway,
  CfnTransitGatewayAttachment,
  FlowLogDestination,
  FlowLogTrafficType,
  IpAddresses,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'transit-network',
  what: 'hub and spoke: an egress VPC and two workload VPCs on a transit gateway of one Region, with flow logs',
  build(app) {
    const stack = new Stack(app, 'Hub', { env: frankfurt });
    const hub = new CfnTransitGateway(stack, 'Transit', {
      description: 'regional hub',
      autoAcceptSharedAttachments: 'disable',
      defaultRouteTableAssociation: 'enable',
      defaultRouteTablePropagation: 'enable',
    });
    const egress = new Vpc(stack, 'Egress', { ipAddresses: IpAddresses.cidr('10.0.0.0/20'), maxAzs: 2 });
    const spokes = ['10.1.0.0/16', '10.2.0.0/16'].map(
      (cidr, index) =>
        new Vpc(stack, `Spoke${index + 1}`, {
          ipAddresses: IpAddresses.cidr(cidr),
          maxAzs: 2,
          subnetConfiguration: [{ name: 'workload', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
        }),
    );
    for (const [vpc, subnets] of [
      [egress, egress.privateSubnets],
      ...spokes.map((spoke) => [spoke, spoke.isolatedSubnets] as const),
    ] as const) {
      vpc.addFlowLog('Flow', {
        destination: FlowLogDestination.toCloudWatchLogs(),
        trafficType: FlowLogTrafficType.REJECT,
      });
      const attachment = new CfnTransitGatewayAttachment(stack, `${vpc.node.id}Attachment`, {
        transitGatewayId: hub.ref,
        vpcId: vpc.vpcId,
        subnetIds: subnets.map((subnet) => subnet.subnetId),
      });
      subnets.forEach((subnet, index) => {
        const route = new CfnRoute(stack, `${vpc.node.id}Route${index}`, {
          routeTableId: subnet.routeTable.routeTableId,
          destinationCidrBlock: vpc === egress ? '10.0.0.0/8' : '0.0.0.0/0',
          transitGatewayId: hub.ref,
        });
        route.addResourceDependency(attachment);
      });
    }
  },
};
