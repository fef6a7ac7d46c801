/** Where the ends of flows are: every site, and every other place, once, with what stands there. */
import type { Country } from '../../geo';
import { findCountry, findRegion, findZone } from '../../geo';
import type { Flow, Place } from '../../residency';
import { countryName } from '../../residency';
import type { SiteRecord } from '../register/model';
import type { Point } from './geography';
import { GEOGRAPHY } from './geography';

/** What the law of a place is to the EEA. Adequacy makes a transfer lawful; it keeps no data in the EEA. */
export type Status = 'eea' | 'adequate' | 'third' | 'unknown';

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  eea: 'EEA',
  adequate: 'adequate, not EEA',
  third: 'third country',
  unknown: 'place not known',
};

export interface MapPlace {
  /** Position in the list, from 0. */
  index: number;
  readonly name: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly country?: string | undefined;
  readonly status: Status;
  /** City and country, or why there is none. */
  readonly where: string;
  /** Absent when the place is nowhere on earth: everyone, code, a value nobody can resolve. */
  readonly point?: Point | undefined;
  /** The site whose Region and account this is. */
  readonly site?: SiteRecord | undefined;
  /** How many stores stand here. */
  stores: number;
  /** How many flows stay here. */
  staying: number;
}

export const statusOf = (country: Country | undefined): Status =>
  country === undefined ? 'unknown' : country.eea ? 'eea' : country.adequate ? 'adequate' : 'third';

type Spot = Pick<Place, 'region' | 'account' | 'country'> & { readonly otherwise: string };

/** The words for places that are on no map. */
const NOWHERE: Readonly<Partial<Record<Place['kind'], string>>> = {
  everyone: 'everyone',
  code: 'code',
  network: 'a network',
  host: 'a host',
  account: 'an account outside',
};

const NOT_KNOWN = 'place not known';

export class Places {
  readonly all: MapPlace[] = [];
  readonly #byKey = new Map<string, MapPlace>();

  constructor(private readonly sites: readonly SiteRecord[]) {
    for (const { region, account } of sites) this.#at({ region, account, otherwise: '' });
  }

  /** Where the store of a flow stands, as far as its template says. */
  origin({ store: { region, account } }: Flow): MapPlace {
    return this.#at({ ...(region ? { region } : {}), ...(account ? { account } : {}), otherwise: 'Region not stated' });
  }

  /** Where a flow leads. */
  destination({ destination }: Flow): MapPlace {
    const { region, account, country, kind } = destination;
    const zone = kind === 'zone' ? findZone(destination.value) : undefined;
    const abroad = zone !== undefined && findRegion(zone.region)?.country !== zone.country;
    return this.#at({
      ...(region && !abroad ? { region } : {}),
      ...(account ? { account } : {}),
      ...((country ?? zone?.country) ? { country: (country ?? zone?.country)! } : {}),
      otherwise: NOWHERE[kind] ?? NOT_KNOWN,
    });
  }

  #at({ region, account, country: given, otherwise }: Spot): MapPlace {
    const row = region === undefined ? undefined : findRegion(region);
    // A store on an Outpost or in a zone may stand in another country than its Region.
    const here = row !== undefined && (given === undefined || given === row.country);
    const code = here ? row.country : given;
    const nowhere = code === undefined && region === undefined;
    const owner = this.sites.find((site) => site.account === account);
    const key = JSON.stringify([
      here ? row.name : (region ?? ''),
      code ?? '',
      here ? '' : otherwise,
      nowhere ? '' : (account ?? ''),
    ]);
    const known = this.#byKey.get(key);
    if (known) return known;
    const country = code === undefined ? undefined : findCountry(code);
    const words = code === undefined ? 'on no map' : countryName(code);
    const site = here && owner?.region === row.name ? owner : undefined;
    const place: MapPlace = {
      index: this.all.length,
      name: nowhere
        ? otherwise
        : site
          ? site.site
          : owner
            ? `${owner.site} in ${region ?? words}`
            : account !== undefined
              ? `account ${account}`
              : here
                ? 'no account stated'
                : (region ?? (otherwise === NOT_KNOWN ? words : otherwise)),
      region,
      account: nowhere ? undefined : account,
      country: code,
      status: statusOf(country),
      where: here && row.city !== 'undisclosed' && row.city !== words ? `${row.city}, ${words}` : words,
      point: here ? GEOGRAPHY.regions[row.name] : code === undefined ? undefined : GEOGRAPHY.centres[code],
      site,
      stores: 0,
      staying: 0,
    };
    this.all.push(place);
    this.#byKey.set(key, place);
    return place;
  }
}
