/**
 * Zones as facts: a zone can stand in another country than its Region.
 *
 * An ordinary availability zone (Region name + one letter, or the Region's zone-id stem + `-az` + digit) stands in its
 * Region's country. Every other zone (Local Zone, Wavelength Zone) needs its own row; without one it is unknown.
 */
import { requireCountry } from './countries';
import type { Country } from './countries';
import { REGIONS, findRegion, requireRegion } from './regions';

export interface Zone {
  /** Zone name (`eu-central-1-ist-1a`) or zone id (`euc1-ist1-az1`). */
  readonly zone: string;
  readonly kind: 'availability-zone' | 'local-zone' | 'wavelength-zone';
  readonly region: string;
  readonly country: string;
  readonly source: string;
  readonly checked: string;
}

const LOCAL = 'AWS Local Zones locations (aws.amazon.com/about-aws/global-infrastructure/localzones/locations)';
const WAVELENGTH = 'AWS Wavelength locations (aws.amazon.com/wavelength/locations)';
const CHECKED = '2026-11-22';

const away = (zone: string, zoneId: string, kind: Zone['kind'], region: string, country: string): Zone[] =>
  [zone, zoneId].map((name) => ({
    zone: name,
    kind,
    region,
    country,
    source: kind === 'local-zone' ? LOCAL : WAVELENGTH,
    checked: CHECKED,
  }));

/** Zones that are not ordinary availability zones of their Region, by name and by id. */
export const OTHER_ZONES: readonly Zone[] = [
  ...away('eu-central-1-ist-1a', 'euc1-ist1-az1', 'local-zone', 'eu-central-1', 'TR'),
  ...away('eu-central-1-ath-1a', 'euc1-ath1-az1', 'local-zone', 'eu-central-1', 'GR'),
  ...away('eu-central-1-ham-1a', 'euc1-ham1-az1', 'local-zone', 'eu-central-1', 'DE'),
  ...away('eu-central-1-waw-1a', 'euc1-waw1-az1', 'local-zone', 'eu-central-1', 'PL'),
  ...away('eu-north-1-cph-1a', 'eun1-cph1-az1', 'local-zone', 'eu-north-1', 'DK'),
  ...away('eu-north-1-hel-1a', 'eun1-hel1-az1', 'local-zone', 'eu-north-1', 'FI'),
  ...away('eu-west-3-cmn-wlz-1a', 'euw3-cmn1-wlz1', 'wavelength-zone', 'eu-west-3', 'MA'),
];

const OTHER: ReadonlyMap<string, Zone> = new Map(OTHER_ZONES.map((z) => [z.zone, z]));
const BY_STEM: ReadonlyMap<string, string> = new Map(
  REGIONS.flatMap((r) => (r.zoneIdStem ? [[r.zoneIdStem, r.name] as const] : [])),
);

/** The zone with this name or id, or undefined when nothing is known of it. */
export function findZone(zone: string): Zone | undefined {
  const other = OTHER.get(zone);
  if (other) return other;
  const byName = /^(.+-\d+)([a-z])$/.exec(zone);
  const byId = /^(.+)-az\d+$/.exec(zone);
  const region = (byName && findRegion(byName[1]!)) ?? (byId && findRegion(BY_STEM.get(byId[1]!) ?? ''));
  if (!region) return undefined;
  return {
    zone,
    kind: 'availability-zone',
    region: region.name,
    country: region.country,
    source: region.source,
    checked: region.checked,
  };
}

/** As {@link findZone}, but an unknown zone is an error. */
export function requireZone(zone: string): Zone {
  const found = findZone(zone);
  if (!found)
    throw new Error(
      `Zone "${zone}" is neither an ordinary zone of a known Region nor listed in lib/geo/zones.ts; add a row with its country and source.`,
    );
  return found;
}

/** The country a zone stands in; throws for an unknown zone. */
export function countryOfZone(zone: string): Country {
  return requireCountry(requireZone(zone).country);
}

/** True when `zone` belongs to `region`; throws for an unknown zone or Region. */
export function zoneIsInRegion(zone: string, region: string): boolean {
  return requireZone(zone).region === requireRegion(region).name;
}
