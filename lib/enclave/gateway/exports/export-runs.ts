import { Duration } from 'aws-cdk-lib/core';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  LogLevel,
  StateMachine,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import type { Transfer } from '../../../gateway/transfer';
import { acknowledge } from '../../acknowledge';
import { EnclaveLogGroup } from '../../logs/enclave-log-group';
import { exportMachineName, gatewayRolePath, logGroupName } from '../../names';
import type { SiteContext } from '../../site-context';
import { deliverTheLog, takesDelivery } from '../logged-machine';

export interface ExportRunsProps {
  readonly at: SiteContext;
  readonly logKey: IKey;
  readonly transfers: readonly Transfer[];
  /** The function that carries out one run. */
  readonly run: IFunction;
}

/** How long one invocation may take; the longest Lambda has. */
export const RUN_TIMEOUT = Duration.minutes(15);

const machineArn = (at: SiteContext, id: string): string =>
  `arn:${at.region.partition}:states:${at.region.name}:${at.site.account}:stateMachine:${exportMachineName(at, id)}`;

/**
 * A state machine per registered transfer, started every day and by whoever is allowed to start it at another time: it
 * runs the function until nothing is left, tries again what broke, and fails for people to see when anything is refused.
 *
 * Its input is of no use to anybody: which transfer it is for stands in its definition. What is decided is decided in the
 * function.
 */
export class ExportRuns extends Construct {
  readonly runs: readonly { readonly transfer: string; readonly machine: StateMachine }[];

  constructor(scope: Construct, id: string, { at, logKey, transfers, run }: ExportRunsProps) {
    super(scope, id);
    const log = new EnclaveLogGroup(this, 'Log', at, logKey, logGroupName(at, 'gateway/exports'));
    const arns = transfers.map((transfer) => machineArn(at, transfer.id));
    const runner = this.role(at, 'Runner', 'export-runs', 'states.amazonaws.com', arns, [
      new PolicyStatement({ sid: 'Run', actions: ['lambda:InvokeFunction'], resources: [run.functionArn] }),
      deliverTheLog(at),
    ]);
    acknowledge(
      runner,
      'AwsSolutions-IAM5[Resource::*]',
      'Delivery of the log is set up by actions that know no resource.',
    );
    const ruleArns = `arn:${at.region.partition}:events:${at.region.name}:${at.site.account}:rule/*`;
    const starter = this.role(
      at,
      'Starter',
      'export-schedule',
      'events.amazonaws.com',
      [ruleArns],
      [new PolicyStatement({ sid: 'Start', actions: ['states:StartExecution'], resources: arns })],
    );
    const delivery = takesDelivery(this, 'LogOfTheExports', at, log);
    this.runs = transfers.map((transfer) => {
      const machine = new StateMachine(this, transfer.id, {
        stateMachineName: exportMachineName(at, transfer.id),
        comment: `Transfer ${transfer.id}: what has not left yet`,
        definitionBody: DefinitionBody.fromChainable(this.steps(transfer, run)),
        // Everything it may do stands above; the CDK would add the right to rewrite the account's log policies.
        role: runner.withoutPolicyUpdates(),
        timeout: Duration.hours(12),
        logs: { destination: log, level: LogLevel.ALL, includeExecutionData: false },
      });
      machine.node.addDependency(delivery);
      acknowledge(
        machine,
        'AwsSolutions-SF2',
        'Traces would leave for a store without the site’s key; every transition is in the log.',
      );
      new Rule(this, `${transfer.id}-daily`, {
        description: `Runs transfer ${transfer.id} every day`,
        schedule: Schedule.rate(Duration.days(1)),
        targets: [new SfnStateMachine(machine, { role: starter, input: RuleTargetInput.fromObject({}) })],
      });
      return { transfer: transfer.id, machine };
    });
  }

  private role(
    at: SiteContext,
    id: string,
    roleName: string,
    service: string,
    sources: readonly string[],
    statements: PolicyStatement[],
  ): Role {
    return new Role(this, id, {
      path: gatewayRolePath(at),
      roleName,
      description: 'Runs registered transfers',
      assumedBy: new ServicePrincipal(service, {
        conditions: {
          StringEquals: { 'aws:SourceAccount': at.site.account },
          ArnLike: { 'aws:SourceArn': sources },
        },
      }),
      inlinePolicies: { run: new PolicyDocument({ statements }) },
    });
  }

  private steps({ id }: Transfer, run: IFunction): LambdaInvoke {
    const scope = new Construct(this, `${id}-steps`);
    const refused = new Fail(scope, 'Refused', {
      stateName: 'Refused',
      error: 'Refused',
      cause: 'Something was not allowed to leave; the records say what and why.',
    });
    const sent = new Succeed(scope, 'Sent', { stateName: 'Sent' });
    const step = new LambdaInvoke(scope, 'Run', {
      stateName: 'Run',
      lambdaFunction: run,
      payload: TaskInput.fromObject({ transfer: id }),
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.duration(RUN_TIMEOUT),
    });
    // A run that broke has left nothing half visible: what it finished is found, the rest is made again.
    step.addRetry({ errors: ['States.ALL'], interval: Duration.minutes(1), backoffRate: 3, maxAttempts: 3 });
    step.next(
      new Choice(scope, 'Left', { stateName: 'Left' })
        .when(Condition.booleanEquals('$.more', true), step)
        .when(Condition.stringEquals('$.outcome', 'allow'), sent)
        .otherwise(refused),
    );
    return step;
  }
}
