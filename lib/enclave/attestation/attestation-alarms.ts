import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { attestationFunctionName, attestationMetrics } from './names';

/** Hours after which a run is missed: a day, and time for its attempts. */
const MISSED_AFTER_HOURS = 26;

/** Incidents of the attestation: what a run found, and that none came to its end. */
export class AttestationAlarms extends Construct {
  constructor(scope: Construct, id: string, enclave: Enclave, compare: Function, incidents: ITopic) {
    super(scope, id);
    const hour = Duration.hours(1);
    const figure = (metricName: string): Metric =>
      new Metric({ namespace: attestationMetrics(enclave), metricName, statistic: 'Maximum', period: hour });
    const alarm = (name: string, alarmDescription: string, metric: Metric, more: Partial<AlarmShape>): void => {
      new Alarm(this, name, {
        alarmName: `${attestationFunctionName(enclave)}-${name}`,
        alarmDescription,
        metric,
        threshold: 0,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        // The verdict of the last run stands until the next one.
        treatMissingData: TreatMissingData.IGNORE,
        ...more,
      }).addAlarmAction(new SnsAction(incidents));
    };
    alarm(
      'broken',
      'AWS shows the contrary of what a template declares: read the last attestation',
      figure('Broken'),
      {},
    );
    alarm(
      'unexpected',
      'An account holds what no template declares: read the last attestation',
      figure('Unexpected'),
      {},
    );
    alarm('unseen', 'Not every claim could be looked at: read which action is missing', figure('Unseen'), {});
    alarm('missed', 'No attestation came to its end for a day: read the log of the function', figure('Completed'), {
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: MISSED_AFTER_HOURS,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm(
      'failing',
      'Every attempt of a run ended in an error: an assembly whose signature does not hold, or no access',
      compare.metricErrors({ period: hour, statistic: 'Sum' }),
      { threshold: 2, treatMissingData: TreatMissingData.NOT_BREACHING },
    );
  }
}

interface AlarmShape {
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly evaluationPeriods: number;
  readonly treatMissingData: TreatMissingData;
}
