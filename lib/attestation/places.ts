import { findCountry, findRegion } from '../geo';
import type { ReachedPlace } from './model';

/** A Region with its country, as far as the facts know it. */
export function reachedPlace(region: string): ReachedPlace {
  const row = findRegion(region);
  const country = row && findCountry(row.country);
  return { region, ...(country ? { country: country.name, eea: country.eea } : {}) };
}

/** `us-east-1 (United States, outside the EEA)`. */
export function describePlace({ region, country, eea }: ReachedPlace): string {
  if (country === undefined) return `${region} (country not known)`;
  return `${region} (${country}, ${eea ? 'in' : 'outside'} the EEA)`;
}
