/** Records on their way to the oversight account, and those that did not get there: a queue each. */
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { AuditRecord } from '../audit/audit-record';
import type { Feed } from '../audit/recorder';

export class SqsFeed implements Feed {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async send(record: AuditRecord): Promise<void> {
    await this.client.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: JSON.stringify(record) }));
  }
}
