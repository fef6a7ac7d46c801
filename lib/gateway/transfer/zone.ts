import { findCountry, findRegion } from '../../geo';
import type { Transfer, TransferZone } from './transfer';

const FROM_BEST_TO_WORST = ['EEA', 'ADEQUATE', 'THIRD', 'BLOCKED'] as const;

/** Zone of a recipient: the worse of its country's and its bucket's. An unknown country or Region is BLOCKED. */
export function zoneOf({ country, region }: Pick<Transfer['to'], 'country' | 'region'>): TransferZone | 'BLOCKED' {
  const zones = [country, findRegion(region)?.country].map(zoneOfCountry);
  return FROM_BEST_TO_WORST[Math.max(...zones.map((zone) => FROM_BEST_TO_WORST.indexOf(zone)))] ?? 'BLOCKED';
}

function zoneOfCountry(code: string | undefined): TransferZone | 'BLOCKED' {
  const country = code === undefined ? undefined : findCountry(code);
  if (country === undefined) return 'BLOCKED';
  return country.eea ? 'EEA' : country.adequate ? 'ADEQUATE' : 'THIRD';
}
