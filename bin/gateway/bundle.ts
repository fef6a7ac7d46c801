/**
 * The code of the gateway's functions as it is deployed: one script with every handler, Cedar's WebAssembly beside it, and
 * the files of each site.
 */
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Enclave } from '../../config/schema';
import { exportedName } from '../../lib/enclave/gateway/exported-name';
import { transfersOf } from '../../lib/enclave/gateway/gateway-plan';
import type { GatewayPlan } from '../../lib/enclave/gateway/gateway-plan';
import { registeredTransfersOf, storedDatasets } from '../../lib/enclave/gateway/site-files';
import { siteContext } from '../../lib/enclave/site-context';
import { BUNDLED_FILES, CEDAR_WASM, ENTRY_FILES } from '../../lib/gateway/contract';
import type { FunctionName } from '../../lib/gateway/contract';
import { bundledScript } from '../bundle';
import { POLICY_FOLDER } from './checked';
import type { CheckedGateway } from './checked';

const GATEWAY = resolve(__dirname, '../../lib/gateway');

/** A plan with its code, and the temporary folder of the code: remove it once the templates are written. */
export interface BundledGateway {
  readonly plan: GatewayPlan;
  readonly folder: string;
}

/** Bundles the functions once, and writes a folder per site. Takes esbuild about a second; uses no container. */
export function bundleGateway(config: Enclave, checked: CheckedGateway): BundledGateway {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-code-'));
  const script = handlersScript();
  // The package names its WebAssembly in no export; it lies beside the script that loads it.
  const wasm = join(dirname(require.resolve(dirname(CEDAR_WASM))), basename(CEDAR_WASM));
  const { issuer, ...plan } = checked;
  const code = config.sites.map(({ id }) => {
    const at = siteContext(config, id);
    const site = join(folder, id);
    const files = join(site, 'files');
    mkdirSync(files, { recursive: true });
    writeFileSync(join(site, 'index.js'), script);
    cpSync(wasm, join(site, basename(wasm)));
    cpSync(POLICY_FOLDER, join(files, BUNDLED_FILES.policies), { recursive: true });
    const written = {
      [BUNDLED_FILES.settings]: plan.settings,
      [BUNDLED_FILES.datasets]: storedDatasets(at, plan.datasets),
      [BUNDLED_FILES.transfers]: registeredTransfersOf(at, plan.transfers),
      [BUNDLED_FILES.exports]: transfersOf(plan, id),
      [BUNDLED_FILES.issuer]: issuer,
    };
    for (const [name, content] of Object.entries(written))
      writeFileSync(join(files, name), `${JSON.stringify(content, null, 2)}\n`);
    return [id, site] as const;
  });
  return { plan: { ...plan, code: Object.fromEntries(code) }, folder };
}

/** Every handler in one script. */
function handlersScript(): Uint8Array {
  const names = Object.keys(ENTRY_FILES) as FunctionName[];
  const contents = names
    .map((name) => `export { handler as ${exportedName(name)} } from './${ENTRY_FILES[name].replace(/\.ts$/, '')}';`)
    .join('\n');
  return bundledScript({
    stdin: { contents, resolveDir: GATEWAY, sourcefile: 'index.ts', loader: 'ts' },
    target: 'node24',
    // Comments name paths of this machine; names stay, so that a stack trace can be read.
    minifyWhitespace: true,
  });
}
