/** What CloudWatch Logs answers about groups and where they are sent: it only reads, and never an event. */
import {
  CloudWatchLogsClient,
  DescribeAccountPoliciesCommand,
  DescribeDeliveriesCommand,
  DescribeDeliveryDestinationsCommand,
  DescribeDestinationsCommand,
  DescribeExportTasksCommand,
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
  DescribeSubscriptionFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { nextBy, readsOf } from '../read';

const logs = readsOf('logs', (settings) => new CloudWatchLogsClient(settings));
const next = nextBy('nextToken');

export const LOG_READS = {
  groups: logs(DescribeLogGroupsCommand, 'logs:DescribeLogGroups', { next }),
  subscriptions: logs(DescribeSubscriptionFiltersCommand, 'logs:DescribeSubscriptionFilters', { next }),
  destinations: logs(DescribeDestinationsCommand, 'logs:DescribeDestinations', { next }),
  exports: logs(DescribeExportTasksCommand, 'logs:DescribeExportTasks', { next }),
  resourcePolicies: logs(DescribeResourcePoliciesCommand, 'logs:DescribeResourcePolicies', { next }),
  accountPolicies: logs(DescribeAccountPoliciesCommand, 'logs:DescribeAccountPolicies', { next }),
  deliveries: logs(DescribeDeliveriesCommand, 'logs:DescribeDeliveries', { next }),
  deliveryDestinations: logs(DescribeDeliveryDestinationsCommand, 'logs:DescribeDeliveryDestinations', { next }),
};
