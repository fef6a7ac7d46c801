import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { dublin, stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'backup-copy-eea',
  what: 'backup plan in Dublin that copies to a vault in Stockholm',
  build(app) {
    const north = new Stack(app, 'BackupNorth', { env: stockholm });
    const copies = new BackupVault(north, 'Copies', {
      backupVaultName: 'copies',
      encryptionKey: new Key(north, 'Key', { enableKeyRotation: true }),
    });
    const west = new Stack(app, 'BackupWest', { env: dublin });
    const ledger = new Table(west, 'Ledger', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const vault = new BackupVault(west, 'Vault', {
      encryptionKey: new Key(west, 'Key', { enableKeyRotation: true }),
      lockConfiguration: { minRetention: Duration.days(30) },
    });
    const plan = new BackupPlan(west, 'Plan', { backupVault: vault });
    plan.addRule(
      new BackupPlanRule({
        ruleName: 'daily',
        scheduleExpression: Schedule.cron({ hour: '1', minute: '30' }),
        deleteAfter: Duration.days(35),
        copyActions: [{ destinationBackupVault: copies, deleteAfter: Duration.days(90) }],
      }),
    );
    plan.addSelection('Everything', {
      resources: [BackupResource.fromDynamoDbTable(ledger), BackupResource.fromTag('backup', 'daily')],
    });
  },
};
