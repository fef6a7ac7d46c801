import { FlowLogDestination, FlowLogTrafficType } from 'aws-cdk-lib/aws-ec2';
import type { CfnSubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { OutpostPlacement } from '../../../config/placement-schema';
import { EnclaveStack } from '../enclave-stack';
import type { SiteKeys } from '../keys/keys-stack';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import { IsolatedVpc } from '../network/isolated-vpc';
import type { SiteContext } from '../site-context';

/**
 * The network of an Outpost: one isolated subnet on it, no route but the local one, and no endpoint, because endpoints
 * stand in the parent Region. Its route table is never tied to the local gateway, so that the building's own network stays
 * outside.
 */
export class OutpostNetworkStack extends EnclaveStack {
  readonly vpc: IVpc;

  constructor(scope: Construct, at: SiteContext, placement: OutpostPlacement, keys: SiteKeys) {
    super(scope, 'network', at, 'isolated network on the Outpost', at.region.name, at.actualCountry);
    const logKey = keys.keyFor('audit', 'logs');
    const vpc = new IsolatedVpc(this, 'Vpc', at);
    vpc.logDefaultGroupHandlerTo(new EnclaveLogGroup(this, 'DefaultGroupHandler', at, logKey).logGroupName, this);
    for (const subnet of vpc.isolatedSubnets)
      (subnet.node.defaultChild as CfnSubnet).addPropertyOverride('OutpostArn', placement.outpostArn);
    vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(new EnclaveLogGroup(this, 'Flows', at, logKey)),
      trafficType: FlowLogTrafficType.ALL,
    });
    this.vpc = vpc;
  }

  override get availabilityZones(): string[] {
    return [...this.at.site.placement.zones];
  }
}
