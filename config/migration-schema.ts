/** The section of the configuration about data that is brought in from outside the EEA, until a day. */
import { z } from 'zod';
import { findRegion, requireCountry } from '../lib/geo';
import { strict } from './strict';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9]{1,11}$/, 'is no id of a source; write it like "usmedia", at most twelve letters and digits');

const region = z.string().superRefine((name, context) => {
  const known = findRegion(name);
  if (!known)
    context.addIssue({
      code: 'custom',
      message: 'is no Region with a row in lib/geo/regions.ts; name where it stands',
    });
  else if (requireCountry(known.country).eea)
    context.addIssue({
      code: 'custom',
      message: `stands in ${requireCountry(known.country).name}, which is in the EEA already; nothing has to be migrated from there`,
    });
});

const source = {
  id,
  account: z.string().regex(/^\d{12}$/, 'is no AWS account id; write it like "777788889999"'),
  /** Where the data stands today: named here as a source and nowhere else. */
  region,
};

const objects = strict({
  ...source,
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no bucket name'),
  /** Role of the source account, with its path, that alone may write here. */
  role: z.string().regex(/^[\w+=,.@/-]{1,128}$/, 'is no name of a role; write it like "migration/out"'),
  /**
   * A Batch Operations job of the source copies what is there, and copies again what came since. Not by replication: what
   * lands is a replica then, which S3 replicates to no store, and jobs that would are denied to everybody.
   */
  via: z.literal('copy', {
    error:
      'is no way in for objects; choose copy, and have the source copy again what comes later (replicas would stay where they land)',
  }),
  /** Bucket of `stores` that the objects are carried to. */
  into: z.string(),
});

const database = strict({
  ...source,
  /** `snapshot`: a copy of the source's snapshot is restored. `dms`: rows that landed as files are loaded. */
  via: z.discriminatedUnion('kind', [
    strict({
      kind: z.literal('snapshot'),
      /** Name of the copy in the site's own account and Region. */
      snapshot: z.string().regex(/^[a-z][a-z0-9-]{0,254}$/, 'is no name of an RDS snapshot'),
    }),
    strict({
      kind: z.literal('dms'),
      /** Source of `objects` whose landing bucket holds the rows. */
      landed: id,
      table: z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/, 'is no table; write it like "public.people"'),
      /** Columns in the order of the files, with the type each becomes. */
      columns: z
        .array(strict({ name: z.string().min(1), type: z.string().min(3), length: z.int().min(1).optional() }))
        .min(1, 'is empty; name the columns in the order of the files'),
    }),
  ]),
  /** Database of `stores` that the rows belong to. */
  into: z.string(),
});

export const migrationSchema = strict({
  /** Site at which the data lands. */
  site: z.string(),
  /** Last day on which data may come in; the day after, synth fails until this section is taken out. */
  sunset: z.iso.date({ error: 'is no date; write it like "2027-03-31"' }),
  reason: z.string().min(20, 'is too short to be a reason; say in a sentence what is brought in and why'),
  approvedBy: z.string().min(3, 'names nobody; write who approved the migration'),
  objects: z.array(objects),
  databases: z.array(database),
});

export type Migration = z.output<typeof migrationSchema>;
export type ObjectSource = Migration['objects'][number];
export type DatabaseSource = Migration['databases'][number];

interface Neighbours {
  readonly sites: readonly { readonly id: string; readonly account: string; readonly placement: { kind: string } }[];
  readonly auditor: { readonly account: string };
  readonly stores: readonly { readonly name: string; readonly kind: string }[];
  readonly organization?: { readonly services: Readonly<Record<string, string>> } | undefined;
  readonly migration?: Migration | undefined;
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
  readonly seen: unknown;
}

/** What is wrong between this section and the others. */
export function migrationProblems({ sites, auditor, stores, organization, migration }: Neighbours): readonly Problem[] {
  if (!migration) return [];
  const problems: Problem[] = [];
  const report = (path: (string | number)[], message: string, seen: unknown): void =>
    void problems.push({ path: ['migration', ...path], message, seen });
  const site = sites.find((one) => one.id === migration.site);
  if (!site)
    report(['site'], `is no site of this enclave; the sites are ${sites.map((s) => s.id).join(', ')}`, migration.site);
  else if (site.placement.kind !== 'region')
    report(['site'], 'is an Outpost, which no bucket of a Region replicates to; land at a site in a Region', site.id);
  if (migration.objects.length + migration.databases.length === 0)
    report([], 'names no source; take the section out or name what is brought in', migration.site);
  const own = [auditor.account, ...sites.map(({ account }) => account)];
  const seen = new Set<string>();
  const check = (list: 'objects' | 'databases', kind: string): void =>
    migration[list].forEach((one, i) => {
      if (seen.has(one.id))
        report([list, i, 'id'], 'is the id of another source too; every source has its own', one.id);
      seen.add(one.id);
      if (stores.some((store) => store.name === one.id))
        report([list, i, 'id'], 'is the name of a store; what lands there would be taken for the store itself', one.id);
      if (own.includes(one.account))
        report([list, i, 'account'], 'is an account of the enclave; a source is somebody else’s place', one.account);
      if (!stores.some((store) => store.kind === kind && store.name === one.into))
        report([list, i, 'into'], `is no ${kind} of stores; name one that is`, one.into);
    });
  check('objects', 'bucket');
  check('databases', 'database');
  migration.databases.forEach(({ via }, i) => {
    if (via.kind !== 'dms') return;
    if (!migration.objects.some((one) => one.id === via.landed))
      report(['databases', i, 'via', 'landed'], 'is no id of objects; the rows land as files first', via.landed);
    if (organization && !('dms' in organization.services))
      report(
        ['databases', i, 'via', 'kind'],
        'is a service that the organisation denies; add dms to organization.services while the migration lasts',
        via.kind,
      );
  });
  return problems;
}

/** One line when the last day has passed; undefined before. @param today ISO date */
export function sunsetLine(migration: Migration | undefined, today: string): string | undefined {
  if (!migration || today <= migration.sunset) return undefined;
  return `migration.sunset: saw "${migration.sunset}", which has passed (today is ${today}); close the migration and take the section out, or have a later day approved`;
}
