import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'replica-of-virginia',
  what: 'read replica in Frankfurt of a database in us-east-1, during a move to Europe',
  build(app) {
    const stack = new Stack(app, 'Replica', { env: frankfurt });
    const key = new Key(stack, 'Key', { enableKeyRotation: true });
    new CfnDBInstance(stack, 'Replica', {
      sourceDbInstanceIdentifier: 'arn:aws:rds:us-east-1:111122223333:db:orders',
      sourceRegion: 'us-east-1',
      dbInstanceClass: 'db.r6g.large',
      kmsKeyId: key.keyArn,
      publiclyAccessible: false,
    });
  },
};
