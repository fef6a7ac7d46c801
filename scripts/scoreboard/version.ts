/** Versions of installed packages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const load = createRequire(__filename);

export function versionOf(name: string): string {
  const manifest = JSON.parse(readFileSync(load.resolve(`${name}/package.json`), 'utf8')) as { version: string };
  return manifest.version;
}
