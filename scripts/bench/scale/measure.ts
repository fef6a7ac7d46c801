/** CPU and memory of processes of their own, and what to make of several measurements. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export const ROOT = resolve(__dirname, '../../..');

export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

const SOURCE = ['-r', 'ts-node/register'];

/** What a compiled script prints, as JSON. @throws when it fails */
export function answerOf<T>(script: string, ...args: readonly string[]): T {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as T;
}

/** CPU and peak memory of a whole Node process. @throws when it ends with a status that is not expected */
export function usageOf(
  script: string,
  args: readonly string[],
  { folder, environment = {}, fromSource = true, statuses = [0] }: UsageOptions,
): Usage {
  const file = join(folder, 'usage.json');
  const options = [`--title=${file}`, '-r', join(__dirname, '../usage.cjs'), ...(fromSource ? SOURCE : [])];
  const { status, stderr } = spawnSync(process.execPath, [...options, script, ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...environment },
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status === null || !statuses.includes(status))
    throw new Error(`${script} ${args.join(' ')} ended with ${status}:\n${stderr.slice(-2000)}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Usage;
}

export interface UsageOptions {
  /** A folder for the measurement. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly fromSource?: boolean;
  /** Exit statuses that are answers and no failures. */
  readonly statuses?: readonly number[];
}

/** CPU seconds of another program and its children; undefined when it is not installed. */
export async function cpuOfProgram(program: string, args: readonly string[]): Promise<number | undefined> {
  return spawnSync(program, ['--version']).status === 0 ? (await cpuOfTree([program, ...args])).cpuSeconds : undefined;
}

/**
 * CPU seconds of `cdk synth` of an app: the command itself and the processes it starts, all on one processor.
 *
 * @throws when it fails
 */
export async function cpuOfSynth(
  app: string,
  output: string,
  environment: Readonly<Record<string, string>>,
  processor: number,
): Promise<number> {
  const options = ['--quiet', '--no-notices', '--no-version-reporting'];
  const cdk = [require.resolve('aws-cdk/bin/cdk'), 'synth', ...options, '--output', output, '--app', app];
  const bound = ['taskset', '--cpu-list', String(processor), process.execPath, ...cdk];
  const { status, cpuSeconds } = await cpuOfTree(bound, environment);
  if (status !== 0) throw new Error(`cdk synth of ${app} ended with ${status}`);
  return cpuSeconds;
}

async function cpuOfTree(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number | null; readonly cpuSeconds: number }> {
  // POSIX: the second line of `times` is what the children of the shell have used.
  const shell = spawn('sh', ['-c', '"$0" "$@" > /dev/null 2>&1; s=$?; times; exit $s', ...command], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(shell, 'close') as Promise<[number | null]>;
  const children = (await text(shell.stdout)).trim().split('\n').at(-1) ?? '';
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  const [status] = await ended;
  return { status, cpuSeconds: parts.reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0) };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** By interpolation between neighbours. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at % 1);
}

/** The ratio within each round: what changes the speed of the machine for a while changes both sides of one. */
export function ratiosOf(above: readonly number[], below: readonly number[]): readonly number[] {
  return above.map((value, round) => value / below[round]!);
}

/** Exponent b of cost = a × size^b, by least squares on the logarithms. */
export function growth(points: readonly { readonly size: number; readonly cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const x = mean(logs.map((one) => one.x));
  const y = mean(logs.map((one) => one.y));
  const above = logs.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0);
  return above / logs.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
}
