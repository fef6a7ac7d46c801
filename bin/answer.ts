/** Puts a command's answer where it was asked for. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from './input';

const code = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';

/** Writes to a file, or to standard output when none is named. @throws UsageError */
export function writeAnswer(answer: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(answer);
    return;
  }
  try {
    writeFileSync(file, answer);
  } catch (error) {
    throw new UsageError(`${file}: cannot be written (${code(error)}). Give a path in a folder that exists.`);
  }
}

/**
 * Writes documents into a folder, which is made. All are written beside their place first and then renamed into it, so
 * that a run that fails leaves the documents of the last one as they were. @throws UsageError
 */
export function writeDocuments(folder: string, documents: ReadonlyMap<string, string>): void {
  let staging: string | undefined;
  try {
    makeFolder(folder);
    staging = mkdtempSync(join(folder, '.writing-'));
    for (const [name, text] of documents) writeFileSync(join(staging, name), text);
    for (const name of documents.keys()) renameSync(join(staging, name), join(folder, name));
  } catch (error) {
    throw new UsageError(`${folder}: cannot be written (${code(error)}). Give the path of a folder you may write to.`);
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}

/** Makes a folder and those it lies in. Node's own recursion never ends where the file system takes no folder, as in /proc. */
function makeFolder(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (code(error) !== 'EEXIST') throw error;
  }
}
