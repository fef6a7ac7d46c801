/** A page in headless Chromium, opened from disk, with everything it asks for and complains of. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openChromium } from '../../scripts/page/chromium';

export interface Opened {
  readonly page: Page;
  /** Every address the page asked for, itself excepted. */
  readonly requests: string[];
  /** Addresses the browser did not go to, each with its reason. */
  readonly refused: string[];
  /** Console errors and warnings, exceptions, dialogs. */
  readonly complaints: string[];
}

interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

const missing = chromiumPath() === undefined;
const required = process.env['REQUIRE_BROWSER'] === '1';
if (missing && !required)
  process.stderr.write(
    'No Chromium on this machine (apt-get install chromium): tests of the page in a browser are skipped.\n',
  );

/** Tests that need a browser; without one they are skipped, or fail where REQUIRE_BROWSER=1. */
export const describeInBrowser = missing && !required ? describe.skip : describe;

let browser: Browser | undefined;
let folder: string | undefined;

/** To be called where the tests are: closes what {@link opened} opened. */
export function closeAfterwards(): void {
  afterAll(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
}

/** Opens HTML by `file://`. */
export async function opened(html: string, look: Look = {}): Promise<Opened> {
  browser ??= await openChromium();
  folder ??= mkdtempSync(join(tmpdir(), 'page-'));
  const { width = 1280, height = 800, scheme = 'light', reducedMotion = 'reduce' } = look;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion });
  const page = await context.newPage();
  const requests: string[] = [];
  const refused: string[] = [];
  const complaints: string[] = [];
  const url = pathToFileURL(join(folder, 'index.html')).href;
  writeFileSync(join(folder, 'index.html'), html);
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  page.on('requestfailed', (request) => refused.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, requests, refused, complaints };
}
