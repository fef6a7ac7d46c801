import { requireCountry, requireRegion } from '../geo';
import type { Country, Region } from '../geo';
import type { Enclave, ReplicationPair, SiteConfig, StoreConfig } from '../../config/schema';

/** Class of a store inside the enclave: the configured classes, and `audit` for the logs the enclave keeps itself. */
export type StoreClass = StoreConfig['class'] | 'audit';

/** What every part of a site needs to know: the enclave, the site, and the facts derived from where it stands. */
export interface SiteContext {
  readonly enclave: Enclave;
  readonly site: SiteConfig;
  readonly region: Region;
  /** Country the site really stands in: derived from the placement, never typed. */
  readonly actualCountry: Country;
  readonly committedCountry: Country;
}

/** The context of the site with this id; throws when the enclave has no such site. */
export function siteContext(enclave: Enclave, id: string): SiteContext {
  const site = enclave.sites.find((s) => s.id === id);
  if (!site) throw new Error(`Site "${id}" is not in the configuration.`);
  const region = requireRegion(site.placement.region);
  const { placement } = site;
  const onOutpost = placement.kind === 'outpost';
  return {
    // An Outpost goes without the stores that it cannot hold.
    enclave: onOutpost
      ? { ...enclave, stores: enclave.stores.filter(({ name }) => !placement.without.includes(name)) }
      : enclave,
    site,
    region,
    actualCountry: requireCountry(onOutpost ? placement.siteCountry : region.country),
    committedCountry: requireCountry(site.commitment.country),
  };
}

/** The pair by which this site copies to a partner, or undefined when it copies to nobody. */
export function outgoingPair({ enclave, site }: SiteContext): ReplicationPair | undefined {
  return enclave.replication.find((pair) => pair.from === site.id);
}

/** Contexts of the sites that copy to this one, in configuration order. */
export function incomingPartners({ enclave, site }: SiteContext): SiteContext[] {
  return enclave.replication.filter((pair) => pair.to === site.id).map((pair) => siteContext(enclave, pair.from));
}
