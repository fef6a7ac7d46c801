import { Role, ServicePrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { PhysicalName, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { dublin, stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 's3-replication-eea',
  what: 'bucket in Dublin replicated to a bucket in Stockholm, one stack each',
  build(app) {
    const north = new Stack(app, 'ArchiveNorth', { env: stockholm });
    const copy = new Bucket(north, 'Copy', {
      bucketName: PhysicalName.GENERATE_IF_NEEDED,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const west = new Stack(app, 'ArchiveWest', { env: dublin });
    const source = new Bucket(west, 'Source', { versioned: true });
    const role = new Role(west, 'Replication', { assumedBy: new ServicePrincipal('s3.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
        resources: [source.bucketArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
        resources: [source.arnForObjects('*')],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
        resources: [copy.arnForObjects('*')],
      }),
    );
    (source.node.defaultChild as CfnBucket).replicationConfiguration = {
      role: role.roleArn,
      rules: [
        {
          id: 'all',
          status: 'Enabled',
          priority: 1,
          filter: { prefix: '' },
          deleteMarkerReplication: { status: 'Enabled' },
          destination: { bucket: copy.bucketArn, storageClass: 'STANDARD_IA' },
        },
      ],
    };
  },
};
