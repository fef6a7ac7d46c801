import type { Construct } from 'constructs';
import type { Enclave as EnclaveConfig } from '../../config/schema';
import type { GatewayPlan } from './gateway/gateway-plan';
import { OversightStack } from './oversight/oversight-stack';
import { EnclavePerimeterStack } from './perimeter/perimeter-stack';
import { Site } from './site';
import { siteContext } from './site-context';

/**
 * The enclave: its sites, side by side under `scope`. Adding a row to the configuration adds a site.
 *
 * Sites share nothing; the only order between them is that a copy's bucket exists before its source aims at it. The
 * auditor's account hears of them all; the policies of the organisation stand above, in a stack of the management account.
 */
export function buildEnclave(scope: Construct, config: EnclaveConfig, gateway: GatewayPlan): ReadonlyMap<string, Site> {
  const sites = new Map(config.sites.map((site) => [site.id, new Site(scope, siteContext(config, site.id), gateway)]));
  for (const { from, to } of config.replication) {
    sites.get(from)!.stores.addStackDependency(sites.get(to)!.copiesOf(from), `copies of ${from} are kept at ${to}`);
  }
  const auditor = new OversightStack(scope, config);
  for (const { oversight } of sites.values())
    oversight.addStackDependency(auditor, 'a trail needs the archive it delivers into');
  if (config.organization) new EnclavePerimeterStack(scope, config, config.organization);
  return sites;
}
