/**
 * One scheduled attestation: the published assembly, if its signature holds, against the accounts; a signed statement into
 * the archive; figures into the log. A run that does not fit into one invocation keeps its answers and ends in an error, so
 * that the next attempt goes on; one that is refused ends in an error, so that it is missed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AnswersDigest, attest } from '../../lib/attestation';
import type { Acceptance, Attestation, ReadingOptions, Readings, Service } from '../../lib/attestation';
import { ATTESTATIONS_PREFIX } from '../../lib/enclave/attestation/prefixes';
import { sha256 } from '../../lib/report/statement';
import type { Application } from '../../lib/template';
import { attestationEvidence } from '../attestation-evidence';
import { assemblyAt } from '../aws/assembly';
import type { Signer } from '../signing';
import { AnswersInBucket } from './answers-in-bucket';
import type { KeptObjects } from './answers-in-bucket';
import { PUBLISHED_KEY, trustedAssembly } from './published-assembly';
import type { Verify } from './published-assembly';

/** Time that is left for keeping answers when a run is broken off. */
const SPARE_MILLISECONDS = 60_000;

/** A run that goes on at the next attempt. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
}

export interface ScheduledRun {
  /** The same over all attempts of one run. */
  readonly id: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[] | 'enabled';
  readonly accepted: readonly Acceptance[];
  readonly services: readonly Service[];
  /** Key by which assemblies must be signed. */
  readonly assemblyKey: string;
}

/** Everything outside. */
export interface Surroundings {
  /** The auditor's bucket of assemblies and unfinished runs. */
  readonly objects: KeptObjects;
  /** The locked archive. */
  archive(key: string, text: string): Promise<void>;
  readonly verify: Verify;
  readonly signer: Signer;
  readings(options: Omit<ReadingOptions, 'gate'>): Readings;
  now(): Date;
  /** Milliseconds until this invocation is ended. */
  remaining(): number;
}

/** @returns the attestation, once its evidence lies in the archive. @throws RefusedAssembly, Unfinished */
export async function attestOnSchedule(run: ScheduledRun, world: Surroundings): Promise<Attestation> {
  const attestedAt = world.now();
  const published = await world.objects.get(PUBLISHED_KEY);
  const { files } = await trustedAssembly(published, run.assemblyKey, world.verify);
  const application = applicationOf(files);
  const memory = await AnswersInBucket.open(world.objects, `${run.id} ${sha256(published)}`, attestedAt.getTime());
  const answers = new AnswersDigest();
  const attestation = await beforeTheEnd(world, memory, (saved) =>
    attest(application, world.readings({ memory, onAnswer: (question, answer) => answers.note(question, answer) }), {
      services: run.services,
      regions: run.regions,
      accounts: run.accounts,
      accepted: run.accepted.filter(({ account }) => account === undefined || run.accounts.includes(account)),
      today: attestedAt.toISOString().slice(0, 10),
      onPlace: (place) => saved(memory.save(place)),
    }),
  );
  const declared = [...files].map(([name, text]) => ({ name, sha256: sha256(text) }));
  const key = `${ATTESTATIONS_PREFIX}${attestedAt.toISOString().replaceAll(':', '')}`;
  const accountsLeftOut = accountsOf(application).filter((account) => !run.accounts.includes(account));
  const evidence = await attestationEvidence(
    { attestation, answers, declared, accountsLeftOut, attestedAt },
    world.signer,
    `${key}.dsse.json`,
  );
  await world.archive(`${key}.json`, evidence.document);
  await world.archive(`${key}.dsse.json`, evidence.statement);
  return attestation;
}

/** Runs until it is done or the invocation is nearly over; what is answered by then is kept either way. */
async function beforeTheEnd(
  world: Surroundings,
  memory: AnswersInBucket,
  work: (saved: (saving: Promise<void>) => void) => Promise<Attestation>,
): Promise<Attestation> {
  const savings: Promise<void>[] = [];
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<'ended'>((resolve) => {
    timer = setTimeout(() => resolve('ended'), Math.max(0, world.remaining() - SPARE_MILLISECONDS));
  });
  try {
    const done = await Promise.race([work((saving) => savings.push(saving)), end]);
    if (done !== 'ended') return done;
    await memory.saveAll();
    await Promise.all(savings);
    throw new Unfinished('the run is not done; the next attempt goes on with the answers that were kept');
  } finally {
    clearTimeout(timer);
    // A failed writing costs the next attempt some questions, not this run its result.
    await Promise.allSettled(savings);
  }
}

const accountsOf = ({ templates }: Application): string[] =>
  [...new Set(templates.flatMap(({ source }) => (source.account === undefined ? [] : [source.account])))].sort();

/** The template reader reads folders; this one is gone once it has read. */
function applicationOf(files: ReadonlyMap<string, string>): Application {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  try {
    for (const [name, text] of files) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return assemblyAt(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
