import { Duration } from 'aws-cdk-lib/core';
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  EndpointType,
  IdentitySource,
  LambdaIntegration,
  LogGroupLogDestination,
  RequestAuthorizer,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { CfnAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ROUTES } from '../../gateway/contract';
import { acknowledge } from '../acknowledge';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import { gatewayRolePath, logGroupName } from '../names';
import type { SiteContext } from '../site-context';

export interface PrivateApiProps {
  readonly at: SiteContext;
  readonly logKey: IKey;
  /** The only way in. */
  readonly endpoint: IInterfaceVpcEndpoint;
  readonly authoriser: IFunction;
  readonly functions: Readonly<Record<keyof typeof ROUTES, IFunction>>;
}

/** Who called what, when and how it ended; never a body, and no header but the length. */
const LOGGED = {
  requestId: AccessLogField.contextRequestId(),
  at: AccessLogField.contextRequestTimeEpoch(),
  person: AccessLogField.contextAuthorizerPrincipalId(),
  endpoint: '$context.identity.vpceId',
  method: AccessLogField.contextHttpMethod(),
  path: AccessLogField.contextResourcePath(),
  status: AccessLogField.contextStatus(),
  bytes: AccessLogField.contextResponseLength(),
};

/** The gateway's API: private, reachable through the site's own endpoint alone, every call authorised and logged. */
export class PrivateApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, props: PrivateApiProps) {
    super(scope, id);
    const { at, endpoint } = props;
    this.api = new RestApi(this, 'Api', {
      restApiName: `${at.enclave.name}-${at.site.id}-gateway`,
      description: 'Security gateway: requests, approvals, access, data, kill switch',
      endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
      policy: this.onlyThrough(endpoint.vpcEndpointId),
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'v1',
        accessLogDestination: new LogGroupLogDestination(
          new EnclaveLogGroup(this, 'AccessLog', at, props.logKey, logGroupName(at, 'gateway/api')),
        ),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(LOGGED)),
        dataTraceEnabled: false,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
    });
    this.api.deploymentStage.node.addDependency(this.logDelivery(at));
    const authorizer = new RequestAuthorizer(this, 'Authoriser', {
      handler: props.authoriser,
      identitySources: [IdentitySource.header('Authorization')],
      // Each call is authorised for itself: a kept answer would outlive a token, and hold for another network.
      resultsCacheTtl: Duration.seconds(0),
    });
    // The CDK takes the Region apart from the function's ARN, which nobody can read before deployment; it is ours, and known.
    (authorizer.node.defaultChild as CfnAuthorizer).authorizerUri =
      `arn:${at.region.partition}:apigateway:${at.region.name}:lambda:path/2015-03-31/functions/${props.authoriser.functionArn}/invocations`;
    for (const [name, route] of Object.entries(ROUTES)) {
      const [method, path] = route.split(' /') as [string, string];
      this.api.root
        .addResource(path)
        .addMethod(method, new LambdaIntegration(props.functions[name as keyof typeof ROUTES]), {
          authorizer,
          authorizationType: AuthorizationType.CUSTOM,
        });
    }
    const validated =
      'Each function reads its body by a strict schema of its own and refuses unknown fields; a refusal has to be recorded, which API Gateway cannot.';
    acknowledge(this.api, 'AwsSolutions-APIG2', validated);
    acknowledge(
      this.api,
      'AwsSolutions-APIG3',
      'The API is private: nobody on the internet reaches it, and every caller is a known person.',
    );
    acknowledge(
      this.api,
      'AwsSolutions-APIG6',
      'Execution logs would go to a group without the site’s key and hold parts of requests; access is logged.',
    );
    acknowledge(
      this.api,
      'AwsSolutions-COG4',
      'People sign in with their employer; the authoriser checks that token itself.',
    );
  }

  private onlyThrough(endpointId: string): PolicyDocument {
    const everyone = {
      principals: [new AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: ['execute-api:/*'],
    };
    return new PolicyDocument({
      statements: [
        new PolicyStatement({
          ...everyone,
          sid: 'ThroughTheSitesEndpoint',
          conditions: { StringEquals: { 'aws:SourceVpce': endpointId } },
        }),
        new PolicyStatement({
          ...everyone,
          sid: 'AndNoOther',
          effect: Effect.DENY,
          conditions: { StringNotEquals: { 'aws:SourceVpce': endpointId } },
        }),
      ],
    });
  }

  /** API Gateway writes every log of the account under one role; a stage with a log needs it first. */
  private logDelivery(at: SiteContext): CfnAccount {
    const role = new Role(this, 'LogRole', {
      path: gatewayRolePath(at),
      roleName: 'api-log',
      description: 'Writes the access log of the API of the gateway',
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      inlinePolicies: {
        log: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Logs',
              actions: [
                'logs:CreateLogGroup',
                'logs:CreateLogStream',
                'logs:DescribeLogGroups',
                'logs:DescribeLogStreams',
                'logs:FilterLogEvents',
                'logs:GetLogEvents',
                'logs:PutLogEvents',
              ],
              resources: ['*'],
            }),
          ],
        }),
      },
    });
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'API Gateway accepts a role only with all of these, on every group.',
    );
    return new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
  }
}
