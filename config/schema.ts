/**
 * The one strict schema of the enclave's configuration.
 *
 * Every value is checked against the facts in `lib/geo`; nothing has a default that decides where data goes. A mistake
 * is reported as one line: where (path), what was seen, what to do.
 */
import { z } from 'zod';
import { EEA_COUNTRIES, findCountry, findRegion, findZone, requireCountry } from '../lib/geo';
import { attestationSchema } from './attestation-schema';
import { cidrContains, cidrsOverlap, parseCidr } from './cidr';
import { incidentsSchema } from './incident-schema';
import { migrationProblems, migrationSchema } from './migration-schema';
import { organizationProblems, organizationSchema } from './organization-schema';
import { partitionProblems } from './partition-check';
import { countryOf, country, eeaCountry, eeaRegion, outpostProblems, placementSchema } from './placement-schema';
import { recoveryProblems, recoverySchema } from './recovery-schema';
import { strict } from './strict';

const text = (what: string, pattern: RegExp, example: string) =>
  z.string().regex(pattern, `is no ${what}; write it like "${example}"`);

const accountId = text('AWS account id', /^\d{12}$/, '111122223333');
const isoDate = text('date', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '2027-06-30');

const cidr = z.string().superRefine((value, context) => {
  const block = parseCidr(value);
  if (!block) {
    context.addIssue({ code: 'custom', message: 'is no IPv4 block on its own boundary; write it like "10.16.0.0/16"' });
  } else if (block.prefix < 16 || block.prefix > 22) {
    context.addIssue({
      code: 'custom',
      message: 'has a prefix that a site cannot use; a VPC with three subnets needs /16 to /22',
    });
  } else if (!['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].some((p) => cidrContains(p, value))) {
    context.addIssue({
      code: 'custom',
      message: 'is not a private range; use a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
    });
  }
});

const standIn = strict({
  /** Why the site does not stand where it was committed to stand. */
  reason: z.string().min(20, 'is too short to be a reason; say in a sentence why the commitment is not met'),
  acceptedBy: z.string().min(3, 'names nobody; write the person or board that accepted the stand-in'),
  /** Day on which the acceptance ends and must be given again. */
  reviewBy: isoDate,
});

const site = strict({
  id: text('site id', /^[a-z]+-\d+$/, 'dub-1'),
  account: accountId,
  /** What was promised. */
  commitment: strict({ country: eeaCountry, city: z.string().min(2).optional() }),
  /** Where the site is really built. The actual country is derived from it, never typed. */
  placement: placementSchema,
  standIn: standIn.optional(),
  cidr,
  /** Countries whose users' data is stored here by default. */
  homeOf: z.array(country),
});

const storeName = text('store name', /^[a-z][a-z0-9]{1,15}$/, 'media');
const dataClass = z.enum(['restricted', 'interoperable', 'public', 'aggregate'], {
  error: 'is no data class of a configured store; choose restricted, interoperable, public or aggregate',
});

const bucket = strict({
  kind: z.literal('bucket'),
  name: storeName,
  class: dataClass,
  /** Object Lock in compliance mode for this many days; absent: no lock. */
  objectLockDays: z.int().min(1).max(36_500).optional(),
  /** Days after which superseded object versions are deleted. */
  supersededDays: z.int().min(1).max(3_650),
});

const table = strict({
  kind: z.literal('table'),
  name: storeName,
  class: dataClass,
  partitionKey: z.string().min(1),
  sortKey: z.string().min(1).optional(),
});

const database = strict({
  kind: z.literal('database'),
  name: storeName,
  class: dataClass,
  instanceType: text('RDS instance type', /^[a-z0-9]+\.[a-z0-9]+$/, 'm7g.large'),
  storageGiB: z.int().min(20).max(65_536),
});

const store = z.discriminatedUnion('kind', [bucket, table, database], {
  error: 'is no kind of store; choose bucket, table or database',
});

/** Retention periods CloudWatch Logs accepts, in days, from three months up. */
const LOG_RETENTION_DAYS = [90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

const enclaveShape = strict({
  /** Prefix of every physical name. */
  name: text('enclave name', /^[a-z][a-z0-9]{2,11}$/, 'enclave'),
  organizationId: text('organisation id', /^o-[a-z0-9]{10,32}$/, 'o-exampleorg1'),
  costCentre: z.string().min(2),
  operator: strict({ name: z.string().min(2), country: eeaCountry }),
  auditor: strict({
    name: z.string().min(2),
    country,
    account: accountId,
    region: eeaRegion,
    /** Who hears of incidents. */
    incidents: incidentsSchema,
  }),
  /** True: synth fails while any site stands in another country than committed. */
  strictCountry: z.boolean(),
  /** The one site that holds the pseudonymisation key. */
  pseudonymAuthority: z.string(),
  retention: strict({
    databaseBackupDays: z
      .int()
      .min(7, 'is too short; keep at least 7 days')
      .max(35, 'is more than RDS keeps; the longest is 35 days'),
    logDays: z.literal(LOG_RETENTION_DAYS, {
      error: `is no retention CloudWatch Logs accepts; choose one of ${LOG_RETENTION_DAYS.join(', ')}`,
    }),
    keyDeletionDays: z
      .int()
      .min(7, 'is shorter than KMS allows (7 days)')
      .max(30, 'is longer than KMS allows (30 days)'),
  }),
  sites: z.array(site).min(1, 'is empty; an enclave has at least one site'),
  stores: z.array(store).min(1, 'is empty; a site without stores holds nothing'),
  /** Who copies to whom, always inside the EEA. Each source has one destination. */
  replication: z.array(strict({ from: z.string(), to: z.string() })),
  /** The organisation above the accounts; absent: no perimeter is deployed. */
  organization: organizationSchema.optional(),
  /** The daily comparison of what runs with what was declared; absent: it is made by hand. */
  attestation: attestationSchema.optional(),
  /** What is brought in from outside the EEA until a day; absent: nothing. */
  migration: migrationSchema.optional(),
  /** Sites that were lost and are filled again from their copies until a day; absent: none. */
  recovery: recoverySchema.optional(),
});

export type EnclaveInput = z.input<typeof enclaveShape>;
export type Enclave = z.output<typeof enclaveShape>;
export type SiteConfig = Enclave['sites'][number];
export type StoreConfig = Enclave['stores'][number];
export type BucketConfig = Extract<StoreConfig, { kind: 'bucket' }>;
export type TableConfig = Extract<StoreConfig, { kind: 'table' }>;
export type DatabaseConfig = Extract<StoreConfig, { kind: 'database' }>;
export type ReplicationPair = Enclave['replication'][number];
export type StandIn = NonNullable<SiteConfig['standIn']>;

/** Countries whose residents are served: the EEA, the United Kingdom and Switzerland. Each has exactly one home site. */
export const SUBJECT_COUNTRIES: readonly string[] = [...EEA_COUNTRIES, 'GB', 'CH'];

type Report = (path: (string | number)[], message: string, seen?: unknown) => void;

function duplicates<T>(
  items: readonly T[],
  key: (item: T) => string,
  found: (index: number, first: number) => void,
): void {
  const seen = new Map<string, number>();
  items.forEach((item, index) => {
    const first = seen.get(key(item));
    if (first === undefined) seen.set(key(item), index);
    else found(index, first);
  });
}

function checkSites(enclave: Enclave, report: Report): void {
  duplicates(
    enclave.sites,
    (s) => s.id,
    (i, first) =>
      report(['sites', i, 'id'], `is the id of sites[${first}] too; every site has its own`, enclave.sites[i]?.id),
  );
  duplicates(
    enclave.sites,
    (s) => s.account,
    (i, first) =>
      report(
        ['sites', i, 'account'],
        `is the account of sites[${first}] too; sites share no account`,
        enclave.sites[i]?.account,
      ),
  );
  enclave.sites.forEach((s, i) => {
    const region = findRegion(s.placement.region);
    s.placement.zones.forEach((zone, z) => {
      const of = findZone(zone)?.region;
      // An unknown zone has its own line already.
      if (of !== undefined && of !== s.placement.region)
        report(['sites', i, 'placement', 'zones', z], `is a zone of ${of}; name zones of ${s.placement.region}`, zone);
    });
    duplicates(
      s.placement.zones,
      (zone) => zone,
      (z) => report(['sites', i, 'placement', 'zones', z], 'is named twice; name each zone once', s.placement.zones[z]),
    );
    if (s.account === enclave.auditor.account)
      report(['sites', i, 'account'], 'is the auditor’s account; the auditor is independent of every site', s.account);
    const promised = findCountry(s.commitment.country)?.name;
    const actual = countryOf(s.placement);
    if (!region || !promised || actual === undefined) return; // reported by the schema of the value itself
    if (actual !== s.commitment.country) {
      const built = requireCountry(actual).name;
      if (!s.standIn) {
        report(
          ['sites', i, 'commitment', 'country'],
          `(${promised}) is not where ${region.name} stands (${built}); declare a standIn with reason, acceptedBy and reviewBy, or move the site`,
          s.commitment.country,
        );
      } else if (enclave.strictCountry) {
        report(
          ['sites', i, 'placement', 'region'],
          `stands in ${built} while ${promised} is committed and strictCountry is true; move the site to ${promised} or set strictCountry to false and keep the declared stand-in`,
          region.name,
        );
      }
    } else if (s.standIn) {
      report(
        ['sites', i, 'standIn'],
        `declares a stand-in although the site stands in ${requireCountry(actual).name} as committed; remove it`,
        s.standIn.reason,
      );
    }
    for (const [j, other] of enclave.sites.entries()) {
      if (j >= i) break;
      if (cidrsOverlap(s.cidr, other.cidr))
        report(['sites', i, 'cidr'], `overlaps ${other.cidr} of sites[${j}]; give every site its own range`, s.cidr);
      if (other.placement.region === s.placement.region && other.placement.zones[0] === s.placement.zones[0]) {
        report(
          ['sites', i, 'placement', 'zones', 0],
          `is the primary zone of ${other.id} too; sites that share a Region need different primary zones`,
          s.placement.zones[0],
        );
      }
    }
  });
}

function checkHomes(enclave: Enclave, report: Report): void {
  const homes = new Map<string, string>();
  enclave.sites.forEach((s, i) =>
    s.homeOf.forEach((code, j) => {
      const first = homes.get(code);
      if (first)
        report(['sites', i, 'homeOf', j], `has its home at ${first} already; a country has one home site`, code);
      else if (!SUBJECT_COUNTRIES.includes(code))
        report(['sites', i, 'homeOf', j], 'is not a country this enclave serves (EEA, GB, CH); remove it', code);
      homes.set(code, first ?? s.id);
    }),
  );
  const homeless = SUBJECT_COUNTRIES.filter((code) => !homes.has(code));
  if (homeless.length)
    report(['sites'], `leaves users of ${homeless.join(', ')} without a home site; add them to one site's homeOf`);
}

function checkStores(enclave: Enclave, report: Report): void {
  duplicates(
    enclave.stores,
    (s) => s.name,
    (i, first) =>
      report(
        ['stores', i, 'name'],
        `is the name of stores[${first}] too; store names are unique`,
        enclave.stores[i]?.name,
      ),
  );
}

function checkReplication(enclave: Enclave, report: Report): void {
  const ids = enclave.sites.map((s) => s.id);
  duplicates(
    enclave.replication,
    (pair) => pair.from,
    (i) =>
      report(['replication', i, 'from'], 'copies already; each site has one destination', enclave.replication[i]?.from),
  );
  enclave.replication.forEach((pair, i) => {
    for (const end of ['from', 'to'] as const) {
      if (!ids.includes(pair[end]))
        report(['replication', i, end], `is no site of this enclave; the sites are ${ids.join(', ')}`, pair[end]);
    }
    const [from, to] = [enclave.sites.find((s) => s.id === pair.from), enclave.sites.find((s) => s.id === pair.to)];
    if (from && to && from.placement.region === to.placement.region) {
      report(
        ['replication', i, 'to'],
        `stands in ${to.placement.region} like its source; a copy in the same Region is lost with it, choose a site in another Region`,
        pair.to,
      );
    }
  });
  if (!ids.includes(enclave.pseudonymAuthority))
    report(
      ['pseudonymAuthority'],
      `is no site of this enclave; the sites are ${ids.join(', ')}`,
      enclave.pseudonymAuthority,
    );
}

/** The schema with the checks that look across sections. */
export const enclaveSchema = enclaveShape.superRefine((enclave, context) => {
  const report: Report = (path, message, seen) => context.addIssue({ code: 'custom', path, message, input: seen });
  checkSites(enclave, report);
  checkHomes(enclave, report);
  checkStores(enclave, report);
  checkReplication(enclave, report);
  outpostProblems(enclave).forEach(({ path, message, seen }) => report(path, message, seen));
  partitionProblems(enclave).forEach(({ path, message, seen }) => report(path, message, seen));
  migrationProblems(enclave).forEach(({ path, message, seen }) => report(path, message, seen));
  organizationProblems(enclave).forEach(({ path, message, seen }) => report(path, message, seen));
  recoveryProblems(enclave).forEach(({ path, message, seen }) => report(path, message, seen));
});
