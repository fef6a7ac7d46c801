/** What EventBridge answers about rules, buses and destinations: it only reads. */
import {
  DescribeEventBusCommand,
  EventBridgeClient,
  ListApiDestinationsCommand,
  ListArchivesCommand,
  ListConnectionsCommand,
  ListEndpointsCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { nextBy, readsOf } from '../read';

const events = readsOf('events', (settings) => new EventBridgeClient(settings));
const next = nextBy('NextToken');

export const EVENT_READS = {
  buses: events(ListEventBusesCommand, 'events:ListEventBuses', { next }),
  bus: events(DescribeEventBusCommand, 'events:DescribeEventBus'),
  rules: events(ListRulesCommand, 'events:ListRules', { next }),
  targets: events(ListTargetsByRuleCommand, 'events:ListTargetsByRule', { next }),
  apiDestinations: events(ListApiDestinationsCommand, 'events:ListApiDestinations', { next }),
  connections: events(ListConnectionsCommand, 'events:ListConnections', { next }),
  endpoints: events(ListEndpointsCommand, 'events:ListEndpoints', { next }),
  archives: events(ListArchivesCommand, 'events:ListArchives', { next }),
};
