import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  Dashboard,
  GraphWidget,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  FilterPattern,
  LogGroup,
  MetricFilter,
  QueryDefinition,
  QueryString,
  RetentionDays,
  SubscriptionFilter,
} from 'aws-cdk-lib/aws-logs';
import { KinesisDestination, LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'observability',
  what: 'log groups, metric and subscription filters, alarms and a dashboard in one Region',
  build(app) {
    const stack = new Stack(app, 'Observability', { env: dublin });
    const log = new LogGroup(stack, 'App', { logGroupName: '/shop/app', retention: RetentionDays.SIX_MONTHS });
    const errors = new MetricFilter(stack, 'Errors', {
      logGroup: log,
      filterPattern: FilterPattern.stringValue('$.level', '=', 'error'),
      metricNamespace: 'Shop',
      metricName: 'Errors',
    }).metric({ statistic: 'sum', period: Duration.minutes(5) });
    const pager = new Topic(stack, 'Pager');
    const many = new Alarm(stack, 'ManyErrors', {
      metric: errors,
      threshold: 10,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
    many.addAlarmAction(new SnsAction(pager));
    new CompositeAlarm(stack, 'Page', { alarmRule: AlarmRule.fromAlarm(many, AlarmState.ALARM) }).addAlarmAction(
      new SnsAction(pager),
    );
    const cpu = new Metric({
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      dimensionsMap: { ClusterName: 'shop' },
    });
    new Dashboard(stack, 'Dashboard', {
      dashboardName: 'shop',
      widgets: [
        [new TextWidget({ markdown: '# Shop' })],
        [new GraphWidget({ left: [errors], right: [cpu], width: 12 })],
      ],
    });
    const parse = new Function(stack, 'Parse', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    });
    new SubscriptionFilter(stack, 'ToFunction', {
      logGroup: log,
      destination: new LambdaDestination(parse),
      filterPattern: FilterPattern.anyTerm('ERROR'),
    });
    new SubscriptionFilter(stack, 'ToStream', {
      logGroup: log,
      destination: new KinesisDestination(new Stream(stack, 'Stream')),
      filterPattern: FilterPattern.allEvents(),
    });
    new QueryDefinition(stack, 'Slow', {
      queryDefinitionName: 'slow requests',
      queryString: new QueryString({ fields: ['@timestamp', 'duration'], sort: 'duration desc', limit: 20 }),
      logGroups: [log],
    });
  },
};
