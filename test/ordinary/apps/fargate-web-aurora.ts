import { InstanceClass, InstanceSize, InstanceType, Port, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, ContainerImage, Secret } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'fargate-web-aurora',
  what: 'internet-facing load balancer, Fargate service behind NAT, Aurora PostgreSQL in private subnets',
  build(app) {
    const stack = new Stack(app, 'Shop', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const cluster = new Cluster(stack, 'Cluster', { vpc });
    const database = new DatabaseCluster(stack, 'Database', {
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_6 }),
      writer: ClusterInstance.provisioned('Writer', {
        instanceType: InstanceType.of(InstanceClass.R6G, InstanceSize.LARGE),
      }),
      readers: [ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
      credentials: Credentials.fromGeneratedSecret('shop'),
      storageEncrypted: true,
      backup: { retention: Duration.days(14) },
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      cloudwatchLogsExports: ['postgresql'],
      deletionProtection: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
    });
    const repository = new Repository(stack, 'Images', { imageScanOnPush: true });
    const web = new ApplicationLoadBalancedFargateService(stack, 'Web', {
      cluster,
      cpu: 512,
      memoryLimitMiB: 1024,
      desiredCount: 2,
      publicLoadBalancer: true,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      taskImageOptions: {
        image: ContainerImage.fromEcrRepository(repository, '1.4.2'),
        containerPort: 8080,
        environment: { DB_HOST: database.clusterEndpoint.hostname },
        secrets: { DB_PASSWORD: Secret.fromSecretsManager(database.secret!, 'password') },
      },
    });
    database.connections.allowFrom(web.service, Port.tcp(5432));
    web.service.autoScaleTaskCount({ maxCapacity: 8 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  },
};
