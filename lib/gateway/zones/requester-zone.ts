/** In which zone a person asks: the worst of the countries of contract, employing entity and network. */
import { findCountry } from '../../geo';

/** From best to worst. Adequate is not the EEA; unknown is blocked. */
export const ZONES = ['EEA', 'ADEQUATE', 'THIRD', 'BLOCKED'] as const;
export type Zone = (typeof ZONES)[number];

/** ISO 3166-1 alpha-2 codes; absent where the source does not know. */
export interface RequesterCountries {
  /** Country of the contract of employment, from personnel records. */
  readonly contract?: string | undefined;
  /** Country of the legal entity that employs the person. */
  readonly employer?: string | undefined;
  /** Country of the network the request came through; known from the endpoint it entered by, not guessed from addresses. */
  readonly network?: string | undefined;
}

/** The zone of one country. A code without a row in `lib/geo` is BLOCKED: nobody has looked at it. */
export function zoneOfCountry(code: string | undefined): Zone {
  const country = code === undefined ? undefined : findCountry(code);
  if (!country) return 'BLOCKED';
  if (country.eea) return 'EEA';
  return country.adequate ? 'ADEQUATE' : 'THIRD';
}

/** The worst zone of the three; one unknown country blocks. */
export function requesterZone({ contract, employer, network }: RequesterCountries): Zone {
  const ranks = [contract, employer, network].map((code) => ZONES.indexOf(zoneOfCountry(code)));
  return ZONES[Math.max(...ranks)]!;
}
