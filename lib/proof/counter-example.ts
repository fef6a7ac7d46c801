/** A request that breaks an invariant, as people read it. */
import { ACTION, FAMILY, RESOURCE } from './encode/tests';
import { actionText } from './familiar';
import type { RequestValue } from './logic/atom';

/** Names of the request's own variables. */
const WORDS: Readonly<Record<string, string>> = { [FAMILY]: 'caller', [ACTION]: 'action', [RESOURCE]: 'resource' };

export const variableText = (variable: string): string => WORDS[variable] ?? variable;

/** `(absent)`, a text, or a list of texts. An empty text stands for any that no policy names. */
export function valueText(variable: string, value: RequestValue): string {
  if (value === undefined) return '(absent)';
  if (typeof value !== 'string') return `[${value.map((one) => valueText(variable, one)).join(', ')}]`;
  if (value === '') return '(any other)';
  return variable === ACTION ? actionText(value) : value;
}

/** Lines `name: value`, the request's own variables first. */
export function requestLines(request: ReadonlyMap<string, RequestValue>): readonly (readonly [string, string])[] {
  const own = [FAMILY, ACTION, RESOURCE].filter((variable) => request.has(variable));
  const keys = [...request.keys()].filter((variable) => !variable.startsWith('#')).sort();
  return [...own, ...keys].map((variable) => [variableText(variable), valueText(variable, request.get(variable))]);
}
