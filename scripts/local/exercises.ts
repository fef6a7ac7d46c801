/**
 * Runs the runbooks as exercises in one emulator and prints what each showed and what it did not. Needs no AWS.
 *
 *   npx ts-node scripts/local/exercises.ts [exercise …]
 *
 * Exercises: "losing a zone", "kill switch", "losing a site", rotating, incident; all without a name. EXERCISE_OBJECTS
 * sets how many objects a site loses. Exit 0: everything that was to be shown was seen.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentsOf, stacksOf } from '../../bin/aws/assembly';
import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { synthesiseTo } from '../../test/deployment/assembly';
import { Emulator } from '../../test/emulator/emulator';
import { findEmulator } from '../../test/emulator/find';
import { incident } from './exercises-incident';
import { rotating } from './exercises-keys';
import { stopping } from './exercises-stop';
import { World } from './exercises-world';
import { losingAZone } from './exercises-zone';
import { losingASite } from './lose-site';
import { organizationOf } from './organization';

const EXERCISES = [losingAZone, stopping, losingASite, rotating, incident];

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !EXERCISES.some((exercise) => exercise.name === name));
  const found = findEmulator(process.env);
  if (!found.ok || unknown.length > 0) {
    process.stderr.write(`exercises: ${found.ok ? `no exercise is called ${unknown.join(', ')}` : found.why}\n`);
    process.exit(2);
  }
  const config = parseEnclave(enclave);
  const organization = organizationOf(config);
  const folder = mkdtempSync(join(tmpdir(), 'enclave-exercises-'));
  const assembly = join(folder, 'cdk.out');
  const emulator = await Emulator.start(found, {
    env: process.env,
    region: config.sites[0]!.placement.region,
    ...(organization ? { organization } : {}),
  });
  try {
    synthesiseTo(assembly);
    const stacks = stacksOf(assembly);
    const places = environmentsOf(stacks);
    await emulator.bootstrap(places);
    process.stdout.write(`${places.length} environments bootstrapped\n`);
    const world = new World(emulator, config, folder, assembly);
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

void main();
