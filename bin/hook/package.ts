/** Packages the judge for the deploy-time hook: one bundled file, the catalogue beside it, and what the judge is told. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookCode } from '../../lib/enclave/hook/hook-stack';
import { registerSchema } from '../../lib/hook/register';
import type { HookRegister } from '../../lib/hook/register';
import { bundledScript, copyCatalogue } from '../bundle';

/**
 * Writes the package into a temporary folder: remove it once the templates are written. The same sources give the same bytes.
 *
 * @throws when the register is not complete or the bundle cannot be made
 */
export function packageHook(register: HookRegister): HookCode {
  const folder = mkdtempSync(join(tmpdir(), 'hook-code-'));
  const judge = join(folder, 'judge');
  mkdirSync(judge);
  const script = bundledScript({ entryPoints: ['lib/hook/entry.ts'], target: 'node22', minify: true });
  writeFileSync(join(judge, 'judge.js'), script);
  copyCatalogue(judge);
  writeFileSync(join(judge, 'register.json'), JSON.stringify(registerSchema.parse(register)));
  return { folder, digest: packageDigest(judge) };
}

/** SHA-256 of every file below a folder, in the order of their paths: path, zero byte, content. */
export function packageDigest(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  for (const file of files) hash.update(`${file.slice(folder.length + 1)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}
