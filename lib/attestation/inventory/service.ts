/** Stores of kinds an enclave has none of: disks and their copies, machines, parameters. Whatever stands is named. */
import { partitionAt, regionsOf } from '../arn-parts';
import { kindsService } from '../kinds';
import type { Place } from '../place';
import { dataClassOf, inventoryOf, listed } from '../service';
import type { Found, Inventory } from '../service';
import { ASSOCIATIONS } from './associations';
import { DOCUMENTS } from './documents';
import { INVENTORY_READS } from './inventory-reader';

const REMEDY = 'Declare it, register it with an owner and an end, or delete it; find in CloudTrail who made it.';

const INSTANCES = listed({
  name: 'machines',
  types: ['AWS::EC2::Instance'],
  channels: ['instance-public-address', 'instance-zone'],
  undeclared: { why: 'a machine can read what its role and network let it read, and send it on', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(INVENTORY_READS.instances, {}, ({ Reservations }) =>
        (Reservations ?? []).flatMap(({ Instances }) => Instances ?? []),
      ),
      (item) =>
        item.State?.Name === 'terminated'
          ? undefined
          : {
              id: item.InstanceId ?? '',
              arn: item.InstanceId ?? '',
              seen: `${item.State?.Name ?? '?'} in ${item.Placement?.AvailabilityZone ?? '?'}${item.PublicIpAddress ? `, public address ${item.PublicIpAddress}` : ''}`,
              ...dataClassOf(item.Tags),
            },
    ),
});

const VOLUMES = listed({
  name: 'disks',
  types: ['AWS::EC2::Volume'],
  channels: ['volume-zone', 'volume-outpost', 'volume-source'],
  undeclared: { why: 'no template declares this disk, so nobody knows what is on it', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(INVENTORY_READS.volumes, {}, ({ Volumes }) => Volumes), (item) => ({
      id: item.VolumeId ?? '',
      arn: item.VolumeId ?? '',
      seen: `${item.Size ?? '?'} GiB in ${item.AvailabilityZone ?? '?'}, ${item.Encrypted ? 'encrypted' : 'not encrypted'}`,
      ...dataClassOf(item.Tags),
    })),
});

const SNAPSHOTS = listed({
  name: 'disk snapshots',
  types: ['AWS::EC2::Snapshot'],
  channels: [],
  undeclared: { why: 'a snapshot is a store of its own: it can be shared or copied abroad', remedy: REMEDY },
  list: async ({ reading, place }): Promise<Inventory<Found>> => {
    const answer = await reading.list(INVENTORY_READS.snapshots, { OwnerIds: ['self'] }, ({ Snapshots }) => Snapshots);
    if (answer.kind === 'missing') return { found: [], gaps: [answer] };
    const found = await Promise.all(
      answer.value
        .filter(({ OwnerId }) => OwnerId === undefined || OwnerId === place.account)
        .map(async (item): Promise<Found> => {
          const id = item.SnapshotId ?? '';
          const sharing = await reading.list(
            INVENTORY_READS.snapshotAttribute,
            { SnapshotId: id, Attribute: 'createVolumePermission' },
            ({ CreateVolumePermissions }) => CreateVolumePermissions,
          );
          const shared =
            sharing.kind === 'answer' ? sharing.value.map(({ UserId, Group }) => UserId ?? Group ?? '?') : undefined;
          return {
            id,
            arn: id,
            seen:
              shared === undefined
                ? 'with whom it is shared was not seen'
                : shared.length > 0
                  ? `shared with ${shared.join(', ')}`
                  : 'shared with nobody',
            ...dataClassOf(item.Tags),
          };
        }),
    );
    return { found, gaps: [] };
  },
});

const IMAGES = listed({
  name: 'machine images',
  types: ['AWS::EC2::Image'],
  channels: [],
  undeclared: { why: 'an image holds the disks it was made of, and can be shared', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(INVENTORY_READS.images, { Owners: ['self'] }, ({ Images }) => Images), (item) => ({
      id: item.ImageId ?? '',
      arn: item.ImageId ?? '',
      seen: `${item.Name ?? 'image'}${item.Public ? ', public' : ''}`,
      ...dataClassOf(item.Tags),
    })),
});

const PARAMETERS = listed({
  name: 'parameters',
  types: ['AWS::SSM::Parameter'],
  channels: [],
  undeclared: { why: 'no template declares this parameter, so nobody knows what it holds', remedy: REMEDY },
  list: async ({ reading, place }) =>
    inventoryOf(await reading.list(INVENTORY_READS.parameters, {}, ({ Parameters }) => Parameters), (item) => ({
      id: item.Name ?? '',
      arn: item.ARN ?? parameterArn(item.Name ?? '', place),
      seen: item.Type ?? 'parameter',
    })),
});

/** A name that is a path already begins with the slash that stands behind `parameter`. */
const parameterArn = (name: string, { account, region }: Place): string =>
  `arn:${partitionAt(region)}:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

const DATA_SYNCS = listed({
  name: 'resource data syncs',
  types: ['AWS::SSM::ResourceDataSync'],
  channels: ['data-sync-region', 'data-sync-bucket', 'data-sync-source'],
  undeclared: { why: 'a data sync writes what Systems Manager knows of machines into a bucket', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(INVENTORY_READS.dataSyncs, {}, ({ ResourceDataSyncItems }) => ResourceDataSyncItems),
      (item) => ({
        id: item.SyncName ?? '',
        arn: item.SyncName ?? '',
        seen: `to ${item.S3Destination?.BucketName ?? item.SyncSource?.SourceType ?? '?'}`,
        reaches: [
          ...(item.S3Destination?.Region === undefined ? [] : [item.S3Destination.Region]),
          ...regionsOf(item.S3Destination?.AWSKMSKeyARN),
        ],
      }),
    ),
});

export const INVENTORY_SERVICE = kindsService('inventory', INVENTORY_READS, [
  INSTANCES,
  VOLUMES,
  SNAPSHOTS,
  IMAGES,
  PARAMETERS,
  DATA_SYNCS,
  ASSOCIATIONS,
  DOCUMENTS,
]);
