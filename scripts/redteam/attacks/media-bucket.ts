/** Attacks on the bucket of media of the attacked site: a restricted one, copied to its partner. */
import { S3Client } from '@aws-sdk/client-s3';
import type { Attack, Field, Undo } from '../attack';

/** What the attestation is to say of the bucket. */
export const claim = (slug: string): RegExp => new RegExp(`/media[0-9A-Z]+/${slug}$`, 'u');

type OnMedia = Pick<Attack, 'slug' | 'what' | 'action' | 'eventName' | 'names'> & Partial<Pick<Attack, 'channels'>>;

/** @param open given a client of the site and the name of the bucket */
export const onMedia = (
  attack: OnMedia,
  open: (client: S3Client, bucket: string, field: Field) => Promise<Undo>,
): Attack => ({
  channels: [],
  ...attack,
  at: 'site',
  eventSource: 's3.amazonaws.com',
  open: async (field) => {
    const { emulator, account, region, site } = field;
    return open(new S3Client(await emulator.client(account, region)), `${site}-media-${account}`, field);
  },
});
