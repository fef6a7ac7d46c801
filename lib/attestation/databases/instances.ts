/** Database instances: where they stand, who can reach them, and where copies of them are. */
import type { DBInstance, DBInstanceAutomatedBackup } from '@aws-sdk/client-rds';
import { arnRegion } from '../arn-parts';
import {
  claimOn,
  claimThat,
  equalText,
  isTrue,
  listOf,
  orDefault,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  worstOf,
} from '../comparison';
import type { DeclaredSet } from '../comparison';
import { dataClassClaim } from '../data-class';
import { answered } from '../model';
import type { Answer, Claim, Missing } from '../model';
import { describePlace, reachedPlace } from '../places';
import { dataClassOf, inventoryOf } from '../service';
import type { Context, DeclaredThing, Found, Kind } from '../service';
import { DATABASE_READS } from './databases-reader';

interface FoundInstance extends Found {
  readonly item: DBInstance;
}

interface InstanceEvidence {
  readonly item: DBInstance;
  /** Regions that hold replicated automated backups of the instance, over every Region looked at. */
  readonly backupRegions: Answer<readonly string[]>;
}

const INSTANCE = 'AWS::RDS::DBInstance';

export const INSTANCES: Kind<FoundInstance, InstanceEvidence> = {
  name: 'database instances',
  // RDS lists the instances of its sister services too; they have only the claim that they exist.
  types: [INSTANCE, 'AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'],
  channels: [
    'rds-instance-backup-replication',
    'rds-instance-backup-target',
    'rds-instance-feature-roles',
    'rds-instance-network',
    'rds-instance-public',
    'rds-instance-replica-source',
    'rds-instance-zone',
  ],
  undeclared: {
    why: 'no template declares this database, so nobody has judged who can reach it and where its copies go',
    remedy: 'Declare it, register it, or delete it with its snapshots; find in CloudTrail who made it.',
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(DATABASE_READS.instances, {}, ({ DBInstances }) => DBInstances), (item) => ({
      id: item.DBInstanceIdentifier ?? '',
      arn: item.DBInstanceArn ?? item.DBInstanceIdentifier ?? '',
      seen: `${item.Engine ?? 'database'} in ${item.AvailabilityZone ?? 'a zone not said'}${item.PubliclyAccessible ? ', public' : ''}`,
      ...dataClassOf(item.TagList),
      item,
    })),
  evidence: async ({ item }, context) => ({ item, backupRegions: await backupRegions(item, context) }),
  claims: (thing) => (thing.resource.type === INSTANCE ? instanceClaims(thing) : []),
};

/** A replicated backup is only seen where it lies: every Region that is looked at is asked. */
async function backupRegions({ DBInstanceArn }: DBInstance, context: Context): Promise<Answer<readonly string[]>> {
  const asked = await Promise.all(
    context.regions.map(async (region): Promise<Answer<readonly string[]>> => {
      const reading = await context.elsewhere(region);
      if ('why' in reading) return { kind: 'missing', action: 'rds:DescribeDBInstanceAutomatedBackups', ...reading };
      const backups = await reading.list(DATABASE_READS.backups, {}, (page) => page.DBInstanceAutomatedBackups);
      if (backups.kind === 'missing') return { ...backups, why: `${backups.why} in ${region}` };
      return answered(backups.value.some((backup) => isOf(backup, DBInstanceArn)) ? [region] : []);
    }),
  );
  const gap = asked.find((answer): answer is Missing => answer.kind === 'missing');
  return gap ?? answered(asked.flatMap((answer) => (answer.kind === 'answer' ? answer.value : [])));
}

const isOf = ({ DBInstanceArn }: DBInstanceAutomatedBackup, arn: string | undefined): boolean =>
  DBInstanceArn !== undefined && DBInstanceArn === arn;

