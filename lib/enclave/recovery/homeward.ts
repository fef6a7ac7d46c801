import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { BucketConfig } from '../../../config/schema';
import { bucketName, keyAlias, replicaBucketName } from '../names';
import type { CopyRoute } from '../stores/replication';
import type { Recovery } from './recovery';

/**
 * The way by which copies are carried home: from the buckets of copies to the site's own, under the keys of its stores.
 *
 * What lies at the partner came by replication, and S3 replicates no replica by itself. An application of the partner writes
 * each copy anew, in place, and S3 carries that version home; a job of S3 that would do so stays denied to everybody. What
 * arrives at home is a replica there in turn, so nothing goes round in circles. What was erased before the loss has no
 * version to be written anew, and stays erased.
 *
 * @param copies buckets of the site, each with the key of its copies at the partner
 */
export const homewardRoute = (
  { lost, partner, roleName }: Recovery,
  copies: readonly { readonly store: BucketConfig; readonly key: IKey }[],
): CopyRoute => ({
  roleName,
  description: `Carries the copies of ${lost.site.id} home from ${partner.site.id}`,
  from: partner,
  to: lost,
  withDeletions: false,
  copies: copies.map(({ store, key }) => ({
    source: replicaBucketName(lost, partner, store.name),
    key,
    destination: bucketName(lost, store.name),
    alias: keyAlias(lost, store.class, 'objects'),
  })),
});
