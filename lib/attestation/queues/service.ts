/** Attests SQS: queues, who may receive from them, and where what fails goes. */
import type { GetQueueAttributesCommandOutput } from '@aws-sdk/client-sqs';
import { policyOf } from '../companion';
import {
  DECLARE_OR_DELETE,
  claimOnAnswer,
  orDefault,
  parsed,
  samePolicy,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  within,
} from '../comparison';
import { kindsService } from '../kinds';
import type { Answer, Claim } from '../model';
import { inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { QUEUE_READS } from './queues-reader';

type QueueEvidence = Answer<GetQueueAttributesCommandOutput | undefined>;

const QUEUES: Kind<Found, QueueEvidence> = {
  name: 'queues',
  types: ['AWS::SQS::Queue'],
  channels: ['sqs-queue-policy', 'sqs-dead-letters'],
  undeclared: {
    why: 'no template declares this queue, so nobody has judged who receives from it',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(QUEUE_READS.queues, {}, ({ QueueUrls }) => QueueUrls), (url) => ({
      id: url,
      arn: url,
      seen: 'queue',
    })),
  evidence: ({ id: QueueUrl }, { reading }) =>
    reading.one(QUEUE_READS.attributes, { QueueUrl, AttributeNames: ['All'] }),
  claims: queueClaims,
};

function queueClaims(queue: DeclaredThing): Claim<QueueEvidence>[] {
  const key = orDefault(queue.at('KmsMasterKeyId'), 'no key');
  const policy = policyOf(queue, 'AWS::SQS::QueuePolicy', 'Queues[]', 'PolicyDocument');
  const deadLetters = setOf(queue.at('RedrivePolicy.deadLetterTargetArn'), (value) => [String(value)]);
  return [
    claimOnAnswer('encryption', `under ${shown(key)}`, (found) =>
      sameText(found?.Attributes?.KmsMasterKeyId ?? 'no key', key, 'it is encrypted under another key'),
    ),
    claimOnAnswer('policy', policy.kind === 'absent' ? 'no policy' : 'the queue policy of the template', (found) =>
      samePolicy(found?.Attributes?.Policy, policy),
    ),
    claimOnAnswer('dead-letters', setWords(deadLetters, 'what fails goes nowhere'), (found) => {
      const text = found?.Attributes?.RedrivePolicy;
      const to = text === undefined ? undefined : within(parsed(text), 'deadLetterTargetArn');
      return sameSet(to === undefined ? [] : [String(to)], deadLetters, 'nowhere');
    }),
  ];
}

export const QUEUES_SERVICE = kindsService('queues', QUEUE_READS, [QUEUES]);
