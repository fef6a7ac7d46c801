import { Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { CfnServer, CfnUser } from 'aws-cdk-lib/aws-transfer';
import { Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'partner-file-transfer',
  what: 'internal SFTP server of Transfer Family over a bucket',
  build(app) {
    const stack = new Stack(app, 'Sftp', { env: frankfurt });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const group = new SecurityGroup(stack, 'Group', { vpc });
    group.addIngressRule(Peer.ipv4('10.0.0.0/8'), Port.tcp(22));
    const files = new Bucket(stack, 'Files', { encryption: BucketEncryption.S3_MANAGED });
    const role = new Role(stack, 'UserRole', { assumedBy: new ServicePrincipal('transfer.amazonaws.com') });
    files.grantReadWrite(role);
    const server = new CfnServer(stack, 'Server', {
      domain: 'S3',
      protocols: ['SFTP'],
      endpointType: 'VPC',
      endpointDetails: {
        vpcId: vpc.vpcId,
        subnetIds: vpc.privateSubnets.map((subnet) => subnet.subnetId),
        securityGroupIds: [group.securityGroupId],
      },
      identityProviderType: 'SERVICE_MANAGED',
    });
    new CfnUser(stack, 'Erp', {
      serverId: server.attrServerId,
      userName: 'erp',
      role: role.roleArn,
      homeDirectory: `/${files.bucketName}/erp`,
    });
  },
};
