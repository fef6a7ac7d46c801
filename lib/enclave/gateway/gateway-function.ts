import type { Duration } from 'aws-cdk-lib/core';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ICodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionName } from '../../gateway/contract';
import { acknowledge } from '../acknowledge';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import { gatewayRolePath, logGroupName } from '../names';
import type { SiteContext } from '../site-context';
import { exportedName } from './exported-name';

export interface GatewayFunctionProps {
  readonly at: SiteContext;
  readonly name: FunctionName;
  /** Folder of the bundle. */
  readonly code: string;
  readonly signature: ICodeSigningConfig;
  readonly vpc: IVpc;
  readonly group: ISecurityGroup;
  readonly logKey: IKey;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** Name of its role below the gateway's path; absent: `function-<name>`, which the perimeter trusts with nothing. */
  readonly roleName?: string;
  /** The role of another function, to run under that; `statements` are that one's then. */
  readonly sharedRole?: Role;
  readonly memory: number;
  readonly timeout: Duration;
  /** How many may run at once: the others wait or are refused, and no flood takes the account's share. */
  readonly concurrency: number;
}

/** One function of the gateway: in the isolated VPC, under its own role, signed, bounded, logging under the site's key. */
export class GatewayFunction extends Construct {
  readonly function: Function;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: GatewayFunctionProps) {
    super(scope, id);
    const { at, name, vpc } = props;
    const log = new EnclaveLogGroup(this, 'Log', at, props.logKey, logGroupName(at, `gateway/${name}`));
    const ownLog = new PolicyStatement({
      sid: 'OwnLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [log.logGroupArn],
    });
    this.role = props.sharedRole ?? this.ownRole(props, ownLog);
    if (props.sharedRole) props.sharedRole.addToPolicy(ownLog);
    this.function = new Function(this, 'Function', {
      description: `Security gateway of ${at.site.id}: ${name}`,
      code: Code.fromAsset(props.code),
      handler: `index.${exportedName(name)}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      codeSigningConfig: props.signature,
      role: this.role,
      vpc,
      vpcSubnets: { subnets: vpc.isolatedSubnets },
      securityGroups: [props.group],
      logGroup: log,
      environment: { ...props.environment },
      memorySize: props.memory,
      timeout: props.timeout,
      reservedConcurrentExecutions: props.concurrency,
    });
  }

  private ownRole({ at, name, roleName, statements }: GatewayFunctionProps, ownLog: PolicyStatement): Role {
    const role = new Role(this, 'Role', {
      path: gatewayRolePath(at),
      roleName: roleName ?? `function-${name}`,
      description: `Function ${name} of the security gateway`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': at.site.account } },
      }),
      inlinePolicies: {
        run: new PolicyDocument({
          statements: [
            ownLog,
            // Lambda makes and removes the interfaces by which the function stands in the VPC; they have no ARN before.
            new PolicyStatement({
              sid: 'StandInTheVpc',
              actions: [
                'ec2:AssignPrivateIpAddresses',
                'ec2:CreateNetworkInterface',
                'ec2:DeleteNetworkInterface',
                'ec2:DescribeNetworkInterfaces',
                'ec2:DescribeSubnets',
                'ec2:UnassignPrivateIpAddresses',
              ],
              resources: ['*'],
              conditions: { StringEquals: { 'aws:RequestedRegion': at.region.name } },
            }),
          ],
        }),
        work: new PolicyDocument({ statements: [...statements] }),
      },
    });
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'Network interfaces of the VPC, which have no ARN before they are made.',
    );
    return role;
  }
}
