/** Ways out of tables. */
import {
  CreateBackupCommand,
  DeleteBackupCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RestoreTableToPointInTimeCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import type { Attack, Field, Undo } from '../attack';

const table = (slug: string): RegExp => new RegExp(`/messages[0-9A-Z]+/${slug}$`, 'u');

type OnMessages = Pick<Attack, 'slug' | 'what' | 'action' | 'eventName' | 'names'> & Partial<Pick<Attack, 'channels'>>;

/** @param open given a client of the site, and name and ARN of its restricted table */
const onMessages = (
  attack: OnMessages,
  open: (client: DynamoDBClient, table: { TableName: string; ResourceArn: string }, field: Field) => Promise<Undo>,
): Attack => ({
  channels: [],
  ...attack,
  at: 'site',
  eventSource: 'dynamodb.amazonaws.com',
  open: async (field) => {
    const { emulator, account, region, site } = field;
    const TableName = `${site}-messages`;
    const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/${TableName}`;
    return open(new DynamoDBClient(await emulator.client(account, region)), { TableName, ResourceArn }, field);
  },
});

export const TABLE_ATTACKS: readonly Attack[] = [
  onMessages(
    {
      slug: 'table-replica',
      what: 'add a replica of the table abroad',
      action: 'dynamodb:CreateTableReplica',
      eventName: 'UpdateTable',
      channels: ['dynamodb-replica-region'],
      names: [table('replicas'), /^unexpected AWS::DynamoDB::Table /u],
    },
    async (client, { TableName }, field) => {
      const update = (change: object) => client.send(new UpdateTableCommand({ TableName, ReplicaUpdates: [change] }));
      await update({ Create: { RegionName: field.abroad } });
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      if (!Table?.Replicas?.some(({ RegionName }) => RegionName === field.abroad))
        throw new Error('UpdateTable was answered, and no replica was made');
      return () => update({ Delete: { RegionName: field.abroad } });
    },
  ),
  onMessages(
    {
      slug: 'table-policy',
      what: 'let another account read the table by its resource policy',
      action: 'dynamodb:PutResourcePolicy',
      eventName: 'PutResourcePolicy',
      channels: ['dynamodb-table-policy'],
      names: [table('policy')],
    },
    async (client, { ResourceArn }) => {
      const { Policy } = await client.send(new GetResourcePolicyCommand({ ResourceArn }));
      const open = JSON.parse(Policy!) as { Statement: object[] };
      open.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: '999988887777' },
        Action: 'dynamodb:Scan',
        Resource: '*',
      });
      await client.send(new PutResourcePolicyCommand({ ResourceArn, Policy: JSON.stringify(open) }));
      return () => client.send(new PutResourcePolicyCommand({ ResourceArn, Policy: Policy! }));
    },
  ),
  onMessages(
    {
      slug: 'table-stream',
      what: 'switch on a stream of every change of the table',
      action: 'dynamodb:UpdateTable',
      eventName: 'UpdateTable',
      names: [table('stream')],
    },
    async (client, { TableName }) => {
      const update = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: 'NEW_AND_OLD_IMAGES' }) =>
        client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
      await update({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
      return () => update({ StreamEnabled: false });
    },
  ),
  onMessages(
    {
      slug: 'table-backup',
      what: 'take a backup of the table on demand',
      action: 'dynamodb:CreateBackup',
      eventName: 'CreateBackup',
      names: [/^unexpected AWS::DynamoDB::Backup /u],
    },
    async (client, { TableName }) => {
      const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName: 'thief' }));
      return () => client.send(new DeleteBackupCommand({ BackupArn: BackupDetails!.BackupArn }));
    },
  ),
  onMessages(
    {
      slug: 'table-restored',
      what: 'restore the table to another name, without the policy of the first',
      action: 'dynamodb:RestoreTableToPointInTime',
      eventName: 'RestoreTableToPointInTime',
      names: [/^unexpected AWS::DynamoDB::Table /u],
    },
    async (client, { TableName }) => {
      const TargetTableName = 'thief-restored';
      await client.send(
        new RestoreTableToPointInTimeCommand({
          SourceTableName: TableName,
          TargetTableName,
          UseLatestRestorableTime: true,
        }),
      );
      return () => client.send(new DeleteTableCommand({ TableName: TargetTableName }));
    },
  ),
  onMessages(
    {
      slug: 'table-recovery',
      what: 'switch off the point-in-time recovery of the table',
      action: 'dynamodb:UpdateContinuousBackups',
      eventName: 'UpdateContinuousBackups',
      names: [table('point-in-time-recovery')],
    },
    async (client, { TableName }) => {
      const put = (PointInTimeRecoveryEnabled: boolean) =>
        client.send(
          new UpdateContinuousBackupsCommand({
            TableName,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
          }),
        );
      await put(false);
      return () => put(true);
    },
  ),
  onMessages(
    {
      slug: 'table-class',
      what: 'call the table public by its tag',
      action: 'dynamodb:TagResource',
      eventName: 'TagResource',
      names: [table('data-class')],
    },
    async (client, { ResourceArn }) => {
      // The emulator keeps two tags of one name; DynamoDB keeps the last.
      const put = async (Value: string): Promise<void> => {
        await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['data-class'] }));
        await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'data-class', Value }] }));
      };
      await put('public');
      return () => put('restricted');
    },
  ),
  onMessages(
    {
      slug: 'table-class-removed',
      what: 'take the class off the table',
      action: 'dynamodb:UntagResource',
      eventName: 'UntagResource',
      names: [table('data-class')],
    },
    async (client, { ResourceArn }) => {
      await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['data-class'] }));
      return () =>
        client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'data-class', Value: 'restricted' }] }));
    },
  ),
];
