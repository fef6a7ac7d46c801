import { CfnConfigurationAggregator } from 'aws-cdk-lib/aws-config';
import { Stack } from 'aws-cdk-lib/core';
import { ACCOUNTS, frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'config-aggregator',
  what: 'aggregator in Frankfurt that collects configuration from all Regions, two of them abroad',
  withoutStores: true,
  build(app) {
    const stack = new Stack(app, 'Compliance', { env: frankfurt });
    new CfnConfigurationAggregator(stack, 'Aggregator', {
      configurationAggregatorName: 'company',
      accountAggregationSources: [
        {
          accountIds: [ACCOUNTS.workload, ACCOUNTS.production],
          awsRegions: ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'],
        },
      ],
    });
  },
};
