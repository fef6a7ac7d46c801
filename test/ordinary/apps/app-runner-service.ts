import { CfnAutoScalingConfiguration, CfnService, CfnVpcConnector } from 'aws-cdk-lib/aws-apprunner';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'app-runner-service',
  what: 'App Runner service from an image, connected to a VPC and a table',
  build(app) {
    const stack = new Stack(app, 'Runner', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const images = new Repository(stack, 'Images');
    const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const pull = new Role(stack, 'Pull', {
      assumedBy: new ServicePrincipal('build.apprunner.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSAppRunnerServicePolicyForECRAccess')],
    });
    const task = new Role(stack, 'Task', { assumedBy: new ServicePrincipal('tasks.apprunner.amazonaws.com') });
    table.grantReadWriteData(task);
    const connector = new CfnVpcConnector(stack, 'Connector', {
      subnets: vpc.privateSubnets.map((subnet) => subnet.subnetId),
      securityGroups: [new SecurityGroup(stack, 'Group', { vpc }).securityGroupId],
    });
    const scaling = new CfnAutoScalingConfiguration(stack, 'Scaling', { maxSize: 5, minSize: 1, maxConcurrency: 80 });
    new CfnService(stack, 'Service', {
      sourceConfiguration: {
        autoDeploymentsEnabled: true,
        authenticationConfiguration: { accessRoleArn: pull.roleArn },
        imageRepository: {
          imageIdentifier: images.repositoryUriForTag('latest'),
          imageRepositoryType: 'ECR',
          imageConfiguration: {
            port: '8080',
            runtimeEnvironmentVariables: [{ name: 'TABLE', value: table.tableName }],
          },
        },
      },
      instanceConfiguration: { cpu: '1024', memory: '2048', instanceRoleArn: task.roleArn },
      networkConfiguration: {
        egressConfiguration: { egressType: 'VPC', vpcConnectorArn: connector.attrVpcConnectorArn },
      },
      autoScalingConfigurationArn: scaling.attrAutoScalingConfigurationArn,
    });
  },
};
