/** What every exercise works in: the enclave, deployed by the CDK command line into one emulator. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Attestation } from '../../../lib/attestation';
import type { Enclave } from '../../../config/schema';
import type { Emulator } from '../../../test/emulator/emulator';

const ROOT = resolve(__dirname, '../../..');

/** One thing an exercise showed, or did not. */
export interface Shown {
  readonly what: string;
  readonly seen: string;
  readonly holds: boolean;
}

export interface Exercise {
  readonly name: string;
  /** What the emulator cannot show of it. */
  readonly notShown: string;
  readonly run: (world: World) => Promise<readonly Shown[]>;
}

/** What an attestation said, as names. */
export interface Attested {
  readonly claims: number;
  /** `logical id claim`, of every claim that does not hold. */
  readonly broken: readonly string[];
  readonly unexpected: readonly string[];
}

export class World {
  constructor(
    readonly emulator: Emulator,
    readonly enclave: Enclave,
    /** Folder for assemblies. */
    readonly folder: string,
    /** The assembly that stands. */
    readonly assembly: string,
    /** Objects that a site holds when it is lost, over all its buckets. */
    readonly objects: number,
  ) {}

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  /** Deploys stacks of an assembly, all by default, and says how long it took and how many had nothing to change. */
  async deploy(assembly: string, ...stacks: readonly string[]): Promise<{ seconds: number; unchanged: number }> {
    const which = stacks.length > 0 ? [...stacks, '--exclusively'] : ['--all'];
    const started = Date.now();
    const { status, output } = await this.emulator.cdk(
      ['deploy', ...which, '--app', assembly, '--require-approval', 'never', '--concurrency', '4'],
      ROOT,
    );
    if (status !== 0) throw new Error(`cdk deploy ${which.join(' ')} failed:\n${output.slice(-4_000)}`);
    return { seconds: secondsSince(started), unchanged: output.match(/\(no changes\)/g)?.length ?? 0 };
  }

  /** The command line of the enclave. */
  async command(...args: readonly string[]): Promise<{ status: number | null; output: string; errors: string }> {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/enclave.cjs', ...args], {
      cwd: ROOT,
      env: await this.emulator.env(),
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    return { status, output: stdout, errors: stderr };
  }

  /** Compares what stands with an assembly. @throws Error when the attestation itself fails */
  async attest(assembly = this.assembly): Promise<Attested> {
    // One Region beside the declared ones: in all that AWS has, the emulator would be asked for minutes.
    const bounds = ['--accepted', 'config/accepted-stores.yaml', '--regions', 'us-east-1'];
    const { output, errors } = await this.command(
      'attest',
      assembly,
      '--role',
      'enclave-attestor',
      ...bounds,
      '--format',
      'json',
    );
    if (!output.startsWith('{')) throw new Error(`enclave attest failed:\n${errors.slice(-2_000)}`);
    const { claims, unexpected } = JSON.parse(output) as Attestation;
    return {
      claims: claims.length,
      broken: claims.filter((c) => c.verdict !== 'holds').map((c) => `${c.resource.logicalId} ${c.claim}`),
      unexpected: unexpected.map((found) => JSON.stringify(found)),
    };
  }
}

export const secondsSince = (started: number): number => (Date.now() - started) / 1000;

export const attestedText = ({ claims, broken, unexpected }: Attested): string =>
  `${claims} claims, ${broken.length} broken${broken.length ? ` (${broken.slice(0, 3).join(', ')})` : ''}, ${unexpected.length} unexpected`;

export const isClean = ({ broken, unexpected }: Attested): boolean => broken.length === 0 && unexpected.length === 0;
