/** Where a Region, zone or country stands, as an opinion. The facts are those of `lib/geo`; nothing is guessed from a prefix. */
import { findCountry, findRegion, findZone } from '../geo';
import type { Country } from '../geo';
import type { Opinion } from './opinion';
import { inside, outside, unknown } from './opinion';

/** `Ireland`, or the code when no row exists. */
export function countryName(code: string): string {
  return findCountry(code)?.name ?? code;
}

/** A Region or zone code without blanks and in lower case, as AWS would read it. */
export function normaliseCode(written: string): string {
  return written.trim().toLowerCase();
}

const asWritten = (written: string, code: string): string => (written === code ? '' : `, written "${written}"`);

/** Judges a Region code. Odd case and blanks are read as AWS would and reported; a code without a row is unknown. */
export function regionOpinion(written: string, account?: string): Opinion {
  const code = normaliseCode(written);
  const region = findRegion(code);
  if (!region)
    return unknown(`"${written}" is not a Region this version knows`, {
      kind: 'region',
      value: code,
      ...(account ? { account } : {}),
    });
  const country = findCountry(region.country);
  const place = {
    kind: 'region' as const,
    value: code,
    region: code,
    country: region.country,
    ...(account ? { account } : {}),
  };
  const words = `${code} (${countryName(region.country)})${asWritten(written, code)}`;
  return country?.eea ? inside(place, words) : outside(place, words);
}

/** Judges an availability, Local or Wavelength Zone, or a Region name standing in for one (network border group). */
export function zoneOpinion(written: string): Opinion {
  const code = normaliseCode(written);
  if (findRegion(code)) return regionOpinion(written);
  const zone = findZone(code) ?? findZone(`${code}a`);
  if (!zone) return unknown(`"${written}" is not a zone this version knows`, { kind: 'zone', value: code });
  const country = findCountry(zone.country);
  const place = { kind: 'zone' as const, value: code, region: zone.region, country: zone.country };
  const words = `zone ${code} (${countryName(zone.country)})${asWritten(written, code)}`;
  return country?.eea ? inside(place, words) : outside(place, words);
}

/** Zones the CDK writes when it may not look them up; no deployment accepts them, so nothing ever stands there. */
export function isPlaceholderZone(written: string): boolean {
  return /^dummy1[a-f]$/.test(written);
}

/** Judges a stated country (of a registered host or account). */
export function countryOpinion(
  code: string,
  place: { kind: 'host' | 'account'; value: string },
  words: string,
): Opinion {
  const country: Country | undefined = findCountry(code.toUpperCase());
  if (!country) return unknown(`${words}, but the country "${code}" has no row in the table of countries`, place);
  const full = { ...place, country: country.code };
  return country.eea ? inside(full, `${words} (${country.name})`) : outside(full, `${words} (${country.name})`);
}
