/** What ECR answers about repositories and the registry: it only reads, and never an image. */
import {
  DescribePullThroughCacheRulesCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetRegistryPolicyCommand,
  GetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { nextBy, readsOf } from '../read';

const ecr = readsOf('ecr', (settings) => new ECRClient(settings));
const next = nextBy('nextToken');

export const REPOSITORY_READS = {
  repositories: ecr(DescribeRepositoriesCommand, 'ecr:DescribeRepositories', { next }),
  policy: ecr(GetRepositoryPolicyCommand, 'ecr:GetRepositoryPolicy', { none: ['RepositoryPolicyNotFoundException'] }),
  registry: ecr(DescribeRegistryCommand, 'ecr:DescribeRegistry'),
  registryPolicy: ecr(GetRegistryPolicyCommand, 'ecr:GetRegistryPolicy', {
    none: ['RegistryPolicyNotFoundException'],
  }),
  cacheRules: ecr(DescribePullThroughCacheRulesCommand, 'ecr:DescribePullThroughCacheRules', { next }),
};
