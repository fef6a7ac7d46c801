import type { Attestation } from '../model';

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The last line of every view: the verdict word and the numbers behind it. */
export function verdictLine({ verdict, counts }: Attestation): string {
  const { holds, broken, unseen, unexpected } = counts;
  return `${verdict}: ${plural(holds, 'claim')} ${holds === 1 ? 'holds' : 'hold'}, ${broken} broken, ${unseen} unseen, ${unexpected} unexpected`;
}

/** What no claim speaks about, in one sentence; undefined when everything declared has claims. */
export function scopeLine({ notAttested }: Attestation): string | undefined {
  if (notAttested.length === 0) return undefined;
  const total = notAttested.reduce((sum, { count }) => sum + count, 0);
  return `Not looked at: ${plural(total, 'declared resource')} of ${plural(notAttested.length, 'other type')}; these claims are about customer keys only.`;
}
