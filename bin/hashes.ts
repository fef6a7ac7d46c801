/** Hashes of the files of an assembly, and of the documents beside a statement. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { HashedFile } from '../lib/report/register';
import { sha256 } from '../lib/report/statement';

/** Files that a tool makes while it reads an assembly, and takes away again. */
const PASSING = /\.lock$/u;

/** Every file below a folder, sorted by name, but for one folder inside it. */
export function filesOf(folder: string, except?: string): readonly HashedFile[] {
  const left = except === undefined ? undefined : resolve(except);
  const found: string[] = [];
  const visit = (at: string): void => {
    if (resolve(at) === left) return;
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!PASSING.test(entry.name)) found.push(path);
    }
  };
  visit(folder);
  return found
    .map((path) => ({ name: relative(folder, path).split(sep).join('/'), sha256: sha256(readFileSync(path)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
