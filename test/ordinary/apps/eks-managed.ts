import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnAddon, CfnCluster, CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'eks-managed',
  what: 'EKS cluster with a managed node group, secrets encryption and add-ons, written with L1 constructs',
  build(app) {
    const stack = new Stack(app, 'Platform', { env: frankfurt });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 3, natGateways: 3 });
    const key = new Key(stack, 'SecretsKey', { enableKeyRotation: true });
    const role = new Role(stack, 'ClusterRole', {
      assumedBy: new ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
    });
    const nodeRole = new Role(stack, 'NodeRole', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [
        'AmazonEKSWorkerNodePolicy',
        'AmazonEC2ContainerRegistryReadOnly',
        'AmazonEKS_CNI_Policy',
        'AmazonSSMManagedInstanceCore',
      ].map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    const subnetIds = vpc.privateSubnets.map((subnet) => subnet.subnetId);
    const cluster = new CfnCluster(stack, 'Cluster', {
      name: 'platform',
      version: '1.33',
      roleArn: role.roleArn,
      resourcesVpcConfig: { subnetIds, endpointPrivateAccess: true, endpointPublicAccess: false },
      encryptionConfig: [{ provider: { keyArn: key.keyArn }, resources: ['secrets'] }],
      logging: { clusterLogging: { enabledTypes: [{ type: 'api' }, { type: 'audit' }] } },
      accessConfig: { authenticationMode: 'API' },
    });
    new CfnNodegroup(stack, 'Nodes', {
      clusterName: cluster.ref,
      nodeRole: nodeRole.roleArn,
      subnets: subnetIds,
      instanceTypes: [new InstanceType('m7g.large').toString()],
      amiType: 'AL2023_ARM_64_STANDARD',
      scalingConfig: { minSize: 2, maxSize: 6, desiredSize: 3 },
    });
    for (const addonName of ['vpc-cni', 'coredns', 'kube-proxy', 'aws-ebs-csi-driver'])
      new CfnAddon(stack, `Addon-${addonName}`, { addonName, clusterName: cluster.ref });
  },
};
