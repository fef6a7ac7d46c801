import type { Construct } from 'constructs';
import type { Enclave as EnclaveConfig } from '../../config/schema';
import { EnclavePerimeterStack } from './perimeter/perimeter-stack';
import { Site } from './site';
import { siteContext } from './site-context';

/**
 * The enclave: its sites, side by side under `scope`. Adding a row to the configuration adds a site.
 *
 * Sites share nothing; the only order between them is that a copy's bucket exists before its source aims at it. The
 * policies of the organisation stand above them all, in a stack of the management account.
 */
export function buildEnclave(scope: Construct, config: EnclaveConfig): ReadonlyMap<string, Site> {
  const sites = new Map(config.sites.map((site) => [site.id, new Site(scope, siteContext(config, site.id))]));
  for (const { from, to } of config.replication) {
    sites.get(from)!.stores.addStackDependency(sites.get(to)!.copiesOf(from), `copies of ${from} are kept at ${to}`);
  }
  if (config.organization) new EnclavePerimeterStack(scope, config, config.organization);
  return sites;
}
