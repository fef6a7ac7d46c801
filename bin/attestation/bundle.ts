/**
 * The code of the scheduled function as it is deployed: one script, the catalogue it reads beside it, and the register of
 * what may stand. The same sources give the same bytes.
 */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { AttestationPlan } from '../../lib/enclave/attestation/attestation-plan';
import { registerAt } from '../input';
import { ACCEPTED_FILE } from './accepted-file';

const ROOT = resolve(__dirname, '../..');
const DATA = join(dirname(require.resolve('../../lib/catalogue')), 'data');

/** Where the register of what may stand is kept. */
const ACCEPTED_REGISTER = join(ROOT, 'config/accepted-stores.yaml');

/** Writes the code into a temporary folder: remove it once the templates are written. */
export function bundleAttestation(): AttestationPlan {
  const code = mkdtempSync(join(tmpdir(), 'attestation-code-'));
  buildSync({
    entryPoints: [join(ROOT, 'bin/attestation/function.ts')],
    outfile: join(code, 'index.js'),
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  // The catalogue reads a service's file when it first needs it. The lock file serves the completeness tests only.
  cpSync(DATA, join(code, 'data'), { recursive: true, filter: (source) => basename(source) !== 'lock.json' });
  writeFileSync(join(code, ACCEPTED_FILE), `${JSON.stringify(registerAt(ACCEPTED_REGISTER), null, 2)}\n`);
  return { code };
}
