/**
 * The alarm as a CloudWatch metric in Embedded Metric Format: one line of JSON per signal, which Lambda's log group turns
 * into `QuarantinedRecords`. The stack puts an alarm on it.
 *
 * Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import type { Alarm, Reason } from './quarantine';

export const METRIC_NAMESPACE = 'Enclave/Gateway';
export const QUARANTINE_METRIC = 'QuarantinedRecords';

export class MetricAlarm implements Alarm {
  constructor(
    private readonly write: (line: string) => void,
    private readonly now: () => Date,
  ) {}

  quarantined(dataset: string, reason: Reason, records: number): void {
    this.write(
      `${JSON.stringify({
        _aws: {
          Timestamp: this.now().getTime(),
          CloudWatchMetrics: [
            {
              Namespace: METRIC_NAMESPACE,
              Dimensions: [[], ['dataset']],
              Metrics: [{ Name: QUARANTINE_METRIC, Unit: 'Count' }],
            },
          ],
        },
        dataset,
        reason,
        [QUARANTINE_METRIC]: records,
      })}\n`,
    );
  }
}
