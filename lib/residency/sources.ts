/** Places that data is brought in from: they may write, and nothing goes back. */
import { countryOfRegion } from '../geo';
import { describe } from '../template';
import type { SourcePlace } from './options';
import type { Premises } from './premises';
import type { Statement } from './policy/statement';

/** The declared sources whose account a statement names as a principal. */
export function sourcesNamed(statement: Statement, premises: Premises): readonly SourcePlace[] {
  const named = statement.principals.map(({ value }) => describe(value));
  return (premises.options.sources ?? []).filter(({ account }) => named.some((words) => words.includes(account)));
}

/** The sources in words: account, Region and country. */
export const sourceWords = (sources: readonly SourcePlace[]): string =>
  sources.map(({ account, region }) => `${account} in ${region} (${countryOfRegion(region).name})`).join(' and ');
