/** What an ordinary application is, and where its stacks are deployed. */
import type { App } from 'aws-cdk-lib/core';

/** A CDK application as a team would write it; nothing in it knows of the judge. */
export interface OrdinaryApp {
  /** Same as the file name. */
  readonly name: string;
  /** What it is, in one sentence. Says so when some of its stores hold public data by nature. */
  readonly what: string;
  /** Adds the stacks to an App that has the feature flags of `cdk.json`. */
  build(app: App): void;
  /** An application that holds no data, so that nothing in it can be a flow out of a store. */
  readonly withoutStores?: true;
}

/** Hand-written templates, judged together as one application. */
export interface OrdinaryTemplates {
  readonly name: string;
  readonly what: string;
  /** File names in `templates/`, each with the Region it is deployed to, if it differs from `region`. */
  readonly files: readonly string[];
  readonly region: string;
  readonly account?: string;
  readonly withoutStores?: true;
}

export const ACCOUNTS = {
  workload: '111122223333',
  tools: '444455556666',
  production: '777788889999',
} as const;

const REGIONS = [
  'eu-west-1',
  'eu-west-3',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'us-east-1',
] as const;

export const dublin = { account: ACCOUNTS.workload, region: 'eu-west-1' };
export const paris = { account: ACCOUNTS.workload, region: 'eu-west-3' };
export const frankfurt = { account: ACCOUNTS.workload, region: 'eu-central-1' };
export const stockholm = { account: ACCOUNTS.workload, region: 'eu-north-1' };
export const milan = { account: ACCOUNTS.workload, region: 'eu-south-1' };

/** What `cdk.context.json` of each application would hold: the zones of the Regions it is deployed to. */
export function zonesContext(): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.values(ACCOUNTS).flatMap((account) =>
      REGIONS.map((region) => [
        `availability-zones:account=${account}:region=${region}`,
        ['a', 'b', 'c'].map((letter) => `${region}${letter}`),
      ]),
    ),
  );
}
