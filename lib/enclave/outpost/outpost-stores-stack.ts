import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnEndpoint } from 'aws-cdk-lib/aws-s3outposts';
import type { Construct } from 'constructs';
import type { OutpostPlacement } from '../../../config/placement-schema';
import { EnclaveStack } from '../enclave-stack';
import type { SiteKeys } from '../keys/keys-stack';
import type { SiteContext } from '../site-context';
import { OutpostBucket } from './outpost-bucket';
import { OutpostDatabase } from './outpost-database';
import type { OutpostNetworkStack } from './outpost-network-stack';

/** Everything an Outpost keeps: buckets and databases. It copies to nobody, so what it loses is lost. */
export class OutpostStoresStack extends EnclaveStack {
  constructor(
    scope: Construct,
    at: SiteContext,
    placement: OutpostPlacement,
    keys: SiteKeys,
    { vpc }: OutpostNetworkStack,
  ) {
    super(scope, 'stores', at, 'buckets and databases on the Outpost', at.region.name, at.actualCountry);
    const outpostId = placement.outpostArn.split('/')[1]!;
    const group = new SecurityGroup(this, 'ObjectsGroup', {
      vpc,
      description: 'HTTPS from the VPC to the buckets of the Outpost',
      allowAllOutbound: false,
    });
    group.addIngressRule(Peer.ipv4(at.site.cidr), Port.tcp(443), 'HTTPS from inside the VPC');
    new CfnEndpoint(this, 'Objects', {
      outpostId,
      accessType: 'Private',
      securityGroupId: group.securityGroupId,
      subnetId: vpc.isolatedSubnets[0]!.subnetId,
    });
    for (const store of at.enclave.stores) {
      if (store.kind === 'bucket') new OutpostBucket(this, store.name, { at, store, outpostId, vpc });
      if (store.kind === 'database')
        new OutpostDatabase(this, store.name, {
          at,
          placement,
          store,
          vpc,
          key: keys.keyFor(store.class, 'database'),
          secretKey: keys.keyFor(store.class, 'secrets'),
        });
    }
  }
}
