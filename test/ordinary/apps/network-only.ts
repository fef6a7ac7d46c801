import { CfnVPCPeeringConnection, IpAddresses, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'network-only',
  what: 'two peered VPCs with NAT and no data at all',
  withoutStores: true,
  build(app) {
    const stack = new Stack(app, 'Networks', { env: dublin });
    const [first, second] = ['10.10.0.0/16', '10.20.0.0/16'].map(
      (cidr, index) =>
        new Vpc(stack, `Vpc${index}`, { ipAddresses: IpAddresses.cidr(cidr), maxAzs: 2, natGateways: 1 }),
    );
    new CfnVPCPeeringConnection(stack, 'Peering', { vpcId: first!.vpcId, peerVpcId: second!.vpcId });
  },
};
