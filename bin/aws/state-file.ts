/**
 * Answers of a run that was interrupted, so that the next one goes on where it stopped. The file belongs to one assembly and
 * is used for an hour at most: older answers show what was, not what is.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Memory } from '../../lib/attestation';
import { UsageError } from '../input';

const FRESH_MILLISECONDS = 3_600_000;

interface Head {
  readonly assembly: string;
  readonly started: number;
}

export class StateFile implements Memory {
  private readonly known = new Map<string, readonly unknown[]>();

  private constructor(private readonly file: string) {}

  /**
   * Opens or begins the state of a run.
   * @param now milliseconds since the epoch
   * @throws UsageError when the file belongs to another assembly or is no such file
   */
  static open(file: string, assembly: string, now: number): StateFile {
    const digest = createHash('sha256')
      .update(readFileSync(join(assembly, 'manifest.json')))
      .digest('hex');
    const state = new StateFile(file);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    const head = parse<Head>(lines[0]);
    if (lines[0] !== undefined && head?.assembly === undefined)
      throw new UsageError(`${file}: is no state of an attestation. Name another file, or delete this one.`);
    if (head && head.assembly !== digest)
      throw new UsageError(`${file}: belongs to another assembly. Delete it, or attest the assembly it belongs to.`);
    if (!head || now - head.started > FRESH_MILLISECONDS) {
      writeFileSync(file, `${JSON.stringify({ assembly: digest, started: now } satisfies Head)}\n`);
      return state;
    }
    // The last line of an interrupted run may be half written: it is asked again.
    for (const line of lines.slice(1)) {
      const kept = parse<[string, readonly unknown[]]>(line);
      if (kept) state.known.set(kept[0], kept[1]);
    }
    return state;
  }

  recall(question: string): readonly unknown[] | undefined {
    return this.known.get(question);
  }

  keep(question: string, pages: readonly unknown[]): void {
    appendFileSync(this.file, `${JSON.stringify([question, pages])}\n`);
  }

  /** The run is complete: nothing of it is to be used again. */
  finish(): void {
    rmSync(this.file, { force: true });
  }
}

function parse<T>(line: string | undefined): T | undefined {
  if (line === undefined || line === '') return undefined;
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
