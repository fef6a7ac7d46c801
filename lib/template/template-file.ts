/** The only place of this layer that touches the file system. */
import * as fs from 'node:fs';
import { tooLarge } from './document';
import { InputError } from './input-error';
import { LIMITS } from './limits';

/**
 * Text of a regular file, no larger than the limit.
 * @throws InputError when it is missing, unreadable, no file or too large
 */
export function readText(file: string, limit: number): string {
  const stat = statOf(file);
  if (stat.isDirectory()) throw new InputError('a folder where a file is expected', file, 'Give a file.');
  if (!stat.isFile()) throw new InputError('not a regular file', file, 'Give a template file or a cdk.out folder.');
  if (stat.size > limit) throw tooLarge(file, stat.size, limit);
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

export function isFolder(file: string): boolean {
  return statOf(file).isDirectory();
}

export function exists(file: string): boolean {
  return fs.existsSync(file);
}

/** Names in a folder, sorted. @throws InputError when it cannot be read */
export function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Regular files in a folder, by name. */
export function filesIn(folder: string): readonly string[] {
  return namesIn(folder).filter(
    (name) => fs.statSync(`${folder}/${name}`, { throwIfNoEntry: false })?.isFile() ?? false,
  );
}

/** Folders in which nobody writes templates: what tools keep for themselves, and packages of others. */
const PASSED_OVER = /^(?:\..*|node_modules)$/u;

/**
 * Regular files in a folder and everywhere below it, by path from it; those of a folder before those of its sub-folders.
 * @param enter whether a sub-folder, by its path, is to be looked into
 * @throws InputError when one cannot be read, or there are more than are looked through
 */
export function filesBelow(folder: string, enter: (path: string) => boolean): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const walk = (prefix: string): void => {
    const here = `${folder}/${prefix}`;
    // A link may lead back up.
    const real = fs.realpathSync(here);
    if (seen.has(real)) return;
    seen.add(real);
    found.push(...filesIn(here).map((name) => prefix + name));
    if (found.length > LIMITS.files)
      throw new InputError(`more than ${LIMITS.files} files`, folder, 'Give the folders that hold templates.');
    for (const name of namesIn(here)) {
      const isOne = fs.statSync(`${here}/${name}`, { throwIfNoEntry: false })?.isDirectory() ?? false;
      if (isOne && !PASSED_OVER.test(name) && enter(prefix + name)) walk(`${prefix}${name}/`);
    }
  };
  walk('');
  return found;
}

function statOf(file: string): fs.Stats {
  try {
    return fs.statSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): InputError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new InputError('does not exist', file, 'Give the path of a template or of a cdk.out folder.');
  return new InputError(`cannot be read (${code})`, file, 'Check its permissions.');
}
