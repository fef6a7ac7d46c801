import {
  CfnFirewallConfig,
  CfnFirewallDomainList,
  CfnFirewallRuleGroup,
  CfnFirewallRuleGroupAssociation,
  CfnResolverQueryLoggingConfig,
  CfnResolverQueryLoggingConfigAssociation,
} from 'aws-cdk-lib/aws-route53resolver';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { serviceHost } from '../../geo';
import type { SiteContext } from '../site-context';

/** Service names of the site's own Region that code in the VPC resolves. */
function allowedNames(region: string): string[] {
  const services = ['dynamodb', 'kms', 'logs', 's3', 'secretsmanager', 'sqs', 'ssm', 'states', 'sts'];
  return [
    ...[...services, 'verifiedpermissions'].map((service) => serviceHost(service, region)),
    ...['*.execute-api', '*.s3', '*.s3-accesspoint'].map((service) => serviceHost(service, region)),
    // RDS puts its name after the Region.
    serviceHost('*', region).replace(`.${region}.`, `.${region}.rds.`),
  ];
}

/**
 * DNS is a way out of a VPC without routes: a name can carry data. Only the named services of the own Region resolve,
 * everything else is answered with "no such name", queries are logged, and the firewall stays closed when it fails.
 */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, at: SiteContext, vpc: IVpc, queryLog: ILogGroup) {
    super(scope, id);
    const name = (what: string): string => `${at.enclave.name}-${at.site.id}-${what}`;
    const allowed = new CfnFirewallDomainList(this, 'Allowed', {
      name: name('allowed'),
      domains: allowedNames(at.region.name),
    });
    const everything = new CfnFirewallDomainList(this, 'Everything', { name: name('everything'), domains: ['*'] });
    const rules = new CfnFirewallRuleGroup(this, 'Rules', {
      name: name('dns'),
      firewallRules: [
        { priority: 100, action: 'ALLOW', firewallDomainListId: allowed.attrId },
        { priority: 200, action: 'BLOCK', blockResponse: 'NXDOMAIN', firewallDomainListId: everything.attrId },
      ],
    });
    new CfnFirewallRuleGroupAssociation(this, 'Association', {
      name: name('dns'),
      firewallRuleGroupId: rules.attrId,
      vpcId: vpc.vpcId,
      priority: 101,
      // Protected, the association could not be removed with its stack, not even when a first deployment rolls back; and
      // whoever may change it may lift the protection first. The stack's own protection and policy stand in for it.
      mutationProtection: 'DISABLED',
    });
    new CfnFirewallConfig(this, 'FailClosed', { resourceId: vpc.vpcId, firewallFailOpen: 'DISABLED' });
    const logging = new CfnResolverQueryLoggingConfig(this, 'QueryLog', {
      name: name('dns-queries'),
      destinationArn: queryLog.logGroupArn,
    });
    new CfnResolverQueryLoggingConfigAssociation(this, 'QueryLogAssociation', {
      resolverQueryLogConfigId: logging.attrId,
      resourceId: vpc.vpcId,
    });
  }
}
