/** Ways out of databases and tables. */
import {
  CreateBackupCommand,
  DeleteBackupCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CopyDBSnapshotCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand,
  ModifyDBInstanceCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
  StartDBInstanceAutomatedBackupsReplicationCommand,
  StopDBInstanceAutomatedBackupsReplicationCommand,
} from '@aws-sdk/client-rds';
import type { Attack, Field } from '../attack';

const rds = async ({ emulator, account }: Field, region: string): Promise<RDSClient> =>
  new RDSClient(await emulator.client(account, region));
const dynamodb = async ({ emulator, account, region }: Field): Promise<DynamoDBClient> =>
  new DynamoDBClient(await emulator.client(account, region));
const accounts = ({ site }: Field): string => `${site}-accounts`;
const messages = ({ site }: Field): string => `${site}-messages`;
const arnOf = (field: Field, kind: string, name: string): string =>
  `arn:aws:rds:${field.region}:${field.account}:${kind}:${name}`;

const rdsEvent = (eventName: string): Pick<Attack, 'eventSource' | 'eventName'> => ({
  eventSource: 'rds.amazonaws.com',
  eventName,
});
const dynamoEvent = (eventName: string): Pick<Attack, 'eventSource' | 'eventName'> => ({
  eventSource: 'dynamodb.amazonaws.com',
  eventName,
});
const instance = (slug: string): RegExp => new RegExp(`/accountsInstance[0-9A-Z]+/${slug}$`, 'u');
const table = (slug: string): RegExp => new RegExp(`/messages[0-9A-Z]+/${slug}$`, 'u');
const SNAPSHOT = /^unexpected AWS::RDS::DBSnapshot /u;

async function snapshot(field: Field): Promise<() => Promise<unknown>> {
  const client = await rds(field, field.region);
  const DBSnapshotIdentifier = 'thief';
  await client.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: accounts(field), DBSnapshotIdentifier }));
  return () => client.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier }));
}

