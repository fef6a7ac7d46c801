/** What CloudFormation answers about stack sets: it only reads. */
import { CloudFormationClient, ListStackInstancesCommand, ListStackSetsCommand } from '@aws-sdk/client-cloudformation';
import { nextBy, readsOf } from '../read';

const cloudformation = readsOf('cloudformation', (settings) => new CloudFormationClient(settings));
const next = nextBy('NextToken');

export const STACK_SET_READS = {
  sets: cloudformation(ListStackSetsCommand, 'cloudformation:ListStackSets', { next }),
  instances: cloudformation(ListStackInstancesCommand, 'cloudformation:ListStackInstances', { next }),
};
