/** Judges switches: some values open the channel, the others keep it shut. */
import { describe, textOf } from '../../template';
import { closed, unknown } from '../opinion';
import type { Opinion } from '../opinion';
import type { Evaluator, Question } from './question';
import { conviction, farEnd, flagArgument, onAbsence, perValue, valuesArgument } from './question';

export const flagDeny: Evaluator = (question) => {
  const opening = flagArgument(question, 'anyValue') ? undefined : valuesArgument(question, 'values');
  const home = question.premises.home(question.resource).place;
  const judged = perValue(question, (value, { path }) => {
    const words = describe(value);
    if (opening === undefined)
      return conviction(question, `the flag \`${path}\` is set (\`${words}\`), which opens the channel`);
    const text = textOf(value);
    if (text === undefined) {
      const why = value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`;
      return { ...unknown(`the flag \`${path}\` may open the channel: ${why}`, farEnd(question)) };
    }
    const word = text.trim().toLowerCase();
    if (isSwitch(opening) && word !== 'true' && word !== 'false')
      return unknown(`the flag \`${path}\` is ${words}, which is neither true nor false`, farEnd(question));
    return opening.includes(word)
      ? conviction(question, `the flag \`${path}\` is ${words}, which opens the channel`)
      : closed(home, `the flag \`${path}\` is ${words}, which keeps the channel shut`);
  });
  if (absenceIsHarmless(question)) return judged;
  const beside = named(question, 'unlessSet').join(' or ');
  const unset = (path: string): Opinion =>
    unknown(
      `\`${path}\` is not set, and without ${beside} the service may open the channel by itself`,
      farEnd(question),
    );
  return [...judged, ...onAbsence(question, unset)];
};

/** A switch is on or off; what a service makes of anything else nobody can say. */
const isSwitch = ([only, ...more]: readonly string[]): boolean =>
  more.length === 0 && (only === 'true' || only === 'false');

/** Absence opens nothing where a property that keeps the channel shut is always there, or one it takes is never there. */
const absenceIsHarmless = (question: Question): boolean =>
  named(question, 'unlessSet').some((path) => question.resource.has(path) === 'always') ||
  named(question, 'onlyWithSet').some((path) => question.resource.has(path) === 'never');

/** Names of properties in the row's arguments. */
const named = (question: Question, argument: string): readonly string[] => {
  const paths = question.row.args?.[argument];
  return Array.isArray(paths) ? paths.map(String) : [];
};
