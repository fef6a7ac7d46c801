/**
 * AWS Regions as facts: the country each stands in, its partition, and the stem its zone ids begin with.
 *
 * A Region that has no row here is unknown, and unknown is never "inside". No function in this project tests a Region
 * by its prefix: `eu-west-2` is London, `eu-central-2` is Zurich, `eu-isoe-west-1` is not in the EEA either.
 */
import { requireCountry } from './countries';
import type { Country } from './countries';

export interface Region {
  readonly name: string;
  /** ISO code of the country the Region's data centres stand in. */
  readonly country: string;
  readonly city: string;
  readonly partition: string;
  /** Stem of the zone ids of the Region's ordinary availability zones (`euw1` in `euw1-az1`); absent where not confirmed. */
  readonly zoneIdStem?: string;
  readonly source: string;
  readonly checked: string;
}

const AWS = 'AWS global infrastructure, Regions and Availability Zones (docs.aws.amazon.com/global-infrastructure)';
const SOVEREIGN = 'AWS European Sovereign Cloud documentation (docs.aws.eu)';
const GOV = 'AWS GovCloud (US) user guide';
const CHINA = 'Amazon Web Services China regions documentation';
const ISO = 'Partition listed by aws-cdk-lib/region-info; country from the public announcement of the partition';
const CHECKED = '2026-11-22';

function row(
  name: string,
  country: string,
  city: string,
  zoneIdStem?: string,
  partition = 'aws',
  source = AWS,
): Region {
  return { name, country, city, partition, ...(zoneIdStem ? { zoneIdStem } : {}), source, checked: CHECKED };
}

export const REGIONS: readonly Region[] = [
  row('af-south-1', 'ZA', 'Cape Town', 'afs1'),
  row('ap-east-1', 'HK', 'Hong Kong', 'ape1'),
  row('ap-east-2', 'TW', 'Taipei', 'ape2'),
  row('ap-northeast-1', 'JP', 'Tokyo', 'apne1'),
  row('ap-northeast-2', 'KR', 'Seoul', 'apne2'),
  row('ap-northeast-3', 'JP', 'Osaka', 'apne3'),
  row('ap-south-1', 'IN', 'Mumbai', 'aps1'),
  row('ap-south-2', 'IN', 'Hyderabad', 'aps2'),
  row('ap-southeast-1', 'SG', 'Singapore', 'apse1'),
  row('ap-southeast-2', 'AU', 'Sydney', 'apse2'),
  row('ap-southeast-3', 'ID', 'Jakarta', 'apse3'),
  row('ap-southeast-4', 'AU', 'Melbourne', 'apse4'),
  row('ap-southeast-5', 'MY', 'Kuala Lumpur', 'apse5'),
  row('ap-southeast-6', 'NZ', 'Auckland', 'apse6'),
  row('ap-southeast-7', 'TH', 'Bangkok', 'apse7'),
  row('ca-central-1', 'CA', 'Montreal', 'cac1'),
  row('ca-west-1', 'CA', 'Calgary', 'caw1'),
  row('cn-north-1', 'CN', 'Beijing', 'cnn1', 'aws-cn', CHINA),
  row('cn-northwest-1', 'CN', 'Ningxia', 'cnnw1', 'aws-cn', CHINA),
  row('eu-central-1', 'DE', 'Frankfurt', 'euc1'),
  row('eu-central-2', 'CH', 'Zurich', 'euc2'),
  row('eu-isoe-west-1', 'GB', 'undisclosed', undefined, 'aws-iso-e', ISO),
  row('eu-north-1', 'SE', 'Stockholm', 'eun1'),
  row('eu-south-1', 'IT', 'Milan', 'eus1'),
  row('eu-south-2', 'ES', 'Aragón', 'eus2'),
  row('eu-west-1', 'IE', 'Dublin', 'euw1'),
  row('eu-west-2', 'GB', 'London', 'euw2'),
  row('eu-west-3', 'FR', 'Paris', 'euw3'),
  row('eusc-de-east-1', 'DE', 'Brandenburg', 'eusc-de-east-1', 'aws-eusc', SOVEREIGN),
  row('il-central-1', 'IL', 'Tel Aviv', 'ilc1'),
  row('me-central-1', 'AE', 'United Arab Emirates', 'mec1'),
  row('me-south-1', 'BH', 'Bahrain', 'mes1'),
  row('me-west-1', 'SA', 'Saudi Arabia', undefined),
  row('mx-central-1', 'MX', 'Querétaro', 'mxc1'),
  row('sa-east-1', 'BR', 'São Paulo', 'sae1'),
  row('us-east-1', 'US', 'Northern Virginia', 'use1'),
  row('us-east-2', 'US', 'Ohio', 'use2'),
  row('us-gov-east-1', 'US', 'GovCloud East', 'usge1', 'aws-us-gov', GOV),
  row('us-gov-west-1', 'US', 'GovCloud West', 'usgw1', 'aws-us-gov', GOV),
  row('us-iso-east-1', 'US', 'undisclosed', undefined, 'aws-iso', ISO),
  row('us-iso-west-1', 'US', 'undisclosed', undefined, 'aws-iso', ISO),
  row('us-isob-east-1', 'US', 'undisclosed', undefined, 'aws-iso-b', ISO),
  row('us-isob-west-1', 'US', 'undisclosed', undefined, 'aws-iso-b', ISO),
  row('us-isof-east-1', 'US', 'undisclosed', undefined, 'aws-iso-f', ISO),
  row('us-isof-south-1', 'US', 'undisclosed', undefined, 'aws-iso-f', ISO),
  row('us-west-1', 'US', 'Northern California', 'usw1'),
  row('us-west-2', 'US', 'Oregon', 'usw2'),
];

const BY_NAME: ReadonlyMap<string, Region> = new Map(REGIONS.map((r) => [r.name, r]));

/** The Region with exactly this name, or undefined. */
export function findRegion(name: string): Region | undefined {
  return BY_NAME.get(name);
}

/** As {@link findRegion}, but an unknown Region is an error. */
export function requireRegion(name: string): Region {
  const region = findRegion(name);
  if (!region)
    throw new Error(
      `Region "${name}" has no row in lib/geo/regions.ts; add it with country, partition and source before using it.`,
    );
  return region;
}

/** The country a Region stands in; throws for an unknown Region. */
export function countryOfRegion(name: string): Country {
  return requireCountry(requireRegion(name).country);
}

/** Names of all Regions whose country is an EEA state, in table order, all partitions. */
export const EEA_REGIONS: readonly string[] = REGIONS.filter((r) => requireCountry(r.country).eea).map((r) => r.name);
