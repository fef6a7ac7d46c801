/** Data that comes in: no egress where it arrives inside; egress where this very stack stands abroad and pulls from here. */
import { isStore } from '../../catalogue';
import type { Opinion } from '../opinion';
import { closed } from '../opinion';
import { findRegion } from '../../geo';
import { parseArn, textOf } from '../../template';
import { normaliseCode } from '../places';
import type { Answer, Question, Stated } from './question';
import { answerOn, argument, flagArgument, valuesArgument } from './question';

/** True when the row's values say where data comes from: always, or because a property of the resource says so. */
export function isInbound(question: Question): boolean {
  if (flagArgument(question, 'inboundOnly')) return true;
  const path = argument(question, 'direction');
  const inward = valuesArgument(question, 'inward') ?? [];
  if (path === undefined) return false;
  const said = question.resource.at(path).flatMap((leaf) => leaf.possible.map(({ value }) => textOf(value)));
  return said.length > 0 && said.every((text) => text !== undefined && inward.includes(text.toLowerCase()));
}

/** Judges a value that names where data is pulled from; `source` says where that is. */
export function pulledFrom(question: Question, stated: Stated, source: Opinion): Answer {
  const home = question.premises.home(question.resource);
  if (home.verdict === 'inside') return answerOn(stated, closed(home.place, `data comes in to ${home.because}`));
  if (source.verdict === 'outside' && showsItsPlace(stated, question))
    return answerOn(stated, closed(home.place, `the source ${source.because} is abroad already`));
  const stores = question.premises.denoted(stated.possible.value).filter((one) => isStore(one.type));
  const [store] = stores;
  return {
    ...answerOn(stated, {
      place: home.place,
      verdict: home.verdict,
      because: `pulls from ${source.because} into ${home.because}`,
    }),
    ...(store && store !== question.resource ? { leaves: store } : {}),
  };
}

/**
 * True when the value itself shows where the source stands: by a Region, an ARN that carries one, or a reference to another
 * resource. A bare name proves nothing: something abroad may merely bear the same name.
 */
function showsItsPlace(stated: Stated, question: Question): boolean {
  const { value } = stated.possible;
  if (value.kind === 'reference') return value.resource !== question.resource;
  const text = textOf(value);
  if (text !== undefined && findRegion(normaliseCode(text))) return true;
  const arn = parseArn(value);
  return arn !== undefined && (textOf(arn.region) ?? '') !== '';
}
