import { AutoScalingGroup, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import { BlockDeviceVolume } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, MachineImage, Port, SubnetType, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  DatabaseInstance,
  DatabaseInstanceEngine,
  DatabaseInstanceReadReplica,
  MysqlEngineVersion,
} from 'aws-cdk-lib/aws-rds';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { milan } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'ec2-autoscaling-rds',
  what: 'three tiers on EC2: load balancer, auto scaling group with user data, MySQL with a read replica',
  build(app) {
    const stack = new Stack(app, 'Wordpress', { env: milan });
    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC },
        { name: 'app', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
    });
    const userData = UserData.forLinux();
    userData.addCommands('dnf install -y httpd php php-mysqlnd', 'systemctl enable --now httpd');
    const group = new AutoScalingGroup(stack, 'Web', {
      vpc,
      vpcSubnets: { subnetGroupName: 'app' },
      instanceType: new InstanceType('t3.medium'),
      machineImage: MachineImage.latestAmazonLinux2023(),
      userData,
      minCapacity: 2,
      maxCapacity: 6,
      requireImdsv2: true,
      healthChecks: HealthChecks.ec2({ gracePeriod: Duration.minutes(2) }),
      blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(30, { encrypted: true }) }],
      role: new Role(stack, 'WebRole', {
        assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
        managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
      }),
    });
    group.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    const balancer = new ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
    balancer.addListener('Http', { port: 80, open: true }).addTargets('Web', { port: 80, targets: [group] });
    const database = new DatabaseInstance(stack, 'Database', {
      engine: DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_0_40 }),
      instanceType: new InstanceType('t3.large'),
      vpc,
      vpcSubnets: { subnetGroupName: 'data' },
      multiAz: true,
      storageEncrypted: true,
      backupRetention: Duration.days(7),
    });
    database.connections.allowFrom(group, Port.tcp(3306));
    new DatabaseInstanceReadReplica(stack, 'Reports', {
      sourceDatabaseInstance: database,
      instanceType: new InstanceType('t3.large'),
      vpc,
      vpcSubnets: { subnetGroupName: 'data' },
    });
  },
};
