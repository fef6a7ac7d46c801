import type { Migration } from '../config/migration-schema';
import type { Enclave } from '../config/schema';
import type { SitePlace, SourcePlace } from '../lib/residency';

/**
 * The accounts and Regions in which stores of the enclave may stand, for the judge: each site's own, and the place of its
 * own account in the partner's Region, where the copies of its database backups are kept; and the auditor's own, which
 * holds records and no data of the sites.
 */
export function sitePlaces({ sites, replication, auditor }: Enclave): SitePlace[] {
  const regionOf = (id: string): string => sites.find((s) => s.id === id)!.placement.region;
  const ofSites = sites.flatMap(({ id, account, placement }): SitePlace[] => {
    if (placement.kind === 'outpost')
      return [{ siteId: id, account, region: placement.region, placement: 'outpost', country: placement.siteCountry }];
    const partners = replication.filter((pair) => pair.from === id).map((pair) => regionOf(pair.to));
    return [placement.region, ...partners].map((region) => ({ siteId: id, account, region }));
  });
  return [...ofSites, { siteId: 'oversight', account: auditor.account, region: auditor.region }];
}

/** The places that a migration brings data in from, for the judge; each once. */
export const sourcePlaces = ({ objects, databases }: Migration): SourcePlace[] => [
  ...new Map(
    [...objects, ...databases].map(({ account, region }) => [`${account} ${region}`, { account, region }] as const),
  ).values(),
];
