/** The closed list of ways to make a value coarser. Each gives undefined where nothing coarser can be said. */
import { parse as parseAddress } from 'ipaddr.js';
import { findCountry } from '../../geo';
import { DatasetError } from './dataset';
import type { Generalisation, ValueKind } from './dataset';
import type { Value } from './value';

/** Coarser value, or undefined: the record goes to quarantine, since the value cannot be shown and may not be dropped unseen. */
export type Generaliser = (value: Value) => Value | undefined;

/** From this age on there is one band: the very old are few. */
const OLDEST_BAND = 90;

/**
 * The generaliser of a method.
 *
 * @param referenceDay ISO day at which ages are reckoned: the first day of the epoch, so that a retry says the same
 * @throws DatasetError for a method that does not exist or does not fit the kind of value
 */
export function generaliser(kind: ValueKind, how: Generalisation, referenceDay: string): Generaliser {
  const takes = (...types: ValueKind['type'][]) => {
    if (!types.includes(kind.type))
      throw new DatasetError(`method "${how.method}" takes ${types.join(' or ')}, not ${kind.type}`);
  };
  switch (how.method) {
    case 'year':
      takes('date', 'instant');
      return (value) => Number((value as string).slice(0, 4));
    case 'ageBand':
      takes('date', 'integer');
      return (value) => ageBand(typeof value === 'number' ? value : ageOn(referenceDay, value as string), how.years);
    case 'country':
      takes('string');
      return (value) => countryOf(value as string);
    case 'ipPrefix':
      takes('ip');
      return (value) => network(value as string);
    case 'postcodePrefix':
      takes('string');
      return (value) => postcodePrefix(value as string, how.characters);
    case 'bucket':
      takes('integer', 'number');
      return (value) => bucket(value as number, how.width);
    default:
      throw new DatasetError(`no method of generalisation is called "${(how as { method: string }).method}"`);
  }
}

function ageOn(day: string, born: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

function ageBand(age: number, years: number): string | undefined {
  if (age < 0 || age > 150) return undefined;
  if (age >= OLDEST_BAND) return `[${OLDEST_BAND},)`;
  const lower = Math.floor(age / years) * years;
  return `[${lower},${Math.min(lower + years, OLDEST_BAND)})`;
}

function countryOf(code: string): string | undefined {
  return /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(code) ? findCountry(code.slice(0, 2))?.code : undefined;
}

function network(address: string): string {
  // The value is a checked address, so this is IPv4.
  if (!address.includes(':')) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
  const parsed = parseAddress(address);
  const plain =
    parsed.kind() === 'ipv6' && 'isIPv4MappedAddress' in parsed && parsed.isIPv4MappedAddress()
      ? parsed.toIPv4Address()
      : parsed;
  const bytes = plain.toByteArray();
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.0/24`;
  const word = (i: number) => (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16);
  return `${word(0)}:${word(1)}:${word(2)}::/48`;
}

function postcodePrefix(code: string, characters: number): string | undefined {
  const compact = code.replace(/[\s-]/g, '').toUpperCase();
  // As short as the prefix: nothing would be taken away.
  return /^[A-Z0-9]+$/.test(compact) && compact.length > characters ? compact.slice(0, characters) : undefined;
}

function bucket(value: number, width: number): string | undefined {
  const lower = Math.floor(value / width) * width;
  return Number.isSafeInteger(lower) ? `[${lower},${lower + width})` : undefined;
}
