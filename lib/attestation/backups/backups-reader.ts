/** What AWS Backup answers about vaults, plans and copies: it only reads. */
import {
  BackupClient,
  DescribeBackupVaultCommand,
  GetBackupPlanCommand,
  GetBackupVaultAccessPolicyCommand,
  GetBackupVaultNotificationsCommand,
  ListBackupPlansCommand,
  ListBackupVaultsCommand,
  ListCopyJobsCommand,
} from '@aws-sdk/client-backup';
import { nextBy, readsOf } from '../read';

const backup = readsOf('backup', (settings) => new BackupClient(settings));
const next = nextBy('NextToken');

export const BACKUP_READS = {
  vaults: backup(ListBackupVaultsCommand, 'backup:ListBackupVaults', { next }),
  vault: backup(DescribeBackupVaultCommand, 'backup:DescribeBackupVault'),
  policy: backup(GetBackupVaultAccessPolicyCommand, 'backup:GetBackupVaultAccessPolicy', {
    none: ['ResourceNotFoundException'],
  }),
  notifications: backup(GetBackupVaultNotificationsCommand, 'backup:GetBackupVaultNotifications', {
    none: ['ResourceNotFoundException'],
  }),
  plans: backup(ListBackupPlansCommand, 'backup:ListBackupPlans', { next }),
  plan: backup(GetBackupPlanCommand, 'backup:GetBackupPlan'),
  copyJobs: backup(ListCopyJobsCommand, 'backup:ListCopyJobs', { next }),
};
