import { RemovalPolicy } from 'aws-cdk-lib/core';
import { BlockPublicAccess, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { BucketProps } from 'aws-cdk-lib/aws-s3';

/** What every bucket of the enclave is, whoever keeps it: closed to the public, without ACLs, versioned, kept when its stack goes. */
export const CLOSED_BUCKET = {
  versioned: true,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
} as const satisfies BucketProps;
