import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { EnclaveStack } from '../enclave-stack';
import { replicaPurpose } from '../keys/key-plan';
import type { SiteKeys } from '../keys/keys-stack';
import { replicaBucketName, replicationRoleName, roleArn } from '../names';
import type { SiteNetwork } from '../network/network-stack';
import type { SiteContext } from '../site-context';
import { EnclaveBucket } from './enclave-bucket';

/**
 * The copies that one partner site keeps here. A stack per partner, deployed before the partner's stores, so that sites
 * can copy to each other without a cycle.
 */
export class ReplicaStack extends EnclaveStack {
  constructor(scope: Construct, at: SiteContext, from: SiteContext, keys: SiteKeys, network: SiteNetwork) {
    super(scope, `replica-of-${from.site.id}`, at, `copies of the buckets of ${from.site.id}`);
    for (const store of at.enclave.stores) {
      if (store.kind !== 'bucket') continue;
      const bucket = new EnclaveBucket(this, store.name, {
        at,
        store,
        bucketName: replicaBucketName(from, at, store.name),
        key: keys.keyFor(store.class, replicaPurpose(from)),
        endpointId: network.s3Endpoint.vpcEndpointId,
        partnerRoleArn: roleArn(from, replicationRoleName(from)),
      });
      bucket.addToResourcePolicy(
        new PolicyStatement({
          sid: 'CopiesFromThePartnerSite',
          principals: [new AccountPrincipal(from.site.account)],
          actions: [
            's3:ObjectOwnerOverrideToBucketOwner',
            's3:ReplicateDelete',
            's3:ReplicateObject',
            's3:ReplicateTags',
          ],
          resources: [bucket.arnForObjects('*')],
          conditions: {
            ArnEquals: { 'aws:PrincipalArn': roleArn(from, replicationRoleName(from)) },
            StringEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
          },
        }),
      );
    }
  }
}
