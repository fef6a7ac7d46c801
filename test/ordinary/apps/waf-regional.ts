import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { CfnIPSet, CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'waf-regional',
  what: 'regional web ACL with managed rules in front of a load balancer, with logs',
  build(app) {
    const stack = new Stack(app, 'Edge', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const balancer = new ApplicationLoadBalancer(stack, 'Balancer', {
      vpc,
      internetFacing: true,
      dropInvalidHeaderFields: true,
    });
    balancer.logAccessLogs(new Bucket(stack, 'BalancerLogs', { encryption: BucketEncryption.S3_MANAGED }));
    balancer.addListener('Http', {
      port: 80,
      defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
    const blocked = new CfnIPSet(stack, 'Blocked', {
      scope: 'REGIONAL',
      ipAddressVersion: 'IPV4',
      addresses: ['192.0.2.0/24'],
    });
    const visibility = (metricName: string) => ({
      metricName,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    });
    const acl = new CfnWebACL(stack, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('acl'),
      rules: [
        {
          name: 'blocked',
          priority: 0,
          action: { block: {} },
          statement: { ipSetReferenceStatement: { arn: blocked.attrArn } },
          visibilityConfig: visibility('blocked'),
        },
        {
          name: 'common',
          priority: 1,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } },
          visibilityConfig: visibility('common'),
        },
        {
          name: 'rate',
          priority: 2,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: 'IP' } },
          visibilityConfig: visibility('rate'),
        },
      ],
    });
    new CfnWebACLAssociation(stack, 'Association', { resourceArn: balancer.loadBalancerArn, webAclArn: acl.attrArn });
    const log = new LogGroup(stack, 'AclLog', { logGroupName: 'aws-waf-logs-edge' });
    new CfnLoggingConfiguration(stack, 'AclLogging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        stack.formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: log.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    });
  },
};
