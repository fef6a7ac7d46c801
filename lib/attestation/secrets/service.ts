/** Attests Secrets Manager: where secrets are replicated to, who may read them, and which nobody declares. */
import type { DescribeSecretCommandOutput, GetResourcePolicyCommandOutput } from '@aws-sdk/client-secrets-manager';
import { arnRegion } from '../arn-parts';
import { policyOf } from '../companion';
import {
  DECLARE_OR_DELETE,
  claimOn,
  equalText,
  isMap,
  listOf,
  orDefault,
  policyClaim,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
} from '../comparison';
import { dataClassClaim } from '../data-class';
import { kindsService } from '../kinds';
import { answered } from '../model';
import type { Answer, Claim } from '../model';
import { describePlace, reachedPlace } from '../places';
import { dataClassOf, inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { SECRET_READS } from './secrets-reader';

interface SecretEvidence {
  readonly secret: Answer<DescribeSecretCommandOutput | undefined>;
  readonly policy: Answer<GetResourcePolicyCommandOutput | undefined>;
}

const SECRETS: Kind<Found, SecretEvidence> = {
  name: 'secrets',
  types: ['AWS::SecretsManager::Secret'],
  channels: ['secret-replica-key', 'secret-replica-region', 'secret-policy', 'secret-rotation-function'],
  undeclared: {
    why: 'no template declares this secret, so nobody has judged who may read it and where it is replicated to',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading, place }) =>
    inventoryOf(await reading.list(SECRET_READS.secrets, {}, ({ SecretList }) => SecretList), (item) => ({
      id: item.ARN ?? '',
      arn: item.ARN ?? item.Name ?? '',
      seen: [
        item.Name ?? 'secret',
        ...(item.OwningService === undefined ? [] : [`of ${item.OwningService}`]),
        ...(item.PrimaryRegion === undefined || item.PrimaryRegion === place.region
          ? []
          : [`replica of ${item.PrimaryRegion}`]),
      ].join(', '),
      ...(item.PrimaryRegion === undefined ? {} : { reaches: [item.PrimaryRegion] }),
      ...dataClassOf(item.Tags),
      // RDS keeps the master user's secret of a declared database itself; a replica of it is nobody's plan.
      derived: item.OwningService === 'rds' && (item.PrimaryRegion ?? place.region) === place.region,
    })),
  evidence: async ({ id: SecretId }, { reading }) => {
    const [secret, policy] = await Promise.all([
      reading.one(SECRET_READS.secret, { SecretId }),
      reading.one(SECRET_READS.policy, { SecretId }),
    ]);
    return { secret, policy };
  },
  claims: secretClaims,
};

function secretClaims(secret: DeclaredThing): Claim<SecretEvidence>[] {
  const { subject } = secret;
  const key = orDefault(secret.at('KmsKeyId'), 'alias/aws/secretsmanager');
  const replicas = setOf(secret.at('ReplicaRegions'), (value) =>
    listOf(value).flatMap((replica) => (isMap(replica) ? [describePlace(reachedPlace(String(replica.Region)))] : [])),
  );
  const policy = policyOf(secret, 'AWS::SecretsManager::ResourcePolicy', 'SecretId', 'ResourcePolicy');
  const on = (
    slug: string,
    expected: string,
    judge: (answer: DescribeSecretCommandOutput) => ReturnType<typeof sameText>,
  ) =>
    claimOn(
      slug,
      expected,
      (evidence: SecretEvidence) => evidence.secret,
      (answer) => judge(answer ?? ({} as DescribeSecretCommandOutput)),
    );
  return [
    on('region', subject.region ? describePlace(reachedPlace(subject.region)) : 'not fixed by the stack', ({ ARN }) =>
      equalText(arnRegion(ARN), subject.region, 'the secret stands in another Region'),
    ),
    on('replicas', setWords(replicas, 'no replica in another Region'), ({ ReplicationStatus }) =>
      sameSet(
        (ReplicationStatus ?? []).map(({ Region }) => describePlace(reachedPlace(Region ?? '?'))),
        replicas,
        'no replica',
        'Remove the replica (secretsmanager:RemoveRegionsFromReplication), and find in CloudTrail who made it.',
      ),
    ),
    on('encryption', `under ${shown(key)}`, ({ KmsKeyId }) =>
      sameText(KmsKeyId ?? 'alias/aws/secretsmanager', key, 'it is encrypted under another key'),
    ),
    on('rotation', 'rotated only by a declared function', ({ RotationLambdaARN }) =>
      sameSet(
        RotationLambdaARN === undefined ? [] : [RotationLambdaARN],
        rotationFunctions(secret),
        'no rotation function',
      ),
    ),
    policyClaim(
      'resource policy',
      policy,
      (evidence) => evidence.policy,
      (answer) => answer?.ResourcePolicy,
    ),
    dataClassClaim(secret, (evidence: SecretEvidence) =>
      evidence.secret.kind === 'missing' ? evidence.secret : answered(evidence.secret.value?.Tags ?? []),
    ),
  ];
}

const rotationFunctions = (secret: DeclaredThing): ReturnType<typeof setOf> => {
  const policy = policyOf(secret, 'AWS::SecretsManager::RotationSchedule', 'SecretId', 'RotationLambdaARN');
  return setOf(policy, (value) => [String(value)]);
};

export const SECRETS_SERVICE = kindsService('secrets', SECRET_READS, [SECRETS]);
