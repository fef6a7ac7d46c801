/** What SQS answers about queues: it only reads, and never a message. */
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { nextBy, readsOf } from '../read';

const sqs = readsOf('sqs', (settings) => new SQSClient(settings));

export const QUEUE_READS = {
  queues: sqs(ListQueuesCommand, 'sqs:ListQueues', { next: nextBy('NextToken') }),
  attributes: sqs(GetQueueAttributesCommand, 'sqs:GetQueueAttributes'),
};
