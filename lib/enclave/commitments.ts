/**
 * What was promised about each site, and what is really built: the honest part of the evidence.
 */
import { requireZone } from '../geo';
import type { Enclave, StandIn } from '../../config/schema';
import { outpostCustody } from './outpost/custody';
import type { OutpostCustody } from './outpost/custody';
import { inboundFlows, landingOf } from './migration/source-places';
import type { InboundFlow } from './migration/source-places';
import { recoveryCommitment } from './recovery/commitment';
import type { RecoveryCommitment } from './recovery/commitment';
import { outgoingPair, siteContext } from './site-context';

export interface SiteCommitment {
  readonly site: string;
  readonly account: string;
  readonly region: string;
  /** ISO codes. */
  readonly committed: string;
  readonly actual: string;
  readonly status: 'met' | 'stand-in';
  readonly standIn?: StandIn & { readonly reviewOverdue: boolean };
  /** Zone ids, primary first. */
  readonly zones: readonly string[];
  /** Zones this site shares with others of the same Region: two Multi-AZ sites in three zones cannot be wholly apart. */
  readonly sharedZones: readonly { readonly zone: string; readonly with: string }[];
  readonly copiesTo?: { readonly site: string; readonly country: string };
  readonly homeOf: readonly string[];
  /** On an Outpost: what stands in the parent Region's country instead, and what the site goes without. */
  readonly outpost?: OutpostCustody;
}

export interface Commitments {
  readonly enclave: string;
  readonly operator: Enclave['operator'];
  readonly auditor: { readonly name: string; readonly country: string; readonly account: string };
  readonly strictCountry: boolean;
  readonly sites: readonly SiteCommitment[];
  /** What is brought in from outside the EEA, until when; absent: nothing. */
  readonly migration?: {
    readonly sunset: string;
    readonly approvedBy: string;
    readonly inbound: readonly InboundFlow[];
  };
  /** Sites that were lost and are filled again from their copies, until when; absent: none. */
  readonly recovery?: RecoveryCommitment;
  /** What this document does not show. */
  readonly notShown: readonly string[];
}

const NOT_SHOWN = [
  'The country of a site is that of its Region or zones in lib/geo, from AWS documentation; no measurement of ours confirms where a machine stands.',
  'Templates show what was declared. Whether the accounts hold what was declared is the question of the attestation.',
  'No AWS Region stands in Norway. A site committed to Norway that runs in another country is a stand-in and stays one until its placement changes.',
];

/** The commitments of every site on a given day (ISO date, compared with the stand-ins' review dates). */
export function commitments(enclave: Enclave, today: string): Commitments {
  const sites = enclave.sites.map((site): SiteCommitment => {
    const at = siteContext(enclave, site.id);
    const pair = outgoingPair(at);
    const shared = enclave.sites
      .filter((other) => other.id !== site.id)
      .flatMap((other) =>
        other.placement.zones
          .filter((z) => site.placement.zones.includes(z))
          .map((zone) => ({ zone: requireZone(zone).zone, with: other.id })),
      );
    return {
      site: site.id,
      account: site.account,
      region: at.region.name,
      committed: at.committedCountry.code,
      actual: at.actualCountry.code,
      status: at.committedCountry.code === at.actualCountry.code ? 'met' : 'stand-in',
      ...(site.standIn ? { standIn: { ...site.standIn, reviewOverdue: site.standIn.reviewBy < today } } : {}),
      zones: site.placement.zones,
      sharedZones: shared,
      ...(pair ? { copiesTo: { site: pair.to, country: siteContext(enclave, pair.to).actualCountry.code } } : {}),
      homeOf: site.homeOf,
      ...(site.placement.kind === 'outpost' ? { outpost: outpostCustody(at.region, site.placement) } : {}),
    };
  });
  const { operator, auditor, strictCountry } = enclave;
  const landing = landingOf(enclave);
  return {
    enclave: enclave.name,
    operator,
    auditor: { name: auditor.name, country: auditor.country, account: auditor.account },
    strictCountry,
    sites,
    ...(landing
      ? {
          migration: {
            sunset: landing.migration.sunset,
            approvedBy: landing.migration.approvedBy,
            inbound: inboundFlows(landing),
          },
        }
      : {}),
    ...recoveryCommitment(enclave),
    notShown: NOT_SHOWN,
  };
}
