/**
 * Who hears of incidents: queues and functions of the auditor's own account, in the auditor's own Region.
 *
 * Account and Region are the auditor's and are never typed, so no subscription can lead elsewhere. Addresses of people and
 * hosts are refused: what SNS sends by e-mail, SMS or HTTP leaves AWS for a network whose country nobody can read from it,
 * and the policies of the organisation deny it. Whoever wakes people reads the queue.
 */
import { z } from 'zod';
import { strict } from './strict';

const name = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{1,64}$/,
    'is no name of a queue or function of the auditor’s account; write it like "on-call", without an ARN',
  );

const subscriber = strict({
  protocol: z.enum(['sqs', 'lambda'], {
    error:
      'is no way to tell of incidents inside the auditor’s account; choose sqs or lambda and let its reader tell people',
  }),
  /** Of a standard queue, or of a function. It is the auditor's own and stands in no template of the enclave. */
  name,
});

export const incidentsSchema = z
  .array(subscriber)
  .min(1, 'is empty; an incident that nobody hears of is none, so name a queue or a function of the auditor')
  .superRefine((subscribers, context) => {
    subscribers.forEach(({ protocol, name: of }, index) => {
      if (subscribers.findIndex((other) => other.protocol === protocol && other.name === of) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'is subscribed already; name each subscriber once',
          input: of,
        });
    });
  });
