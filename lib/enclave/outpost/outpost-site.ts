import type { Construct } from 'constructs';
import { KeysStack } from '../keys/keys-stack';
import { SiteOversightStack } from '../oversight/site-oversight-stack';
import { IdentityStack } from '../perimeter/identity-stack';
import type { SiteContext } from '../site-context';
import { OutpostNetworkStack } from './outpost-network-stack';
import { OutpostStoresStack } from './outpost-stores-stack';

/**
 * A site on an Outpost: identity, keys ─▶ network ─▶ stores. Without copies, without log bucket (S3 on Outposts logs no
 * access) and without gateway, whose functions run in Regions only and would read the data there.
 */
export class OutpostSite {
  /** What tells the auditor of this site. */
  readonly oversight: SiteOversightStack;

  constructor(app: Construct, at: SiteContext) {
    const { placement } = at.site;
    if (placement.kind !== 'outpost') throw new Error(`${at.site.id} stands in a Region; build it as a Site.`);
    const identity = new IdentityStack(app, at);
    const keys = new KeysStack(app, at);
    const network = new OutpostNetworkStack(app, at, placement, keys);
    network.addStackDependency(identity, 'a role needs its boundary');
    new OutpostStoresStack(app, at, placement, keys, network);
    this.oversight = new SiteOversightStack(app, at, keys);
    this.oversight.addStackDependency(identity, 'a role needs its boundary');
  }
}
