/** Access points: further doors to a bucket, each with a policy of its own. */
import type { GetAccessPointCommandOutput, GetAccessPointPolicyCommandOutput } from '@aws-sdk/client-s3-control';
import type { Json } from '../../template';
import { given, orDefault, samePolicy, sameSet, sameText, setOf, setWords, shown } from '../comparison';
import type { Answer, Claim } from '../model';
import type { DeclaredThing, Found, Kind } from '../service';
import { inventoryOf } from '../service';
import { BUCKET_READS } from './buckets-reader';
import { publicAccessGuards } from './forms';

interface AccessPointEvidence {
  readonly point: Answer<GetAccessPointCommandOutput | undefined>;
  readonly policy: Answer<GetAccessPointPolicyCommandOutput | undefined>;
}

export const ACCESS_POINTS: Kind<Found, AccessPointEvidence> = {
  name: 'access points',
  types: ['AWS::S3::AccessPoint'],
  channels: [
    's3-access-point-public-access-block',
    's3-access-point-bucket',
    's3-access-point-network',
    's3-access-point-policy',
  ],
  undeclared: {
    why: 'no template declares this access point, and its policy lets in whom it names',
    remedy: 'Delete it (s3:DeleteAccessPoint) and find in CloudTrail who made it.',
  },
  list: async ({ reading, place }) =>
    inventoryOf(
      await reading.list(
        BUCKET_READS.accessPoints,
        { AccountId: place.account },
        ({ AccessPointList }) => AccessPointList,
      ),
      ({ Name: id, AccessPointArn: arn, Bucket: bucket, NetworkOrigin: origin }) =>
        id === undefined
          ? undefined
          : {
              id,
              arn: arn ?? id,
              seen: `to ${bucket ?? 'a bucket not named'} from ${origin ?? 'a network not named'}`,
            },
    ),
  evidence: async ({ id: Name }, { reading, place: { account: AccountId } }) => {
    const [point, policy] = await Promise.all([
      reading.one(BUCKET_READS.accessPoint, { AccountId, Name }),
      reading.one(BUCKET_READS.accessPointPolicy, { AccountId, Name }),
    ]);
    return { point, policy };
  },
  claims: accessPointClaims,
};

function accessPointClaims(point: DeclaredThing): Claim<AccessPointEvidence>[] {
  const bucket = point.at('Bucket');
  const vpc = orDefault(point.at('VpcConfiguration.VpcId'), 'the internet');
  const guards = setOf(point.at('PublicAccessBlockConfiguration'), publicAccessGuards);
  const policy = point.at('Policy');
  return [
    {
      slug: 'bucket',
      expected: `to ${shown(bucket)}`,
      judge: (evidence) =>
        given(evidence.point, (answer) => sameText(answer?.Bucket, bucket, 'the door opens to another bucket')),
    },
    {
      slug: 'network',
      expected: `from ${shown(vpc)} only`,
      judge: (evidence) =>
        given(evidence.point, (answer) =>
          sameText(
            answer?.NetworkOrigin === 'Internet' ? 'the internet' : answer?.VpcConfiguration?.VpcId,
            vpc,
            'the door can be reached from elsewhere',
          ),
        ),
    },
    {
      slug: 'public-access-block',
      expected: setWords(guards, 'no guard of its own'),
      judge: (evidence) =>
        given(evidence.point, (answer) =>
          sameSet(publicAccessGuards((answer?.PublicAccessBlockConfiguration ?? null) as Json), guards, 'no guard'),
        ),
    },
    {
      slug: 'policy',
      expected: policy.kind === 'absent' ? 'no policy' : 'the policy of the template, and nothing beside it',
      judge: (evidence) => given(evidence.policy, (answer) => samePolicy(answer?.Policy, policy)),
    },
  ];
}
