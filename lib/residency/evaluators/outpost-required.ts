/** Judges targets that are the parent Region unless they say `outposts`: for a store on an Outpost, absence moves copies away. */
import { describe, textOf } from '../../template';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { outpostOpinion } from './zone-in-eea';
import type { Answer, Evaluator, Question } from './question';
import { absentPaths, perValue, valuesArgument } from './question';

export const outpostRequired: Evaluator = (question) => {
  const local = valuesArgument(question, 'value') ?? [];
  const { account, region } = question.resource.template.source;
  const onOutpost = (question.premises.sitesAt(account, region) ?? []).some((site) => site.placement === 'outpost');
  const toRegion = (because: string): Opinion => {
    const home = question.premises.home(question.resource);
    return onOutpost
      ? unknown(`${because}: copies leave the Outpost for ${home.because}`, home.place)
      : closed(home.place, because);
  };
  const absent: Answer[] = absentPaths(question).map((path) => ({
    ...toRegion(`\`${path}\` is not set, which means the Region`),
    path,
    origin: [],
  }));
  return [...perValue(question, (value) => target(question, value, local, region, account, toRegion)), ...absent];
};

function target(
  question: Question,
  value: Parameters<typeof describe>[0],
  local: readonly string[],
  region: string | undefined,
  account: string | undefined,
  toRegion: (because: string) => Opinion,
): Opinion {
  const text = textOf(value)?.trim().toLowerCase();
  if (text === undefined)
    return unknown(value.kind === 'unknown' ? value.why : `\`${describe(value)}\` is known only at deployment`, {
      value: describe(value),
    });
  return local.includes(text)
    ? outpostOpinion(question, 'an Outpost', region, account)
    : toRegion(`copies are kept in "${text}"`);
}
