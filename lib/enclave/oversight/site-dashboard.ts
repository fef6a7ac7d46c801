import { Duration } from 'aws-cdk-lib/core';
import { Dashboard, GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { SiteContext } from '../site-context';
import type { Decisions } from './decisions';
import type { DetectorRules } from './detector-rules';
import type { TrailAlarms } from './trail-alarms';

/** One page of a site for the auditor: decisions of the gateway, rows out, detectors. */
export class SiteDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    at: SiteContext,
    {
      rules,
      alarms,
      decisions,
    }: { readonly rules: DetectorRules; readonly alarms: TrailAlarms; readonly decisions: Decisions },
  ) {
    super(scope, id);
    const told = rules.names.map(
      (RuleName) =>
        new Metric({
          namespace: 'AWS/Events',
          metricName: 'MatchedEvents',
          dimensionsMap: { RuleName },
          statistic: 'Sum',
          period: Duration.minutes(5),
          label: RuleName,
        }),
    );
    new Dashboard(this, 'Page', {
      dashboardName: `${at.enclave.name}-${at.site.id}-oversight`,
      widgets: [
        [
          new GraphWidget({ title: 'Admitted by the gateway, by zone', left: [...decisions.allowed], width: 8 }),
          new GraphWidget({ title: 'Refused by the gateway, by zone', left: [...decisions.refused], width: 8 }),
          new GraphWidget({ title: 'Rows out, by class', left: [...decisions.rows], width: 8 }),
        ],
        [
          new GraphWidget({ title: 'Detectors: recorded calls', left: told, width: 12 }),
          new GraphWidget({ title: 'Detectors: calls recorded elsewhere', left: [...alarms.metrics], width: 12 }),
        ],
        [
          new GraphWidget({
            title: 'Events that did not reach the auditor',
            left: [rules.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' })],
            width: 24,
          }),
        ],
      ],
    });
  }
}