function instanceClaims(db: DeclaredThing): Claim<InstanceEvidence>[] {
  const { subject } = db;
  const on = (slug: string, expected: string, judge: (item: DBInstance) => ReturnType<typeof sameText>) =>
    claimThat<InstanceEvidence>(slug, expected, ({ item }) => judge(item));
  const key = db.at('KmsKeyId');
  const encrypted = orDefault(db.at('StorageEncrypted'), key.kind === 'fixed');
  const publicly = orDefault(db.at('PubliclyAccessible'), false);
  const multiZone = orDefault(db.at('MultiAZ'), false);
  const source = orDefault(db.at('SourceDBInstanceIdentifier'), '');
  const insightsKey = db.at('PerformanceInsightsKMSKeyId');
  const roles = setOf(db.at('AssociatedRoles'), (value) =>
    listOf(value).map((role) => String((role as { RoleArn?: string }).RoleArn)),
  );
  const exports = setOf(db.at('EnableCloudwatchLogsExports'), (value) => listOf(value).map(String));
  const backups = backupTargets(db);
  const subnets = db.at('DBSubnetGroupName');
  return [
    on('region', subject.region ? describePlace(reachedPlace(subject.region)) : 'not fixed by the stack', (item) =>
      equalText(arnRegion(item.DBInstanceArn), subject.region, 'the database stands in another Region', (name) =>
        describePlace(reachedPlace(name)),
      ),
    ),
    on('zones', `${shown(multiZone) === 'true' ? 'two zones' : 'one zone'} of ${subject.region ?? '?'}`, (item) => {
      const zones = [
        item.AvailabilityZone,
        item.SecondaryAvailabilityZone,
        ...(item.DBSubnetGroup?.Subnets ?? []).map((each) => each.SubnetAvailabilityZone?.Name),
      ].filter((zone) => zone !== undefined);
      const abroad = zones.filter((zone) => !zone.startsWith(subject.region ?? zone));
      return worstOf(
        [
          sameSet(abroad, { kind: 'fixed', value: [] }, 'no zone elsewhere'),
          sameText(item.MultiAZ, multiZone, 'it stands in another number of zones'),
        ],
        [...new Set(zones)].sort().join(', '),
      );
    }),
    on('network', `in the subnets of ${shown(subnets)}`, (item) =>
      sameText(
        item.DBSubnetGroup?.DBSubnetGroupName,
        subnets.kind === 'fixed'
          ? { kind: 'fixed', value: String(subnets.value).toLowerCase() }
          : orDefault(subnets, 'default'),
        'it stands in other subnets',
      ),
    ),
    on('encryption', key.kind === 'absent' ? shown(encrypted) : `under ${shown(key)}`, (item) =>
      worstOf(
        [
          sameText(item.StorageEncrypted, encrypted, 'its storage is not encrypted as declared'),
          ...(key.kind === 'absent' ? [] : [sameText(item.KmsKeyId, key, 'it is encrypted under another key')]),
          ...(insightsKey.kind === 'absent'
            ? []
            : [
                sameText(item.PerformanceInsightsKMSKeyId, insightsKey, 'its insights are encrypted under another key'),
              ]),
        ],
        item.KmsKeyId ?? 'no key',
      ),
    ),
    on(
      'public-access',
      isTrue(publicly.kind === 'fixed' ? publicly.value : undefined) ? 'public' : 'not public',
      (item) => sameText(item.PubliclyAccessible, publicly, 'it has an address on the internet'),
    ),
    on('replicas', 'no replica of it that no template declares', (item) =>
      sameSet(
        [...(item.ReadReplicaDBInstanceIdentifiers ?? []), ...(item.ReadReplicaDBClusterIdentifiers ?? [])],
        declaredReplicas(db),
        'no replica',
      ),
    ),
    on('replica-source', shown(source) === '' ? 'is no replica' : `replica of ${shown(source)}`, (item) =>
      sameText(item.ReadReplicaSourceDBInstanceIdentifier ?? '', source, 'it copies from another database'),
    ),
    claimOn(
      'backup-replication',
      setWords(backups, 'automated backups stay in their Region'),
      (evidence) => evidence.backupRegions,
      (regions) =>
        sameSet(
          regions.filter((region) => region !== subject.region).map((region) => describePlace(reachedPlace(region))),
          backups,
          'in its own Region only',
          'Stop the replication (rds:StopDBInstanceAutomatedBackupsReplication), delete the copies, find who started it.',
        ),
    ),
    on('backup-target', 'the Region, unless the template says Outposts', (item) =>
      sameText(item.BackupTarget ?? 'region', orDefault(db.at('BackupTarget'), 'region'), 'backups are kept elsewhere'),
    ),
    on('roles', setWords(roles, 'no role by which it exports or imports'), (item) =>
      sameSet(
        (item.AssociatedRoles ?? []).map(({ RoleArn }) => RoleArn ?? 'a role'),
        roles,
        'no role',
      ),
    ),
    on('log-exports', setWords(exports, 'exports no log'), (item) =>
      sameSet(item.EnabledCloudwatchLogsExports ?? [], exports, 'no log is exported'),
    ),
    dataClassClaim(db, ({ item }: InstanceEvidence) => answered(item.TagList ?? [])),
  ];
}

/** Regions to which the template lets automated backups be copied, by property or by a resource of their own. */
function backupTargets(db: DeclaredThing): DeclaredSet {
  return setOf(db.at('AutomaticBackupReplicationRegion'), (value) => [describePlace(reachedPlace(String(value)))]);
}

function declaredReplicas({ resource, deployment }: DeclaredThing): DeclaredSet {
  const { application } = resource.template;
  const value = application.ofType(INSTANCE).flatMap((other) => {
    const copies = other
      .at('SourceDBInstanceIdentifier')
      .some(({ possible }) => possible.some((each) => application.denoted(each.value, INSTANCE).includes(resource)));
    const id = deployment.idOf(other);
    return copies && id.kind === 'answer' && id.value !== undefined ? [id.value] : [];
  });
  return { kind: 'fixed', value };
}
