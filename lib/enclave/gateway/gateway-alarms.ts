import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, QUARANTINE_METRIC } from '../../gateway/pseudonymise/alarm';
import type { SiteContext } from '../site-context';
import type { AuditTrail } from './audit-trail';
import type { ExportRuns } from './exports/export-runs';
import type { GatewayFunctions } from './gateway-functions';
import type { RequestWorkflow } from './request-workflow';

export interface GatewayAlarmsProps {
  readonly at: SiteContext;
  readonly audit: AuditTrail;
  readonly functions: GatewayFunctions;
  readonly workflow: RequestWorkflow;
  /** Absent at sites that no transfer leaves. */
  readonly exportRuns?: ExportRuns;
}

/** Age at which a record that has not reached the bus is no longer merely on its way. */
const STUCK_SECONDS = 900;

/**
 * What somebody has to look at. No alarm sends a message by itself: the rule of the auditor's that takes every alarm of
 * the site takes these too (lib/enclave/oversight).
 */
export class GatewayAlarms extends Construct {
  constructor(scope: Construct, id: string, { at, audit, functions, workflow, exportRuns }: GatewayAlarmsProps) {
    super(scope, id);
    const name = (what: string): string => `${at.enclave.name}-${at.site.id}-gateway-${what}`;
    const every = { period: Duration.minutes(5), statistic: Stats.SUM };
    const alarm = (what: string, metric: IMetric, alarmDescription: string, threshold = 1): void => {
      new Alarm(this, what, {
        alarmName: name(what),
        alarmDescription,
        metric,
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    };
    alarm(
      'quarantine',
      new Metric({ namespace: METRIC_NAMESPACE, metricName: QUARANTINE_METRIC, ...every }),
      'Records did not fit their schema and were put aside: somebody changed what is written, or tried something.',
    );
    alarm(
      'dead-letters',
      audit.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      'A record of a decision did not reach the event bus; it stands in the dead-letter queue and in the archive.',
    );
    alarm(
      'feed-stuck',
      audit.feed.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      'Records of decisions do not move on to the event bus.',
      STUCK_SECONDS,
    );
    for (const failing of ['authoriser', 'broker', 'data-plane'] as const)
      alarm(
        `${failing}-fails`,
        functions.byName[failing].function.metricErrors(every),
        `Function ${failing} ended in an error: nothing was released, and somebody may be trying to break it.`,
      );
    alarm(
      'requests-fail',
      workflow.stateMachine.metricFailed(every),
      'Requests for access ended refused or in an error.',
      10,
    );
    for (const { machine, transfer } of exportRuns?.runs ?? [])
      alarm(
        `export-${transfer}-fails`,
        machine.metricFailed(every),
        `Transfer ${transfer}: something was refused or broke; nothing of it left.`,
      );
  }
}
