import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'dynamodb-global-eea',
  what: 'global table with replicas in Dublin, Frankfurt and Stockholm',
  build(app) {
    const stack = new Stack(app, 'Profiles', { env: dublin });
    new TableV2(stack, 'Profiles', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      replicas: [{ region: 'eu-central-1' }, { region: 'eu-north-1', deletionProtection: true }],
    });
  },
};
