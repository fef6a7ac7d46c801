/** Judges subscriptions: what the endpoint is depends on the protocol beside it. */
import { describe, textOf } from '../../template';
import { locate } from '../destination';
import { unknown } from '../opinion';
import { hostOpinion } from './host-allowlist';
import type { Evaluator } from './question';
import { argument, perValue, siblings } from './question';

const BY_ARN = new Set(['sqs', 'lambda', 'firehose', 'application']);
const BY_HOST = new Set(['http', 'https', 'email', 'email-json', 'sms']);

export const snsEndpoint: Evaluator = (question) =>
  perValue(question, (value, stated) => {
    const protocols = siblings(question, argument(question, 'protocol') ?? '', stated);
    const words = describe(value);
    if (protocols.length === 0) return unknown(`no protocol says what \`${words}\` is`, { value: words });
    return protocols.map(({ value: protocol }) => {
      const name = textOf(protocol)?.trim().toLowerCase();
      if (name !== undefined && BY_ARN.has(name))
        return locate(value, question.premises, { from: question.resource, bareName: 'anywhere' });
      if (name !== undefined && BY_HOST.has(name)) return hostOpinion(value, question.premises, question.resource);
      return unknown(`the protocol of \`${words}\` is known only at deployment`, { value: words });
    });
  });
