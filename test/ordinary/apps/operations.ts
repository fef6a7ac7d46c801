import { CfnAssociation, CfnDocument, CfnMaintenanceWindow, CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import { InstanceType, MachineImage, SubnetType, Vpc, Instance, BlockDeviceVolume } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack, Tags } from 'aws-cdk-lib/core';
import { stockholm } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'operations',
  what: 'instance kept by Systems Manager and daily volume snapshots in its Region',
  build(app) {
    const stack = new Stack(app, 'Erp', { env: stockholm });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const instance = new Instance(stack, 'Server', {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      instanceType: new InstanceType('m7i.large'),
      machineImage: MachineImage.latestAmazonLinux2023(),
      requireImdsv2: true,
      ssmSessionPermissions: true,
      blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(200, { encrypted: true }) }],
    });
    Tags.of(instance).add('snapshot', 'daily');
    const role = new Role(stack, 'SnapshotRole', {
      assumedBy: new ServicePrincipal('dlm.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSDataLifecycleManagerServiceRole')],
    });
    new CfnLifecyclePolicy(stack, 'Snapshots', {
      description: 'daily snapshots',
      state: 'ENABLED',
      executionRoleArn: role.roleArn,
      policyDetails: {
        resourceTypes: ['INSTANCE'],
        targetTags: [{ key: 'snapshot', value: 'daily' }],
        schedules: [
          {
            name: 'daily',
            createRule: { interval: 24, intervalUnit: 'HOURS', times: ['02:00'] },
            retainRule: { count: 14 },
            copyTags: true,
          },
        ],
      },
    });
    const restart = new CfnDocument(stack, 'Restart', {
      documentType: 'Command',
      documentFormat: 'JSON',
      content: {
        schemaVersion: '2.2',
        description: 'restart the service',
        mainSteps: [
          { action: 'aws:runShellScript', name: 'restart', inputs: { runCommand: ['systemctl restart erp'] } },
        ],
      },
    });
    new CfnAssociation(stack, 'Weekly', {
      name: restart.ref,
      targets: [{ key: 'InstanceIds', values: [instance.instanceId] }],
      scheduleExpression: 'cron(0 3 ? * SUN *)',
    });
    new CfnMaintenanceWindow(stack, 'Window', {
      name: 'sunday-night',
      schedule: 'cron(0 2 ? * SUN *)',
      duration: 4,
      cutoff: 1,
      allowUnassociatedTargets: false,
    });
    new CfnParameter(stack, 'Mode', { type: 'String', value: 'normal', name: '/erp/mode' });
  },
};
