import { Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnSubnetGroup } from 'aws-cdk-lib/aws-memorydb';
import { CfnDBCluster, CfnDBInstance, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-neptune';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'graph-and-memory',
  what: 'Neptune graph and MemoryDB leaderboard in isolated subnets',
  build(app) {
    const stack = new Stack(app, 'Recommendations', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const subnetIds = vpc.privateSubnets.map((subnet) => subnet.subnetId);
    const clients = new SecurityGroup(stack, 'Clients', { vpc });
    const group = new SecurityGroup(stack, 'Databases', { vpc, allowAllOutbound: false });
    group.addIngressRule(clients, Port.tcp(8182));
    group.addIngressRule(clients, Port.tcp(6379));
    const graph = new CfnDBCluster(stack, 'Graph', {
      dbSubnetGroupName: new CfnDBSubnetGroup(stack, 'GraphSubnets', {
        dbSubnetGroupDescription: 'private',
        subnetIds,
      }).ref,
      vpcSecurityGroupIds: [group.securityGroupId],
      storageEncrypted: true,
      iamAuthEnabled: true,
      backupRetentionPeriod: 7,
    });
    new CfnDBInstance(stack, 'GraphInstance', { dbClusterIdentifier: graph.ref, dbInstanceClass: 'db.r6g.large' });
    new CfnCluster(stack, 'Leaderboard', {
      clusterName: 'leaderboard',
      nodeType: 'db.t4g.small',
      aclName: 'open-access',
      tlsEnabled: true,
      numShards: 1,
      subnetGroupName: new CfnSubnetGroup(stack, 'MemorySubnets', { subnetGroupName: 'leaderboard', subnetIds }).ref,
      securityGroupIds: [group.securityGroupId],
    });
  },
};
