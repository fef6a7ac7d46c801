import { CfnPullThroughCacheRule, Repository } from 'aws-cdk-lib/aws-ecr';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'images-from-abroad',
  what: 'pull-through cache that brings public images into a registry in Dublin',
  build(app) {
    const stack = new Stack(app, 'Registry', { env: dublin });
    new CfnPullThroughCacheRule(stack, 'Public', {
      ecrRepositoryPrefix: 'public',
      upstreamRegistryUrl: 'public.ecr.aws',
    });
    new Repository(stack, 'Base', { repositoryName: 'base' });
  },
};
