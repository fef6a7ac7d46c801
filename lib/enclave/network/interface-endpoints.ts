import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { SiteContext } from '../site-context';
import { ownAccountOnly } from './gateway-endpoints';

/** AWS APIs that code in the VPC calls, each with the IAM prefix its endpoint lets through. */
const SERVICES = {
  Kms: { service: InterfaceVpcEndpointAwsService.KMS, action: 'kms:*' },
  Logs: { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS, action: 'logs:*' },
  Secrets: { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER, action: 'secretsmanager:*' },
  Sts: { service: InterfaceVpcEndpointAwsService.STS, action: 'sts:*' },
} as const;

/** Interface endpoints with private DNS, reachable from the VPC on 443 only, for principals and resources of the own account only. */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, at: SiteContext, vpc: IVpc) {
    super(scope, id);
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'HTTPS from the VPC to the interface endpoints',
      allowAllOutbound: false,
    });
    group.addIngressRule(Peer.ipv4(at.site.cidr), Port.tcp(443), 'HTTPS from inside the VPC');
    for (const [name, { service, action }] of Object.entries(SERVICES)) {
      const endpoint = new InterfaceVpcEndpoint(this, name, {
        vpc,
        service,
        privateDnsEnabled: true,
        open: false,
        securityGroups: [group],
        subnets: { subnets: vpc.isolatedSubnets },
      });
      // STS calls act on no resource of an account, so only the caller can be bound there.
      const { StringEquals } = ownAccountOnly(at);
      const conditions =
        name === 'Sts'
          ? { StringEquals: { 'aws:PrincipalAccount': at.site.account } }
          : { StringEquals: StringEquals! };
      endpoint.addToPolicy(
        new PolicyStatement({
          sid: 'OwnAccount',
          principals: [new AnyPrincipal()],
          actions: [action],
          resources: ['*'],
          conditions,
        }),
      );
    }
  }
}
