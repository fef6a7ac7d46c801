/**
 * The code of the scheduled function as it is deployed: one script, the catalogue it reads beside it, and the register of
 * what may stand. The same sources give the same bytes.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AttestationPlan } from '../../lib/enclave/attestation/attestation-plan';
import { bundledScript, copyCatalogue } from '../bundle';
import { registerAt } from '../input';
import { ACCEPTED_FILE } from './accepted-file';

/** Where the register of what may stand is kept. */
const ACCEPTED_REGISTER = resolve(__dirname, '../../config/accepted-stores.yaml');

/** Writes the code into a temporary folder: remove it once the templates are written. */
export function bundleAttestation(): AttestationPlan {
  const code = mkdtempSync(join(tmpdir(), 'attestation-code-'));
  const script = bundledScript({
    entryPoints: ['bin/attestation/function.ts'],
    target: 'node24',
    minify: true,
    keepNames: true,
  });
  writeFileSync(join(code, 'index.js'), script);
  copyCatalogue(code);
  writeFileSync(join(code, ACCEPTED_FILE), `${JSON.stringify(registerAt(ACCEPTED_REGISTER), null, 2)}\n`);
  return { code };
}
