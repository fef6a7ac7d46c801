/** Attests SNS: topics, who may publish and subscribe, and who hears them. */
import type { GetTopicAttributesCommandOutput, Subscription } from '@aws-sdk/client-sns';
import { companions, policyOf } from '../companion';
import {
  DECLARE_OR_DELETE,
  claimOn,
  listOf,
  orDefault,
  samePolicy,
  sameSet,
  sameText,
  setWords,
  shown,
  within,
} from '../comparison';
import type { DeclaredSet } from '../comparison';
import { declaredAt } from '../declared';
import { kindsService } from '../kinds';
import { holds } from '../model';
import type { Answer, Claim } from '../model';
import { inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { SUBSCRIPTIONS } from './subscriptions';
import { TOPIC_READS } from './topics-reader';

interface TopicEvidence {
  readonly attributes: Answer<GetTopicAttributesCommandOutput | undefined>;
  readonly subscriptions: Answer<readonly Subscription[]>;
}

const TOPICS: Kind<Found, TopicEvidence> = {
  name: 'topics',
  types: ['AWS::SNS::Topic'],
  channels: ['sns-topic-policy', 'sns-topic-subscription'],
  undeclared: {
    why: 'no template declares this topic, so nobody has judged who hears it',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(TOPIC_READS.topics, {}, ({ Topics }) => Topics), ({ TopicArn: arn }) =>
      arn === undefined ? undefined : { id: arn, arn, seen: 'topic' },
    ),
  evidence: async ({ id: TopicArn }, { reading }) => {
    const [attributes, subscriptions] = await Promise.all([
      reading.one(TOPIC_READS.attributes, { TopicArn }),
      reading.list(TOPIC_READS.subscriptions, { TopicArn }, ({ Subscriptions }) => Subscriptions),
    ]);
    return { attributes, subscriptions };
  },
  claims: topicClaims,
};

function topicClaims(topic: DeclaredThing): Claim<TopicEvidence>[] {
  const key = orDefault(topic.at('KmsMasterKeyId'), 'no key');
  const policy = policyOf(topic, 'AWS::SNS::TopicPolicy', 'Topics[]', 'PolicyDocument');
  const subscribers = subscribersOf(topic);
  return [
    claimOn(
      'encryption',
      `under ${shown(key)}`,
      (evidence) => evidence.attributes,
      (answer) => sameText(answer?.Attributes?.KmsMasterKeyId ?? 'no key', key, 'it is encrypted under another key'),
    ),
    claimOn(
      'policy',
      policy.kind === 'absent'
        ? 'the policy SNS gives by itself, for the owner only'
        : 'the topic policy of the template',
      (evidence) => evidence.attributes,
      (answer) => {
        const text = answer?.Attributes?.Policy;
        return policy.kind === 'absent' && isOwnersOnly(text) ? holds('for the owner only') : samePolicy(text, policy);
      },
    ),
    claimOn(
      'subscriptions',
      setWords(subscribers, 'nobody hears it'),
      (evidence) => evidence.subscriptions,
      (found) =>
        sameSet(
          found.map(({ Protocol, Endpoint }) => `${Protocol ?? '?'} ${Endpoint ?? '?'}`),
          subscribers,
          'nobody hears it',
          'Unsubscribe it (sns:Unsubscribe), and find in CloudTrail who subscribed.',
        ),
    ),
  ];
}

/** The policy SNS writes by itself lets everybody do what its condition then keeps for the owner. */
function isOwnersOnly(text: string | undefined): boolean {
  if (text === undefined) return true;
  try {
    const statements = listOf(within(JSON.parse(text) as never, 'Statement'));
    return (
      statements.length === 1 && within(statements[0], 'Condition', 'StringEquals', 'AWS:SourceOwner') !== undefined
    );
  } catch {
    return false;
  }
}

function subscribersOf(topic: DeclaredThing): DeclaredSet {
  const { textOf } = topic.deployment;
  const inline = topic.at('Subscription');
  if (inline.kind === 'open') return inline;
  const own =
    inline.kind === 'fixed'
      ? listOf(inline.value).map((each) => `${String(within(each, 'Protocol'))} ${String(within(each, 'Endpoint'))}`)
      : [];
  const beside: string[] = [];
  for (const { resource, always } of companions(topic, 'AWS::SNS::Subscription', 'TopicArn')) {
    const endpoint = declaredAt(resource, 'Endpoint', textOf);
    const protocol = declaredAt(resource, 'Protocol', textOf);
    if (endpoint.kind === 'open') return endpoint;
    if (protocol.kind === 'open') return protocol;
    if (!always) return { kind: 'open', why: `a condition decides whether ${resource.logicalId} applies` };
    beside.push(`${shown(protocol)} ${shown(endpoint)}`);
  }
  return { kind: 'fixed', value: [...own, ...beside] };
}

export const TOPICS_SERVICE = kindsService('topics', TOPIC_READS, [TOPICS, SUBSCRIPTIONS]);
