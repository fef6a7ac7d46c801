import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { AccountPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { CfnKey, KeyProps } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { ADMINISTRATION, LOOSENING } from '../keys/key-policy';
import { refusal } from '../refusal';
import { tagWithClass } from '../tags';
import { auditorDeploymentRole, auditorKeyAlias } from './auditor-context';

/** For keys that encrypt; KMS rotates no key that signs. */
export const ROTATED_YEARLY = { enableKeyRotation: true, rotationPeriod: Duration.days(365) } as const;

/** A single-Region key of the auditor, made by KMS, kept when its stack goes, without grants. */
export abstract class AuditorKey extends Key {
  /** @param uses what is done with the key beside looking after it; what every key of the auditor refuses comes last */
  protected constructor(
    scope: Construct,
    id: string,
    enclave: Enclave,
    purpose: string,
    uses: readonly PolicyStatement[],
    kind: Pick<KeyProps, 'enableKeyRotation' | 'rotationPeriod' | 'keySpec' | 'keyUsage'>,
  ) {
    super(scope, id, {
      ...kind,
      description: `${enclave.name} oversight audit ${purpose}`,
      alias: auditorKeyAlias(enclave, purpose),
      policy: new PolicyDocument({ statements: [administration(enclave), ...uses, ...refusals(enclave)] }),
      pendingWindow: Duration.days(enclave.retention.keyDeletionDays),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      multiRegion: false,
    });
    (this.node.defaultChild as CfnKey).addPropertyOverride('Origin', 'AWS_KMS');
    tagWithClass(this, 'audit');
  }
}

/** A use of a key by the auditor's own account, called from that account and no other. */
export const auditorUse = (
  { organizationId, auditor }: Enclave,
  sid: string,
  actions: string[],
  more: Readonly<Record<string, Record<string, string | string[]>>> = {},
): PolicyStatement =>
  new PolicyStatement({
    sid,
    principals: [new AccountPrincipal(auditor.account)],
    actions,
    resources: ['*'],
    conditions: {
      ...more,
      StringEquals: {
        'aws:PrincipalOrgID': organizationId,
        'kms:CallerAccount': auditor.account,
        ...more['StringEquals'],
      },
    },
  });

const administration = (enclave: Enclave): PolicyStatement =>
  auditorUse(
    enclave,
    'AdministrationWithoutUse',
    ADMINISTRATION.filter((action) => action !== 'kms:DisableKeyRotation'),
  );

/** What every key of the auditor refuses. */
const refusals = (enclave: Enclave): PolicyStatement[] => [
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
