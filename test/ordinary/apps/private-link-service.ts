import { Vpc, VpcEndpointService } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { NetworkLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { CnameRecord, PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Stack } from 'aws-cdk-lib/core';
import { ACCOUNTS, dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'private-link-service',
  what: 'internal service offered to our own account by PrivateLink, with a private hosted zone',
  build(app) {
    const stack = new Stack(app, 'Tariffs', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const service = new NetworkLoadBalancedFargateService(stack, 'Service', {
      cluster: new Cluster(stack, 'Cluster', { vpc }),
      publicLoadBalancer: false,
      minHealthyPercent: 100,
      taskImageOptions: { image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27'), containerPort: 80 },
    });
    new VpcEndpointService(stack, 'Endpoint', {
      vpcEndpointServiceLoadBalancers: [service.loadBalancer],
      acceptanceRequired: true,
      allowedPrincipals: [new ArnPrincipal(`arn:aws:iam::${ACCOUNTS.workload}:root`)],
    });
    const zone = new PrivateHostedZone(stack, 'Zone', { zoneName: 'internal.example.com', vpc });
    new CnameRecord(stack, 'Name', {
      zone,
      recordName: 'tariffs',
      domainName: service.loadBalancer.loadBalancerDnsName,
    });
  },
};
