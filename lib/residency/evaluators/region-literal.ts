/** Judges properties that hold a Region code, a comma-separated list of them, or a word for "all". */
import { describe } from '../../template';
import { outside, unknown } from '../opinion';
import type { Opinion } from '../opinion';
import { regionOpinion } from '../places';
import { pulledFrom } from './inbound';
import type { Evaluator, Question } from './question';
import { closed } from '../opinion';
import { answerOn, flagArgument, isIgnored, onAbsence, perValue, scalarsOf } from './question';
import type { Scalar } from '../../template';

const EVERY_REGION = new Set(['*', 'all']);

/** The Regions a text names. */
export function regionsIn(text: string, account?: string): readonly Opinion[] {
  return text
    .split(',')
    .map((part) =>
      EVERY_REGION.has(part.trim().toLowerCase())
        ? outside(
            { kind: 'region', value: part.trim() },
            `"${part.trim()}" means every Region, those outside the EEA too`,
          )
        : regionOpinion(part, account),
    );
}

/** Judges a value that should be a Region. */
export function regionOf(question: Question, value: Scalar): readonly Opinion[] {
  if (isIgnored(question, value)) {
    const home = question.premises.home(question.resource);
    return [closed(home.place, `"${describe(value)}" names no other Region`)];
  }
  if (value.kind === 'text') return regionsIn(value.text, question.resource.template.source.account);
  const open = value.kind === 'pieces' ? value.pieces.find((piece) => piece.kind === 'unknown') : value;
  const why = open?.kind === 'unknown' ? open.why : `\`${describe(value)}\` is known only at deployment`;
  return [unknown(why, { kind: 'region', value: describe(value) })];
}

export const regionLiteral: Evaluator = (question) => {
  if (flagArgument(question, 'inboundOnly'))
    return scalarsOf(question.leaves).flatMap((stated) =>
      regionOf(question, stated.value).map((source) =>
        source.closed ? answerOn(stated, source) : pulledFrom(question, stated, source),
      ),
    );
  return [
    ...perValue(question, (value) => regionOf(question, value)),
    ...onAbsence(question, () =>
      unknown('no Region is stated and the service chooses', { kind: 'region', value: 'not stated' }),
    ),
  ];
};
