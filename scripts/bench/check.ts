/**
 * One step of `enclave check`, measured from the moment the process is up. Run by `scale.ts` in a process of its own:
 * `check.ts parse|read|judge FOLDER`. Prints one line of JSON.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { applicationAt } from '../../bin/input';
import { expectShortRun } from '../../bin/short-run';
import { NO_EXTERNAL_STORES, judge } from '../../lib/residency';
import type { JudgeOptions } from '../../lib/residency';

export interface Step {
  /** Of all threads, collection of garbage included. */
  readonly cpuSeconds: number;
  /** Peak of the process beyond what it held when it was up. */
  readonly peakMiB: number;
  readonly findings?: number;
}

const OPTIONS: JudgeOptions = {
  stores: NO_EXTERNAL_STORES,
  accounts: [],
  classDefault: 'restricted',
  transfers: [],
  waivers: [],
  reviewedTypes: [],
  now: new Date(),
};

const STEPS: Readonly<Record<string, (folder: string) => unknown>> = {
  parse: (folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown),
  read: (folder) => applicationAt([folder], {}),
  judge: (folder) => judge(applicationAt([folder], {}), OPTIONS),
};

const [name = '', folder = ''] = process.argv.slice(2);
const step = STEPS[name];
if (!step) throw new Error(`${name} is no step; take one of ${Object.keys(STEPS).join(', ')}`);

expectShortRun();
const residentMiB = (): number => process.memoryUsage.rss() / 2 ** 20;
const before = residentMiB();
const start = process.cpuUsage();
const result = step(folder);
const { user, system } = process.cpuUsage(start);
const measured: Step = {
  cpuSeconds: (user + system) / 1e6,
  peakMiB: process.resourceUsage().maxRSS / 1024 - before,
  ...(name === 'judge' ? { findings: (result as ReturnType<typeof judge>).findings.length } : {}),
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
