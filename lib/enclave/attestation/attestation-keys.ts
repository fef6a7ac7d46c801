/** Keys of the scheduled attestation: one over its bucket and its log, one that signs assemblies, one that signs statements. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { AccountPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { CfnKey, KeyProps } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { serviceHost } from '../../geo';
import { ADMINISTRATION } from '../keys/key-policy';
import { refusals } from '../oversight/records-key';
import { refusal } from '../refusal';
import { tagWithClass } from '../tags';
import { attestationFunctionName, attestationRoleArn, partition } from './names';

/** A single-Region key of the auditor, made by KMS, kept when its stack goes, without grants. */
abstract class AuditorKey extends Key {
  protected constructor(
    scope: Construct,
    id: string,
    enclave: Enclave,
    purpose: string,
    uses: readonly PolicyStatement[],
    props: KeyProps,
  ) {
    super(scope, id, {
      ...props,
      description: `${enclave.name} oversight audit ${purpose}`,
      alias: `alias/${enclave.name}-oversight/audit/${purpose}`,
      policy: new PolicyDocument({ statements: [administration(enclave), ...uses, ...refusals(enclave)] }),
      pendingWindow: Duration.days(enclave.retention.keyDeletionDays),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      multiRegion: false,
    });
    (this.node.defaultChild as CfnKey).addPropertyOverride('Origin', 'AWS_KMS');
    tagWithClass(this, 'audit');
  }
}

/** Over published assemblies, unfinished runs, attestations in the archive, and the function's log. */
export class AttestationDataKey extends AuditorKey {
  constructor(scope: Construct, id: string, enclave: Enclave) {
    const { auditor } = enclave;
    const group = `arn:${partition(enclave)}:logs:${auditor.region}:${auditor.account}:log-group:/aws/lambda/${attestationFunctionName(enclave)}`;
    super(
      scope,
      id,
      enclave,
      'attestation',
      [
        use(enclave, 'ObjectsOfTheAuditor', ['kms:Decrypt', 'kms:GenerateDataKey'], {
          StringEquals: { 'kms:ViaService': serviceHost('s3', auditor.region) },
        }),
        new PolicyStatement({
          sid: 'LogOfTheFunction',
          principals: [new ServicePrincipal(`logs.${auditor.region}.amazonaws.com`)],
          actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
          conditions: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': group } },
        }),
      ],
      { enableKeyRotation: true, rotationPeriod: Duration.days(365) },
    );
  }
}

const SIGNING = { keySpec: KeySpec.ECC_NIST_P256, keyUsage: KeyUsage.SIGN_VERIFY } as const;

/** Signs the assemblies that may be compared with: people of the auditor do, the function never. */
export class AssemblySigningKey extends AuditorKey {
  constructor(scope: Construct, id: string, enclave: Enclave) {
    const theFunction = { 'aws:PrincipalArn': attestationRoleArn(enclave) };
    super(
      scope,
      id,
      enclave,
      'assemblies',
      [
        use(enclave, 'SignedByTheAuditor', ['kms:GetPublicKey', 'kms:Sign', 'kms:Verify'], {}),
        refusal('NeverSignedByTheFunction', ['kms:Sign'], { ArnEquals: theFunction }),
      ],
      SIGNING,
    );
  }
}

/** Signs the statements of attestations: the function does, and nobody else. */
export class StatementSigningKey extends AuditorKey {
  constructor(scope: Construct, id: string, enclave: Enclave) {
    const theFunction = { 'aws:PrincipalArn': attestationRoleArn(enclave) };
    super(
      scope,
      id,
      enclave,
      'statements',
      [
        use(enclave, 'SignedByTheFunction', ['kms:Sign'], { ArnEquals: theFunction }),
        use(enclave, 'VerifiedByTheAuditor', ['kms:GetPublicKey', 'kms:Verify'], {}),
        refusal('SignedByNobodyElse', ['kms:Sign'], { ArnNotEquals: theFunction }),
      ],
      SIGNING,
    );
  }
}

const use = (
  { organizationId, auditor }: Enclave,
  sid: string,
  actions: string[],
  more: Readonly<Record<string, Record<string, string>>>,
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
  use(
    enclave,
    'AdministrationWithoutUse',
    ADMINISTRATION.filter((action) => action !== 'kms:DisableKeyRotation'),
    {},
  );
