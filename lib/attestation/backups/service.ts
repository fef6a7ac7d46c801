/** Attests AWS Backup: vaults and who may copy out of them, plans and where they copy to, copies that were made. */
import type {
  DescribeBackupVaultCommandOutput,
  GetBackupPlanCommandOutput,
  GetBackupVaultAccessPolicyCommandOutput,
  GetBackupVaultNotificationsCommandOutput,
} from '@aws-sdk/client-backup';
import type { Json } from '../../template';
import { arnAccount, regionsOf } from '../arn-parts';
import {
  claimOn,
  claimOnAnswer,
  listOf,
  orDefault,
  policyClaim,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  within,
} from '../comparison';
import { kindsService } from '../kinds';
import type { Answer, Claim } from '../model';
import { inventoryOf, listed } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { BACKUP_READS } from './backups-reader';

interface VaultEvidence {
  readonly vault: Answer<DescribeBackupVaultCommandOutput | undefined>;
  readonly policy: Answer<GetBackupVaultAccessPolicyCommandOutput | undefined>;
  readonly notifications: Answer<GetBackupVaultNotificationsCommandOutput | undefined>;
}

const VAULTS: Kind<Found, VaultEvidence> = {
  name: 'backup vaults',
  types: ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'],
  channels: ['backup-vault-policy', 'backup-vault-topic', 'backup-air-gapped-policy'],
  undeclared: {
    why: 'no template declares this vault, so nobody has judged who may copy out of it',
    remedy: 'Declare it, register it, or empty and delete it; find in CloudTrail who made it.',
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(BACKUP_READS.vaults, {}, ({ BackupVaultList }) => BackupVaultList), (item) => ({
      id: item.BackupVaultName ?? '',
      arn: item.BackupVaultArn ?? item.BackupVaultName ?? '',
      seen: `${item.NumberOfRecoveryPoints ?? 0} recovery points`,
    })),
  evidence: async ({ id: BackupVaultName }, { reading }) => {
    const [vault, policy, notifications] = await Promise.all([
      reading.one(BACKUP_READS.vault, { BackupVaultName }),
      reading.one(BACKUP_READS.policy, { BackupVaultName }),
      reading.one(BACKUP_READS.notifications, { BackupVaultName }),
    ]);
    return { vault, policy, notifications };
  },
  claims: vaultClaims,
};

function vaultClaims(vault: DeclaredThing): Claim<VaultEvidence>[] {
  const key = vault.at('EncryptionKeyArn');
  const locked = orDefault(vault.at('LockConfiguration.MinRetentionDays'), 'no lock');
  const topic = setOf(vault.at('Notifications.SNSTopicArn'), (value) => [String(value)]);
  const policy = vault.at('AccessPolicy');
  return [
    ...(key.kind === 'absent'
      ? []
      : [
          claimOn(
            'encryption',
            `under ${shown(key)}`,
            (evidence: VaultEvidence) => evidence.vault,
            (answer) => sameText(answer?.EncryptionKeyArn, key, 'it is encrypted under another key'),
          ),
        ]),
    claimOn(
      'lock',
      locked.kind === 'fixed' && locked.value === 'no lock' ? 'no lock' : `at least ${shown(locked)} days`,
      (evidence) => evidence.vault,
      (answer) =>
        sameText(
          answer?.Locked ? (answer.MinRetentionDays ?? 'a lock') : 'no lock',
          locked,
          'backups can be deleted otherwise than declared',
        ),
    ),
    policyClaim(
      'access policy',
      policy,
      (evidence) => evidence.policy,
      (answer) => answer?.Policy,
    ),
    claimOn(
      'notifications',
      setWords(topic, 'tells nobody'),
      (evidence) => evidence.notifications,
      (answer) => sameSet(answer?.SNSTopicArn === undefined ? [] : [answer.SNSTopicArn], topic, 'nobody is told'),
    ),
  ];
}

/** `target vault`, then where each rule copies to; the template says `BackupPlanRule`, the API `Rules`. */
const planRules = (plan: Json): string[] =>
  listOf(within(plan, 'BackupPlanRule') ?? within(plan, 'Rules')).map((rule) => {
    const copies = listOf(within(rule, 'CopyActions')).map((copy) => String(within(copy, 'DestinationBackupVaultArn')));
    const vault = within(rule, 'TargetBackupVault') ?? within(rule, 'TargetBackupVaultName');
    return `into ${String(vault)}${copies.length > 0 ? `, copied to ${copies.sort().join(' and ')}` : ''}`;
  });

const PLANS: Kind<Found, Answer<GetBackupPlanCommandOutput | undefined>> = {
  name: 'backup plans',
  types: ['AWS::Backup::BackupPlan'],
  channels: ['backup-copy-vault', 'backup-target-vault', 'backup-air-gapped-vault'],
  undeclared: {
    why: 'no template declares this plan, which copies what it selects into the vaults it names',
    remedy: 'Delete the plan and its selections; find in CloudTrail who made it.',
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(BACKUP_READS.plans, {}, ({ BackupPlansList }) => BackupPlansList), (item) => ({
      id: item.BackupPlanId ?? '',
      arn: item.BackupPlanArn ?? item.BackupPlanId ?? '',
      seen: item.BackupPlanName ?? 'backup plan',
    })),
  evidence: ({ id: BackupPlanId }, { reading }) => reading.one(BACKUP_READS.plan, { BackupPlanId }),
  claims: (plan) => {
    const rules = setOf(plan.at('BackupPlan'), planRules);
    return [
      claimOnAnswer('rules', setWords(rules, 'no rule'), (answer: GetBackupPlanCommandOutput | undefined) =>
        sameSet(planRules((answer?.BackupPlan ?? null) as Json), rules, 'no rule'),
      ),
    ];
  },
};

/** Copies out of this Region or account that AWS Backup made: each needs a declared plan's destination. */
const COPY_JOBS = listed({
  name: 'copy jobs',
  types: ['AWS::Backup::CopyJob'],
  channels: [],
  undeclared: {
    why: 'a backup was copied to a vault that no declared plan copies to',
    remedy: 'Find in CloudTrail who started the copy (backup:StartCopyJob), and delete the recovery point there.',
  },
  list: async ({ reading, place, application, deployment }) => {
    const declared = application.ofType('AWS::Backup::BackupPlan').flatMap((resource) => {
      const id = deployment.idOf(resource);
      return id.kind === 'answer' && id.value !== undefined ? [id.value] : [];
    });
    return inventoryOf(await reading.list(BACKUP_READS.copyJobs, {}, ({ CopyJobs }) => CopyJobs), (item) => {
      const to = item.DestinationBackupVaultArn;
      const abroad = regionsOf(to).some((region) => region !== place.region) || arnAccount(to) !== place.account;
      return {
        id: item.CopyJobId ?? '',
        arn: item.CopyJobId ?? '',
        seen: `${item.State ?? '?'}: ${item.ResourceArn ?? '?'} to ${to ?? '?'}`,
        reaches: regionsOf(to),
        derived:
          !abroad || item.State === 'FAILED' || declared.includes(item.CreatedBy?.BackupPlanId ?? 'made by hand'),
      };
    });
  },
});

export const BACKUPS_SERVICE = kindsService('backups', BACKUP_READS, [VAULTS, PLANS, COPY_JOBS]);
