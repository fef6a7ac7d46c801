/** What SNS answers about topics and who hears them: it only reads. */
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { nextBy, readsOf } from '../read';

const sns = readsOf('sns', (settings) => new SNSClient(settings));
const next = nextBy('NextToken');

export const TOPIC_READS = {
  topics: sns(ListTopicsCommand, 'sns:ListTopics', { next }),
  attributes: sns(GetTopicAttributesCommand, 'sns:GetTopicAttributes'),
  subscriptions: sns(ListSubscriptionsByTopicCommand, 'sns:ListSubscriptionsByTopic', { next }),
  allSubscriptions: sns(ListSubscriptionsCommand, 'sns:ListSubscriptions', { next }),
  subscriptionAttributes: sns(GetSubscriptionAttributesCommand, 'sns:GetSubscriptionAttributes'),
};
