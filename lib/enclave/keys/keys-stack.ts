import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Transfer } from '../../gateway/transfer';
import { EnclaveStack } from '../enclave-stack';
import type { SiteContext, StoreClass } from '../site-context';
import { EnclaveKey } from './enclave-key';
import type { KeyPlan } from './key-plan';
import { plannedBackupKeys, plannedExportKeys, plannedKeys } from './key-plan';

/** Read access to the keys of a site, by data class and purpose. */
export interface SiteKeys {
  /** The key of this class and purpose; throws when the plan has none, because a store without its own key must not be built. */
  keyFor(dataClass: StoreClass, purpose: string): IKey;
}

abstract class KeyHolder extends EnclaveStack implements SiteKeys {
  private readonly keys = new Map<string, IKey>();

  protected hold(plans: readonly KeyPlan[]): void {
    for (const plan of plans)
      this.keys.set(
        `${plan.class}/${plan.purpose}`,
        new EnclaveKey(this, `${plan.class}-${plan.purpose}`, this.at, plan).key,
      );
  }

  keyFor(dataClass: StoreClass, purpose: string): IKey {
    const key = this.keys.get(`${dataClass}/${purpose}`);
    if (!key)
      throw new Error(
        `${this.stackName} holds no key for ${dataClass} ${purpose}; plan it in lib/enclave/keys/key-plan.ts.`,
      );
    return key;
  }
}

/** Every key of the site that stands in the site's own Region. */
export class KeysStack extends KeyHolder {
  /** @param transfers registered transfers that leave the site */
  constructor(scope: Construct, at: SiteContext, transfers: readonly Transfer[] = []) {
    super(scope, 'keys', at, 'customer keys, one per data class and purpose');
    this.hold([...plannedKeys(at), ...plannedExportKeys(transfers)]);
  }
}

/** Keys of the site's own database backups, in the Region and country of the partner site. */
export class BackupKeysStack extends KeyHolder {
  constructor(scope: Construct, at: SiteContext, partner: SiteContext) {
    super(
      scope,
      'backup-keys',
      at,
      `keys of the database backups kept at ${partner.site.id}`,
      partner.site.placement.region,
    );
    this.hold(plannedBackupKeys(at));
  }
}
