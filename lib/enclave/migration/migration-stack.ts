import type { Construct } from 'constructs';
import type { BucketConfig, DatabaseConfig, StoreConfig } from '../../../config/schema';
import { EnclaveStack } from '../enclave-stack';
import { EnclaveKey } from '../keys/enclave-key';
import type { SiteKeys } from '../keys/keys-stack';
import type { SiteNetwork } from '../network/network-stack';
import type { StoresStack } from '../stores/stores-stack';
import { Carrier, carrierArn, carryOn } from './carrier';
import { DatabaseLoad } from './database-load';
import { LandingBucket } from './landing-bucket';
import { RestoredDatabase } from './restored-database';
import { landingPurpose, sourceRoleArn } from './source-places';
import type { Landing } from './source-places';

export interface MigrationStackProps {
  readonly landing: Landing;
  readonly keys: SiteKeys;
  readonly network: SiteNetwork;
  readonly stores: StoresStack;
}

/**
 * What is brought in from outside the EEA, one way, until the sunset: landing buckets that one role of the source writes
 * and nobody abroad reads, carried on to the site's stores under the site's keys; restored snapshots; loads of rows.
 *
 * Nothing here names a source as a destination. Absent without the section `migration`.
 */
export class EnclaveMigrationStack extends EnclaveStack {
  constructor(scope: Construct, { landing: { at, migration }, keys, network, stores }: MigrationStackProps) {
    super(scope, 'migration', at, `brings data in until ${migration.sunset}`);
    const landed = new Map<string, { bucket: LandingBucket; key: EnclaveKey }>();
    for (const source of migration.objects) {
      const store = this.storeOf<BucketConfig>(source.into);
      const key = new EnclaveKey(this, `${source.id}-key`, at, {
        class: store.class,
        purpose: landingPurpose(source.id),
        use: 'landing',
        landsFrom: { account: source.account, roleArn: sourceRoleArn(source) },
      });
      const storeKey = keys.keyFor(store.class, 'objects');
      const loads = migration.databases.filter(({ via }) => via.kind === 'dms' && via.landed === source.id);
      const bucket = new LandingBucket(this, source.id, {
        at,
        source,
        class: store.class,
        key: key.key,
        readers: [carrierArn(at, source), ...loads.map(({ id }) => DatabaseLoad.readerArn(at, id))],
      });
      const carrier = new Carrier(this, `${source.id}-carrier`, { at, source, landingKey: key.key, storeKey });
      carryOn(bucket, { at, source, storeKey }, carrier);
      landed.set(source.id, { bucket, key });
    }
    for (const source of migration.databases) {
      const store = this.storeOf<DatabaseConfig>(source.into);
      const key = keys.keyFor(store.class, 'database');
      if (source.via.kind === 'snapshot') {
        const { snapshot } = source.via;
        new RestoredDatabase(this, source.id, { at, source: source.id, snapshot, store, vpc: network.vpc, key });
      } else {
        const files = landed.get(source.via.landed)!;
        new DatabaseLoad(this, source.id, {
          at,
          source: source.id,
          rows: source.via,
          store,
          database: stores.databases.get(source.into)!,
          files: files.bucket,
          filesKey: files.key.key,
          secretKey: keys.keyFor(store.class, 'secrets'),
          key,
          vpc: network.vpc,
        });
      }
    }
  }

  private storeOf<Kind extends StoreConfig>(name: string): Kind {
    return this.at.enclave.stores.find((store) => store.name === name) as Kind;
  }
}
