/** Subscriptions: who hears a topic, and where goes what was not heard. */
import type { GetSubscriptionAttributesCommandOutput } from '@aws-sdk/client-sns';
import { regionsOf } from '../arn-parts';
import { claimOnAnswer, parsed, sameSet, sameText, setOf, setWords, shown, within } from '../comparison';
import type { Answer, Claim } from '../model';
import { inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { TOPIC_READS } from './topics-reader';

type SubscriptionEvidence = Answer<GetSubscriptionAttributesCommandOutput | undefined>;

export const SUBSCRIPTIONS: Kind<Found, SubscriptionEvidence> = {
  name: 'subscriptions',
  types: ['AWS::SNS::Subscription'],
  channels: [
    'sns-subscription-endpoint',
    'sns-subscription-topic',
    'sns-subscription-topic-region',
    'sns-subscription-dead-letters',
  ],
  undeclared: {
    why: 'no template declares this subscription to a topic of another account or Region',
    remedy: 'Unsubscribe it (sns:Unsubscribe), and find in CloudTrail who subscribed.',
  },
  list: async ({ reading, place: { account, region } }) =>
    inventoryOf(
      await reading.list(TOPIC_READS.allSubscriptions, {}, ({ Subscriptions }) => Subscriptions),
      ({ SubscriptionArn: arn, TopicArn: topic, Protocol, Endpoint }) =>
        arn === undefined
          ? undefined
          : {
              id: arn,
              arn,
              seen: `${Protocol ?? '?'} ${Endpoint ?? '?'} hears ${topic ?? '?'}`,
              reaches: [...regionsOf(topic), ...regionsOf(Endpoint)],
              // A topic of this place answers for its own subscribers.
              derived: topic?.includes(`:${region}:${account}:`) ?? false,
            },
    ),
  evidence: ({ id: SubscriptionArn }, { reading }) =>
    reading.one(TOPIC_READS.subscriptionAttributes, { SubscriptionArn }),
  claims: subscriptionClaims,
};

function subscriptionClaims(subscription: DeclaredThing): Claim<SubscriptionEvidence>[] {
  const endpoint = subscription.at('Endpoint');
  const topic = subscription.at('TopicArn');
  const deadLetters = setOf(subscription.at('RedrivePolicy.deadLetterTargetArn'), (value) => [String(value)]);
  return [
    claimOnAnswer('endpoint', `told to ${shown(endpoint)}`, (found) =>
      sameText(found?.Attributes?.['Endpoint'], endpoint, 'somebody else is told'),
    ),
    claimOnAnswer('topic', `hears ${shown(topic)}`, (found) =>
      sameText(found?.Attributes?.['TopicArn'], topic, 'it hears another topic'),
    ),
    claimOnAnswer('dead-letters', setWords(deadLetters, 'what is not heard goes nowhere'), (found) => {
      const text = found?.Attributes?.['RedrivePolicy'];
      const to = text === undefined ? undefined : within(parsed(text), 'deadLetterTargetArn');
      return sameSet(to === undefined ? [] : [String(to)], deadLetters, 'nowhere');
    }),
  ];
}
