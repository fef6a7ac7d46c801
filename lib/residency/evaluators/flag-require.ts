/** Judges guards that have to stand: any other value opens the channel, and absence means what the row says. */
import { describe, textOf } from '../../template';
import { closed, unknown } from '../opinion';
import type { Evaluator } from './question';
import { conviction, farEnd, onAbsence, perValue, valuesArgument } from './question';

export const flagRequire: Evaluator = (question) => {
  const required = valuesArgument(question, 'value') ?? [];
  const home = question.premises.home(question.resource).place;
  const judged = perValue(question, (value, { path }) => {
    const words = describe(value);
    const text = textOf(value);
    if (required.includes('*') && value.kind !== 'unknown') return closed(home, `the guard \`${path}\` is ${words}`);
    if (text === undefined) {
      const why = value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`;
      return unknown(`the guard \`${path}\` may not stand: ${why}`, farEnd(question));
    }
    return required.includes(text.trim().toLowerCase())
      ? closed(home, `the guard \`${path}\` is ${words}`)
      : conviction(question, `the guard \`${path}\` is ${words} instead of ${required.join(' or ')}`);
  });
  return [...judged, ...onAbsence(question, (path) => conviction(question, `the guard \`${path}\` is not set`))];
};