export const DATABASE_ATTACKS: readonly Attack[] = [
  {
    slug: 'snapshot-shared',
    what: 'share a snapshot of the database with another account',
    action: 'rds:ModifyDBSnapshotAttribute',
    ...rdsEvent('ModifyDBSnapshotAttribute'),
    channels: [],
    names: [SNAPSHOT],
    open: async (field) => {
      const undo = await snapshot(field);
      const client = await rds(field, field.region);
      await client.send(
        new ModifyDBSnapshotAttributeCommand({
          DBSnapshotIdentifier: 'thief',
          AttributeName: 'restore',
          ValuesToAdd: ['999988887777'],
        }),
      );
      return undo;
    },
  },
  {
    slug: 'snapshot-copied',
    what: 'copy a snapshot of the database abroad',
    action: 'rds:CopyDBSnapshot',
    ...rdsEvent('CopyDBSnapshot'),
    channels: [],
    names: [SNAPSHOT],
    open: async (field) => {
      const undo = await snapshot(field);
      const there = await rds(field, field.abroad);
      await there.send(
        new CopyDBSnapshotCommand({
          SourceDBSnapshotIdentifier: arnOf(field, 'snapshot', 'thief'),
          TargetDBSnapshotIdentifier: 'thief-copy',
        }),
      );
      return async () => {
        await there.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: 'thief-copy' }));
        await undo();
      };
    },
  },
  {
    slug: 'database-backup-replication',
    what: 'copy the automated backups of the database abroad',
    action: 'rds:StartDBInstanceAutomatedBackupsReplication',
    ...rdsEvent('StartDBInstanceAutomatedBackupsReplication'),
    channels: ['rds-instance-backup-replication'],
    names: [instance('backup-replication')],
    open: async (field) => {
      const there = await rds(field, field.abroad);
      const SourceDBInstanceArn = arnOf(field, 'db', accounts(field));
      await there.send(
        new StartDBInstanceAutomatedBackupsReplicationCommand({
          SourceDBInstanceArn,
          KmsKeyId: `arn:aws:kms:${field.abroad}:${field.account}:key/00000000-0000-0000-0000-000000000000`,
        }),
      );
      return () => there.send(new StopDBInstanceAutomatedBackupsReplicationCommand({ SourceDBInstanceArn }));
    },
  },
  {
    slug: 'database-public',
    what: 'give the database an address on the internet',
    action: 'rds:ModifyDBInstance',
    ...rdsEvent('ModifyDBInstance'),
    channels: ['rds-instance-public'],
    names: [instance('public-access')],
    open: async (field) => {
      const client = await rds(field, field.region);
      const put = (PubliclyAccessible: boolean) =>
        client.send(
          new ModifyDBInstanceCommand({
            DBInstanceIdentifier: accounts(field),
            PubliclyAccessible,
            ApplyImmediately: true,
          }),
        );
      await put(true);
      return () => put(false);
    },
  },
  {
    slug: 'database-replica',
    what: 'make a read replica of the database',
    action: 'rds:CreateDBInstanceReadReplica',
    ...rdsEvent('CreateDBInstanceReadReplica'),
    channels: ['rds-instance-replica-source'],
    names: [instance('replicas'), /^unexpected AWS::RDS::DBInstance /u],
    open: async (field) => {
      const client = await rds(field, field.region);
      await client.send(
        new CreateDBInstanceReadReplicaCommand({
          DBInstanceIdentifier: 'thief-replica',
          SourceDBInstanceIdentifier: accounts(field),
        }),
      );
      // The replica inherits the protection of its source.
      return async () => {
        const DBInstanceIdentifier = 'thief-replica';
        await client.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: false }));
        await client.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
      };
    },
  },
  {
    slug: 'table-replica',
    what: 'add a replica of the table abroad',
    action: 'dynamodb:CreateTableReplica',
    ...dynamoEvent('UpdateTable'),
    channels: ['dynamodb-replica-region'],
    names: [table('replicas'), /^unexpected AWS::DynamoDB::Table /u],
    open: async (field) => {
      const client = await dynamodb(field);
      const update = (change: object) =>
        client.send(new UpdateTableCommand({ TableName: messages(field), ReplicaUpdates: [change] }));
      await update({ Create: { RegionName: field.abroad } });
      const { Table } = await client.send(new DescribeTableCommand({ TableName: messages(field) }));
      if (!Table?.Replicas?.some(({ RegionName }) => RegionName === field.abroad))
        throw new Error('UpdateTable was answered, and no replica was made');
      return () => update({ Delete: { RegionName: field.abroad } });
    },
  },
  {
    slug: 'table-policy',
    what: 'let another account read the table by its resource policy',
    action: 'dynamodb:PutResourcePolicy',
    ...dynamoEvent('PutResourcePolicy'),
    channels: ['dynamodb-table-policy'],
    names: [table('policy')],
    open: async (field) => {
      const client = await dynamodb(field);
      const ResourceArn = `arn:aws:dynamodb:${field.region}:${field.account}:table/${messages(field)}`;
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
  },
  {
    slug: 'table-stream',
    what: 'switch on a stream of every change of the table',
    action: 'dynamodb:UpdateTable',
    ...dynamoEvent('UpdateTable'),
    channels: [],
    names: [table('stream')],
    open: async (field) => {
      const client = await dynamodb(field);
      const update = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: 'NEW_AND_OLD_IMAGES' }) =>
        client.send(new UpdateTableCommand({ TableName: messages(field), StreamSpecification }));
      await update({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
      return () => update({ StreamEnabled: false });
    },
  },
  {
    slug: 'table-backup',
    what: 'take a backup of the table on demand',
    action: 'dynamodb:CreateBackup',
    ...dynamoEvent('CreateBackup'),
    channels: [],
    names: [/^unexpected AWS::DynamoDB::Backup /u],
    open: async (field) => {
      const client = await dynamodb(field);
      const { BackupDetails } = await client.send(
        new CreateBackupCommand({ TableName: messages(field), BackupName: 'thief' }),
      );
      return () => client.send(new DeleteBackupCommand({ BackupArn: BackupDetails!.BackupArn }));
    },
  },
];
