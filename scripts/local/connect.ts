import type { Emulator } from '../../test/emulator/emulator';
import { findEmulator } from '../../test/emulator/find';
import { startEnclaveEmulator } from './enclave-emulator';
import { LOG, prepareFolder, readState, writeState } from './state';

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
  return startEnclaveEmulator({ ok: true, kind: 'running', url: state.url });
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
  const emulator = await startEnclaveEmulator(found, { detachedLog: LOG });
  writeState({ url: emulator.url, ...(emulator.pid === undefined ? {} : { pid: emulator.pid }) });
  return emulator;
}
