/** Nothing crosses a partition: an enclave, its organisation and its auditor stand in one. */
import { findRegion } from '../lib/geo';

interface Placed {
  readonly sites: readonly { readonly id: string; readonly placement: { readonly region: string } }[];
  readonly replication: readonly { readonly from: string; readonly to: string }[];
  readonly auditor: { readonly region: string };
  readonly organization?: { readonly region: string } | undefined;
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
  readonly seen: unknown;
}

/** Sites, pairs and parties that stand in another partition than the first site. */
export function partitionProblems({ sites, replication, auditor, organization }: Placed): readonly Problem[] {
  const partitionOf = (region: string | undefined): string | undefined =>
    region === undefined ? undefined : findRegion(region)?.partition;
  const own = partitionOf(sites[0]?.placement.region);
  if (own === undefined) return []; // an unknown Region has its own line already
  const problems: Problem[] = [];
  const stray = (path: (string | number)[], region: string, what: string): void => {
    const partition = partitionOf(region);
    if (partition !== undefined && partition !== own)
      problems.push({
        path,
        message: `stands in the partition ${partition} while ${sites[0]!.id} stands in ${own}; ${what}`,
        seen: region,
      });
  };
  sites.forEach(({ placement }, i) =>
    stray(
      ['sites', i, 'placement', 'region'],
      placement.region,
      'accounts, roles and keys of one are strangers to the other, so give it a configuration of its own',
    ),
  );
  stray(
    ['auditor', 'region'],
    auditor.region,
    'name an account and a Region of the auditor in the partition of the sites',
  );
  if (organization)
    stray(['organization', 'region'], organization.region, 'an organisation has its policies in its own partition');
  replication.forEach((pair, i) => {
    const regionOf = (id: string) => sites.find((site) => site.id === id)?.placement.region;
    const [from, to] = [partitionOf(regionOf(pair.from)), partitionOf(regionOf(pair.to))];
    if (from !== undefined && to !== undefined && from !== to)
      problems.push({
        path: ['replication', i, 'to'],
        message: `stands in the partition ${to} while ${pair.from} stands in ${from}; nothing is copied across partitions`,
        seen: pair.to,
      });
  });
  return problems;
}
