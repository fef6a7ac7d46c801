/**
 * Answers of a scheduled run that did not come to its end, kept in the bucket by account and Region, so that the next
 * attempt goes on where it stopped. They belong to one run and are used for an hour at most.
 */
import type { Memory, Place } from '../../lib/attestation';
import { RUNS_PREFIX } from '../../lib/enclave/attestation/prefixes';
import { sha256 } from '../../lib/report/statement';

const FRESH_MILLISECONDS = 3_600_000;

/** The objects below one prefix of a bucket. */
export interface KeptObjects {
  list(prefix: string): Promise<readonly { readonly key: string; readonly at: Date }[]>;
  get(key: string): Promise<string>;
  put(key: string, text: string): Promise<void>;
}

type Line = readonly [question: string, pages: readonly unknown[]];

export class AnswersInBucket implements Memory {
  private readonly known = new Map<string, readonly unknown[]>();
  private readonly fresh = new Map<string, Line[]>();

  private constructor(
    private readonly objects: KeptObjects,
    private readonly prefix: string,
  ) {}

  /**
   * @param run identifies the run over its attempts, and what it compares with
   * @param now milliseconds since the epoch
   */
  static async open(objects: KeptObjects, run: string, now: number): Promise<AnswersInBucket> {
    const memory = new AnswersInBucket(objects, `${RUNS_PREFIX}${sha256(run)}/`);
    for (const { key, at } of await objects.list(memory.prefix)) {
      if (now - at.getTime() > FRESH_MILLISECONDS) continue;
      for (const [question, pages] of JSON.parse(await objects.get(key)) as Line[]) memory.known.set(question, pages);
    }
    return memory;
  }

  /** How many answers of an earlier attempt are used. */
  get recalled(): number {
    return this.known.size;
  }

  recall(question: string): readonly unknown[] | undefined {
    return this.known.get(question);
  }

  keep(question: string, pages: readonly unknown[]): void {
    // A question begins with account and Region (see Reading).
    const place = question.split(' ', 2).join('/');
    this.fresh.set(place, [...(this.fresh.get(place) ?? []), [question, pages]]);
  }

  /** Writes the answers of one place. */
  async save({ account, region }: Place): Promise<void> {
    const place = `${account}/${region}`;
    const lines = this.fresh.get(place);
    if (!lines || lines.length === 0) return;
    this.fresh.delete(place);
    // Each writing has a name of its own: an earlier attempt's answers stay.
    const text = JSON.stringify(lines);
    await this.objects.put(`${this.prefix}${place}/${sha256(text).slice(0, 16)}.json`, text);
  }

  /** Writes what no place has written yet. */
  async saveAll(): Promise<void> {
    for (const place of [...this.fresh.keys()]) {
      const [account = '', region = ''] = place.split('/');
      await this.save({ account, region });
    }
  }
}
