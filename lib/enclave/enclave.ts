import type { Construct } from 'constructs';
import type { Enclave as EnclaveConfig } from '../../config/schema';
import { deliveriesOf } from './gateway/exports/deliveries';
import type { AttestationPlan } from './attestation/attestation-plan';
import { AttestationStack } from './attestation/attestation-stack';
import { AttestorStack } from './attestation/attestor-stack';
import type { GatewayPlan } from './gateway/gateway-plan';
import { OversightStack } from './oversight/oversight-stack';
import { OutpostSite } from './outpost/outpost-site';
import { EnclavePerimeterStack } from './perimeter/perimeter-stack';
import { Site } from './site';
import { siteContext } from './site-context';
import type { SiteContext } from './site-context';

/**
 * The enclave: its sites, side by side under `scope`. Adding a row to the configuration adds a site.
 *
 * Sites share nothing; the only order between them is that a copy's bucket exists before its source aims at it. The
 * auditor's account hears of them all and, given the code of the attestation, looks into them daily; the policies of the
 * organisation stand above, in a stack of the management account.
 */
export function buildEnclave(
  scope: Construct,
  config: EnclaveConfig,
  gateway: GatewayPlan,
  attestation?: AttestationPlan,
): ReadonlyMap<string, Site | OutpostSite> {
  const sites = new Map(config.sites.map((site) => [site.id, buildSite(scope, siteContext(config, site.id), gateway)]));
  for (const { from, to } of config.replication) {
    const [source, partner] = [sites.get(from), sites.get(to)];
    // Pairs with an Outpost are refused by the configuration.
    if (source instanceof Site && partner instanceof Site)
      source.stores.addStackDependency(partner.copiesOf(from), `copies of ${from} are kept at ${to}`);
  }
  const auditor = new OversightStack(scope, config);
  for (const { oversight } of sites.values())
    oversight.addStackDependency(auditor, 'a trail needs the archive it delivers into');
  if (config.attestation && attestation) {
    new AttestationStack(scope, config, config.attestation, attestation, auditor);
    for (const { id } of config.sites) new AttestorStack(scope, siteContext(config, id));
  }
  if (config.organization)
    new EnclavePerimeterStack(scope, config, config.organization, deliveriesOf(config, gateway.transfers));
  return sites;
}

const buildSite = (scope: Construct, at: SiteContext, gateway: GatewayPlan): Site | OutpostSite =>
  at.site.placement.kind === 'outpost' ? new OutpostSite(scope, at) : new Site(scope, at, gateway);
