import { Duration } from 'aws-cdk-lib/core';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, MetricFilter, ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { decisionPattern } from '../../policy/detectors';
import { dataClass } from '../../gateway/settings';
import { ZONES } from '../../gateway/zones/requester-zone';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import type { SiteContext } from '../site-context';
import { eventBusArn } from './auditor-context';
import type { DetectorRules } from './detector-rules';

/** Log group of the decisions; EventBridge writes into groups of this prefix. */
export const decisionsLogName = ({ enclave, site }: SiteContext): string =>
  `/aws/events/${enclave.name}/${site.id}/decisions`;

/**
 * The gateway's records as they pass the site's event bus: told to the auditor, and counted here by zone, outcome and
 * class. A record holds no value of the data (see lib/gateway/audit).
 */
export class Decisions extends Construct {
  readonly allowed: readonly Metric[];
  readonly refused: readonly Metric[];
  readonly rows: readonly Metric[];

  constructor(scope: Construct, id: string, at: SiteContext, rules: DetectorRules, logsKey: IKey) {
    super(scope, id);
    const groupName = decisionsLogName(at);
    const logGroup = new EnclaveLogGroup(this, 'Log', at, logsKey, groupName);
    const name = `${at.enclave.name}-${at.site.id}-decisions`;
    const ruleArn = `arn:${at.region.partition}:events:${at.region.name}:${at.site.account}:rule/${name}`;
    const group = `arn:${at.region.partition}:logs:${at.region.name}:${at.site.account}:log-group:${groupName}:*`;
    const policy = new ResourcePolicy(this, 'EventsMayWrite', {
      resourcePolicyName: name,
      policyStatements: [
        new PolicyStatement({
          sid: 'DecisionsOfTheGateway',
          principals: [
            new ServicePrincipal('events.amazonaws.com'),
            new ServicePrincipal('delivery.logs.amazonaws.com'),
          ],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [group],
          conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
        }),
      ],
    });
    const deadLetterConfig = { arn: rules.deadLetters.queueArn };
    const rule = new CfnRule(this, 'Rule', {
      name,
      description: 'Decisions of the gateway, for the auditor and for counting',
      eventPattern: decisionPattern(),
      state: 'ENABLED',
      targets: [
        { id: 'auditor', arn: eventBusArn(at.enclave), roleArn: rules.role.roleArn, deadLetterConfig },
        { id: 'log', arn: logGroup.logGroupArn, deadLetterConfig },
      ],
    });
    rule.node.addDependency(policy);
    const namespace = `${at.enclave.name}/gateway`;
    const count = (metricName: string, pattern: string, metricValue: string, dimensions: Record<string, string>) =>
      new MetricFilter(this, metricName, {
        logGroup,
        filterName: metricName,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: namespace,
        metricName,
        metricValue,
        dimensions,
      });
    count('Decisions', '{ ($.detail.zone = "*") && ($.detail.outcome = "*") }', '1', {
      zone: '$.detail.zone',
      outcome: '$.detail.outcome',
    });
    count('RowsOut', '{ ($.detail.outcome = "allow") && ($.detail.counts.rows > 0) }', '$.detail.counts.rows', {
      class: '$.detail.class',
    });
    const metric = (metricName: string, dimensionsMap: Record<string, string>, label: string): Metric =>
      new Metric({ namespace, metricName, dimensionsMap, label, statistic: 'Sum', period: Duration.minutes(5) });
    const ofOutcome = (outcome: string): Metric[] => ZONES.map((zone) => metric('Decisions', { zone, outcome }, zone));
    this.allowed = ofOutcome('allow');
    this.refused = ofOutcome('deny');
    this.rows = dataClass.options.map((name) => metric('RowsOut', { class: name }, name));
  }
}
