/**
 * `npm run bench`: what the gate costs, as ratios of CPU time in one run.
 *
 * Variants run in turn (A B C A B C …), so that a machine that changes its speed changes it for all. The median of each
 * is compared with the median of the floor. Seconds are printed for orientation; only the ratios mean something.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';

const ROOT = resolve(__dirname, '../..');
const RUNS = 7;

interface Usage {
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

const VARIANTS: Record<string, { script: string; builtInValidation?: true }> = {
  'no gate (floor)': { script: 'scripts/bench/ungated.ts' },
  'residency gate': { script: 'scripts/bench/residency-only.ts' },
  'residency gate and AwsSolutions, as shipped': { script: 'bin/enclave.ts' },
  'as shipped, and the CDK’s own template validation': { script: 'bin/enclave.ts', builtInValidation: true },
};

function measure({ script, builtInValidation }: (typeof VARIANTS)[string], folder: string): Usage {
  const file = join(folder, 'usage.json');
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: object };
  const options = [`--title=${file}`, '-r', join(__dirname, 'usage.cjs'), '-r', 'ts-node/register', script];
  const { status, stderr } = spawnSync(process.execPath, options, {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      CDK_OUTDIR: join(folder, 'cdk.out'),
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:enable-path-metadata': true }),
      CDK_VALIDATION: builtInValidation ? 'true' : 'false',
    },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stderr}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Usage;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const folder = mkdtempSync(join(tmpdir(), 'enclave-bench-'));
const results = new Map<string, Usage[]>(Object.keys(VARIANTS).map((name) => [name, []]));
for (let run = 0; run <= RUNS; run += 1) {
  for (const [name, variant] of Object.entries(VARIANTS)) {
    const usage = measure(variant, folder);
    if (run > 0) results.get(name)!.push(usage); // the first round warms caches
  }
  process.stderr.write('.');
}
process.stderr.write('\n');
rmSync(folder, { recursive: true, force: true });

const floor = results.get('no gate (floor)')!;
const table = new Table({
  head: ['cdk app process', 'CPU ratio', 'CPU seconds (median)', 'peak memory ratio'],
  style: { head: [], border: [] },
});
const rows = [...results].map(([name, usages]) => ({
  name,
  cpuRatio: median(usages.map((u) => u.cpuSeconds)) / median(floor.map((u) => u.cpuSeconds)),
  cpuSeconds: median(usages.map((u) => u.cpuSeconds)),
  memoryRatio: median(usages.map((u) => u.peakMiB)) / median(floor.map((u) => u.peakMiB)),
}));
for (const r of rows) table.push([r.name, r.cpuRatio.toFixed(2), r.cpuSeconds.toFixed(2), r.memoryRatio.toFixed(2)]);
process.stdout.write(`${table.toString()}\n${RUNS} runs of each in turn, Node ${process.version}.\n`);
const output = process.argv[2];
if (output) writeFileSync(output, `${JSON.stringify(rows, null, 2)}\n`);
