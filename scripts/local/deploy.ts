/**
 * `npm run deploy:local`: the whole enclave, deployed by the real CDK command line into a local emulator.
 *
 * The same steps as into AWS: synthesise (the gate runs), judge the assembly once more from outside, bootstrap, deploy,
 * protect the stacks, attest what stands. The emulator stays up for a look around; `npm run destroy:local` ends it.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import Table from 'cli-table3';
import { countryOfRegion } from '../../lib/geo';
import type { Emulator } from '../../test/emulator/emulator';
import { environmentsOf, stacksOf } from '../../bin/aws/assembly';
import { connect } from './connect';
import { standing } from './standing';
import { ASSEMBLY } from './state';

const ROOT = resolve(__dirname, '../..');

async function step(title: string, run: () => Promise<{ status: number | null; output: string }>): Promise<void> {
  const started = Date.now();
  process.stderr.write(`${title} … `);
  const { status, output } = await run();
  process.stderr.write(`${status === 0 ? 'done' : 'failed'} (${((Date.now() - started) / 1000).toFixed(0)} s)\n`);
  if (status !== 0) {
    process.stderr.write(`${output}\n`);
    process.exit(1);
  }
}

async function enclave(emulator: Emulator, ...args: string[]): Promise<{ status: number | null; output: string }> {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/enclave.cjs', ...args], {
    cwd: ROOT,
    env: await emulator.env(),
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}

async function main(): Promise<void> {
  const emulator = await connect();
  await step('synthesise', () => emulator.cdk(['synth', '-q', '--output', ASSEMBLY], ROOT));
  await step('judge the assembly', () => enclave(emulator, 'check', ASSEMBLY));
  const stacks = stacksOf(ASSEMBLY);
  const places = environmentsOf(stacks);
  await step(`bootstrap ${places.length} environments`, () =>
    emulator.bootstrap(places).then(() => ({ status: 0, output: '' })),
  );
  await step(`deploy ${stacks.length} stacks`, () =>
    emulator.cdk(['deploy', '--all', '--app', ASSEMBLY, '--require-approval', 'never', '--concurrency', '4'], ROOT),
  );
  await step('protect the stacks', () => enclave(emulator, 'protect', ASSEMBLY, '--role', 'enclave-deployer'));
  await step('attest what stands', () =>
    enclave(emulator, 'attest', ASSEMBLY, '--role', 'enclave-attestor', '--accepted', 'config/accepted-stores.yaml'),
  );
  const table = new Table({
    head: ['stack', 'account', 'Region', 'country', 'status', 'resources'],
    style: { head: [], border: [] },
  });
  for (const s of await standing(emulator, stacks))
    table.push([s.name, s.account, s.region, countryOfRegion(s.region).name, s.status, s.resources]);
  process.stdout.write(
    `${table.toString()}\n\nThe emulator answers at ${emulator.url}; policies in it are stored, not enforced. \`npm run destroy:local\` takes everything away.\n`,
  );
}

void main();
