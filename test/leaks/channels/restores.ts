/** Stores made from a snapshot or copy of another one: a way out where the new store stands abroad, silent where it stands here. */
import type { Ways } from './ways';
import { standing, standingReplicaOf } from './ways';

const SNAPSHOT = 'snap-0123456789abcdef0';

export const RESTORES: Readonly<Record<string, readonly Ways[]>> = {
  'AWS::AutoScaling::LaunchConfiguration': [standing(SNAPSHOT, 'BlockDeviceMappings[].Ebs.SnapshotId')],
  'AWS::DocDB::DBCluster': [
    standingReplicaOf('rds', 'cluster-snapshot:daily', 'SnapshotIdentifier'),
    standingReplicaOf('rds', 'cluster:main', 'SourceDBClusterIdentifier'),
  ],
  'AWS::DynamoDB::GlobalTable': [standingReplicaOf('dynamodb', 'table/main', 'GlobalTableSourceArn')],
  'AWS::EC2::Instance': [standing(SNAPSHOT, 'BlockDeviceMappings[].Ebs.SnapshotId')],
  'AWS::EC2::LaunchTemplate': [standing(SNAPSHOT, 'LaunchTemplateData.BlockDeviceMappings[].Ebs.SnapshotId')],
  'AWS::EC2::Volume': [standing(SNAPSHOT, 'SnapshotId'), standing('vol-0123456789abcdef0', 'SourceVolumeId')],
  'AWS::ECS::Service': [standing(SNAPSHOT, 'VolumeConfigurations[].ManagedEBSVolume.SnapshotId')],
  'AWS::ElastiCache::CacheCluster': [standing('daily', 'SnapshotName')],
  'AWS::ElastiCache::ReplicationGroup': [standing('daily', 'SnapshotName'), standing('main', 'SnapshottingClusterId')],
  'AWS::ElastiCache::ServerlessCache': [
    standingReplicaOf('elasticache', 'serverlesscachesnapshot:daily', 'SnapshotArnsToRestore[]'),
  ],
  'AWS::Neptune::DBCluster': [
    standingReplicaOf('rds', 'cluster-snapshot:daily', 'SnapshotIdentifier'),
    standingReplicaOf('rds', 'cluster:main', 'SourceDBClusterIdentifier'),
  ],
  'AWS::Neptune::DBInstance': [standingReplicaOf('rds', 'snapshot:daily', 'DBSnapshotIdentifier')],
  'AWS::RDS::DBCluster': [
    standingReplicaOf('rds', 'cluster-snapshot:daily', 'SnapshotIdentifier'),
    standing('cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'SourceDbClusterResourceId'),
  ],
  'AWS::Redshift::Cluster': [
    {
      ...standingReplicaOf('redshift', 'snapshot:main/daily', 'SnapshotIdentifier'),
      rest: () => ({ EnhancedVpcRouting: true }),
    },
    { ...standing('main', 'SnapshotClusterIdentifier'), rest: () => ({ EnhancedVpcRouting: true }) },
  ],
};
