/** What Step Functions answers about state machines: it only reads, and never what one was run with. */
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { nextBy, readsOf } from '../read';

const stepfunctions = readsOf('stepfunctions', (settings) => new SFNClient(settings));

export const WORKFLOW_READS = {
  machines: stepfunctions(ListStateMachinesCommand, 'states:ListStateMachines', { next: nextBy('nextToken') }),
  machine: stepfunctions(DescribeStateMachineCommand, 'states:DescribeStateMachine'),
};
