/**
 * Runs the runbooks as exercises in one emulator and prints what each showed and what it did not. Needs no AWS.
 *
 *   npx ts-node scripts/local/exercises.ts [exercise …] [--objects N]
 *
 * Exercises: "losing a zone", "kill switch", rotating, incident, "losing a site"; all without a name. `--objects` sets how
 * many objects a site holds when it is lost. Exit 0: everything that was to be shown was seen; 1: something was not; 2: it
 * could not be run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentsOf, stacksOf } from '../../bin/aws/assembly';
import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { synthesiseTo } from '../../test/deployment/assembly';
import { findEmulator } from '../../test/emulator/find';
import { startEnclaveEmulator } from './enclave-emulator';
import { incident } from './exercises/incident';
import { stopping } from './exercises/kill-switch';
import { losingASite } from './exercises/losing-a-site';
import { losingAZone } from './exercises/losing-a-zone';
import { rotating } from './exercises/rotating';
import { World } from './exercises/world';

/** The loss of a site comes last: the attestation goes on naming its keys, which KMS keeps for their waiting period. */
const EXERCISES = [losingAZone, stopping, rotating, incident, losingASite];

/** What was asked for. @throws Error with one line that says what is not to be had */
function asked(): { wanted: readonly string[]; objects: number } {
  const { values, positionals } = parseArgs({
    options: { objects: { type: 'string', default: '2000' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !EXERCISES.some((exercise) => exercise.name === name));
  if (unknown.length > 0) throw new Error(`no exercise is called ${unknown.join(', ')}`);
  if (!/^[1-9]\d*$/.test(values.objects))
    throw new Error(`--objects: ${values.objects} is no number of objects; write one like 1000`);
  return { wanted: positionals, objects: Number(values.objects) };
}

async function main(): Promise<void> {
  const { wanted, objects } = asked();
  const found = findEmulator(process.env);
  if (!found.ok) throw new Error(found.why);
  const config = parseEnclave(enclave);
  const folder = mkdtempSync(join(tmpdir(), 'enclave-exercises-'));
  const assembly = join(folder, 'cdk.out');
  const emulator = await startEnclaveEmulator(found);
  try {
    synthesiseTo(assembly);
    const stacks = stacksOf(assembly);
    const places = environmentsOf(stacks);
    await emulator.bootstrap(places);
    process.stdout.write(`${places.length} environments bootstrapped\n`);
    const world = new World(emulator, config, folder, assembly, objects);
    const { seconds } = await world.deploy(assembly);
    process.stdout.write(`${stacks.length} stacks deployed in ${seconds.toFixed(0)} s\n`);
    let held = true;
    for (const { name, notShown, run } of EXERCISES.filter((e) => wanted.length === 0 || wanted.includes(e.name))) {
      process.stdout.write(`\n${name}\n`);
      for (const { what, seen, holds } of await run(world)) {
        held &&= holds;
        process.stdout.write(`  ${holds ? 'yes' : 'NO '}  ${what}\n       ${seen}\n`);
      }
      process.stdout.write(`  not shown: ${notShown}\n`);
    }
    process.exitCode = held ? 0 : 1;
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`exercises: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
