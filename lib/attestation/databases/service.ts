/** Attests RDS: databases, their copies in every Region, and ways out of them. */
import { kindsService } from '../kinds';
import { CLUSTERS } from './clusters';
import {
  BACKUPS,
  CLUSTER_SNAPSHOTS,
  EVENT_SUBSCRIPTIONS,
  EXPORTS,
  GLOBAL_CLUSTERS,
  INTEGRATIONS,
  PROXIES,
  SNAPSHOTS,
} from './copies';
import { DATABASE_READS } from './databases-reader';
import { PARAMETER_GROUPS, SUBNET_GROUPS } from './groups';
import { INSTANCES } from './instances';

export const DATABASES_SERVICE = kindsService('databases', DATABASE_READS, [
  INSTANCES,
  CLUSTERS,
  SUBNET_GROUPS,
  PARAMETER_GROUPS,
  SNAPSHOTS,
  CLUSTER_SNAPSHOTS,
  BACKUPS,
  EXPORTS,
  GLOBAL_CLUSTERS,
  INTEGRATIONS,
  PROXIES,
  EVENT_SUBSCRIPTIONS,
]);
