/** Code as it is deployed: one script, and beside it what the script reads. The same sources give the same bytes. */
import { cpSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { BuildOptions } from 'esbuild';

const ROOT = resolve(__dirname, '..');
const DATA = join(dirname(require.resolve('../lib/catalogue')), 'data');

/** What a bundle starts from, the run time it is for, and how far it is made small. */
export type BundleOptions = Pick<
  BuildOptions,
  'entryPoints' | 'stdin' | 'target' | 'minify' | 'minifyWhitespace' | 'keepNames'
>;

/**
 * @param options entry points are named from the root of the project
 * @returns the one script; no time, no path of this machine and no order of a folder goes in
 * @throws when the bundle cannot be made
 */
export function bundledScript(options: BundleOptions): Uint8Array {
  const { outputFiles } = buildSync({
    ...options,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'error',
    write: false,
  });
  return outputFiles[0]!.contents;
}

/** The catalogue beside a script that judges: it reads a service's file when it first needs it. */
export function copyCatalogue(folder: string): void {
  // The lock file serves the completeness tests only.
  cpSync(DATA, join(folder, 'data'), { recursive: true, filter: (source) => basename(source) !== 'lock.json' });
}
