/** What RDS answers about databases, their copies and who may have them: it only reads. */
import {
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  DescribeDBProxiesCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeEventSubscriptionsCommand,
  DescribeExportTasksCommand,
  DescribeGlobalClustersCommand,
  DescribeIntegrationsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { nextBy, readsOf } from '../read';

const rds = readsOf('rds', (settings) => new RDSClient(settings));
const next = nextBy('Marker');

export const DATABASE_READS = {
  instances: rds(DescribeDBInstancesCommand, 'rds:DescribeDBInstances', { next }),
  clusters: rds(DescribeDBClustersCommand, 'rds:DescribeDBClusters', { next }),
  snapshots: rds(DescribeDBSnapshotsCommand, 'rds:DescribeDBSnapshots', { next }),
  snapshotAttributes: rds(DescribeDBSnapshotAttributesCommand, 'rds:DescribeDBSnapshotAttributes'),
  clusterSnapshots: rds(DescribeDBClusterSnapshotsCommand, 'rds:DescribeDBClusterSnapshots', { next }),
  clusterSnapshotAttributes: rds(DescribeDBClusterSnapshotAttributesCommand, 'rds:DescribeDBClusterSnapshotAttributes'),
  backups: rds(DescribeDBInstanceAutomatedBackupsCommand, 'rds:DescribeDBInstanceAutomatedBackups', { next }),
  exports: rds(DescribeExportTasksCommand, 'rds:DescribeExportTasks', { next }),
  globalClusters: rds(DescribeGlobalClustersCommand, 'rds:DescribeGlobalClusters', { next }),
  integrations: rds(DescribeIntegrationsCommand, 'rds:DescribeIntegrations', { next }),
  subnetGroups: rds(DescribeDBSubnetGroupsCommand, 'rds:DescribeDBSubnetGroups', { next }),
  parameterGroups: rds(DescribeDBParameterGroupsCommand, 'rds:DescribeDBParameterGroups', { next }),
  parameters: rds(DescribeDBParametersCommand, 'rds:DescribeDBParameters', { next }),
  proxies: rds(DescribeDBProxiesCommand, 'rds:DescribeDBProxies', { next }),
  eventSubscriptions: rds(DescribeEventSubscriptionsCommand, 'rds:DescribeEventSubscriptions', { next }),
};
