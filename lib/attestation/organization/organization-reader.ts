/** What Organizations answers about the policies of the perimeter: it only reads. */
import {
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  ListPoliciesCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { nextBy, readsOf } from '../read';

const organizations = readsOf('organizations', (settings) => new OrganizationsClient(settings));
const next = nextBy('NextToken');

export const ORGANIZATION_READS = {
  policies: organizations(ListPoliciesCommand, 'organizations:ListPolicies', { next }),
  policy: organizations(DescribePolicyCommand, 'organizations:DescribePolicy'),
  targets: organizations(ListTargetsForPolicyCommand, 'organizations:ListTargetsForPolicy', { next }),
  delegation: organizations(DescribeResourcePolicyCommand, 'organizations:DescribeResourcePolicy', {
    none: ['ResourcePolicyNotFoundException'],
  }),
};
