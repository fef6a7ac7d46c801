import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnNotebookInstance } from 'aws-cdk-lib/aws-sagemaker';
import { Stack } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'sagemaker-training',
  what: 'notebook instance in a VPC without direct internet access, with a training bucket',
  build(app) {
    const stack = new Stack(app, 'Science', { env: stockholm });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const key = new Key(stack, 'Key', { enableKeyRotation: true });
    const training = new Bucket(stack, 'Training', { encryptionKey: key });
    const role = new Role(stack, 'NotebookRole', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    training.grantReadWrite(role);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: ['*'],
      }),
    );
    new CfnNotebookInstance(stack, 'Notebook', {
      instanceType: 'ml.t3.medium',
      roleArn: role.roleArn,
      directInternetAccess: 'Disabled',
      rootAccess: 'Disabled',
      kmsKeyId: key.keyId,
      subnetId: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds[0]!,
      securityGroupIds: [new SecurityGroup(stack, 'Group', { vpc }).securityGroupId],
    });
  },
};
