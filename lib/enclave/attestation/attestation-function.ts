import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { serviceHost } from '../../geo';
import { acknowledge } from '../acknowledge';
import { allSites, archiveBucketName, auditorPartition, oversightPath } from '../oversight/auditor-context';
import { auditorExternalId } from '../oversight/auditor-role';
import { tagWithClass } from '../tags';
import type { AttestationBucket } from './attestation-bucket';
import type { AttestationPlan } from './attestation-plan';
import { AttestorPolicy } from './attestor-policy';
import { AttestorRole } from './attestor-role';
import {
  ATTESTATION_ROLE,
  attestationFunctionName,
  attestationMetrics,
  attestorRoleArn,
  attestorRoleName,
  ownAttestorArn,
  ownExternalId,
} from './names';
import { ASSEMBLY_PREFIX, ATTESTATIONS_PREFIX, RUNS_PREFIX } from './prefixes';

export interface AttestationFunctionProps {
  readonly enclave: Enclave;
  readonly plan: AttestationPlan;
  readonly bucket: AttestationBucket;
  readonly dataKey: IKey;
  readonly assemblyKey: IKey;
  readonly statementKey: IKey;
}

/** What Lambda allows at most. A run that takes longer keeps its answers, and its next attempt goes on. */
const LONGEST = Duration.minutes(15);

/** Attempts after the first, with the same event; Lambda makes no more. */
const FURTHER_ATTEMPTS = 2;

/**
 * The function that compares. In no VPC: it calls nothing but AWS, in Regions that have no endpoint in any VPC of ours, and
 * holds no data of persons.
 */
export class AttestationFunction extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: AttestationFunctionProps) {
    super(scope, id);
    const { enclave, plan, bucket, dataKey, assemblyKey, statementKey } = props;
    const { auditor, retention } = enclave;
    const name = attestationFunctionName(enclave);
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      encryptionKey: dataKey,
      retention: retention.logDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    tagWithClass(log, 'audit');
    const archived = `arn:${auditorPartition(enclave)}:s3:::${archiveBucketName(enclave)}/${ATTESTATIONS_PREFIX}*`;
    const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
      new PolicyStatement({ sid, actions, resources, ...(conditions ? { conditions } : {}) });
    const role = new Role(this, 'Role', {
      path: oversightPath(enclave),
      roleName: ATTESTATION_ROLE,
      description: 'Function of the scheduled attestation',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': auditor.account } },
      }),
      inlinePolicies: {
        run: new PolicyDocument({
          statements: [
            allow('OwnLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [log.logGroupArn]),
            allow(
              'BecomesTheAttestors',
              ['sts:AssumeRole'],
              [...allSites(enclave).map(attestorRoleArn), ownAttestorArn(enclave)],
            ),
            allow(
              'ReadsAssembliesAndItsOwnRuns',
              ['s3:GetObject'],
              [bucket.arnForObjects(`${ASSEMBLY_PREFIX}*`), bucket.arnForObjects(`${RUNS_PREFIX}*`)],
            ),
            allow('ListsItsOwnRuns', ['s3:ListBucket'], [bucket.bucketArn], {
              StringLike: { 's3:prefix': `${RUNS_PREFIX}*` },
            }),
            allow('KeepsItsOwnRuns', ['s3:PutObject'], [bucket.arnForObjects(`${RUNS_PREFIX}*`)]),
            allow('AddsToTheArchive', ['s3:PutObject'], [archived]),
            allow('ThroughS3', ['kms:Decrypt', 'kms:GenerateDataKey'], [dataKey.keyArn], {
              StringEquals: { 'kms:ViaService': serviceHost('s3', auditor.region) },
            }),
            allow('VerifiesAssemblies', ['kms:Verify'], [assemblyKey.keyArn]),
            allow('SignsStatements', ['kms:Sign'], [statementKey.keyArn]),
          ],
        }),
      },
    });
    // The auditor's own account is one of those that are looked into.
    new AttestorRole(this, 'Attestor', enclave, new AttestorPolicy(this, 'Questions', enclave), ownExternalId(enclave));
    const reasons = 'Names below a prefix of the attestation’s own: dates of runs, and hashes of answers.';
    for (const prefix of [ASSEMBLY_PREFIX, RUNS_PREFIX])
      acknowledge(role, `AwsSolutions-IAM5[Resource::${bucketId(bucket)}/${prefix}*]`, reasons);
    acknowledge(role, `AwsSolutions-IAM5[Resource::${archived}]`, reasons);
    this.function = new Function(this, 'Function', {
      functionName: name,
      description: 'Compares what runs with what was declared',
      code: Code.fromAsset(plan.code),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup: log,
      memorySize: 2048,
      ephemeralStorageSize: Size.mebibytes(512),
      timeout: LONGEST,
      retryAttempts: FURTHER_ATTEMPTS,
      reservedConcurrentExecutions: 1,
      environment: {
        BUCKET: bucket.bucketName,
        ARCHIVE: archiveBucketName(enclave),
        DATA_KEY: dataKey.keyArn,
        ASSEMBLY_KEY: assemblyKey.keyArn,
        STATEMENT_KEY: statementKey.keyArn,
        METRICS: attestationMetrics(enclave),
        ATTESTOR: attestorRoleName(enclave),
        EXTERNAL_IDS: JSON.stringify(
          Object.fromEntries([
            ...allSites(enclave).map((at) => [at.site.account, auditorExternalId(at)]),
            [auditor.account, ownExternalId(enclave)],
          ]),
        ),
        ACCOUNTS: JSON.stringify([...enclave.sites.map(({ account }) => account), auditor.account]),
        REGIONS: JSON.stringify('enabled'),
      },
    });
  }
}

const bucketId = (bucket: AttestationBucket): string =>
  `<${bucket.stack.getLogicalId(bucket.node.defaultChild as never)}.Arn>`;
