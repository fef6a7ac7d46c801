import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { trailFilters } from '../../policy/detectors';
import { siteRegions } from '../../policy';
import { boundarySettings } from '../perimeter/settings';
import type { SiteContext } from '../site-context';
import { partnerFilters } from './auditor-context';

/** Alarms over what no event bus of the site sees; they reach the auditor as events of their own. */
export class TrailAlarms extends Construct {
  readonly metrics: readonly Metric[];

  constructor(scope: Construct, id: string, at: SiteContext, logGroup: ILogGroup) {
    super(scope, id);
    // The auditor's Region is none in which a site acts.
    const filters = [...trailFilters(siteRegions(boundarySettings(at.enclave))), ...partnerFilters(at)];
    this.metrics = filters.map(({ name, description, pattern }) => {
      const filter = new MetricFilter(this, name, {
        logGroup,
        filterName: name,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: `${at.enclave.name}/oversight`,
        metricName: name,
        metricValue: '1',
        defaultValue: 0,
      });
      const metric = filter.metric({ statistic: Stats.SUM, period: Duration.minutes(5) });
      new Alarm(this, `${name}-alarm`, {
        alarmName: `${at.enclave.name}-${at.site.id}-${name}`,
        alarmDescription: description,
        metric,
        threshold: 0,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      return metric;
    });
  }
}
