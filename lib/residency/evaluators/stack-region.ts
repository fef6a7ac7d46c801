/** Judges properties whose presence makes data (or keys) arrive in the Region of their own stack. */
import { findRegion } from '../../geo';
import { describe, textOf } from '../../template';
import { locate } from '../destination';
import type { Opinion } from '../opinion';
import { closed, worstOpinion } from '../opinion';
import { normaliseCode, regionOpinion } from '../places';
import { pulledFrom } from './inbound';
import type { Evaluator } from './question';
import { answerOn, argument, perValue, scalarsOf, valuesArgument } from './question';

export const stackRegion: Evaluator = (question) => {
  const { premises, resource } = question;
  const home = premises.home(resource);
  const opening = valuesArgument(question, 'values');
  const opens = (text: string | undefined): boolean =>
    opening === undefined || text === undefined || opening.includes(text.toLowerCase());
  if (argument(question, 'pulls') === 'source') {
    return scalarsOf(question.leaves).map((stated) => {
      const text = textOf(stated.value);
      if (!opens(text)) return answerOn(stated, closed(home.place, `"${text}" pulls nothing`));
      const source: Opinion =
        text !== undefined && findRegion(normaliseCode(text))
          ? regionOpinion(text)
          : locate(stated.value, premises, { from: resource, bareName: 'anywhere' });
      return pulledFrom(question, stated, source);
    });
  }
  return perValue(question, (value) => {
    const text = textOf(value);
    if (argument(question, 'pulls') === 'key') {
      // Key material is shared both ways: a replica here of a primary abroad leaves the keys in the hands of abroad.
      const primary = locate(value, premises, { from: resource, bareName: 'anywhere' });
      return worstOpinion([
        { ...primary, because: `the key material is shared with ${primary.because}` },
        { ...home, because: `key material arrives in ${home.because}` },
      ]);
    }
    if (!opens(text)) return closed(home.place, `"${text}" pulls nothing`);
    if (home.verdict === 'inside')
      return closed(home.place, `what \`${describe(value)}\` brings arrives in ${home.because}`);
    return { ...home, because: `what \`${describe(value)}\` brings arrives in ${home.because}` };
  });
};
