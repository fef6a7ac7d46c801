/** Takes a site away from the emulator as a catastrophe would: protections, locks and deletion policies notwithstanding. */
import { CloudFormationClient, DeleteStackCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  DeleteDBInstanceCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectLockConfigurationCommand,
  ListObjectVersionsCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AssemblyStack } from '../../../bin/aws/assembly';
import type { Emulator } from '../../../test/emulator/emulator';
import { standing, unprotect } from '../standing';
import { inParallel } from './in-parallel';

type Settings = Awaited<ReturnType<Emulator['client']>>;

/** How what a stack keeps is taken away, by type, in this order. Everything else goes with its stack, or stands nowhere. */
const KEPT: readonly (readonly [string, (at: Settings, id: string) => Promise<unknown>])[] = [
  ['AWS::S3::Bucket', emptyBucket],
  ['AWS::DynamoDB::Table', deleteTable],
  ['AWS::RDS::DBInstance', deleteDatabase],
  [
    'AWS::RDS::DBSubnetGroup',
    (at, id) => new RDSClient(at).send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })),
  ],
  [
    'AWS::RDS::DBParameterGroup',
    (at, id) => new RDSClient(at).send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: id })),
  ],
  [
    'AWS::Logs::LogGroup',
    (at, id) => new CloudWatchLogsClient(at).send(new DeleteLogGroupCommand({ logGroupName: id })),
  ],
  [
    'AWS::KMS::Key',
    (at, id) => new KMSClient(at).send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 })),
  ],
];

/** Takes these stacks away and what they keep, last one first. Answers what they held, by type and physical id. */
export async function loseByForce(
  emulator: Emulator,
  stacks: readonly AssemblyStack[],
): Promise<readonly { readonly type: string; readonly id: string }[]> {
  const held = await Promise.all(stacks.map((stack) => resourcesOf(emulator, stack)));
  await unprotect(emulator, await standing(emulator, stacks));
  for (const { name, account, region } of [...stacks].reverse()) {
    const client = new CloudFormationClient(await emulator.client(account, region));
    await client.send(new DeleteStackCommand({ StackName: name }));
  }
  const all = held.flat();
  for (const [type, take] of KEPT)
    for (const { id, at } of all.filter((one) => one.type === type))
      await take(at, id).catch((error: Error) => {
        // Deleted with its stack: its template keeps only what holds data.
        if (!/not ?found|no ?such|does not exist/i.test(`${error.name} ${error.message}`)) throw error;
      });
  return all;
}

async function resourcesOf(emulator: Emulator, { name, account, region }: AssemblyStack) {
  const at = await emulator.client(account, region);
  const client = new CloudFormationClient(at);
  const found: { type: string; id: string; at: Settings }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName: name, NextToken }));
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? [])
      if (ResourceType && PhysicalResourceId) found.push({ type: ResourceType, id: PhysicalResourceId, at });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Locked versions too: their retention is set into the past, which S3 itself would refuse. */
async function emptyBucket(at: Settings, Bucket: string): Promise<void> {
  const s3 = new S3Client(at);
  const locked = await s3.send(new GetObjectLockConfigurationCommand({ Bucket })).then(
    ({ ObjectLockConfiguration }) => ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
    () => false,
  );
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const found = [...Versions, ...DeleteMarkers];
    if (found.length === 0) break;
    if (locked)
      await inParallel(Versions, ({ Key, VersionId }) =>
        s3.send(
          new PutObjectRetentionCommand({
            Bucket,
            Key,
            VersionId,
            Retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date(0) },
          }),
        ),
      );
    await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Quiet: true, Objects: found.map(({ Key, VersionId }) => ({ Key, VersionId })) },
      }),
    );
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}

async function deleteTable(at: Settings, TableName: string): Promise<void> {
  const client = new DynamoDBClient(at);
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName }));
}

async function deleteDatabase(at: Settings, DBInstanceIdentifier: string): Promise<void> {
  const client = new RDSClient(at);
  await client.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: false, ApplyImmediately: true }),
  );
  await client.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
}
