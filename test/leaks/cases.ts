/** The corpus: every channel in every way of writing, in twins. What cannot be written is counted with its reason. */
import type { Channel } from './channel';
import { CHANNELS } from './channels';
import type { Twin } from './places';
import { twinsOf } from './places';
import type { Expected, Writing } from './writing';
import { WRITINGS } from './writings';

export interface Case {
  readonly name: string;
  readonly channel: Channel;
  readonly writing: Writing;
  readonly leaving: Twin;
  readonly staying: Twin;
  /** Verdict wanted of the leaving twin; `silent` when the leak was removed again. */
  readonly whenLeaving: Expected;
  readonly whenStaying: Expected;
  /** Why an expectation is not the plain one (outside, silent). */
  readonly because?: string;
}

export interface Skipped {
  readonly reason: string;
  readonly count: number;
}

export interface Corpus {
  readonly cases: readonly Case[];
  readonly skipped: readonly Skipped[];
}

const RARE = 'the channel is a rare one: written as a literal only';

/** Builds the product of channels and writings. */
export function corpus(): Corpus {
  const cases: Case[] = [];
  const skipped = new Map<string, number>();
  for (const channel of CHANNELS)
    for (const writing of WRITINGS) {
      const reason = reasonToSkip(channel, writing);
      if (reason === undefined) cases.push(caseOf(channel, writing, cases.length));
      else skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    }
  return {
    cases,
    skipped: [...skipped].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
  };
}

function reasonToSkip(channel: Channel, writing: Writing): string | undefined {
  if (!channel.everyWriting && writing.slug !== 'literal') return RARE;
  const unfit = writing.unfit(channel);
  return unfit === undefined ? undefined : `${writing.slug}: ${unfit}`;
}

/** Ways of writing that use another type than the channel's. */
const NOT_THIS_TYPE: ReadonlySet<string> = new Set(['sdk-call', 'custom-resource']);

function caseOf(channel: Channel, writing: Writing, number: number): Case {
  const staying =
    writing.staying?.(channel) ??
    (channel.staysUnknown && writing.leaving?.(channel) !== 'silent' && !NOT_THIS_TYPE.has(writing.slug)
      ? { expected: 'unknown' as const, because: channel.staysUnknown }
      : undefined);
  const because = staying?.because ?? channel.borderline;
  return {
    name: `${channel.slug}, ${writing.words}`,
    channel,
    writing,
    ...twinsOf(number),
    whenLeaving: writing.leaving?.(channel) ?? channel.convicted,
    whenStaying: staying?.expected ?? 'silent',
    ...(because ? { because } : {}),
  };
}
