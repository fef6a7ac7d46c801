import {
  CfnApplication,
  CfnApplicationVersion,
  CfnConfigurationTemplate,
  CfnEnvironment,
} from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnInstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'beanstalk-java',
  what: 'Elastic Beanstalk environment with its code, a template of options and a table',
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
    const bundle = new Asset(stack, 'Bundle', { path: __dirname, exclude: ['*', '!beanstalk-java.ts'] });
    const version = new CfnApplicationVersion(stack, 'Version', {
      applicationName: 'accounts',
      sourceBundle: { s3Bucket: bundle.s3BucketName, s3Key: bundle.s3ObjectKey },
    });
    const keyPair = new CfnParameter(stack, 'KeyPair', { type: 'AWS::EC2::KeyPair::KeyName' });
    const subnets = new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' });
    const template = new CfnConfigurationTemplate(stack, 'Defaults', {
      applicationName: 'accounts',
      solutionStackName: '64bit Amazon Linux 2023 v4.4.0 running Corretto 21',
      optionSettings: [
        option('aws:autoscaling:launchconfiguration', 'EC2KeyName', keyPair.valueAsString),
        option('aws:ec2:vpc', 'Subnets', Fn.join(',', subnets.valueAsList)),
      ],
    });
    const environment = new CfnEnvironment(stack, 'Environment', {
      applicationName: 'accounts',
      templateName: template.ref,
      versionLabel: version.ref,
      optionSettings: [
        option('aws:autoscaling:launchconfiguration', 'IamInstanceProfile', profile.ref),
        option('aws:autoscaling:asg', 'MinSize', '2'),
        option('aws:ec2:instances', 'InstanceTypes', 't3.small'),
        option('aws:elasticbeanstalk:application:environment', 'TABLE', table.tableName),
      ],
    });
    for (const one of [version, template, environment]) one.addResourceDependency(application);
  },
};
