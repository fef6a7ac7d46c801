import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of the local deployment: assembly, emulator log and state. Ignored by git. */
export const LOCAL = resolve(__dirname, '../../.local-enclave');
export const ASSEMBLY = join(LOCAL, 'cdk.out');
export const LOG = join(LOCAL, 'emulator.log');
const STATE = join(LOCAL, 'state.json');

/** The emulator that `deploy:local` left running; `pid` is absent when it was not started by us. */
export interface LocalState {
  readonly url: string;
  readonly pid?: number;
}

export function readState(): LocalState | undefined {
  try {
    return JSON.parse(readFileSync(STATE, 'utf8')) as LocalState;
  } catch {
    return undefined;
  }
}

export function writeState(state: LocalState): void {
  mkdirSync(LOCAL, { recursive: true });
  writeFileSync(STATE, JSON.stringify(state));
}

export const prepareFolder = (): void => void mkdirSync(LOCAL, { recursive: true });

export const forget = (): void => rmSync(LOCAL, { recursive: true, force: true });
