/** What EC2 and Systems Manager answer about stores that the enclave has none of: it only reads. */
import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeAssociationCommand,
  DescribeDocumentPermissionCommand,
  DescribeParametersCommand,
  ListAssociationsCommand,
  ListDocumentsCommand,
  ListResourceDataSyncCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { nextBy, readsOf } from '../read';

const ec2 = readsOf('ec2', (settings) => new EC2Client(settings));
const ssm = readsOf('ssm', (settings) => new SSMClient(settings));
const next = nextBy('NextToken');

export const INVENTORY_READS = {
  instances: ec2(DescribeInstancesCommand, 'ec2:DescribeInstances', { next }),
  volumes: ec2(DescribeVolumesCommand, 'ec2:DescribeVolumes', { next }),
  snapshots: ec2(DescribeSnapshotsCommand, 'ec2:DescribeSnapshots', { next }),
  snapshotAttribute: ec2(DescribeSnapshotAttributeCommand, 'ec2:DescribeSnapshotAttribute'),
  images: ec2(DescribeImagesCommand, 'ec2:DescribeImages', { next }),
  parameters: ssm(DescribeParametersCommand, 'ssm:DescribeParameters', { next }),
  associations: ssm(ListAssociationsCommand, 'ssm:ListAssociations', { next }),
  association: ssm(DescribeAssociationCommand, 'ssm:DescribeAssociation'),
  documents: ssm(ListDocumentsCommand, 'ssm:ListDocuments', { next }),
  documentSharing: ssm(DescribeDocumentPermissionCommand, 'ssm:DescribeDocumentPermission', { next }),
  dataSyncs: ssm(ListResourceDataSyncCommand, 'ssm:ListResourceDataSync', { next }),
};
