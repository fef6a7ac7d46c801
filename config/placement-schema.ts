/** Where a site is built: in a Region, or on an Outpost in a country that has none. */
import { z } from 'zod';
import { EEA_COUNTRIES, EEA_REGIONS, findCountry, findRegion, findZone, requireCountry } from '../lib/geo';
import { strict } from './strict';

export const country = z.string().refine((code) => findCountry(code) !== undefined, {
  error: 'is no country code with a row in lib/geo/countries.ts; use ISO 3166-1 alpha-2 such as "IE"',
});

export const eeaCountry = country.refine((code) => findCountry(code)?.eea !== false, {
  error: ({ input }) =>
    `(${requireCountry(String(input)).name}) is not one of the 30 EEA states; choose one of ${EEA_COUNTRIES.join(', ')}`,
});

export const eeaRegion = z.string().superRefine((name, context) => {
  const region = findRegion(name);
  if (!region) {
    context.addIssue({
      code: 'custom',
      message: `is no Region with a row in lib/geo/regions.ts; EEA Regions are ${EEA_REGIONS.join(', ')}`,
    });
  } else if (!requireCountry(region.country).eea) {
    const where = requireCountry(region.country);
    context.addIssue({
      code: 'custom',
      message: `stands in ${region.city === 'undisclosed' ? where.name : `${region.city}, ${where.name}`}, which is not in the EEA; choose one of ${EEA_REGIONS.join(', ')}`,
    });
  }
});

const eeaZone = z.string().superRefine((name, context) => {
  const zone = findZone(name);
  if (!zone) {
    context.addIssue({
      code: 'custom',
      message: 'is no zone known to lib/geo/zones.ts; use zone ids such as "euw1-az1"',
    });
  } else if (!requireCountry(zone.country).eea) {
    context.addIssue({
      code: 'custom',
      message: `stands in ${requireCountry(zone.country).name}, which is not in the EEA; choose an ordinary zone of the Region`,
    });
  } else if (zone.kind !== 'availability-zone' || !/-az\d+$/.test(name)) {
    context.addIssue({
      code: 'custom',
      message:
        'is not the id of an ordinary availability zone; name zones by id ("euw1-az1"): letters mean different zones in different accounts',
    });
  }
});

const inRegion = strict({
  kind: z.literal('region'),
  region: eeaRegion,
  /** Zone ids, primary zone first. */
  zones: z
    .array(eeaZone)
    .min(2, 'is too few: a site spans two or three zones')
    .max(3, 'is too many: a site spans two or three zones'),
});

const onOutpost = strict({
  kind: z.literal('outpost'),
  /** The parent Region: where the keys, secrets and logs of the site stand and its services are controlled from. */
  region: eeaRegion,
  /** The one zone of the parent Region the Outpost is tied to. */
  zones: z.array(eeaZone).length(1, 'is not the one zone the Outpost is tied to; name exactly that one'),
  outpostArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:outposts:[a-z0-9-]+:\d{12}:outpost\/op-[0-9a-f]{17}$/,
      'is no ARN of an Outpost; write it like "arn:aws:outposts:eu-north-1:111122223333:outpost/op-0123456789abcdef0"',
    ),
  /** Country of the building. The only country of a placement that is typed: no table of AWS knows it. */
  siteCountry: eeaCountry,
  /** Instance type of databases; an Outpost has the types that were installed, not those of the Region. */
  databaseInstanceType: z.string().regex(/^[a-z0-9]+\.[a-z0-9]+$/, 'is no RDS instance type; write it like "m5.large"'),
  /** Stores of `stores` that no Outpost can hold (tables, locked buckets): named, so that their absence is no surprise. */
  without: z.array(z.string()),
  /** KMS has no keys on Outposts. Whoever accepts that the keys stand in another country says so here. */
  keyCustody: strict({
    /** Country of the parent Region, as the acceptance understood it. */
    country: eeaCountry,
    reason: z.string().min(20, 'is too short to be a reason; say in a sentence why keys may stand there'),
    acceptedBy: z.string().min(3, 'names nobody; write the person or board that accepted the custody'),
  }),
});

export const placementSchema = z.discriminatedUnion('kind', [inRegion, onOutpost], {
  error: 'is no placement this version builds; write "region" or "outpost"',
});

export type Placement = z.output<typeof placementSchema>;
export type OutpostPlacement = Extract<Placement, { kind: 'outpost' }>;

/** Country in which a placement stands; undefined when its Region has no row. */
export function countryOf(placement: Placement): string | undefined {
  return placement.kind === 'outpost' ? placement.siteCountry : findRegion(placement.region)?.country;
}

interface Placed {
  readonly organization?: { readonly services: Readonly<Record<string, string>> } | undefined;
  readonly sites: readonly { readonly id: string; readonly account: string; readonly placement: Placement }[];
  readonly replication: readonly { readonly from: string; readonly to: string }[];
  readonly stores: readonly {
    readonly name: string;
    readonly kind: string;
    readonly class: string;
    readonly objectLockDays?: number | undefined;
  }[];
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
  readonly seen: unknown;
}

/** What an Outpost cannot hold or do, a line each. */
export function outpostProblems({ sites, replication, stores, organization }: Placed): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (path: (string | number)[], message: string, seen: unknown): void =>
    void problems.push({ path, message, seen });
  sites.forEach(({ id, account, placement }, i) => {
    if (placement.kind !== 'outpost') return;
    const at = ['sites', i, 'placement'];
    const [, , , arnRegion, arnAccount] = placement.outpostArn.split(':');
    if (arnRegion !== placement.region)
      report([...at, 'outpostArn'], `names a parent in another Region than ${placement.region}`, placement.outpostArn);
    if (arnAccount !== account)
      report([...at, 'outpostArn'], `names an Outpost of another account than ${account}`, placement.outpostArn);
    const keys = findRegion(placement.region)?.country;
    if (keys !== undefined && keys !== placement.keyCustody.country)
      report(
        [...at, 'keyCustody', 'country'],
        `is not where the keys of ${placement.region} stand (${keys}); accept that country or choose another parent`,
        placement.keyCustody.country,
      );
    const kept = stores.filter(({ name }) => !placement.without.includes(name));
    kept.forEach((store) => {
      const lacking =
        store.kind === 'table' ? 'a table' : store.objectLockDays !== undefined ? 'a locked bucket' : undefined;
      if (lacking)
        report(
          [...at, 'without'],
          `leaves out ${store.name}, ${lacking}, which no Outpost can hold; name it here and keep it at a site in a Region`,
          placement.without,
        );
    });
    placement.without.forEach((name, j) => {
      if (!stores.some((store) => store.name === name))
        report([...at, 'without', j], 'is no name of stores; name a store that this site goes without', name);
    });
    if (organization && !('s3-outposts' in organization.services))
      report(
        [...at, 'kind'],
        'is a placement whose buckets the organisation denies; add s3-outposts to organization.services',
        placement.kind,
      );
    replication.forEach((pair, j) => {
      for (const end of ['from', 'to'] as const)
        if (pair[end] === id)
          report(
            ['replication', j, end],
            'is an Outpost: its buckets copy to no Region and take no copies from one; leave the pair out',
            id,
          );
    });
  });
  return problems;
}
