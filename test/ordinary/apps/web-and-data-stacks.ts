import { Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { AuroraMysqlEngineVersion, ClusterInstance, DatabaseCluster, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

class NetworkStack extends Stack {
  readonly vpc: IVpc;
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.vpc = new Vpc(this, 'Vpc', { maxAzs: 3, natGateways: 1 });
  }
}

class DataStack extends Stack {
  readonly secret: ISecret;
  readonly cluster: DatabaseCluster;
  constructor(scope: Construct, id: string, props: StackProps & { vpc: IVpc }) {
    super(scope, id, props);
    this.cluster = new DatabaseCluster(this, 'Aurora', {
      engine: DatabaseClusterEngine.auroraMysql({ version: AuroraMysqlEngineVersion.VER_3_08_0 }),
      writer: ClusterInstance.serverlessV2('writer'),
      vpc: props.vpc,
      storageEncrypted: true,
      serverlessV2MinCapacity: 0.5,
      serverlessV2MaxCapacity: 8,
    });
    this.secret = this.cluster.secret!;
  }
}

class WebStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { vpc: IVpc; data: DataStack }) {
    super(scope, id, props);
    const web = new ApplicationLoadBalancedFargateService(this, 'Web', {
      cluster: new Cluster(this, 'Cluster', { vpc: props.vpc }),
      minHealthyPercent: 100,
      taskImageOptions: {
        image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
        environment: { DB: props.data.cluster.clusterEndpoint.hostname },
      },
    });
    props.data.secret.grantRead(web.taskDefinition.taskRole);
  }
}

export const application: OrdinaryApp = {
  name: 'web-and-data-stacks',
  what: 'network, data and web as three stacks that refer to each other',
  build(app) {
    const { vpc } = new NetworkStack(app, 'Network', { env: dublin });
    const data = new DataStack(app, 'Data', { env: dublin, vpc });
    new WebStack(app, 'Web', { env: dublin, vpc, data });
  },
};
