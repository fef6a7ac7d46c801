/** Keys of the scheduled attestation: one over its bucket and its log, one that signs assemblies, one that signs statements. */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { serviceHost } from '../../geo';
import { auditorPartition } from '../oversight/auditor-context';
import { AuditorKey, ROTATED_YEARLY, auditorUse } from '../oversight/auditor-key';
import { refusal } from '../refusal';
import { attestationFunctionName, attestationRoleArn } from './names';

/** Over published assemblies, unfinished runs, attestations in the archive, and the function's log. */
export class AttestationDataKey extends AuditorKey {
  constructor(scope: Construct, id: string, enclave: Enclave) {
    const { auditor } = enclave;
    const group = `arn:${auditorPartition(enclave)}:logs:${auditor.region}:${auditor.account}:log-group:/aws/lambda/${attestationFunctionName(enclave)}`;
    super(
      scope,
      id,
      enclave,
      'attestation',
      [
        auditorUse(enclave, 'ObjectsOfTheAuditor', ['kms:Decrypt', 'kms:GenerateDataKey'], {
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
      ROTATED_YEARLY,
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
        auditorUse(enclave, 'SignedByTheAuditor', ['kms:GetPublicKey', 'kms:Sign', 'kms:Verify']),
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
        auditorUse(enclave, 'SignedByTheFunction', ['kms:Sign'], { ArnEquals: theFunction }),
        auditorUse(enclave, 'VerifiedByTheAuditor', ['kms:GetPublicKey', 'kms:Verify']),
        refusal('SignedByNobodyElse', ['kms:Sign'], { ArnNotEquals: theFunction }),
      ],
      SIGNING,
    );
  }
}
