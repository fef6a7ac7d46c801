/** Copies of databases and ways out of them that are things of their own: nobody declares most of them, so the inventory speaks. */
import type { DBSnapshotAttribute } from '@aws-sdk/client-rds';
import { arnRegion, regionsOf } from '../arn-parts';
import { missing } from '../missing';
import type { Answer } from '../model';
import type { Read } from '../read';
import { inventoryOf, listed } from '../service';
import type { Context, Found, Inventory } from '../service';
import { DATABASE_READS } from './databases-reader';

const REMEDY = 'Find in CloudTrail who made it; delete it, or register it with an owner and an end.';

/** Who may restore a snapshot: account numbers, or `all` for everybody. */
const sharedWith = (attributes: readonly DBSnapshotAttribute[] | undefined): readonly string[] =>
  (attributes ?? [])
    .filter(({ AttributeName }) => AttributeName === 'restore')
    .flatMap(({ AttributeValues }) => AttributeValues ?? []);

const sharing = (shared: Answer<readonly string[]>): Pick<Found, 'seen' | 'why'> => {
  if (shared.kind === 'missing') return { seen: `who may restore it was not seen: ${shared.why}` };
  if (shared.value.length === 0) return { seen: 'shared with nobody' };
  return {
    seen: `shared with ${shared.value.map((who) => (who === 'all' ? 'everybody' : who)).join(', ')}`,
    why: 'a shared snapshot can be copied out of the account, and what was copied cannot be called back',
  };
};

async function attributesOf<I extends object, O extends object>(
  { reading }: Context,
  read: Read<I, O>,
  input: I,
  attributes: (answer: O) => readonly DBSnapshotAttribute[] | undefined,
): Promise<Answer<readonly string[]>> {
  const answer = await reading.one(read, input);
  if (answer.kind === 'missing') return answer;
  return answer.value === undefined
    ? missing(read.actions[0], new Error('the snapshot has no attributes'))
    : { kind: 'answer', value: sharedWith(attributes(answer.value)) };
}

/** Snapshots somebody made; those RDS makes by itself cannot be shared and go with their database. */
export const SNAPSHOTS = listed({
  name: 'database snapshots',
  types: ['AWS::RDS::DBSnapshot'],
  channels: [],
  undeclared: {
    why: 'a snapshot is a store of its own: it outlives its database and can be shared or copied abroad',
    remedy: REMEDY,
  },
  list: async (context): Promise<Inventory<Found>> => {
    const snapshots = await context.reading.list(DATABASE_READS.snapshots, {}, ({ DBSnapshots }) => DBSnapshots);
    if (snapshots.kind === 'missing') return { found: [], gaps: [snapshots] };
    const found = await Promise.all(
      snapshots.value.map(async (item): Promise<Found> => {
        const id = item.DBSnapshotIdentifier ?? '';
        const automated = item.SnapshotType === 'automated';
        const shared: Answer<readonly string[]> = automated
          ? { kind: 'answer', value: [] }
          : await attributesOf(
              context,
              DATABASE_READS.snapshotAttributes,
              { DBSnapshotIdentifier: id },
              ({ DBSnapshotAttributesResult: result }) => result?.DBSnapshotAttributes,
            );
        const { seen, why } = sharing(shared);
        return {
          id,
          arn: item.DBSnapshotArn ?? id,
          seen: `${item.SnapshotType ?? 'snapshot'} of ${item.DBInstanceIdentifier ?? '?'}; ${seen}`,
          ...(why === undefined ? {} : { why }),
          ...(item.SourceRegion === undefined ? {} : { reaches: [item.SourceRegion] }),
          derived: automated,
        };
      }),
    );
    return { found, gaps: [] };
  },
});

export const CLUSTER_SNAPSHOTS = listed({
  name: 'cluster snapshots',
  types: ['AWS::RDS::DBClusterSnapshot'],
  channels: [],
  undeclared: SNAPSHOTS.undeclared,
  list: async (context): Promise<Inventory<Found>> => {
    const snapshots = await context.reading.list(
      DATABASE_READS.clusterSnapshots,
      {},
      ({ DBClusterSnapshots }) => DBClusterSnapshots,
    );
    if (snapshots.kind === 'missing') return { found: [], gaps: [snapshots] };
    const found = await Promise.all(
      snapshots.value.map(async (item): Promise<Found> => {
        const id = item.DBClusterSnapshotIdentifier ?? '';
        const automated = item.SnapshotType === 'automated';
        const shared: Answer<readonly string[]> = automated
          ? { kind: 'answer', value: [] }
          : await attributesOf(
              context,
              DATABASE_READS.clusterSnapshotAttributes,
              { DBClusterSnapshotIdentifier: id },
              ({ DBClusterSnapshotAttributesResult: result }) => result?.DBClusterSnapshotAttributes,
            );
        const { seen, why } = sharing(shared);
        return {
          id,
          arn: item.DBClusterSnapshotArn ?? id,
          seen: `${item.SnapshotType ?? 'snapshot'} of ${item.DBClusterIdentifier ?? '?'}; ${seen}`,
          ...(why === undefined ? {} : { why }),
          derived: automated,
        };
      }),
    );
    return { found, gaps: [] };
  },
});

