import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { incidentPattern } from '../../policy/detectors';
import type { Enclave } from '../../../config/schema';
import { accountRoot } from '../names';
import { tagWithClass } from '../tags';
import { allSites, deployers, eventBusArn, eventBusName, subscriberArn } from './auditor-context';

/**
 * The auditor's bus, and where what arrives on it goes: everything into a queue, incidents to a topic besides, and from
 * there to whom the configuration names.
 */
export class Incidents extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly topic: Topic;
  readonly rules: readonly CfnRule[];

  constructor(scope: Construct, id: string, enclave: Enclave, key: IKey) {
    super(scope, id);
    const bus = new CfnEventBus(this, 'Bus', {
      name: eventBusName(enclave),
      description: 'What the detectors of the sites saw',
      kmsKeyIdentifier: key.keyArn,
      policy: admittingSites(enclave),
    });
    const queue = { encryption: QueueEncryption.KMS, encryptionMasterKey: key, enforceSSL: true };
    const longest = Duration.days(14);
    this.deadLetters = new Queue(this, 'DeadLetters', { ...queue, retentionPeriod: longest });
    this.queue = new Queue(this, 'Events', {
      ...queue,
      retentionPeriod: longest,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.rules = [
      this.rule('everything', bus, { account: enclave.sites.map(({ account }) => account) }, this.queue.queueArn),
      this.rule('incident', bus, incidentPattern(deployers(enclave)), this.topic.topicArn),
    ];
    this.subscribe(enclave);
    this.admitEvents();
    for (const part of [this.queue, this.deadLetters, this.topic]) {
      part.applyRemovalPolicy(RemovalPolicy.DESTROY);
      tagWithClass(part, 'audit');
    }
    tagWithClass(bus, 'audit');
  }

  private rule(name: string, bus: CfnEventBus, eventPattern: object, target: string): CfnRule {
    const rule = new CfnRule(this, name === 'incident' ? 'Incident' : 'Everything', {
      name: `${bus.name}-${name}`,
      eventBusName: bus.name,
      eventPattern,
      // Records of reading calls arrive too; without this state a rule passes them over.
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      targets: [{ id: name, arn: target, deadLetterConfig: { arn: this.deadLetters.queueArn } }],
    });
    rule.addResourceDependency(bus);
    return rule;
  }

  private subscribe(enclave: Enclave): void {
    for (const subscriber of enclave.auditor.incidents)
      new CfnSubscription(this, `${subscriber.protocol}-${subscriber.name}`, {
        topicArn: this.topic.topicArn,
        protocol: subscriber.protocol,
        endpoint: subscriberArn(enclave, subscriber),
        redrivePolicy: { deadLetterTargetArn: this.deadLetters.queueArn },
      });
    this.deadLetters.addToResourcePolicy(
      new PolicyStatement({
        sid: 'IncidentsNotTold',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetters.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
      }),
    );
  }

  private admitEvents(): void {
    const arns = this.rules.map((rule) => rule.attrArn);
    const allow = (action: string, resource: string, from: readonly string[]): PolicyStatement =>
      new PolicyStatement({
        sid: 'RulesOfTheAuditorsBus',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: [action],
        resources: [resource],
        conditions: { ArnEquals: { 'aws:SourceArn': from } },
      });
    this.queue.addToResourcePolicy(allow('sqs:SendMessage', this.queue.queueArn, arns.slice(0, 1)));
    this.deadLetters.addToResourcePolicy(allow('sqs:SendMessage', this.deadLetters.queueArn, arns));
    this.topic.addToResourcePolicy(allow('sns:Publish', this.topic.topicArn, arns.slice(1)));
  }
}

/** Only rules of the sites' accounts, and only while those are of the organisation. */
const admittingSites = (enclave: Enclave): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'DetectorsOfTheSites',
      Effect: 'Allow',
      Principal: { AWS: allSites(enclave).map(accountRoot) },
      Action: 'events:PutEvents',
      Resource: eventBusArn(enclave),
      Condition: { StringEquals: { 'aws:PrincipalOrgID': enclave.organizationId } },
    },
  ],
});
