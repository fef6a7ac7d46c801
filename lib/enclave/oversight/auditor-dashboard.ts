import { Duration } from 'aws-cdk-lib/core';
import {
  Alarm,
  AlarmWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { eventBusName } from './auditor-context';
import type { Incidents } from './incidents';

/** What arrives at the auditor, at a glance, and an alarm when something that arrived was not delivered. */
export class AuditorDashboard extends Construct {
  constructor(scope: Construct, id: string, enclave: Enclave, { queue, deadLetters, topic, rules }: Incidents) {
    super(scope, id);
    const undelivered = new Alarm(this, 'Undelivered', {
      alarmName: `${eventBusName(enclave)}-undelivered`,
      alarmDescription: 'An event of a detector was not delivered: look into the dead letters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 0,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    undelivered.addAlarmAction(new SnsAction(topic));
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfTheAuditor',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': enclave.auditor.account } },
      }),
    );
    const matched = rules.map(
      ({ name }) =>
        new Metric({
          namespace: 'AWS/Events',
          metricName: 'MatchedEvents',
          dimensionsMap: { EventBusName: eventBusName(enclave), RuleName: name! },
          statistic: 'Sum',
          period: Duration.minutes(5),
          label: name!,
        }),
    );
    new Dashboard(this, 'Page', {
      dashboardName: eventBusName(enclave),
      widgets: [
        [new GraphWidget({ title: 'Events of the detectors, and incidents among them', left: matched, width: 24 })],
        [
          new GraphWidget({
            title: 'Events waiting to be read',
            left: [queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' })],
            width: 12,
          }),
          new AlarmWidget({ title: 'Events not delivered', alarm: undelivered, width: 12 }),
        ],
      ],
    });
  }
}
