/**
 * `npm run page:screenshots`: the pictures of the page in docs/images, of the enclave in cdk.out (run `npx cdk synth -q`
 * first) and of a shop that leaks. Needs Chromium.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { judgementPage } from '../../lib/report/page';
import { version } from '../../package.json';
import { openChromium } from './chromium';
import { leakingShop } from './leaking-shop';

const ROOT = resolve(__dirname, '../..');
const IMAGES = join(ROOT, 'docs/images');

interface Shot {
  readonly name: string;
  readonly page: 'enclave' | 'leaking';
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** What is brought into view first, and what alone is pictured. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly only?: string;
}

const SHOTS: readonly Shot[] = [
  { name: 'page-light', page: 'enclave', scheme: 'light', width: 1280, height: 800 },
  { name: 'page-dark', page: 'enclave', scheme: 'dark', width: 1280, height: 800 },
  { name: 'map', page: 'enclave', scheme: 'light', width: 1280, height: 800, only: '#map figure' },
  { name: 'map-leaking', page: 'leaking', scheme: 'light', width: 1280, height: 800, only: '#map figure' },
  {
    name: 'flow-leaking',
    page: 'leaking',
    scheme: 'light',
    width: 1280,
    height: 800,
    only: '#flows',
    prepare: (page) => page.locator('#flows-body button').first().click(),
  },
  { name: 'phone', page: 'leaking', scheme: 'light', width: 390, height: 844, only: '#map figure' },
];

function enclavePage(folder: string): string {
  if (!existsSync(join(ROOT, 'cdk.out', 'manifest.json')))
    throw new Error('cdk.out: no assembly there. Run npx cdk synth -q first.');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'bin/enclave.cjs'), 'register', 'cdk.out', '--output', folder],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr.trim());
  return join(folder, 'index.html');
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const browser = await openChromium();
  try {
    const leaking = join(folder, 'leaking.html');
    writeFileSync(leaking, judgementPage(leakingShop(), version));
    const files = { enclave: enclavePage(join(folder, 'evidence')), leaking };
    for (const { name, page: which, scheme, width, height, only, prepare } of SHOTS) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await page.goto(pathToFileURL(files[which]).href);
      await prepare?.(page);
      const path = join(IMAGES, `${name}.png`);
      await (only === undefined ? page : page.locator(only)).screenshot({ path });
      await context.close();
      process.stdout.write(`${relative(ROOT, path)}  ${Math.round(statSync(path).size / 1024)} kB\n`);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
