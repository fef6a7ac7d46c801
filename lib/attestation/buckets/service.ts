/** Attests S3: buckets, access points, and what reaches over Regions. */
import { missing } from '../missing';
import type { Json } from '../../template';
import type { Answer, Missing } from '../model';
import { partitionAt } from '../arn-parts';
import { kindsService } from '../kinds';
import { inventoryOf } from '../service';
import type { Context, Found, Inventory, Kind } from '../service';
import { ACCESS_POINTS } from './access-points';
import { BUCKET_READS } from './buckets-reader';
import { BUCKET_CHANNELS, bucketClaims, regionOfLocation } from './claims';
import type { BucketEvidence } from './claims';

const BUCKET = 'AWS::S3::Bucket';

const BUCKETS: Kind<Found, BucketEvidence> = {
  name: 'buckets',
  types: [BUCKET],
  channels: BUCKET_CHANNELS,
  undeclared: {
    why: 'no template declares this bucket, so nobody has judged where its objects go',
    remedy: 'Declare it, register it with an owner and an end, or empty and delete it.',
  },
  list: bucketsHere,
  evidence: async ({ id: Bucket }, { reading }) => {
    const [inventories, analytics] = await Promise.all([
      reading.list(
        BUCKET_READS.inventories,
        { Bucket },
        (page) => page.InventoryConfigurationList as Json[] | undefined,
      ),
      reading.list(BUCKET_READS.analytics, { Bucket }, (page) => page.AnalyticsConfigurationList as Json[] | undefined),
    ]);
    return {
      location: await reading.one(BUCKET_READS.location, { Bucket }),
      replication: await reading.one(BUCKET_READS.replication, { Bucket }),
      policy: await reading.one(BUCKET_READS.policy, { Bucket }),
      publicAccess: await reading.one(BUCKET_READS.publicAccess, { Bucket }),
      encryption: await reading.one(BUCKET_READS.encryption, { Bucket }),
      versioning: await reading.one(BUCKET_READS.versioning, { Bucket }),
      objectLock: await reading.one(BUCKET_READS.objectLock, { Bucket }),
      logging: await reading.one(BUCKET_READS.logging, { Bucket }),
      ownership: await reading.one(BUCKET_READS.ownership, { Bucket }),
      inventories,
      analytics,
      notifications: await reading.one(BUCKET_READS.notifications, { Bucket }),
      acl: await reading.one(BUCKET_READS.acl, { Bucket }),
      website: await reading.one(BUCKET_READS.website, { Bucket }),
      acceleration: await reading.one(BUCKET_READS.acceleration, { Bucket }),
      tags: await reading.one(BUCKET_READS.tags, { Bucket }),
    };
  },
  claims: bucketClaims,
};

/**
 * Buckets of this Region. One list names the buckets of all Regions, so the account's home also tells those of Regions that
 * this run does not look at; a declared bucket belongs to its stack's Region wherever it stands, so that its Region is judged.
 */
async function bucketsHere(context: Context): Promise<Inventory<Found>> {
  const { home, place, regions, reading } = context;
  const names = await home.list(BUCKET_READS.buckets, {}, ({ Buckets }) => Buckets);
  if (names.kind === 'missing') return { found: [], gaps: [names] };
  const declaredAt = declaredBuckets(context);
  const gaps: Missing[] = [];
  const found = await Promise.all(
    names.value.map(async ({ Name: Bucket }): Promise<Found[]> => {
      if (Bucket === undefined) return [];
      const location = await home.one(BUCKET_READS.location, { Bucket });
      const stands = location.kind === 'missing' ? undefined : regionOfLocation(location.value?.LocationConstraint);
      const declared = declaredAt.get(Bucket);
      const belongs = declared ?? (stands !== undefined && regions.includes(stands) ? stands : home.place.region);
      if (belongs !== place.region) return [];
      if (location.kind === 'missing' && declared === undefined)
        gaps.push({ ...location, why: `${location.why} for ${Bucket}` });
      const tags = declared === undefined ? await reading.one(BUCKET_READS.tags, { Bucket }) : undefined;
      const dataClass =
        tags?.kind === 'answer' ? tags.value?.TagSet?.find(({ Key }) => Key === 'data-class')?.Value : undefined;
      return [
        {
          id: Bucket,
          arn: `arn:${partitionAt(place.region)}:s3:::${Bucket}`,
          seen: `bucket in ${stands ?? 'a Region not seen'}`,
          ...(stands === undefined ? {} : { reaches: [stands] }),
          ...(dataClass === undefined ? {} : { dataClass }),
        },
      ];
    }),
  );
  return { found: found.flat(), gaps };
}

/** Name → Region of the stack, for declared buckets of the account. */
function declaredBuckets({ application, deployment, place }: Context): Map<string, string> {
  return new Map(
    application.ofType(BUCKET).flatMap((resource) => {
      const { account, region } = resource.template.source;
      const id = deployment.idOf(resource);
      return account === place.account && region !== undefined && id.kind === 'answer' && id.value !== undefined
        ? [[id.value, region] as const]
        : [];
    }),
  );
}

/** Multi-Region access points are asked for once an account, in the one Region that answers (S3 user guide). */
const MULTI_REGION_HOME = 'us-west-2';

const MULTI_REGION_ACCESS_POINTS: Kind<Found, undefined> = {
  name: 'multi-Region access points',
  types: ['AWS::S3::MultiRegionAccessPoint'],
  channels: ['s3-mrap-account', 's3-mrap-bucket'],
  undeclared: {
    why: 'no template declares this multi-Region access point, which answers in every Region it names',
    remedy: 'Delete it (s3:DeleteMultiRegionAccessPoint) and find in CloudTrail who made it.',
  },
  list: async ({ place, home, elsewhere }) => {
    if (place.region !== home.place.region) return { found: [], gaps: [] };
    const reading = await elsewhere(MULTI_REGION_HOME);
    const answer: Answer<
      readonly { Name?: string; Alias?: string; Regions?: { Region?: string; Bucket?: string }[] }[]
    > =
      'why' in reading
        ? missing('s3:ListMultiRegionAccessPoints', new Error(reading.why))
        : await reading.list(
            BUCKET_READS.multiRegionAccessPoints,
            { AccountId: place.account },
            ({ AccessPoints }) => AccessPoints as { Name?: string }[] | undefined,
          );
    return inventoryOf(answer, ({ Name: id, Alias: alias, Regions: over }) =>
      id === undefined
        ? undefined
        : {
            id,
            arn:
              alias === undefined ? id : `arn:${partitionAt(place.region)}:s3::${place.account}:accesspoint/${alias}`,
            seen: `over ${(over ?? []).map(({ Bucket, Region }) => `${Bucket ?? '?'} in ${Region ?? '?'}`).join(', ')}`,
            reaches: (over ?? []).flatMap(({ Region }) => (Region === undefined ? [] : [Region])),
          },
    );
  },
  evidence: () => Promise.resolve(undefined),
  claims: () => [],
};

export const BUCKETS_SERVICE = kindsService('buckets', BUCKET_READS, [
  BUCKETS,
  ACCESS_POINTS,
  MULTI_REGION_ACCESS_POINTS,
]);
