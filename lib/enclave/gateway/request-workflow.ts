import { Duration } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  IntegrationPattern,
  JsonPath,
  LogLevel,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import { gatewayRolePath, logGroupName, requestWorkflowName } from '../names';
import type { SiteContext } from '../site-context';
import { deliverTheLog, takesDelivery } from './logged-machine';

export interface RequestWorkflowProps {
  readonly at: SiteContext;
  readonly logKey: IKey;
  /** How long people have to approve, in seconds. */
  readonly approvalSeconds: number;
  readonly checkRequest: IFunction;
  readonly awaitApprovals: IFunction;
  readonly issueGrant: IFunction;
}

/** ARN of the workflow of a site, known by name: its functions name it, and it names its functions. */
export const requestWorkflowArn = (at: SiteContext): string =>
  `arn:${at.region.partition}:states:${at.region.name}:${at.site.account}:stateMachine:${requestWorkflowName(at)}`;

/**
 * The way of a request: zone and policies once more → people approve, by a task token that waits with the request → the
 * grant is written. Unanswered, it expires; a grant needs no step to end, because every use compares it with the clock.
 *
 * What moves between the steps is the request's id and the task token. Nothing else is in the execution's history.
 */
export class RequestWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: RequestWorkflowProps) {
    super(scope, id);
    const { at } = props;
    const log = new EnclaveLogGroup(this, 'Log', at, props.logKey, logGroupName(at, 'gateway/requests'));
    const role = new Role(this, 'Role', {
      path: gatewayRolePath(at),
      roleName: 'request-workflow',
      description: 'Runs the steps of a request for access',
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': at.site.account },
          ArnLike: { 'aws:SourceArn': requestWorkflowArn(at) },
        },
      }),
      inlinePolicies: { run: this.permissions(props) },
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: requestWorkflowName(at),
      comment: 'A request for access: check, approvals, grant',
      definitionBody: DefinitionBody.fromChainable(this.steps(props)),
      // Everything it may do stands above; the CDK would add the right to rewrite the account's log policies.
      role: role.withoutPolicyUpdates(),
      // Whatever hangs ends with the time people have to approve.
      timeout: Duration.seconds(props.approvalSeconds + 900),
      logs: {
        destination: log,
        level: LogLevel.ALL,
        // The history has ids only, but it has the task token too, which lets whoever reads it continue the workflow.
        includeExecutionData: false,
      },
    });
    this.stateMachine.node.addDependency(takesDelivery(this, 'LogOfTheRequests', at, log));
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'Delivery of the log is set up by actions that know no resource.',
    );
    acknowledge(
      this.stateMachine,
      'AwsSolutions-SF2',
      'Traces would leave for a store without the site’s key; every transition is in the log.',
    );
  }

  private permissions({ at, checkRequest, awaitApprovals, issueGrant }: RequestWorkflowProps): PolicyDocument {
    return new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'Steps',
          actions: ['lambda:InvokeFunction'],
          resources: [checkRequest, awaitApprovals, issueGrant].map(({ functionArn }) => functionArn),
        }),
        deliverTheLog(at),
      ],
    });
  }

  private steps({ approvalSeconds, checkRequest, awaitApprovals, issueGrant }: RequestWorkflowProps): LambdaInvoke {
    const refused = new Fail(this, 'Refused', {
      error: 'Refused',
      cause: 'The policies refuse the request; the record says why.',
    });
    const expired = new Fail(this, 'Expired', { error: 'Expired', cause: 'Nobody approved in time.' });
    const requestId = { requestId: JsonPath.stringAt('$.requestId') };
    const check = new LambdaInvoke(this, 'CheckRequest', {
      lambdaFunction: checkRequest,
      payload: TaskInput.fromObject(requestId),
      payloadResponseOnly: true,
      taskTimeout: Timeout.duration(Duration.minutes(2)),
    });
    const approvals = new LambdaInvoke(this, 'AwaitApprovals', {
      lambdaFunction: awaitApprovals,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: TaskInput.fromObject({ ...requestId, taskToken: JsonPath.taskToken }),
      // No heartbeat: nobody lives and beats while people think. The timeout is the end of the request.
      taskTimeout: Timeout.duration(Duration.seconds(approvalSeconds)),
      resultPath: JsonPath.DISCARD,
    });
    const grant = new LambdaInvoke(this, 'IssueGrant', {
      lambdaFunction: issueGrant,
      payload: TaskInput.fromObject(requestId),
      payloadResponseOnly: true,
      taskTimeout: Timeout.duration(Duration.minutes(2)),
    });
    const allowed = Condition.stringEquals('$.outcome', 'allow');
    approvals.addCatch(expired, { errors: ['States.Timeout'] });
    approvals.addCatch(refused, { errors: ['States.ALL'] });
    check.next(new Choice(this, 'MayBeAsked').when(allowed, approvals).otherwise(refused));
    approvals.next(grant);
    grant.next(new Choice(this, 'MayBeGranted').when(allowed, new Succeed(this, 'Granted')).otherwise(refused));
    return check;
  }
}

/** What a function needs to start the workflow of the site. */
export const startWorkflow = (at: SiteContext): PolicyStatement =>
  new PolicyStatement({
    sid: 'StartWorkflow',
    actions: ['states:StartExecution'],
    resources: [requestWorkflowArn(at)],
  });

/** What a function needs to let a waiting workflow go on. */
export const continueWorkflow = (at: SiteContext): PolicyStatement =>
  new PolicyStatement({
    sid: 'ContinueWorkflow',
    actions: ['states:SendTaskFailure', 'states:SendTaskSuccess'],
    resources: [requestWorkflowArn(at)],
  });
