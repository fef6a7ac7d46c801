/**
 * Where rows stand: by slug, and by the IAM actions they name. Kept as a file of its own, `data/index.json`, so that whoever
 * looks for one row does not read those of every service; `npm run catalogue:lock -- --write` writes it from the rows.
 */
import { dataFile } from './data-file';
import type { ChannelRow } from './model';

export interface RowIndex {
  /** Slug → type the row belongs to. */
  readonly slugs: Readonly<Record<string, string>>;
  /** Action → slug of the first row that names it. */
  readonly actions: Readonly<Record<string, string>>;
}

let known: RowIndex | undefined;

/** The index as it is written. */
export function rowIndex(): RowIndex {
  return (known ??= dataFile<RowIndex>('index.json'));
}

/** The index of some rows, as it ought to be written. */
export function indexOf(rows: readonly ChannelRow[]): RowIndex {
  const slugs: Record<string, string> = {};
  const actions: Record<string, string> = {};
  for (const { slug, type, defences } of rows) {
    slugs[slug] = type;
    if ('none' in defences.permission) continue;
    for (const { action } of defences.permission.actions) actions[action] ??= slug;
  }
  return { slugs, actions };
}
