/** Attests DynamoDB: tables, where replicas of them stand, who is fed by them, and what was exported. */
import type {
  DescribeContinuousBackupsCommandOutput,
  DescribeKinesisStreamingDestinationCommandOutput,
  ExportSummary,
  GetResourcePolicyCommandOutput,
  TableDescription,
  Tag,
} from '@aws-sdk/client-dynamodb';
import { arnRegion, partitionAt, regionsOf } from '../arn-parts';
import {
  DECLARE_OR_DELETE,
  claimOn,
  claimThat,
  equalText,
  isMap,
  listOf,
  orDefault,
  policyClaim,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
} from '../comparison';
import type { DeclaredSet } from '../comparison';
import { dataClassClaim } from '../data-class';
import { kindsService } from '../kinds';
import { answered, unseen } from '../model';
import type { Answer, Claim } from '../model';
import { describePlace, reachedPlace } from '../places';
import { inventoryOf, listed } from '../service';
import type { Context, DeclaredThing, Found, Kind } from '../service';
import { TABLE_READS } from './tables-reader';

interface TableEvidence {
  readonly table: Answer<TableDescription>;
  readonly streaming: Answer<DescribeKinesisStreamingDestinationCommandOutput | undefined>;
  readonly policy: Answer<GetResourcePolicyCommandOutput | undefined>;
  readonly recovery: Answer<DescribeContinuousBackupsCommandOutput | undefined>;
  readonly exports: Answer<readonly ExportSummary[]>;
  readonly tags: Answer<readonly Tag[]>;
}

const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL = 'AWS::DynamoDB::GlobalTable';

const TABLES: Kind<Found, TableEvidence> = {
  name: 'tables',
  types: [TABLE, GLOBAL],
  channels: [
    'dynamodb-kinesis-stream',
    'dynamodb-replica-region',
    'dynamodb-replica-key',
    'dynamodb-global-source',
    'dynamodb-witness-region',
    'dynamodb-table-policy',
    'cdk-dynamodb-replica',
  ],
  undeclared: {
    why: 'no template declares this table, so nobody has judged where its items go',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading, place: { account, region } }) =>
    inventoryOf(await reading.list(TABLE_READS.tables, {}, ({ TableNames }) => TableNames), (id) => ({
      id,
      arn: `arn:${partitionAt(region)}:dynamodb:${region}:${account}:table/${id}`,
      seen: 'table',
    })),
  evidence: tableEvidence,
  claims: tableClaims,
};

async function tableEvidence({ id, arn }: Found, { reading }: Context): Promise<TableEvidence> {
  const described = await reading.one(TABLE_READS.table, { TableName: id });
  const table: Answer<TableDescription> =
    described.kind === 'missing' ? described : answered(described.value?.Table ?? {});
  const ResourceArn = (table.kind === 'answer' ? table.value.TableArn : undefined) ?? arn;
  const [streaming, policy, recovery, exports, tags] = await Promise.all([
    reading.one(TABLE_READS.streaming, { TableName: id }),
    reading.one(TABLE_READS.policy, { ResourceArn }),
    reading.one(TABLE_READS.continuousBackups, { TableName: id }),
    reading.list(TABLE_READS.exports, { TableArn: ResourceArn }, ({ ExportSummaries }) => ExportSummaries),
    reading.list(TABLE_READS.tags, { ResourceArn }, ({ Tags }) => Tags),
  ]);
  return { table, streaming, policy, recovery, exports, tags };
}

