/**
 * Key policies: who may administer, who may use through which service, and what nobody may do.
 *
 * No statement allows a wildcard principal. Administration and use are apart: the account's root is named so that a key
 * can always be recovered, but only for administration; use is granted through one AWS service in the key's own Region.
 * Principals that do not exist yet are named by condition, because KMS refuses a policy that names a missing role.
 */
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { AccountPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { serviceHost } from '../../geo';
import { PSEUDONYMISER_ROLE, gatewayRoleArn, keyAdministratorRoleName, replicationRoleName, roleArn } from '../names';
import { restrictedKeyRefusal } from '../perimeter/restricted-guard';
import { refusal } from '../refusal';
import type { SiteContext } from '../site-context';
import type { KeyPlan, KeyUse, ForeignWriter } from './key-plan';

/**
 * The AWS services through which alone a key of this use is used. Logs come as a service principal, codes directly.
 * RDS manages and rotates the database's secret, so that key is used through both services.
 */
const VIA: Record<Exclude<KeyUse, 'logs' | 'pseudonyms'>, readonly string[]> = {
  objects: ['s3'],
  replicas: ['s3'],
  landing: ['s3'],
  tables: ['dynamodb'],
  database: ['rds'],
  backups: ['rds'],
  insights: ['rds'],
  secrets: ['secretsmanager', 'rds'],
  queues: ['sqs'],
};

/** Uses whose service keeps working on data by a grant that it makes for itself. */
const NEEDS_GRANT: readonly KeyUse[] = ['tables', 'database', 'backups', 'insights', 'secrets'];

const CRYPTOGRAPHY = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Looking after a key, without any use of it. */
export const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/** Administration that makes a key weaker or opens it: only the deployment and the key administrators. */
export const LOOSENING = [
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:UntagResource',
  'kms:UpdateAlias',
];

function administration(at: SiteContext): PolicyStatement {
  return new PolicyStatement({
    sid: 'AdministrationWithoutUse',
    principals: [new AccountPrincipal(at.site.account)],
    actions: ADMINISTRATION,
    resources: ['*'],
    conditions: {
      StringEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId, 'kms:CallerAccount': at.site.account },
    },
  });
}

const endpointsOf = (services: readonly string[], region: string): string[] =>
  services.map((service) => serviceHost(service, region));

function useThroughService(at: SiteContext, services: readonly string[], region: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'UseThroughTheServiceInThisRegion',
    principals: [new AccountPrincipal(at.site.account)],
    actions: CRYPTOGRAPHY,
    resources: ['*'],
    conditions: {
      StringEquals: {
        'aws:PrincipalOrgID': at.enclave.organizationId,
        'kms:CallerAccount': at.site.account,
        'kms:ViaService': endpointsOf(services, region),
      },
    },
  });
}

function grantsForService(at: SiteContext, services: readonly string[], region: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'GrantsForTheServiceItself',
    principals: [new AccountPrincipal(at.site.account)],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      StringEquals: { 'kms:CallerAccount': at.site.account, 'kms:ViaService': endpointsOf(services, region) },
    },
  });
}

/** The one role of another account that may seal what it writes here; it opens nothing. */
function sealedBy(sid: string, { account, roleArn: writer }: ForeignWriter, at: SiteContext, region: string) {
  return new PolicyStatement({
    sid,
    principals: [new AccountPrincipal(account)],
    actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': writer },
      StringEquals: {
        'aws:PrincipalOrgID': at.enclave.organizationId,
        'kms:ViaService': serviceHost('s3', region),
      },
    },
  });
}

function logDelivery(at: SiteContext, region: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'LogGroupsOfThisSite',
    principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:${at.region.partition}:logs:${region}:${at.site.account}:log-group:*`,
      },
      StringEquals: { 'aws:SourceAccount': at.site.account },
    },
  });
}

function pseudonymCodes(at: SiteContext): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'CodesForThePseudonymiser',
      principals: [new AccountPrincipal(at.site.account)],
      actions: ['kms:GenerateMac'],
      resources: ['*'],
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': gatewayRoleArn(at, PSEUDONYMISER_ROLE) },
        StringEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
      },
    }),
    // Whoever may verify a code may try values until one fits.
    refusal('NobodyVerifiesCodes', ['kms:VerifyMac']),
  ];
}

function guardrails(at: SiteContext, region: string): PolicyStatement[] {
  const deployment = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-cfn-exec-role-${at.site.account}-${region}`;
  return [
    refusal('NeverInAnotherRegion', ['kms:ReplicateKey', 'kms:SynchronizeMultiRegionKey', 'kms:UpdatePrimaryRegion']),
    refusal('NoForeignKeyMaterial', ['kms:DeleteImportedKeyMaterial', 'kms:ImportKeyMaterial']),
    refusal('NoGrantsToOutsiders', ['kms:CreateGrant'], { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } }),
    refusal('NobodyOutsideTheOrganisation', ['kms:*'], {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': at.enclave.organizationId },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    refusal('LooseningOnlyByDeploymentOrKeyAdministrators', LOOSENING, {
      ArnNotEquals: { 'aws:PrincipalArn': [roleArn(at, deployment), roleArn(at, keyAdministratorRoleName(at))] },
    }),
    refusal('LockoutCheckStays', ['kms:PutKeyPolicy'], { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } }),
  ];
}

function uses(at: SiteContext, plan: KeyPlan, region: string): PolicyStatement[] {
  if (plan.use === 'logs') return [logDelivery(at, region)];
  if (plan.use === 'pseudonyms') return pseudonymCodes(at);
  const services = VIA[plan.use];
  const copier = plan.writtenBy ?? at;
  const copying = plan.landsFrom?.roleArn ?? roleArn(copier, replicationRoleName(copier));
  const contents = plan.class === 'restricted' && ['objects', 'replicas', 'landing'].includes(plan.use);
  const sealers: [string, ForeignWriter][] = [];
  if (plan.writtenBy)
    sealers.push(['CopiesWrittenByThePartnerSite', { account: copier.site.account, roleArn: copying }]);
  if (plan.landsFrom) sealers.push(['SealedByTheSource', plan.landsFrom]);
  if (plan.recovery && plan.use === 'objects')
    sealers.push([
      'CopiesCarriedHome',
      { account: plan.recovery.partner.site.account, roleArn: plan.recovery.roleArn },
    ]);
  return [
    useThroughService(at, services, region),
    ...(NEEDS_GRANT.includes(plan.use) ? [grantsForService(at, services, region)] : []),
    ...sealers.map(([sid, writer]) => sealedBy(sid, writer, at, region)),
    // Tables, databases and secrets are opened by grants their service makes; objects by whoever reads them.
    ...(contents ? [restrictedKeyRefusal(at, [copying, ...(plan.recovery ? [plan.recovery.roleArn] : [])])] : []),
  ];
}

/** The whole policy of a planned key that stands in `region`. */
export function keyPolicy(at: SiteContext, plan: KeyPlan, region: string): PolicyDocument {
  return new PolicyDocument({ statements: [administration(at), ...uses(at, plan, region), ...guardrails(at, region)] });
}
