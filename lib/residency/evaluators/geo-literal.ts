/** Judges geographies as providers name them. A provider's `eu` is not the list of EEA states, so it is never proof. */
import { findCountry } from '../../geo';
import { describe, textOf } from '../../template';
import { inside, outside, unknown } from '../opinion';
import { regionOpinion } from '../places';
import type { Evaluator } from './question';
import { onAbsence, perValue } from './question';

const OUTSIDE = new Set([
  'us',
  'global',
  'worldwide',
  'unrestricted',
  'apac',
  'asia',
  'au',
  'jp',
  'ca',
  'uk',
  'us-gov',
  'latam',
]);

export const geoLiteral: Evaluator = (question) => [
  ...perValue(question, (value) => {
    const words = describe(value);
    const code = textOf(value)?.trim().toLowerCase();
    const place = { kind: 'unknown' as const, value: words };
    if (code === undefined)
      return unknown(value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`, place);
    if (OUTSIDE.has(code)) return outside(place, `the geography "${words}" reaches beyond the EEA`);
    const country = findCountry(code.toUpperCase());
    if (country && code !== 'eu')
      return country.eea
        ? inside({ ...place, country: country.code }, country.name)
        : outside({ ...place, country: country.code }, country.name);
    if (/-\d$/.test(code)) return regionOpinion(code);
    return unknown(`the provider alone decides which countries "${words}" means`, place);
  }),
  ...onAbsence(question, () =>
    outside(
      { kind: 'everyone', value: 'the provider’s default' },
      'no geography is stated and the provider’s default is not confined to the EEA',
    ),
  ),
];
