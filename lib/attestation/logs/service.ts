/** Attests CloudWatch Logs: groups and their subscribers, destinations, deliveries, exports and policies of the account. */
import type { PolicyType } from '@aws-sdk/client-cloudwatch-logs';
import { regionsOf } from '../arn-parts';
import { DELETE, claimThat, samePolicy } from '../comparison';
import { kindsService } from '../kinds';
import { inventoryOf, listed } from '../service';
import type { Found, Inventory, Kind } from '../service';
import { GROUPS } from './groups';
import { LOG_READS } from './logs-reader';

const DESTINATIONS = listed({
  name: 'log destinations',
  types: ['AWS::Logs::Destination'],
  channels: ['log-destination-target', 'log-destination-policy'],
  undeclared: { why: 'other accounts can send logs to it, and it passes them on', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(LOG_READS.destinations, {}, ({ destinations }) => destinations), (item) => ({
      id: item.destinationName ?? '',
      arn: item.arn ?? item.destinationName ?? '',
      seen: `to ${item.targetArn ?? '?'}`,
      reaches: regionsOf(item.targetArn),
    })),
});

const NOTHING_WRITTEN = new Set(['CANCELLED', 'FAILED']);

const EXPORTS = listed({
  name: 'log exports',
  types: ['AWS::Logs::ExportTask'],
  channels: [],
  undeclared: { why: 'an export writes a log group into a bucket', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(LOG_READS.exports, {}, ({ exportTasks }) => exportTasks), (item) => ({
      id: item.taskId ?? '',
      arn: item.taskId ?? '',
      seen: `${item.status?.code ?? '?'}: ${item.logGroupName ?? '?'} to bucket ${item.destination ?? '?'}`,
      derived: NOTHING_WRITTEN.has(item.status?.code ?? ''),
    })),
});

interface FoundPolicy extends Found {
  readonly text: string;
}

const RESOURCE_POLICIES: Kind<FoundPolicy, string> = {
  name: 'log resource policies',
  types: ['AWS::Logs::ResourcePolicy'],
  channels: ['logs-policy'],
  undeclared: { why: 'it lets somebody write to or subscribe to log groups of the account', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(LOG_READS.resourcePolicies, {}, ({ resourcePolicies }) => resourcePolicies),
      (item) => ({
        id: item.policyName ?? '',
        arn: `resource policy ${item.policyName ?? ''}`,
        seen: (item.policyDocument ?? '').replace(/\s+/gu, ' ').slice(0, 200),
        text: item.policyDocument ?? '',
      }),
    ),
  evidence: ({ text }) => Promise.resolve(text),
  claims: (policy) => [
    claimThat('policy', 'the policy of the template, and nothing beside it', (text: string) =>
      samePolicy(text, policy.at('PolicyDocument')),
    ),
  ],
};

/** Kinds of account-wide policies that send logs on; the others mask or index them where they are. */
const SENDING: readonly PolicyType[] = ['SUBSCRIPTION_FILTER_POLICY', 'DATA_PROTECTION_POLICY'];

const ACCOUNT_POLICIES = listed({
  name: 'account-wide log policies',
  types: ['AWS::Logs::AccountPolicy'],
  channels: ['logs-account-policy'],
  undeclared: {
    why: 'it sends every log group of the account, or what it finds in them, to its destination',
    remedy: DELETE,
  },
  list: async ({ reading }) => {
    const parts = await Promise.all(
      SENDING.map(async (policyType) =>
        inventoryOf(
          await reading.list(LOG_READS.accountPolicies, { policyType }, ({ accountPolicies }) => accountPolicies),
          (item) => ({
            id: item.policyName ?? '',
            arn: `account policy ${item.policyName ?? ''}`,
            seen: (item.policyDocument ?? '').replace(/\s+/gu, ' ').slice(0, 200),
          }),
        ),
      ),
    );
    return joined(parts);
  },
});

const DELIVERIES = listed({
  name: 'log deliveries',
  types: ['AWS::Logs::Delivery'],
  channels: ['log-delivery'],
  undeclared: { why: 'it delivers the logs of a service to its destination', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(LOG_READS.deliveries, {}, ({ deliveries }) => deliveries), (item) => ({
      id: item.id ?? '',
      arn: item.arn ?? item.id ?? '',
      seen: `${item.deliverySourceName ?? '?'} to ${item.deliveryDestinationArn ?? '?'}`,
      reaches: regionsOf(item.deliveryDestinationArn),
    })),
});

const DELIVERY_DESTINATIONS = listed({
  name: 'log delivery destinations',
  types: ['AWS::Logs::DeliveryDestination'],
  channels: ['log-delivery-destination'],
  undeclared: { why: 'logs of services can be delivered to it', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(LOG_READS.deliveryDestinations, {}, ({ deliveryDestinations }) => deliveryDestinations),
      (item) => ({
        id: item.name ?? '',
        arn: item.arn ?? item.name ?? '',
        seen: `to ${item.deliveryDestinationConfiguration?.destinationResourceArn ?? '?'}`,
        reaches: regionsOf(item.deliveryDestinationConfiguration?.destinationResourceArn),
      }),
    ),
});

const joined = (parts: readonly Inventory<Found>[]): Inventory<Found> => ({
  found: parts.flatMap(({ found }) => found),
  gaps: parts.flatMap(({ gaps }) => gaps),
});

export const LOGS_SERVICE = kindsService('logs', LOG_READS, [
  GROUPS,
  DESTINATIONS,
  EXPORTS,
  RESOURCE_POLICIES,
  ACCOUNT_POLICIES,
  DELIVERIES,
  DELIVERY_DESTINATIONS,
]);
