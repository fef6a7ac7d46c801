import { Duration } from 'aws-cdk-lib/core';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { siteDetectors } from '../../policy/detectors';
import { acknowledge } from '../acknowledge';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';
import { eventBusArn } from './auditor-context';

/** Rules of the site's default bus, each telling the auditor's bus; what cannot be told waits in the site. */
export class DetectorRules extends Construct {
  readonly names: readonly string[];
  readonly deadLetters: Queue;
  /** May put events on the auditor's bus, and nothing else. */
  readonly role: Role;

  constructor(scope: Construct, id: string, at: SiteContext) {
    super(scope, id);
    const bus = eventBusArn(at.enclave);
    const prefix = `${at.enclave.name}-${at.site.id}`;
    const rules = `arn:${at.region.partition}:events:${at.region.name}:${at.site.account}:rule/${prefix}-*`;
    this.role = new Role(this, 'Teller', {
      description: 'Puts what the detectors saw on the bus of the auditor',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { ArnLike: { 'aws:SourceArn': rules }, StringEquals: { 'aws:SourceAccount': at.site.account } },
      }),
    });
    this.role.addToPolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus] }));
    this.deadLetters = new Queue(this, 'Untold', {
      // Under the queue's own encryption: the keys of the site admit no event service, and calls hold no contents.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.deadLetters.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DetectorsOfThisSite',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetters.queueArn],
        conditions: { ArnLike: { 'aws:SourceArn': rules }, StringEquals: { 'aws:SourceAccount': at.site.account } },
      }),
    );
    acknowledge(
      this.deadLetters,
      'AwsSolutions-SQS3',
      'It is the dead-letter queue of the rules, which the pack looks for in queues only.',
    );
    tagWithClass(this.deadLetters, 'audit');
    this.names = siteDetectors().map(({ name, description, pattern }) => {
      const rule = new CfnRule(this, name, {
        name: `${prefix}-${name}`,
        description,
        eventPattern: pattern,
        // Exports and refused readings are reading calls: the plain state of a rule passes them over.
        state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
        targets: [
          { id: 'auditor', arn: bus, roleArn: this.role.roleArn, deadLetterConfig: { arn: this.deadLetters.queueArn } },
        ],
      });
      return rule.name!;
    });
  }
}
