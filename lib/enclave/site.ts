import type { Construct } from 'constructs';
import { CodeSignature } from './gateway/code-signature';
import { deliveriesOf } from './gateway/exports/deliveries';
import { transfersOf } from './gateway/gateway-plan';
import type { GatewayPlan } from './gateway/gateway-plan';
import { GatewayStack } from './gateway/gateway-stack';
import { BackupKeysStack, KeysStack } from './keys/keys-stack';
import { LogsStack } from './logs/logs-stack';
import { EnclaveMigrationStack } from './migration/migration-stack';
import { landingAt } from './migration/source-places';
import { NetworkStack } from './network/network-stack';
import { SiteOversightStack } from './oversight/site-oversight-stack';
import { IdentityStack } from './perimeter/identity-stack';
import { incomingPartners, outgoingPair, siteContext } from './site-context';
import type { SiteContext } from './site-context';
import { ReplicaStack } from './stores/replica-stack';
import { StoresStack } from './stores/stores-stack';

/**
 * One site of the enclave:
 *
 *   identity, keys ─▶ logs ─▶ network ─▶ copies kept for partners
 *                                    ├─▶ stores ──▶ (copies at the partner, by agreed name)
 *                                    └─▶ gateway
 *
 * Its stacks stand side by side in the app, neither in a Stage (`cdk deploy --all` and `cdk synth` look into none by
 * themselves) nor below a construct (ids would no longer be the stacks' names): `cdk deploy dub-1-stores` just works.
 */
export class Site {
  readonly stores: StoresStack;
  /** What tells the auditor of this site. */
  readonly oversight: SiteOversightStack;
  private readonly replicas = new Map<string, ReplicaStack>();

  constructor(
    app: Construct,
    private readonly at: SiteContext,
    plan: GatewayPlan,
  ) {
    const pair = outgoingPair(at);
    const identity = new IdentityStack(app, at, deliveriesOf(at.enclave, plan.transfers));
    const keys = new KeysStack(app, at, transfersOf(plan, at.site.id));
    const backupKeys = pair && new BackupKeysStack(app, at, siteContext(at.enclave, pair.to));
    const logs = new LogsStack(app, at);
    const network = new NetworkStack(app, at, keys);
    network.addStackDependency(identity, 'a role needs its boundary');
    for (const from of incomingPartners(at)) {
      const replica = new ReplicaStack(app, at, from, keys, network);
      replica.addStackDependency(logs);
      this.replicas.set(from.site.id, replica);
    }
    this.stores = new StoresStack(app, at, { keys, network, ...(backupKeys ? { backupKeys } : {}) });
    this.stores.addStackDependency(logs);
    const landing = landingAt(at);
    if (landing)
      new EnclaveMigrationStack(app, { landing, keys, network, stores: this.stores }).addStackDependency(
        this.stores,
        'what lands is carried to its store',
      );
    const { config: signature } = new CodeSignature(identity, 'GatewayCode');
    const gateway = new GatewayStack(app, at, { keys, network, plan, signature });
    gateway.addStackDependency(logs);
    this.oversight = new SiteOversightStack(app, at, keys);
    this.oversight.addStackDependency(identity, 'a role needs its boundary');
  }

  /** The stack that holds the copies of this partner's buckets; throws when the partner does not copy to this site. */
  copiesOf(partner: string): ReplicaStack {
    const replica = this.replicas.get(partner);
    if (!replica) throw new Error(`${this.at.site.id} keeps no copies of ${partner}.`);
    return replica;
  }
}
