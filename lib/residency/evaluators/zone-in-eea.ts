/** Judges zones, network border groups and Outposts: a zone can stand in another country than its Region. */
import { describe, parseArn, textOf } from '../../template';
import type { Scalar } from '../../template';
import { locateResource } from '../destination';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { countryOpinion, isPlaceholderZone, normaliseCode, regionOpinion, zoneOpinion } from '../places';
import type { Evaluator, Question } from './question';
import { perValue } from './question';

export const zoneInEea: Evaluator = (question) => perValue(question, (value) => zoneOf(question, value));

function zoneOf(question: Question, value: Scalar): Opinion {
  if (value.kind === 'unknown' && value.zonesOf !== undefined)
    return regionOpinion(value.zonesOf, question.resource.template.source.account);
  if (value.kind === 'reference') return locateResource(value.resource, question.premises, value.attribute);
  const arn = parseArn(value);
  if (arn) return outpostOpinion(question, describe(value), textOf(arn.region), textOf(arn.account));
  const text = textOf(value);
  if (text !== undefined && /^op-[0-9a-f]+$/u.test(text)) {
    const { account, region } = question.resource.template.source;
    return outpostOpinion(question, text, region, account);
  }
  if (text !== undefined && isPlaceholderZone(text))
    return closed(
      question.premises.home(question.resource).place,
      `"${text}" stands for a zone of this Region that the CDK did not look up`,
    );
  if (text !== undefined) return zoneOpinion(text);
  return unknown(value.kind === 'unknown' ? value.why : `\`${describe(value)}\` is known only at deployment`, {
    kind: 'zone',
    value: describe(value),
  });
}

/** An Outpost stands where the sites say; an ARN tells only its parent Region. */
export function outpostOpinion(question: Question, words: string, region?: string, account?: string): Opinion {
  const code = region === undefined ? undefined : normaliseCode(region);
  const site = (question.premises.sitesAt(account, code) ?? []).find(
    (one) => one.placement === 'outpost' && one.country,
  );
  const place = {
    kind: 'outpost' as const,
    value: words,
    ...(code ? { region: code } : {}),
    ...(account ? { account } : {}),
  };
  if (!site?.country)
    return unknown(`where \`${words}\` physically stands is not in any template; no site declares it`, place);
  const stands = countryOpinion(site.country, { kind: 'host', value: words }, `the Outpost of site ${site.siteId}`);
  return { ...stands, place: { ...place, ...(stands.place.country ? { country: stands.place.country } : {}) } };
}
