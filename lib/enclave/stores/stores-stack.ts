import type { Construct } from 'constructs';
import type { BucketConfig } from '../../../config/schema';
import { EnclaveStack } from '../enclave-stack';
import type { SiteKeys } from '../keys/keys-stack';
import { bucketName } from '../names';
import type { SiteNetwork } from '../network/network-stack';
import { recoveryOf } from '../recovery/recovery';
import { outgoingPair, siteContext } from '../site-context';
import type { SiteContext } from '../site-context';
import { admitCopies } from './admit-copies';
import { EnclaveBucket } from './enclave-bucket';
import { EnclaveDatabase } from './enclave-database';
import { EnclaveTable } from './enclave-table';
import { ReplicationRole, outwardRoute, replicateBucket } from './replication';
import { VpcAccessPoint } from './vpc-access-point';

export interface StoresStackProps {
  readonly keys: SiteKeys;
  readonly network: SiteNetwork;
  /** Keys of the site's backups in the partner's Region; absent when the site copies to nobody. */
  readonly backupKeys?: SiteKeys;
}

/** Everything the site keeps: buckets, tables, databases, each under the key of its class, copied to the partner site. */
export class StoresStack extends EnclaveStack {
  /** Databases by the name of their store. */
  readonly databases: ReadonlyMap<string, EnclaveDatabase>;

  constructor(scope: Construct, at: SiteContext, { keys, network, backupKeys }: StoresStackProps) {
    super(scope, 'stores', at, 'buckets, tables and databases');
    const pair = outgoingPair(at);
    const partner = pair && siteContext(at.enclave, pair.to);
    const buckets = at.enclave.stores.filter((s): s is BucketConfig => s.kind === 'bucket');
    const recovery = recoveryOf(at);
    const objectKey = (store: BucketConfig) => keys.keyFor(store.class, 'objects');
    const route =
      partner &&
      outwardRoute(
        at,
        partner,
        buckets.map((store) => ({ store, key: objectKey(store) })),
      );
    const replication = route && new ReplicationRole(this, 'replication', route);

    for (const [i, store] of buckets.entries()) {
      const bucket = new EnclaveBucket(this, store.name, {
        at,
        store,
        bucketName: bucketName(at, store.name),
        key: objectKey(store),
        endpointId: network.s3Endpoint.vpcEndpointId,
        ...(replication ? { replicationRoleArn: replication.arn } : {}),
        ...(recovery ? { partnerRoleArn: recovery.roleArn } : {}),
      });
      if (recovery) admitCopies(bucket, recovery.partner, recovery.roleArn);
      if (replication) replicateBucket(bucket, replication, replication.route.copies[i]!);
      if (store.class === 'restricted')
        new VpcAccessPoint(this, `${store.name}-access-point`, at, store.name, bucket, network.vpc);
    }

    const databases = new Map<string, EnclaveDatabase>();
    this.databases = databases;
    for (const store of at.enclave.stores) {
      if (store.kind === 'table') {
        new EnclaveTable(
          this,
          store.name,
          at,
          store,
          keys.keyFor(store.class, 'tables'),
          network.dynamodbEndpoint.vpcEndpointId,
        );
      } else if (store.kind === 'database') {
        const database = new EnclaveDatabase(this, store.name, {
          at,
          store,
          vpc: network.vpc,
          key: keys.keyFor(store.class, 'database'),
          insightsKey: keys.keyFor(store.class, 'insights'),
          secretKey: keys.keyFor(store.class, 'secrets'),
          logKey: keys.keyFor('audit', 'logs'),
          ...(partner && backupKeys
            ? {
                backups: {
                  region: partner.site.placement.region,
                  key: backupKeys.keyFor(store.class, 'database-backups'),
                },
              }
            : {}),
        });
        databases.set(store.name, database);
      }
    }
  }
}
