import { CfnApplication, CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnInstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'beanstalk-java',
  what: 'Elastic Beanstalk environment with a table',
  build(app) {
    const stack = new Stack(app, 'Beanstalk', { env: dublin });
    const table = new Table(stack, 'Accounts', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const role = new Role(stack, 'InstanceRole', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSElasticBeanstalkWebTier')],
    });
    table.grantReadWriteData(role);
    const profile = new CfnInstanceProfile(stack, 'Profile', { roles: [role.roleName] });
    const application = new CfnApplication(stack, 'Application', { applicationName: 'accounts' });
    const option = (namespace: string, optionName: string, value: string) => ({ namespace, optionName, value });
    const environment = new CfnEnvironment(stack, 'Environment', {
      applicationName: 'accounts',
      solutionStackName: '64bit Amazon Linux 2023 v4.4.0 running Corretto 21',
      optionSettings: [
        option('aws:autoscaling:launchconfiguration', 'IamInstanceProfile', profile.ref),
        option('aws:autoscaling:asg', 'MinSize', '2'),
        option('aws:ec2:instances', 'InstanceTypes', 't3.small'),
        option('aws:elasticbeanstalk:application:environment', 'TABLE', table.tableName),
      ],
    });
    environment.addResourceDependency(application);
  },
};
