/** Judges switches: some values open the channel, the others keep it shut. */
import { describe, textOf } from '../../template';
import { closed, unknown } from '../opinion';
import type { Evaluator } from './question';
import { conviction, farEnd, flagArgument, perValue, valuesArgument } from './question';

export const flagDeny: Evaluator = (question) => {
  const opening = flagArgument(question, 'anyValue') ? undefined : valuesArgument(question, 'values');
  const home = question.premises.home(question.resource).place;
  return perValue(question, (value, { path }) => {
    const words = describe(value);
    if (opening === undefined)
      return conviction(question, `the flag \`${path}\` is set (\`${words}\`), which opens the channel`);
    const text = textOf(value);
    if (text === undefined) {
      const why = value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`;
      return { ...unknown(`the flag \`${path}\` may open the channel: ${why}`, farEnd(question)) };
    }
    return opening.includes(text.trim().toLowerCase())
      ? conviction(question, `the flag \`${path}\` is ${words}, which opens the channel`)
      : closed(home, `the flag \`${path}\` is ${words}, which keeps the channel shut`);
  });
};
