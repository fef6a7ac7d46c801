import { Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster, CfnClusterParameterGroup, CfnClusterSubnetGroup } from 'aws-cdk-lib/aws-redshift';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'redshift-warehouse',
  what: 'Redshift cluster in private subnets that loads from a staging bucket',
  build(app) {
    const stack = new Stack(app, 'Warehouse', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const staging = new Bucket(stack, 'Staging');
    const role = new Role(stack, 'CopyRole', { assumedBy: new ServicePrincipal('redshift.amazonaws.com') });
    staging.grantRead(role);
    const secret = new Secret(stack, 'Admin', {
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: 'admin' }),
        generateStringKey: 'password',
        excludePunctuation: true,
      },
    });
    const group = new SecurityGroup(stack, 'ClusterGroup', { vpc });
    const tools = new SecurityGroup(stack, 'ToolsGroup', { vpc });
    group.addIngressRule(tools, Port.tcp(5439), 'BI tools');
    const subnets = new CfnClusterSubnetGroup(stack, 'Subnets', {
      description: 'private subnets',
      subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds,
    });
    const parameters = new CfnClusterParameterGroup(stack, 'Parameters', {
      description: 'TLS only',
      parameterGroupFamily: 'redshift-1.0',
      parameters: [{ parameterName: 'require_ssl', parameterValue: 'true' }],
    });
    new CfnCluster(stack, 'Cluster', {
      clusterType: 'multi-node',
      numberOfNodes: 2,
      nodeType: 'ra3.large',
      dbName: 'dwh',
      masterUsername: secret.secretValueFromJson('username').unsafeUnwrap(),
      masterUserPassword: secret.secretValueFromJson('password').unsafeUnwrap(),
      encrypted: true,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      clusterSubnetGroupName: subnets.ref,
      clusterParameterGroupName: parameters.ref,
      vpcSecurityGroupIds: [group.securityGroupId],
      iamRoles: [role.roleArn],
      automatedSnapshotRetentionPeriod: 7,
    });
  },
};
