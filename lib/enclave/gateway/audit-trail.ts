import { Duration } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ARCHIVE_PREFIX } from '../../gateway/contract';
import { serviceHost } from '../../geo';
import { acknowledge } from '../acknowledge';
import type { SiteKeys } from '../keys/keys-stack';
import { DECISION_EVENT } from '../../policy/detectors';
import { auditBucketName, gatewayRoleArn, gatewayRolePath } from '../names';
import type { SiteContext } from '../site-context';
import { EnclaveBucket } from '../stores/enclave-bucket';
import { tagWithClass } from '../tags';

export interface AuditTrailProps {
  readonly at: SiteContext;
  readonly keys: SiteKeys;
  /** Gateway endpoint of S3. */
  readonly endpointId: string;
}

/**
 * Where the records of decisions go: into a bucket with Object Lock before an answer is released, and over a queue onto
 * the site's event bus, from where a rule of the auditor's takes them (lib/enclave/oversight). What cannot be delivered waits in a queue of its own.
 */
export class AuditTrail extends Construct {
  readonly archive: Bucket;
  readonly feed: Queue;
  readonly deadLetters: Queue;
  private readonly archiveKey: IKey;
  private readonly queueKey: IKey;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AuditTrailProps,
  ) {
    super(scope, id);
    const { at, keys, endpointId } = props;
    this.archiveKey = keys.keyFor('audit', 'objects');
    this.queueKey = keys.keyFor('audit', 'queues');
    this.archive = new EnclaveBucket(this, 'Archive', {
      at,
      bucketName: auditBucketName(at),
      store: {
        class: 'audit',
        supersededDays: at.enclave.retention.logDays,
        objectLockDays: at.enclave.retention.logDays,
      },
      key: this.archiveKey,
      endpointId,
      touchedBy: [gatewayRoleArn(at, '*')],
    });
    this.deadLetters = this.queue('DeadLetters');
    this.feed = this.queue('Feed', this.deadLetters);
    this.pipe();
  }

  /** What a function needs to record a decision: add one to the archive and to the feed, read and change none. */
  record(): PolicyStatement[] {
    const region = this.props.at.region.name;
    return [
      new PolicyStatement({
        sid: 'ArchiveRecords',
        actions: ['s3:PutObject'],
        resources: [this.archive.arnForObjects(`${ARCHIVE_PREFIX}*`)],
      }),
      new PolicyStatement({
        sid: 'FeedRecords',
        actions: ['sqs:SendMessage'],
        resources: [this.feed.queueArn, this.deadLetters.queueArn],
      }),
      new PolicyStatement({
        sid: 'SealRecords',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.archiveKey.keyArn, this.queueKey.keyArn],
        conditions: {
          StringEquals: { 'kms:ViaService': [serviceHost('s3', region), serviceHost('sqs', region)] },
        },
      }),
    ];
  }

  /** What the data plane needs to put aside the positions of records that do not fit their schema. */
  putAside(): PolicyStatement {
    return new PolicyStatement({
      sid: 'PutAside',
      actions: ['s3:AbortMultipartUpload', 's3:PutObject'],
      resources: [this.archive.arnForObjects('quarantine/*')],
    });
  }

  private queue(id: string, deadLetters?: Queue): Queue {
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: this.queueKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.minutes(2),
      ...(deadLetters ? { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 100 } } : {}),
    });
    tagWithClass(queue, 'audit');
    if (!deadLetters)
      acknowledge(
        queue,
        'AwsSolutions-SQS3',
        'This is the dead-letter queue: what stands here waits for a person, and an alarm calls one.',
      );
    return queue;
  }

  /** Feed → bus. A record the bus does not take stays in the queue and is tried again. */
  private pipe(): void {
    const { at } = this.props;
    const bus = `arn:${at.region.partition}:events:${at.region.name}:${at.site.account}:event-bus/default`;
    const role = new Role(this, 'FeedRole', {
      path: gatewayRolePath(at),
      roleName: 'feed',
      description: 'Moves records of decisions from their queue to the event bus',
      assumedBy: new ServicePrincipal('pipes.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': at.site.account } },
      }),
      inlinePolicies: {
        feed: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'TakeRecords',
              actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
              resources: [this.feed.queueArn],
            }),
            new PolicyStatement({
              sid: 'OpenRecords',
              actions: ['kms:Decrypt'],
              resources: [this.queueKey.keyArn],
              conditions: { StringEquals: { 'kms:ViaService': serviceHost('sqs', at.region.name) } },
            }),
            new PolicyStatement({ sid: 'PublishRecords', actions: ['events:PutEvents'], resources: [bus] }),
          ],
        }),
      },
    });
    new CfnPipe(this, 'Pipe', {
      description: 'Records of decisions onto the event bus',
      roleArn: role.roleArn,
      source: this.feed.queueArn,
      sourceParameters: { sqsQueueParameters: { batchSize: 1 } },
      target: bus,
      targetParameters: {
        eventBridgeEventBusParameters: { ...DECISION_EVENT },
        // Unquoted, so that the record is the event's detail and no text within it.
        inputTemplate: '<$.body>',
      },
    });
  }
}
