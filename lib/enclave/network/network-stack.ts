import { FlowLogDestination, FlowLogTrafficType } from 'aws-cdk-lib/aws-ec2';
import type { GatewayVpcEndpoint, InterfaceVpcEndpoint, IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { EnclaveStack } from '../enclave-stack';
import type { SiteKeys } from '../keys/keys-stack';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import type { SiteContext } from '../site-context';
import { DnsFirewall } from './dns-firewall';
import { GatewayEndpoints } from './gateway-endpoints';
import { InterfaceEndpoints } from './interface-endpoints';
import { IsolatedVpc } from './isolated-vpc';

/** Read access to the network of a site. */
export interface SiteNetwork {
  readonly vpc: IVpc;
  /** The only ways by which data in buckets and tables is reached. */
  readonly s3Endpoint: GatewayVpcEndpoint;
  readonly dynamodbEndpoint: GatewayVpcEndpoint;
  /** The only way to the gateway's API. */
  readonly apiEndpoint: InterfaceVpcEndpoint;
  /** Where sessions of the data plane are opened. */
  readonly stsEndpoint: InterfaceVpcEndpoint;
}

/** The site's isolated network: VPC, endpoints, DNS firewall, flow and query logs. */
export class NetworkStack extends EnclaveStack implements SiteNetwork {
  readonly vpc: IVpc;
  readonly s3Endpoint: GatewayVpcEndpoint;
  readonly dynamodbEndpoint: GatewayVpcEndpoint;
  readonly apiEndpoint: InterfaceVpcEndpoint;
  readonly stsEndpoint: InterfaceVpcEndpoint;

  constructor(scope: Construct, at: SiteContext, keys: SiteKeys) {
    super(scope, 'network', at, 'isolated network without a route out');
    const logKey = keys.keyFor('audit', 'logs');
    const vpc = new IsolatedVpc(this, 'Vpc', at);
    vpc.logDefaultGroupHandlerTo(new EnclaveLogGroup(this, 'DefaultGroupHandler', at, logKey).logGroupName, this);
    vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(new EnclaveLogGroup(this, 'Flows', at, logKey)),
      trafficType: FlowLogTrafficType.ALL,
    });
    const endpoints = new GatewayEndpoints(this, 'GatewayEndpoints', at, vpc);
    const { api, sts } = new InterfaceEndpoints(this, 'InterfaceEndpoints', at, vpc);
    const queries = new EnclaveLogGroup(this, 'DnsQueries', at, logKey);
    const delivery = new ResourcePolicy(this, 'QueryLogDelivery', {
      policyStatements: [
        new PolicyStatement({
          sid: 'QueryLogsOfThisSite',
          principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [queries.logGroupArn],
          conditions: { StringEquals: { 'aws:SourceAccount': at.site.account } },
        }),
      ],
    });
    new DnsFirewall(this, 'Dns', at, vpc, queries).node.addDependency(delivery);
    this.vpc = vpc;
    this.s3Endpoint = endpoints.s3;
    this.dynamodbEndpoint = endpoints.dynamodb;
    this.apiEndpoint = api;
    this.stsEndpoint = sts;
  }

  /** The site's own zones, by id: no look-up in the account, the same answer on every machine. */
  override get availabilityZones(): string[] {
    return [...this.at.site.placement.zones];
  }
}
