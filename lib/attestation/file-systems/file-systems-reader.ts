/** What EFS answers about file systems: it only reads, and never a file. */
import {
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeReplicationConfigurationsCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import { nextBy, readsOf } from '../read';

const efs = readsOf('efs', (settings) => new EFSClient(settings));
const next = nextBy('Marker', 'NextMarker');

export const FILE_SYSTEM_READS = {
  fileSystems: efs(DescribeFileSystemsCommand, 'elasticfilesystem:DescribeFileSystems', { next }),
  replication: efs(DescribeReplicationConfigurationsCommand, 'elasticfilesystem:DescribeReplicationConfigurations', {
    none: ['ReplicationNotFound'],
    next: nextBy('NextToken'),
  }),
  policy: efs(DescribeFileSystemPolicyCommand, 'elasticfilesystem:DescribeFileSystemPolicy', {
    none: ['PolicyNotFound'],
  }),
};
