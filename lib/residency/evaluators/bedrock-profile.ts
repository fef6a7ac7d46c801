/** Judges model identifiers: a model answers where it is called, an inference profile routes to the Regions of its geography. */
import type { Resource, Scalar } from '../../template';
import { describe, parseArn } from '../../template';
import { locate, locateResource } from '../destination';
import type { Opinion } from '../opinion';
import { inside, outside, unknown } from '../opinion';
import type { Premises } from '../premises';
import type { Evaluator } from './question';
import { perValue } from './question';

/** A geography before the provider of a model: `eu.anthropic.…`. */
const PROFILE = /^(global|us|us-gov|apac|jp|au|ca|eu|uk|sa|me|af|mx|il|in)\.[a-z0-9-]+\./;

/** What a cross-Region profile of this geography means. */
export function profileOpinion(geography: string, words: string): Opinion {
  const place = { kind: 'unknown' as const, value: words };
  return geography === 'eu'
    ? unknown(
        `the inference profile \`${words}\` routes within a geography whose Regions are not all known to be in the EEA`,
        place,
      )
    : outside(place, `the inference profile \`${words}\` routes to Regions of "${geography}"`);
}

export const bedrockProfile: Evaluator = (question) =>
  perValue(question, (value) => modelOpinion(value, question.premises, question.resource));

/** Where a model or profile named by `value` answers when `from` calls it. */
export function modelOpinion(value: Scalar, premises: Premises, from: Resource): Opinion {
  const words = describe(value);
  const arn = parseArn(value);
  const id = arn ? describe(arn.resource) : words;
  const name = id.split('/').at(-1)!;
  const profile = PROFILE.exec(name);
  if (profile) return profileOpinion(profile[1]!, words);
  if (arn) {
    const where = locate(value, premises, { from, bareName: 'anywhere' });
    if (where.verdict === 'inside' && /(application-)?inference-profile\//.test(id))
      return unknown(`the inference profile \`${words}\` may route to other Regions`, where.place);
    return where;
  }
  if (value.kind === 'text') return calledAt(premises.home(from), `model \`${words}\` is called in its own Region`);
  if (value.kind === 'reference') return locateResource(value.resource, premises, value.attribute);
  return unknown(value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`, {
    kind: 'unknown',
    value: words,
  });
}

function calledAt(home: Opinion, because: string): Opinion {
  return home.verdict === 'inside' ? inside(home.place, because) : { ...home, because: `${because}: ${home.because}` };
}
