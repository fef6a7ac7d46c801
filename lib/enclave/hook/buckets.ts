/** Where every bucket of the enclave stands: a bucket's name, unlike an ARN of other services, says neither account nor Region. */
import { Stack } from 'aws-cdk-lib/core';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

export interface BucketPlace {
  readonly name: string;
  readonly region: string;
  readonly account: string;
}

/** The buckets below `scope` whose name is agreed, in the order of the tree. Call when everything is built. */
export function bucketPlaces(scope: IConstruct): readonly BucketPlace[] {
  return scope.node.findAll().flatMap((node) => {
    if (!CfnBucket.isCfnBucket(node)) return [];
    const { account, region } = Stack.of(node);
    const name: unknown = Stack.of(node).resolve(node.bucketName);
    return typeof name === 'string' ? [{ name, region, account }] : [];
  });
}
