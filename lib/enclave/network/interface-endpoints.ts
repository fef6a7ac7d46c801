import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { SiteContext } from '../site-context';
import { ownAccountOnly } from './gateway-endpoints';

/** AWS APIs that code in the VPC calls, each with the IAM prefix its endpoint lets through. */
const SERVICES = {
  Api: { service: InterfaceVpcEndpointAwsService.APIGATEWAY, action: 'execute-api:Invoke' },
  Kms: { service: InterfaceVpcEndpointAwsService.KMS, action: 'kms:*' },
  Logs: { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS, action: 'logs:*' },
  Policies: { service: InterfaceVpcEndpointAwsService.VERIFIED_PERMISSIONS, action: 'verifiedpermissions:*' },
  Queues: { service: InterfaceVpcEndpointAwsService.SQS, action: 'sqs:*' },
  Secrets: { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER, action: 'secretsmanager:*' },
  States: { service: InterfaceVpcEndpointAwsService.STEP_FUNCTIONS, action: 'states:*' },
  Sts: { service: InterfaceVpcEndpointAwsService.STS, action: 'sts:*' },
  Parameters: { service: InterfaceVpcEndpointAwsService.SSM, action: 'ssm:*' },
} as const;
type ServiceName = keyof typeof SERVICES;

/** What an endpoint lets through. */
function admission(at: SiteContext, name: ServiceName): PolicyStatement {
  const { StringEquals } = ownAccountOnly(at);
  const statement = (resource: string, conditions?: Record<string, Record<string, string>>): PolicyStatement =>
    new PolicyStatement({
      sid: 'OwnAccount',
      principals: [new AnyPrincipal()],
      actions: [SERVICES[name].action],
      resources: [resource],
      ...(conditions ? { conditions } : {}),
    });
  // People call the API with a token and no AWS identity; its own authoriser asks who they are. Only our APIs are named.
  if (name === 'Api') return statement(`arn:${at.region.partition}:execute-api:${at.region.name}:${at.site.account}:*`);
  // STS calls act on no resource of an account, so only the caller can be bound there.
  if (name === 'Sts') return statement('*', { StringEquals: { 'aws:PrincipalAccount': at.site.account } });
  return statement('*', { StringEquals: StringEquals! });
}

/** Interface endpoints with private DNS, reachable from the VPC on 443 only, for principals and resources of the own account only. */
export class InterfaceEndpoints extends Construct {
  /** The way to the gateway's API, and the way by which its sessions are opened. */
  readonly api: InterfaceVpcEndpoint;
  readonly sts: InterfaceVpcEndpoint;

  constructor(scope: Construct, id: string, at: SiteContext, vpc: IVpc) {
    super(scope, id);
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'HTTPS from the VPC to the interface endpoints',
      allowAllOutbound: false,
    });
    group.addIngressRule(Peer.ipv4(at.site.cidr), Port.tcp(443), 'HTTPS from inside the VPC');
    const endpoint = (name: ServiceName): InterfaceVpcEndpoint => {
      const made = new InterfaceVpcEndpoint(this, name, {
        vpc,
        service: SERVICES[name].service,
        privateDnsEnabled: true,
        open: false,
        securityGroups: [group],
        subnets: { subnets: vpc.isolatedSubnets },
      });
      made.addToPolicy(admission(at, name));
      return made;
    };
    this.api = endpoint('Api');
    this.sts = endpoint('Sts');
    for (const name of ['Kms', 'Logs', 'Policies', 'Queues', 'Secrets', 'States', 'Parameters'] as const)
      endpoint(name);
  }
}
