/**
 * Deploys the enclave into the emulator while `cdk deploy` is killed at random moments, again and again, until it stands;
 * then deploys once more and compares: nothing lost, nothing twice. Needs no AWS.
 *
 *   npx ts-node scripts/local/interrupt.ts [interruptions] [seed]
 *
 * Exit 0: every stack stands, the last deployment changed nothing, and every physical id is there once.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { environmentsOf, stacksOf } from '../../bin/aws/assembly';
import type { AssemblyStack } from '../../bin/aws/assembly';
import type { Emulator } from '../../test/emulator/emulator';
import { findEmulator } from '../../test/emulator/find';
import { startEnclaveEmulator } from './enclave-emulator';
import { standing } from './standing';

const ROOT = resolve(__dirname, '../..');

/** Longest time a deployment runs before it is killed, in milliseconds. */
const LONGEST = 45_000;

/** After so many undisturbed attempts the enclave should stand. */
const ATTEMPTS = 3;

/** Numbers between 0 and 1 that a seed repeats (mulberry32), so that a run that failed can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const DEPLOY = ['deploy', '--all', '--require-approval', 'never', '--concurrency', '2', '--no-notices'];

/** Starts a deployment and kills it without warning, as a machine that loses power would. Answers whether it ended before. */
async function interrupted(emulator: Emulator, assembly: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...DEPLOY, '--app', assembly], {
    cwd: ROOT,
    env: await emulator.env(),
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), after);
  const [status] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return status !== null;
}

/** Physical ids of every resource of every stack, with the stacks that hold each. */
async function holders(emulator: Emulator, stacks: readonly AssemblyStack[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { name, account, region } of stacks) {
    const client = new CloudFormationClient(await emulator.client(account, region));
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListStackResourcesCommand({ StackName: name, NextToken }));
      for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
        const id = `${account} ${region} ${ResourceType} ${PhysicalResourceId}`;
        found.set(id, [...(found.get(id) ?? []), name]);
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return found;
}

async function main(): Promise<void> {
  const [interruptions = 5, seed = 1] = process.argv.slice(2).map(Number);
  const found = findEmulator(process.env);
  if (!found.ok) {
    process.stderr.write(`interrupt: ${found.why}\n`);
    process.exit(2);
  }
  const folder = mkdtempSync(join(tmpdir(), 'enclave-interrupt-'));
  const assembly = join(folder, 'cdk.out');
  const emulator = await startEnclaveEmulator(found);
  try {
    const synth = await emulator.cdk(['synth', '-q', '--output', assembly], ROOT);
    if (synth.status !== 0) throw new Error(synth.output);
    const stacks = stacksOf(assembly);
    await emulator.bootstrap(environmentsOf(stacks));
    const random = randomFrom(seed);
    for (let i = 1; i <= interruptions; i += 1) {
      const after = Math.round(random() * LONGEST);
      const ended = await interrupted(emulator, assembly, after);
      const states = (await standing(emulator, stacks)).map(({ status }) => status);
      const complete = states.filter((status) => status.endsWith('_COMPLETE')).length;
      process.stdout.write(
        `${i}: ${ended ? 'ended by itself' : `killed after ${(after / 1000).toFixed(1)} s`}, ${complete} of ${stacks.length} stacks complete\n`,
      );
    }
    let attempts = 0;
    let last = { status: null as number | null, output: '' };
    while (last.status !== 0 && attempts < ATTEMPTS) {
      attempts += 1;
      last = await emulator.cdk([...DEPLOY, '--app', assembly], ROOT);
    }
    if (last.status !== 0) throw new Error(`does not stand after ${attempts} undisturbed attempts:\n${last.output}`);
    const before = await holders(emulator, stacks);
    const again = await emulator.cdk([...DEPLOY, '--app', assembly], ROOT);
    const unchanged = again.output.match(/\(no changes\)/g)?.length ?? 0;
    const after = await holders(emulator, stacks);
    const lost = [...before.keys()].filter((id) => !after.has(id));
    const twice = [...after].filter(([, names]) => names.length > 1);
    process.stdout.write(
      `stands after ${attempts} undisturbed attempt(s); repeated: ${unchanged} of ${stacks.length} stacks unchanged; ${after.size} resources, ${lost.length} lost, ${twice.length} twice\n`,
    );
    for (const [id, names] of twice) process.stdout.write(`  ${id}: ${names.join(', ')}\n`);
    process.exitCode = again.status === 0 && unchanged === stacks.length && !lost.length && !twice.length ? 0 : 1;
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
