/**
 * The ledger of a migration: what each source held, what arrived, whether it is the same, and whether the source is gone.
 * A pure comparison; whoever signs it signs exactly these words.
 */
import type { ListedObject, Manifest } from './manifest';

/** One source's manifests: before, what arrived, and the source again after it was taken down. */
export interface Brought {
  readonly id: string;
  readonly source: Manifest;
  readonly arrived: Manifest;
  readonly after?: Manifest;
}

/** Rows of one table on both sides, counted by whoever may read there. */
export interface CountedRows {
  readonly table: string;
  readonly source: number;
  readonly arrived: number;
}

export type ObjectVerdict = 'same' | 'missing' | 'different' | 'unproven';

export interface ObjectComparison {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly counts: Readonly<Record<ObjectVerdict, number>>;
  readonly bytes: { readonly source: number; readonly arrived: number };
  /** Objects that are not the same, at most {@link NAMED} of them. */
  readonly notSame: readonly { readonly key: string; readonly verdict: ObjectVerdict; readonly why: string }[];
  /** Objects that arrived and are not in the source's manifest. */
  readonly added: number;
}

export interface Decommission {
  readonly id: string;
  readonly bucket: string;
  /** `gone`: absent or without a single version. */
  readonly verdict: 'gone' | 'stands' | 'unseen';
  readonly why: string;
}

export interface Ledger {
  readonly schemaVersion: 1;
  /** ISO day on which the comparison was made. */
  readonly day: string;
  readonly site: string;
  readonly sunset: string;
  readonly objects: readonly ObjectComparison[];
  readonly rows: readonly (CountedRows & { readonly verdict: 'same' | 'different' })[];
  readonly decommissions: readonly Decommission[];
  /** `complete`: all arrived unchanged and every source is gone. `arrived`: all arrived, a source still stands. */
  readonly verdict: 'complete' | 'arrived' | 'incomplete';
  readonly notShown: readonly string[];
}

/** How many objects that are not the same are named one by one. */
export const NAMED = 20;

const NOT_SHOWN = [
  'Manifests are what their readers wrote down; who read a source, and that they read all of it, is not shown here.',
  'A checksum proves equal bytes, not that the source was complete, and not that no other copy of it exists elsewhere.',
  'Backups, snapshots and logs of a source are stores of their own; their end is not shown by an empty bucket.',
];

/** Compares what was brought. An object without a comparable checksum on both sides is `unproven`, which is not `same`. */
export function ledgerOf(
  about: { readonly site: string; readonly sunset: string; readonly day: string },
  brought: readonly Brought[],
  rows: readonly CountedRows[],
): Ledger {
  const objects = brought.map(compare);
  const counted = rows.map((row) => ({ ...row, verdict: row.source === row.arrived ? 'same' : 'different' }) as const);
  const decommissions = brought.map(decommission);
  const arrived =
    objects.length + counted.length > 0 &&
    objects.every(({ notSame }) => notSame.length === 0) &&
    counted.every(({ verdict }) => verdict === 'same');
  const gone = decommissions.every(({ verdict }) => verdict === 'gone');
  return {
    schemaVersion: 1,
    ...about,
    objects,
    rows: counted,
    decommissions,
    verdict: arrived ? (gone ? 'complete' : 'arrived') : 'incomplete',
    notShown: NOT_SHOWN,
  };
}

function compare({ id, source, arrived }: Brought): ObjectComparison {
  const there = new Map(arrived.objects.map((object) => [object.key, object]));
  const counts: Record<ObjectVerdict, number> = { same: 0, missing: 0, different: 0, unproven: 0 };
  const notSame: { key: string; verdict: ObjectVerdict; why: string }[] = [];
  for (const object of source.objects) {
    const { verdict, why } = judgeObject(object, there.get(object.key));
    counts[verdict] += 1;
    if (verdict !== 'same' && notSame.length < NAMED) notSame.push({ key: object.key, verdict, why });
    there.delete(object.key);
  }
  const bytes = (objects: readonly ListedObject[]): number => objects.reduce((sum, { size }) => sum + size, 0);
  return {
    id,
    from: `${source.bucket} (${source.region})`,
    to: `${arrived.bucket} (${arrived.region})`,
    counts,
    bytes: { source: bytes(source.objects), arrived: bytes(arrived.objects) },
    notSame,
    added: there.size,
  };
}

function judgeObject(here: ListedObject, there: ListedObject | undefined): { verdict: ObjectVerdict; why: string } {
  if (!there) return { verdict: 'missing', why: 'did not arrive' };
  if (here.size !== there.size)
    return { verdict: 'different', why: `${here.size} bytes at the source, ${there.size} arrived` };
  if (here.checksum === undefined || there.checksum === undefined)
    return { verdict: 'unproven', why: 'S3 holds no checksum of the whole object on both sides' };
  const algorithm = (checksum: string): string => checksum.slice(0, checksum.indexOf(':'));
  if (algorithm(here.checksum) !== algorithm(there.checksum))
    return {
      verdict: 'unproven',
      why: `${algorithm(here.checksum)} cannot be compared with ${algorithm(there.checksum)}`,
    };
  return here.checksum === there.checksum
    ? { verdict: 'same', why: 'equal size and checksum' }
    : { verdict: 'different', why: `${algorithm(here.checksum)} differs` };
}

function decommission({ id, source, after }: Brought): Decommission {
  const of = { id, bucket: source.bucket };
  if (!after) return { ...of, verdict: 'unseen', why: 'nobody has read the source again' };
  if (after.bucket !== source.bucket || after.region !== source.region)
    return { ...of, verdict: 'unseen', why: `the later reading is of ${after.bucket} in ${after.region}` };
  if (after.readAt <= source.readAt)
    return { ...of, verdict: 'unseen', why: 'the later reading is not later than the first' };
  if (after.state === 'absent') return { ...of, verdict: 'gone', why: `the bucket did not exist at ${after.readAt}` };
  return after.versions === 0
    ? { ...of, verdict: 'gone', why: `no version of any object was left at ${after.readAt}` }
    : { ...of, verdict: 'stands', why: `${after.versions} versions were left at ${after.readAt}` };
}
