import { Duration } from 'aws-cdk-lib/core';
import { BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { auditorAccessLogsName } from '../oversight/auditor-context';
import { AuditorBucket } from '../oversight/records-buckets';
import { refusal } from '../refusal';
import { attestationBucketName, attestationRoleArn } from './names';
import { ASSEMBLY_PREFIX, RUNS_PREFIX } from './prefixes';

/** Published assemblies with every earlier one, and answers of runs that are not done yet. */
export class AttestationBucket extends AuditorBucket {
  constructor(scope: Construct, id: string, enclave: Enclave, key: IKey) {
    super(scope, id, enclave, {
      bucketName: attestationBucketName(enclave),
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      lifecycleRules: [
        {
          id: 'unfinished-runs',
          prefix: RUNS_PREFIX,
          expiration: Duration.days(2),
          noncurrentVersionExpiration: Duration.days(1),
        },
        {
          id: 'earlier-assemblies',
          prefix: ASSEMBLY_PREFIX,
          noncurrentVersionExpiration: Duration.days(enclave.retention.logDays),
        },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    this.logInto({ bucketName: auditorAccessLogsName(enclave) });
    // Whoever compares does not choose what is compared with.
    this.addToResourcePolicy(
      refusal(
        'TheFunctionPublishesNothing',
        ['s3:DeleteObject*', 's3:PutObject*'],
        { ArnEquals: { 'aws:PrincipalArn': attestationRoleArn(enclave) } },
        [this.arnForObjects(`${ASSEMBLY_PREFIX}*`)],
      ),
    );
  }
}
