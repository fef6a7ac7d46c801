import { CfnResource } from 'aws-cdk-lib/core';
import { IpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { SiteContext } from '../site-context';

/**
 * A VPC with isolated subnets only: no internet gateway, no NAT, no peering, no route but the local one. What is inside
 * reaches AWS through endpoints or not at all.
 *
 * Subnets name their zone by id. Zone names are shuffled per account, so two accounts' `eu-west-1a` can be one building.
 */
export class IsolatedVpc extends Vpc {
  constructor(scope: Construct, id: string, at: SiteContext) {
    super(scope, id, {
      vpcName: `${at.enclave.name}-${at.site.id}`,
      ipAddresses: IpAddresses.cidr(at.site.cidr),
      availabilityZones: at.site.placement.zones,
      natGateways: 0,
      createInternetGateway: false,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    this.isolatedSubnets.forEach((subnet, index) => {
      const resource = subnet.node.defaultChild as CfnSubnet;
      resource.addPropertyDeletionOverride('AvailabilityZone');
      resource.addPropertyOverride('AvailabilityZoneId', at.site.placement.zones[index]);
    });
  }

  /** The function that empties the default security group; its log goes to `logGroupName` instead of an undeclared group. */
  logDefaultGroupHandlerTo(logGroupName: string, stack: Construct): void {
    const provider = stack.node.tryFindChild('Custom::VpcRestrictDefaultSGCustomResourceProvider');
    const handler = provider?.node.tryFindChild('Handler');
    if (!(handler instanceof CfnResource))
      throw new Error(
        'aws-cdk-lib no longer closes the default security group by Custom::VpcRestrictDefaultSG; adapt IsolatedVpc.',
      );
    handler.addPropertyOverride('LoggingConfig', { LogGroup: logGroupName });
  }
}
