import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { Emulator } from '../../test/emulator/emulator';
import { findEmulator } from '../../test/emulator/find';
import { organizationOf } from './organization';
import { LOG, prepareFolder, readState, writeState } from './state';

/** Region in which callers act when a command names none; every stack of the enclave names its own. */
const CALLER_REGION = 'eu-west-1';

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    () => true,
    () => false,
  );
}

/** The emulator of the last `deploy:local`, when it still answers. */
export async function running(): Promise<Emulator | undefined> {
  const state = readState();
  if (!state || !(await answers(state.url))) return undefined;
  return Emulator.start({ ok: true, kind: 'running', url: state.url }, { env: process.env, region: CALLER_REGION });
}

/** The running emulator, or a new one that outlives this process. Ends the process with one line when none is to be had. */
export async function connect(): Promise<Emulator> {
  const standing = await running();
  if (standing) return standing;
  const found = findEmulator(process.env);
  if (!found.ok) {
    process.stderr.write(`deploy:local: ${found.why}\n`);
    process.exit(2);
  }
  prepareFolder();
  const organization = organizationOf(parseEnclave(enclave));
  const emulator = await Emulator.start(found, {
    env: process.env,
    region: CALLER_REGION,
    detachedLog: LOG,
    ...(organization ? { organization } : {}),
  });
  writeState({ url: emulator.url, ...(emulator.pid === undefined ? {} : { pid: emulator.pid }) });
  return emulator;
}
