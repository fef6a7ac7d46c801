import { ArnPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { ACCOUNTS, dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'replicated-into-dublin',
  what: 'bucket in Dublin that takes replicas from a bucket in us-east-1 of the same account',
  build(app) {
    const stack = new Stack(app, 'Landing', { env: dublin });
    const landing = new Bucket(stack, 'Landing', { versioned: true, encryption: BucketEncryption.S3_MANAGED });
    landing.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ArnPrincipal(`arn:aws:iam::${ACCOUNTS.workload}:role/replication-us-east-1`)],
        actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
        resources: [landing.arnForObjects('*')],
      }),
    );
  },
};
