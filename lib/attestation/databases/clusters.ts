/** Database clusters, global clusters and what copies out of them. */
import type { DBCluster } from '@aws-sdk/client-rds';
import { arnRegion } from '../arn-parts';
import {
  claimThat,
  equalText,
  listOf,
  orDefault,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  worstOf,
} from '../comparison';
import { dataClassClaim } from '../data-class';
import { answered } from '../model';
import type { Claim } from '../model';
import { describePlace, reachedPlace } from '../places';
import { dataClassOf, inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { DATABASE_READS } from './databases-reader';

interface FoundCluster extends Found {
  readonly item: DBCluster;
}

const CLUSTER = 'AWS::RDS::DBCluster';

export const CLUSTERS: Kind<FoundCluster, DBCluster> = {
  name: 'database clusters',
  types: [CLUSTER, 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  channels: [
    'rds-cluster-zone',
    'rds-cluster-data-api',
    'rds-cluster-public',
    'rds-cluster-replica-source',
    'rds-cluster-feature-roles',
    'rds-cluster-write-forwarding',
  ],
  undeclared: {
    why: 'no template declares this database cluster, so nobody has judged who can reach it and where its copies go',
    remedy: 'Declare it, register it, or delete it with its snapshots; find in CloudTrail who made it.',
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(DATABASE_READS.clusters, {}, ({ DBClusters }) => DBClusters), (item) => ({
      id: item.DBClusterIdentifier ?? '',
      arn: item.DBClusterArn ?? item.DBClusterIdentifier ?? '',
      seen: `${item.Engine ?? 'cluster'} in ${(item.AvailabilityZones ?? []).join(', ') || 'zones not said'}`,
      ...dataClassOf(item.TagList),
      item,
    })),
  evidence: ({ item }) => Promise.resolve(item),
  claims: (thing) => (thing.resource.type === CLUSTER ? clusterClaims(thing) : []),
};

function clusterClaims(cluster: DeclaredThing): Claim<DBCluster>[] {
  const { subject } = cluster;
  const key = cluster.at('KmsKeyId');
  const encrypted = orDefault(cluster.at('StorageEncrypted'), key.kind === 'fixed');
  const source = orDefault(cluster.at('ReplicationSourceIdentifier'), '');
  const roles = setOf(cluster.at('AssociatedRoles'), (value) =>
    listOf(value).map((role) => String((role as { RoleArn?: string }).RoleArn)),
  );
  const off = (
    slug: string,
    path: string,
    what: string,
    seen: (item: DBCluster) => boolean | undefined,
  ): Claim<DBCluster> => {
    const declared = orDefault(cluster.at(path), false);
    return claimThat(slug, `${what}: ${shown(declared)}`, (item) =>
      sameText(seen(item) ?? false, declared, `${what} is not as declared`),
    );
  };
  return [
    claimThat(
      'region',
      subject.region ? describePlace(reachedPlace(subject.region)) : 'not fixed by the stack',
      (item) => equalText(arnRegion(item.DBClusterArn), subject.region, 'the cluster stands in another Region'),
    ),
    claimThat('encryption', key.kind === 'absent' ? shown(encrypted) : `under ${shown(key)}`, (item) =>
      worstOf(
        [
          sameText(item.StorageEncrypted, encrypted, 'its storage is not encrypted as declared'),
          ...(key.kind === 'absent' ? [] : [sameText(item.KmsKeyId, key, 'it is encrypted under another key')]),
        ],
        item.KmsKeyId ?? 'no key',
      ),
    ),
    claimThat('zones', `zones of ${subject.region ?? '?'}`, (item) =>
      sameSet(
        (item.AvailabilityZones ?? []).filter((zone) => !zone.startsWith(subject.region ?? zone)),
        { kind: 'fixed', value: [] },
        'no zone elsewhere',
      ),
    ),
    claimThat('replication-source', shown(source) === '' ? 'is no replica' : `replica of ${shown(source)}`, (item) =>
      sameText(item.ReplicationSourceIdentifier ?? '', source, 'it copies from another database'),
    ),
    claimThat('replicas', 'no replica that no template declares', (item) =>
      sameSet(item.ReadReplicaIdentifiers ?? [], { kind: 'fixed', value: [] }, 'no replica'),
    ),
    off('public-access', 'PubliclyAccessible', 'public address', ({ PubliclyAccessible }) => PubliclyAccessible),
    off('data-api', 'EnableHttpEndpoint', 'data API', ({ HttpEndpointEnabled }) => HttpEndpointEnabled),
    off(
      'write-forwarding',
      'EnableGlobalWriteForwarding',
      'write forwarding',
      (item) => item.GlobalWriteForwardingRequested,
    ),
    claimThat('roles', setWords(roles, 'no role by which it exports or imports'), (item) =>
      sameSet(
        (item.AssociatedRoles ?? []).map(({ RoleArn }) => RoleArn ?? 'a role'),
        roles,
        'no role',
      ),
    ),
    dataClassClaim(cluster, (item: DBCluster) => answered(item.TagList ?? [])),
  ];
}
