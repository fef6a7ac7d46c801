import type { Attestation } from '../model';

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The last line of every view: the verdict word and the numbers behind it. */
export function verdictLine({ verdict, counts }: Attestation): string {
  const { holds, broken, unseen, unexpected } = counts;
  return `${verdict}: ${plural(holds, 'claim')} ${holds === 1 ? 'holds' : 'hold'}, ${broken} broken, ${unseen} unseen, ${unexpected} unexpected`;
}

/** What no claim speaks about: declared types without claims, and channels of the catalogue that nothing here looks at. */
export function scopeLines({ notAttested, channels, places, accepted }: Attestation): string[] {
  const total = notAttested.reduce((sum, { count }) => sum + count, 0);
  const { attested, unseen, impossible } = channels;
  return [
    ...(notAttested.length > 0
      ? [
          `Not looked at: ${plural(total, 'declared resource')} of ${plural(notAttested.length, 'other type')} (${notAttested.map(({ type }) => type).join(', ')}).`,
        ]
      : []),
    `Channels: ${attested.length} of ${attested.length + unseen.length + impossible.length} of the catalogue looked at in ${plural(places.length, 'place')}; ${unseen.length} unseen, ${impossible.length} that no read-only call can show.`,
    ...(accepted.length > 0
      ? [`Accepted by the register: ${accepted.map(({ thing }) => thing.name).join(', ')}.`]
      : []),
  ];
}
