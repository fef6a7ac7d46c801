/** The request workflow in Step Functions. */
import {
  ExecutionAlreadyExists,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Workflow } from '../ports/workflow';

export class SfnWorkflow implements Workflow {
  constructor(
    private readonly client: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  async start(requestId: string): Promise<void> {
    const { stateMachineArn } = this;
    const input = JSON.stringify({ requestId });
    try {
      await this.client.send(new StartExecutionCommand({ stateMachineArn, name: requestId, input }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  async approved(taskToken: string, requestId: string): Promise<void> {
    await this.client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ requestId }) }));
  }

  async refused(taskToken: string): Promise<void> {
    await this.client.send(new SendTaskFailureCommand({ taskToken, error: 'ApprovalWithheld' }));
  }
}
