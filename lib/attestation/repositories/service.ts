/** Attests ECR: repositories and who may pull, and where the registry replicates to. */
import type { GetRepositoryPolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { Json } from '../../template';
import {
  DECLARE_OR_DELETE,
  claimThat,
  listOf,
  orDefault,
  policyClaim,
  samePolicy,
  sameText,
  shown,
  within,
} from '../comparison';
import { kindsService } from '../kinds';
import { answered } from '../model';
import type { Answer, Claim } from '../model';
import { inventoryOf, listed } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { REPOSITORY_READS } from './repositories-reader';

interface FoundRepository extends Found {
  readonly key: string;
}

interface RepositoryEvidence {
  readonly key: string;
  readonly policy: Answer<GetRepositoryPolicyCommandOutput | undefined>;
}

const REPOSITORIES: Kind<FoundRepository, RepositoryEvidence> = {
  name: 'repositories',
  types: ['AWS::ECR::Repository'],
  channels: ['ecr-repository-policy'],
  undeclared: {
    why: 'no template declares this repository, so nobody has judged who may pull from it',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(REPOSITORY_READS.repositories, {}, ({ repositories }) => repositories), (item) => ({
      id: item.repositoryName ?? '',
      arn: item.repositoryArn ?? item.repositoryName ?? '',
      seen: 'repository',
      key: item.encryptionConfiguration?.kmsKey ?? item.encryptionConfiguration?.encryptionType ?? 'AES256',
    })),
  evidence: async ({ id: repositoryName, key }, { reading }) => ({
    key,
    policy: await reading.one(REPOSITORY_READS.policy, { repositoryName }),
  }),
  claims: repositoryClaims,
};

function repositoryClaims(repository: DeclaredThing): Claim<RepositoryEvidence>[] {
  const key = orDefault(repository.at('EncryptionConfiguration.KmsKey'), 'AES256');
  const policy = repository.at('RepositoryPolicyText');
  return [
    claimThat('encryption', `under ${shown(key)}`, (evidence) =>
      sameText(evidence.key, key, 'it is encrypted under another key'),
    ),
    policyClaim(
      'policy',
      policy,
      (evidence) => evidence.policy,
      (answer) => answer?.policyText,
    ),
  ];
}

interface FoundReplication extends Found {
  readonly rules: readonly string[];
}

const destinations = (
  rules: Json | undefined,
  names: { readonly to: string; readonly region: string; readonly registry: string },
): string[] =>
  listOf(rules).flatMap((rule) =>
    listOf(within(rule, names.to)).map(
      (to) => `${String(within(to, names.region))} of ${String(within(to, names.registry))}`,
    ),
  );

const DECLARED = { to: 'Destinations', region: 'Region', registry: 'RegistryId' };
const ANSWERED = { to: 'destinations', region: 'region', registry: 'registryId' };

/** The registry's one replication configuration; CloudFormation's id for it is the registry's, the account number. */
const REPLICATION: Kind<FoundReplication, readonly string[]> = {
  name: 'registry replication',
  types: ['AWS::ECR::ReplicationConfiguration'],
  channels: ['ecr-replication-account', 'ecr-replication-region'],
  undeclared: {
    why: 'no template declares that images are replicated',
    remedy: 'Put an empty replication configuration (ecr:PutReplicationConfiguration); find in CloudTrail who set it.',
  },
  list: async ({ reading, place }) => {
    const answer = await reading.one(REPOSITORY_READS.registry, {});
    if (answer.kind === 'missing') return { found: [], gaps: [answer] };
    const given = (answer.value?.replicationConfiguration?.rules ?? []) as unknown as Json;
    const rules = destinations(given, ANSWERED);
    const reaches = rules.map((rule) => rule.split(' ')[0] ?? '');
    return inventoryOf(answered(rules.length > 0 ? [rules] : []), (each) => ({
      id: place.account,
      arn: `registry ${place.account}`,
      seen: `images to ${each.join(', ')}`,
      reaches,
      rules: each,
    }));
  },
  evidence: ({ rules }) => Promise.resolve(rules),
  claims: (configuration) => {
    const declared = configuration.at('ReplicationConfiguration.Rules');
    return [
      claimThat('destinations', shown(declared), (rules: readonly string[]) =>
        sameText(
          [...rules].sort().join(', '),
          declared.kind === 'fixed'
            ? { kind: 'fixed', value: destinations(declared.value, DECLARED).sort().join(', ') }
            : declared,
          'images are replicated elsewhere',
        ),
      ),
    ];
  },
};

interface FoundPolicy extends Found {
  readonly text: string;
}

const REGISTRY_POLICY: Kind<FoundPolicy, string> = {
  name: 'registry policy',
  types: ['AWS::ECR::RegistryPolicy'],
  channels: ['ecr-registry-policy'],
  undeclared: {
    why: 'no template declares a registry policy, which can let other accounts replicate and pull',
    remedy: 'Delete it (ecr:DeleteRegistryPolicy); find in CloudTrail who set it.',
  },
  list: async ({ reading, place }) => {
    const answer = await reading.one(REPOSITORY_READS.registryPolicy, {});
    if (answer.kind === 'missing') return { found: [], gaps: [answer] };
    const text = answer.value?.policyText;
    return inventoryOf(answered(text === undefined ? [] : [text]), (each) => ({
      id: place.account,
      arn: `registry policy of ${place.account}`,
      seen: each.replace(/\s+/gu, ' ').slice(0, 200),
      text: each,
    }));
  },
  evidence: ({ text }) => Promise.resolve(text),
  claims: (policy) => [
    claimThat('policy', 'the registry policy of the template', (text: string) =>
      samePolicy(text, policy.at('PolicyText')),
    ),
  ],
};

const CACHE_RULES = listed({
  name: 'pull-through caches',
  types: ['AWS::ECR::PullThroughCacheRule'],
  channels: ['ecr-upstream'],
  undeclared: {
    why: 'no template declares that images are fetched from an upstream registry',
    remedy: 'Delete the rule (ecr:DeletePullThroughCacheRule); find in CloudTrail who made it.',
  },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(REPOSITORY_READS.cacheRules, {}, ({ pullThroughCacheRules }) => pullThroughCacheRules),
      (item) => ({
        id: item.ecrRepositoryPrefix ?? '',
        arn: `pull-through cache ${item.ecrRepositoryPrefix ?? ''}`,
        seen: `from ${item.upstreamRegistryUrl ?? '?'}`,
      }),
    ),
});

export const REPOSITORIES_SERVICE = kindsService('repositories', REPOSITORY_READS, [
  REPOSITORIES,
  REPLICATION,
  REGISTRY_POLICY,
  CACHE_RULES,
]);
