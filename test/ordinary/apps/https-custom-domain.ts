import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationProtocol, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CaaAmazonRecord, PublicHostedZone, TxtRecord } from 'aws-cdk-lib/aws-route53';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'https-custom-domain',
  what: 'public hosted zone, certificate and HTTPS load balancer in front of containers',
  build(app) {
    const stack = new Stack(app, 'Portal', { env: dublin });
    const zone = new PublicHostedZone(stack, 'Zone', { zoneName: 'portal.example.com' });
    new CaaAmazonRecord(stack, 'Caa', { zone });
    new TxtRecord(stack, 'Spf', { zone, values: ['v=spf1 -all'] });
    new ApplicationLoadBalancedFargateService(stack, 'Web', {
      cluster: new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 }) }),
      protocol: ApplicationProtocol.HTTPS,
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      certificate: new Certificate(stack, 'Certificate', {
        domainName: 'www.portal.example.com',
        validation: CertificateValidation.fromDns(zone),
      }),
      domainName: 'www',
      domainZone: zone,
      redirectHTTP: true,
      minHealthyPercent: 100,
      taskImageOptions: { image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27') },
    });
  },
};
