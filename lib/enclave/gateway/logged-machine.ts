/** What the log of a state machine needs: the right to set its delivery up, and a log group that takes it. */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { SiteContext } from '../site-context';

/** For the role of the machine. */
export const deliverTheLog = (at: SiteContext): PolicyStatement =>
  new PolicyStatement({
    sid: 'DeliverTheLog',
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:UpdateLogDelivery',
    ],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': at.region.name } },
  });

/** Lets the delivery service of the account write into this log group. */
export const takesDelivery = (scope: Construct, sid: string, at: SiteContext, log: ILogGroup): ResourcePolicy =>
  new ResourcePolicy(scope, 'LogDelivery', {
    policyStatements: [
      new PolicyStatement({
        sid,
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [log.logGroupArn],
        conditions: { StringEquals: { 'aws:SourceAccount': at.site.account } },
      }),
    ],
  });