/** Automated backups that lie here and come from a database nobody declares; a declared one is judged by its own claim. */
export const BACKUPS = listed({
  name: 'automated backups',
  types: ['AWS::RDS::DBInstanceAutomatedBackup'],
  channels: [],
  undeclared: { why: 'no template declares the database these backups are of', remedy: REMEDY },
  list: async ({ reading, place, application, deployment }) =>
    inventoryOf(
      await reading.list(DATABASE_READS.backups, {}, ({ DBInstanceAutomatedBackups }) => DBInstanceAutomatedBackups),
      (item) => {
        const ids = application.ofType('AWS::RDS::DBInstance').flatMap((resource) => {
          const id = deployment.idOf(resource);
          return resource.template.source.account === place.account && id.kind === 'answer' && id.value !== undefined
            ? [`${resource.template.source.region ?? ''} ${id.value}`]
            : [];
        });
        const from = arnRegion(item.DBInstanceArn);
        return {
          id: item.DBInstanceAutomatedBackupsArn ?? item.DbiResourceId ?? '',
          arn: item.DBInstanceAutomatedBackupsArn ?? item.DBInstanceArn ?? '',
          seen: `backups of ${item.DBInstanceArn ?? '?'}`,
          ...(from === undefined ? {} : { reaches: [from] }),
          derived:
            ids.includes(`${from ?? ''} ${item.DBInstanceIdentifier ?? ''}`) ||
            (from === place.region && item.Status === 'active'),
        };
      },
    ),
});

/** Exports that ended in failure wrote nothing that stays. */
const NOTHING_WRITTEN = new Set(['FAILED', 'CANCELED']);

export const EXPORTS = listed({
  name: 'export tasks',
  types: ['AWS::RDS::ExportTask'],
  channels: [],
  undeclared: { why: 'an export writes the contents of a database into a bucket', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(DATABASE_READS.exports, {}, ({ ExportTasks }) => ExportTasks), (item) => ({
      id: item.ExportTaskIdentifier ?? '',
      arn: item.ExportTaskIdentifier ?? '',
      seen: `${item.Status ?? '?'}: ${item.SourceArn ?? '?'} to bucket ${item.S3Bucket ?? '?'}`,
      derived: NOTHING_WRITTEN.has((item.Status ?? '').toUpperCase()),
    })),
});

export const GLOBAL_CLUSTERS = listed({
  name: 'global clusters',
  types: ['AWS::RDS::GlobalCluster', 'AWS::DocDB::GlobalCluster', 'AWS::Neptune::GlobalCluster'],
  channels: ['rds-global-cluster', 'rds-cluster-global-member'],
  undeclared: { why: 'a global cluster copies to every Region that has a member', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(DATABASE_READS.globalClusters, {}, ({ GlobalClusters }) => GlobalClusters),
      (item) => {
        const members = (item.GlobalClusterMembers ?? []).flatMap(({ DBClusterArn, Readers }) => [
          DBClusterArn,
          ...(Readers ?? []),
        ]);
        return {
          id: item.GlobalClusterIdentifier ?? '',
          arn: item.GlobalClusterArn ?? item.GlobalClusterIdentifier ?? '',
          seen: members.length > 0 ? `members ${members.join(', ')}` : 'no member yet',
          reaches: regionsOf(...members),
        };
      },
    ),
});

export const INTEGRATIONS = listed({
  name: 'zero-ETL integrations',
  types: ['AWS::RDS::Integration'],
  channels: ['rds-zero-etl-target'],
  undeclared: { why: 'an integration streams every change into another store', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(DATABASE_READS.integrations, {}, ({ Integrations }) => Integrations), (item) => ({
      id: item.IntegrationArn ?? '',
      arn: item.IntegrationArn ?? item.IntegrationName ?? '',
      seen: `${item.SourceArn ?? '?'} to ${item.TargetArn ?? '?'}`,
      reaches: regionsOf(item.TargetArn),
    })),
});

export const PROXIES = listed({
  name: 'database proxies',
  types: ['AWS::RDS::DBProxy'],
  channels: ['rds-proxy-network'],
  undeclared: { why: 'a proxy is a second door to a database', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(DATABASE_READS.proxies, {}, ({ DBProxies }) => DBProxies), (item) => ({
      id: item.DBProxyName ?? '',
      arn: item.DBProxyArn ?? item.DBProxyName ?? '',
      seen: `in ${item.VpcId ?? 'a network not said'}`,
    })),
});

export const EVENT_SUBSCRIPTIONS = listed({
  name: 'database event subscriptions',
  types: ['AWS::RDS::EventSubscription'],
  channels: ['rds-event-topic'],
  undeclared: { why: 'it tells a topic what happens to databases', remedy: REMEDY },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(DATABASE_READS.eventSubscriptions, {}, ({ EventSubscriptionsList }) => EventSubscriptionsList),
      (item) => ({
        id: item.CustSubscriptionId ?? '',
        arn: item.EventSubscriptionArn ?? item.CustSubscriptionId ?? '',
        seen: `to ${item.SnsTopicArn ?? '?'}`,
        reaches: regionsOf(item.SnsTopicArn),
      }),
    ),
});
