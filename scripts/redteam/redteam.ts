/**
 * The red team: deploys the enclave into the emulator, opens every way out by the API, and shows what the attestation names.
 * Writes docs/red-team.md and, with `--json FILE`, the same as data. `--only SLUG` tries one. Exit 1 when one is not named,
 * told or denied.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { assemblyAt, environmentsOf, stacksOf } from '../../bin/aws/assembly';
import { Bounded, Reading, attest, parseAccepted } from '../../lib/attestation';
import type { Attestation, Readings } from '../../lib/attestation';
import { SERVICES } from '../../lib/attestation/services';
import type { Emulator } from '../../test/emulator/emulator';
import { findEmulator } from '../../test/emulator/find';
import { startEnclaveEmulator } from '../local/enclave-emulator';
import type { Field } from './attack';
import { ATTACKS } from './attacks';
import { exercise } from './exercise';
import { attackedSite, otherDefences } from './other-defences';
import { page } from './page';

const ROOT = resolve(__dirname, '../..');
const ACCEPTED = join(ROOT, 'config/accepted-stores.yaml');
const ABROAD = 'us-east-1';
/** Calls in flight per account and Region: the emulator is one process. */
const IN_FLIGHT = 2;

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

async function deployed(folder: string): Promise<{ emulator: Emulator; assembly: string }> {
  const found = findEmulator(process.env);
  if (!found.ok) throw new Error(found.why);
  const emulator = await startEnclaveEmulator(found);
  try {
    return { emulator, assembly: await deployInto(emulator, folder) };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

/** @returns the folder of the assembly that was deployed */
async function deployInto(emulator: Emulator, folder: string): Promise<string> {
  const assembly = option('--assembly') ?? join(folder, 'cdk.out');
  const cdk = async (...args: string[]): Promise<void> => {
    const { status, output } = await emulator.cdk(args, ROOT);
    if (status !== 0) throw new Error(`cdk ${args[0]} failed: ${output.slice(-2000)}`);
  };
  if (option('--assembly') === undefined) await cdk('synth', '-q', '--output', assembly);
  await emulator.bootstrap(environmentsOf(stacksOf(assembly)));
  await cdk('deploy', '--all', '--app', assembly, '--require-approval', 'never', '--concurrency', '4');
  return assembly;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'redteam-'));
  process.stderr.write('deploying the enclave into the emulator …\n');
  const { emulator, assembly } = await deployed(folder);
  try {
    const accepted = parseAccepted(parse(readFileSync(ACCEPTED, 'utf8')), ACCEPTED);
    const today = new Date().toISOString().slice(0, 10);
    const look = (accounts?: readonly string[]): Promise<Attestation> => {
      const readings: Readings = async (account, region) => {
        const settings = await emulator.client(account, region);
        return new Reading({ account, region }, (connect) => connect(settings), { gate: new Bounded(IN_FLIGHT) });
      };
      return attest(assemblyAt(assembly), readings, {
        services: SERVICES,
        regions: [ABROAD],
        ...(accounts ? { accounts } : {}),
        accepted,
        today,
      });
    };
    const field: Field = { emulator, ...attackedSite(assembly), abroad: ABROAD };
    const only = option('--only');
    const attacks = ATTACKS.filter(({ slug }) => only === undefined || slug === only);
    const result = await exercise(attacks, field, look, otherDefences(assembly, ABROAD), ({ slug, attested, named }) =>
      process.stderr.write(`${attested.padEnd(4)} ${slug}: ${named.join('; ') || 'nothing named'}\n`),
    );
    const text = page(result);
    const json = option('--json');
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
    if (only === undefined) writeFileSync(join(ROOT, 'docs/red-team.md'), text);
    process.stdout.write(text);
    const missed = result.rows.some((row) => [row.attested, row.detected, row.prevented].includes('no'));
    process.exitCode = missed ? 1 : 0;
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`redteam: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
