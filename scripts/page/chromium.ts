/** A headless Chromium of this machine. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Where Debian puts it, and other common places; `CHROMIUM` names another. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The program, or undefined where there is none. */
export const chromiumPath = (): string | undefined =>
  [process.env['CHROMIUM'], ...PLACES].find((path) => path !== undefined && path !== '' && existsSync(path));

/** @throws Error naming what is missing */
export function openChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined)
    throw new Error('No Chromium found: install it (apt-get install chromium) or name it in CHROMIUM.');
  // Chromium refuses its sandbox to root, and containers give it a small /dev/shm.
  const root = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: [...(root ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'] });
}
