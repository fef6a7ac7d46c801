/** A judgement for programs: the contract of `enclave check --format json`. */
import type { Judgement } from '../residency';

/** Indented JSON, ending in a line break. */
export function json(judgement: Judgement): string {
  return `${JSON.stringify(judgement, null, 2)}\n`;
}
