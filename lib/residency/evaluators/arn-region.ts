/** Judges destinations written as an ARN, a reference or a name looked up in the same Region. */
import { describe } from '../../template';
import { locate } from '../destination';
import { closed } from '../opinion';
import { isInbound, pulledFrom } from './inbound';
import type { Evaluator } from './question';
import { answerOn, isIgnored, scalarsOf } from './question';

export const arnRegion: Evaluator = (question) => {
  const { premises, resource } = question;
  return scalarsOf(question.leaves).map((stated) => {
    if (isIgnored(question, stated.value))
      return answerOn(
        stated,
        closed(premises.home(resource).place, `"${describe(stated.value)}" names no other place`),
      );
    const where = locate(stated.value, premises, { from: resource, bareName: 'here' });
    return isInbound(question) ? pulledFrom(question, stated, where) : answerOn(stated, where);
  });
};
