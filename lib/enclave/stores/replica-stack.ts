import type { Construct } from 'constructs';
import type { BucketConfig } from '../../../config/schema';
import { EnclaveStack } from '../enclave-stack';
import { replicaPurpose } from '../keys/key-plan';
import type { SiteKeys } from '../keys/keys-stack';
import { replicaBucketName, replicationRoleName, roleArn } from '../names';
import type { SiteNetwork } from '../network/network-stack';
import { homewardRoute } from '../recovery/homeward';
import { recoveryOf } from '../recovery/recovery';
import type { SiteContext } from '../site-context';
import { admitCopies } from './admit-copies';
import { EnclaveBucket } from './enclave-bucket';
import { ReplicationRole, replicateBucket } from './replication';

/**
 * The copies that one partner site keeps here. A stack per partner, deployed before the partner's stores, so that sites
 * can copy to each other without a cycle.
 */
export class ReplicaStack extends EnclaveStack {
  constructor(scope: Construct, at: SiteContext, from: SiteContext, keys: SiteKeys, network: SiteNetwork) {
    super(scope, `replica-of-${from.site.id}`, at, `copies of the buckets of ${from.site.id}`);
    const writer = roleArn(from, replicationRoleName(from));
    const buckets = at.enclave.stores.filter((s): s is BucketConfig => s.kind === 'bucket');
    const copies = buckets.map((store) => ({ store, key: keys.keyFor(store.class, replicaPurpose(from)) }));
    const recovery = recoveryOf(from);
    const role = recovery && new ReplicationRole(this, 'recovery', homewardRoute(recovery, copies));
    for (const [i, { store, key }] of copies.entries()) {
      const bucket = new EnclaveBucket(this, store.name, {
        at,
        store,
        bucketName: replicaBucketName(from, at, store.name),
        key,
        endpointId: network.s3Endpoint.vpcEndpointId,
        partnerRoleArn: writer,
        ...(recovery ? { replicationRoleArn: recovery.roleArn } : {}),
      });
      admitCopies(bucket, from, writer);
      if (role) replicateBucket(bucket, role, role.route.copies[i]!);
    }
  }
}
