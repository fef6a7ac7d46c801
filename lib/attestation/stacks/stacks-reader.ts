/** What CloudFormation records of a stack. */
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { nextBy, readsOf } from '../read';

const cloudformation = readsOf('cloudformation', (settings) => new CloudFormationClient(settings));

export const STACK_READS = {
  resources: cloudformation(ListStackResourcesCommand, 'cloudformation:ListStackResources', {
    next: nextBy('NextToken'),
  }),
};
