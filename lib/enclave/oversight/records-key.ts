import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { AccountPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { refusal } from '../refusal';
import { tagWithClass } from '../tags';
import { serviceHost } from '../../geo';
import { ADMINISTRATION, LOOSENING } from '../keys/key-policy';
import { allSites, auditorDeploymentRole, recorderRoleArn, recordsKeyAlias, trailArn } from './auditor-context';

/** The auditor's own key: over the archive, the settings, the queue and the topic. Sites write with it and open nothing. */
export class RecordsKey extends Key {
  constructor(scope: Construct, id: string, enclave: Enclave) {
    super(scope, id, {
      description: `${enclave.name} oversight audit records`,
      alias: recordsKeyAlias(enclave),
      policy: policyOf(enclave),
      pendingWindow: Duration.days(enclave.retention.keyDeletionDays),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      multiRegion: false,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
    });
    (this.node.defaultChild as CfnKey).addPropertyOverride('Origin', 'AWS_KMS');
    tagWithClass(this, 'audit');
  }
}

/** What the account of the auditor does with the key itself: look after it, and read the records through S3 and SQS. */
function auditorStatements({ organizationId, auditor }: Enclave): PolicyStatement[] {
  const own = { 'aws:PrincipalOrgID': organizationId, 'kms:CallerAccount': auditor.account };
  return [
    new PolicyStatement({
      sid: 'AdministrationWithoutUse',
      principals: [new AccountPrincipal(auditor.account)],
      actions: ADMINISTRATION.filter((action) => action !== 'kms:DisableKeyRotation'),
      resources: ['*'],
      conditions: { StringEquals: own },
    }),
    new PolicyStatement({
      sid: 'RecordsReadByTheAuditor',
      principals: [new AccountPrincipal(auditor.account)],
      actions: ['kms:Decrypt'],
      resources: ['*'],
      conditions: {
        StringEquals: { ...own, 'kms:ViaService': ['s3', 'sqs'].map((s) => serviceHost(s, auditor.region)) },
      },
    }),
  ];
}

/** What AWS services do with it: write trails, carry events. */
function serviceStatements(enclave: Enclave): PolicyStatement[] {
  const trails = allSites(enclave).map(trailArn);
  return [
    new PolicyStatement({
      sid: 'TrailsOfTheSites',
      principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
      actions: ['kms:DescribeKey', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceArn': trails, 'aws:SourceOrgID': enclave.organizationId } },
    }),
    new PolicyStatement({
      sid: 'EventsIntoQueueAndTopic',
      // SNS puts incidents that it could not tell among the dead letters.
      principals: ['events', 'cloudwatch', 'sns'].map((service) => new ServicePrincipal(`${service}.amazonaws.com`)),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': enclave.auditor.account } },
    }),
    new PolicyStatement({
      sid: 'SettingsWrittenByTheSites',
      principals: allSites(enclave).map(({ site }) => new AccountPrincipal(site.account)),
      actions: ['kms:GenerateDataKey'],
      resources: ['*'],
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': allSites(enclave).map(recorderRoleArn) },
        StringEquals: {
          'aws:PrincipalOrgID': enclave.organizationId,
          'kms:ViaService': serviceHost('s3', enclave.auditor.region),
        },
      },
    }),
  ];
}

/** What every key of the auditor refuses. */
export function refusals(enclave: Enclave): PolicyStatement[] {
  return [
    refusal('NeverInAnotherRegion', ['kms:ReplicateKey', 'kms:SynchronizeMultiRegionKey', 'kms:UpdatePrimaryRegion']),
    refusal('NoForeignKeyMaterial', ['kms:DeleteImportedKeyMaterial', 'kms:ImportKeyMaterial']),
    refusal('NoGrants', ['kms:CreateGrant']),
    refusal('NobodyOutsideTheOrganisation', ['kms:*'], {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': enclave.organizationId },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    refusal('LooseningOnlyByTheDeployment', LOOSENING, {
      ArnNotEquals: { 'aws:PrincipalArn': auditorDeploymentRole(enclave) },
    }),
    refusal('LockoutCheckStays', ['kms:PutKeyPolicy'], { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } }),
  ];
}

const policyOf = (enclave: Enclave): PolicyDocument =>
  new PolicyDocument({
    statements: [...auditorStatements(enclave), ...serviceStatements(enclave), ...refusals(enclave)],
  });
