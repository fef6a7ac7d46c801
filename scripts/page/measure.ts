/**
 * `npm run page:measure`: what a page of many flows costs in a browser on this machine: size, first paint, one search,
 * one filter, one jump to the end. Measured, not asserted: another machine has other seconds.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { judgementPage } from '../../lib/report/page';
import { version } from '../../package.json';
import { openChromium } from './chromium';
import { largeJudgement } from './large';

const RUNS = 5;
const SIZES = [1_000, 10_000];

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Milliseconds until the browser has painted what an action changed. */
const timed = (action: string): string =>
  `new Promise((done) => { const start = performance.now(); ${action}; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))); })`;

const FIRST_PAINT = `new Promise((done) => new PerformanceObserver((list) => {
  const [first] = list.getEntriesByName('first-contentful-paint');
  if (first) done(first.startTime);
}).observe({ type: 'paint', buffered: true }))`;

async function figuresOf(browser: Browser, url: string): Promise<Readonly<Record<string, number>>> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  const paint = await page.evaluate(FIRST_PAINT);
  const ready = await page.evaluate(`performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`);
  const search = `(() => { const input = document.getElementById('search'); input.value = 'records-77'; input.dispatchEvent(new Event('input', { bubbles: true })); })()`;
  const figures = {
    'first paint': paint as number,
    'script done': ready as number,
    search: (await page.evaluate(timed(search))) as number,
    filter: (await page.evaluate(
      timed(`document.getElementById('reset').click(); document.querySelector('[name=state]').click()`),
    )) as number,
    'jump to the end': (await page.evaluate(
      timed(
        `document.getElementById('reset').click(); const view = document.getElementById('flows-view'); view.scrollTop = view.scrollHeight`,
      ),
    )) as number,
  };
  await page.close();
  return figures;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const browser = await openChromium();
  try {
    for (const size of SIZES) {
      const judgement = largeJudgement(size);
      const start = process.hrtime.bigint();
      const text = judgementPage(judgement, version);
      const made = Number(process.hrtime.bigint() - start) / 1e6;
      const file = join(folder, `${size}.html`);
      writeFileSync(file, text);
      const runs: Readonly<Record<string, number>>[] = [];
      for (let run = 0; run < RUNS; run += 1) runs.push(await figuresOf(browser, pathToFileURL(file).href));
      process.stdout.write(
        `${judgement.flows.length} flows: page made in ${Math.round(made)} ms, ${(text.length / 1e6).toFixed(1)} MB; median of ${RUNS}: ${Object.keys(
          runs[0]!,
        )
          .map((name) => `${name} ${Math.round(median(runs.map((one) => one[name]!)))} ms`)
          .join(', ')}\n`,
      );
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