function tableClaims(thing: DeclaredThing): Claim<TableEvidence>[] {
  const { subject } = thing;
  const onTable = (slug: string, expected: string, judge: (table: TableDescription) => ReturnType<typeof sameText>) =>
    claimOn(slug, expected, (evidence: TableEvidence) => evidence.table, judge);
  const isGlobal = thing.resource.type === GLOBAL;
  const key = thing.at('SSESpecification.KMSMasterKeyId');
  const stream = setOf(thing.at('StreamSpecification.StreamViewType'), (value) => [String(value)]);
  const kinesis = setOf(thing.at('KinesisStreamSpecification.StreamArn'), (value) => [String(value)]);
  const policy = isGlobal
    ? ({ kind: 'open', why: 'a global table states policies replica by replica' } as const)
    : thing.at('ResourcePolicy.PolicyDocument');
  const replicas = declaredReplicas(thing, isGlobal);
  const recovery = orDefault(thing.at('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'), false);
  const protection = orDefault(thing.at('DeletionProtectionEnabled'), false);
  return [
    onTable(
      'region',
      subject.region ? describePlace(reachedPlace(subject.region)) : 'not fixed by the stack',
      (table) => equalText(arnRegion(table.TableArn), subject.region, 'the table stands in another Region'),
    ),
    onTable('replicas', setWords(replicas, 'no replica in another Region'), (table) =>
      sameSet(
        [
          ...(table.Replicas ?? []).flatMap(({ RegionName }) =>
            RegionName === undefined || RegionName === subject.region ? [] : [describePlace(reachedPlace(RegionName))],
          ),
          ...(table.GlobalTableWitnesses ?? []).map(
            ({ RegionName }) => `witness in ${describePlace(reachedPlace(RegionName ?? '?'))}`,
          ),
        ],
        replicas,
        'no replica',
        'Delete the replica (dynamodb:DeleteTableReplica), and find in CloudTrail who made it.',
      ),
    ),
    ...(isGlobal
      ? []
      : [
          onTable('encryption', key.kind === 'absent' ? 'under a key of DynamoDB' : `under ${shown(key)}`, (table) =>
            key.kind === 'absent'
              ? sameSet(
                  table.SSEDescription?.KMSMasterKeyArn ? [table.SSEDescription.KMSMasterKeyArn] : [],
                  { kind: 'fixed', value: [] },
                  "a key of DynamoDB's own",
                )
              : sameText(
                  table.SSEDescription?.KMSMasterKeyArn ?? 'no key of ours',
                  key,
                  'it is encrypted under another key',
                ),
          ),
        ]),
    onTable('stream', setWords(stream, 'no stream of changes'), (table) =>
      sameSet(
        table.StreamSpecification?.StreamEnabled ? [table.StreamSpecification.StreamViewType ?? 'a stream'] : [],
        stream,
        'no stream',
      ),
    ),
    claimOn(
      'kinesis-destinations',
      setWords(kinesis, 'feeds no Kinesis stream'),
      (evidence) => evidence.streaming,
      (answer) =>
        sameSet(
          (answer?.KinesisDataStreamDestinations ?? [])
            .filter(({ DestinationStatus }) => DestinationStatus !== 'DISABLED')
            .map(({ StreamArn }) => StreamArn ?? 'a stream'),
          kinesis,
          'no stream is fed',
        ),
    ),
    policyClaim(
      'resource policy',
      policy,
      (evidence) => evidence.policy,
      (answer) => answer?.Policy,
    ),
    ...(isGlobal
      ? []
      : [
          claimOn(
            'point-in-time-recovery',
            shown(recovery),
            (evidence: TableEvidence) => evidence.recovery,
            (answer) =>
              sameText(
                answer?.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus ===
                  'ENABLED',
                recovery,
                'point-in-time recovery is not as declared',
              ),
          ),
          onTable('deletion-protection', shown(protection), (table) =>
            sameText(table.DeletionProtectionEnabled ?? false, protection, 'the table can be deleted'),
          ),
        ]),
    claimThat('exports', 'no export to a bucket', ({ exports }) =>
      exports.kind === 'missing'
        ? unseen(exports.why, exports.remedy)
        : sameSet(
            exports.value
              .filter(({ ExportStatus }) => ExportStatus !== 'FAILED')
              .map(({ ExportArn }) => ExportArn ?? 'an export'),
            { kind: 'fixed', value: [] },
            'no export',
            'Find in CloudTrail who exported the table and to which bucket; AWS forgets exports after 90 days.',
          ),
    ),
    dataClassClaim(thing, ({ tags }: TableEvidence) => tags),
  ];
}

function declaredReplicas(thing: DeclaredThing, isGlobal: boolean): DeclaredSet {
  const here = thing.subject.region;
  if (isGlobal)
    return setOf(thing.at('Replicas'), (value) =>
      listOf(value).flatMap((replica) =>
        isMap(replica) && replica.Region !== here ? [describePlace(reachedPlace(String(replica.Region)))] : [],
      ),
    );
  // The CDK's older construct makes replicas by a custom resource that names the table.
  const { application } = thing.resource.template;
  const custom = application
    .ofType('Custom::DynamoDBReplica')
    .some((each) =>
      each
        .at('TableName')
        .some(({ possible }) =>
          possible.some(({ value }) => application.denoted(value, TABLE).includes(thing.resource)),
        ),
    );
  return custom ? { kind: 'open', why: 'a custom resource makes replicas of the table' } : { kind: 'fixed', value: [] };
}

/** Backups on demand: stores of their own that outlive the table. */
const TABLE_BACKUPS = listed({
  name: 'table backups',
  types: ['AWS::DynamoDB::Backup'],
  channels: [],
  undeclared: {
    why: 'a backup is a store of its own: it outlives its table and can be restored elsewhere',
    remedy: 'Find in CloudTrail who made it; delete it, or register it with an owner and an end.',
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(TABLE_READS.backups, {}, ({ BackupSummaries }) => BackupSummaries), (item) => ({
      id: item.BackupArn ?? '',
      arn: item.BackupArn ?? '',
      seen: `${item.BackupType ?? ''} backup of ${item.TableName ?? '?'}`.trim(),
      reaches: regionsOf(item.BackupArn),
    })),
});

export const TABLES_SERVICE = kindsService('tables', TABLE_READS, [TABLES, TABLE_BACKUPS]);
