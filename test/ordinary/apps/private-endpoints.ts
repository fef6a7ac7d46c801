import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'private-endpoints',
  what: 'isolated VPC with gateway and interface endpoints and a function that reads a bucket',
  build(app) {
    const stack = new Stack(app, 'Isolated', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', {
      maxAzs: 3,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    for (const [id, service] of Object.entries({
      Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
      Secrets: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
      Ecr: InterfaceVpcEndpointAwsService.ECR_DOCKER,
      Sts: InterfaceVpcEndpointAwsService.STS,
    }))
      vpc.addInterfaceEndpoint(id, { service, privateDnsEnabled: true });
    const bucket = new Bucket(stack, 'Documents', { enforceSSL: true });
    const reader = new Function(stack, 'Reader', {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    });
    bucket.grantRead(reader);
  },
};
