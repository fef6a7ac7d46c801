/** Wildcards by regular expression: deliberately another way than the prover's automaton. */

const QUOTED = /[.+^${}()|[\]\\]/g;
const compiled = new Map<string, RegExp>();

function expression(pattern: string, anything: string, ignoreCase: boolean): RegExp {
  const key = `${anything}${String(ignoreCase)}${pattern}`;
  let found = compiled.get(key);
  if (!found) {
    const body = pattern.replace(QUOTED, '\\$&').replace(/\*/g, `${anything}*`).replace(/\?/g, anything);
    compiled.set(key, (found = new RegExp(`^${body}$`, ignoreCase ? 'isu' : 'su')));
  }
  return found;
}

/** `*` any run of characters, `?` one character. */
export const fits = (pattern: string, text: string, ignoreCase = false): boolean =>
  expression(pattern, '.', ignoreCase).test(text);

/** ARN against ARN pattern: six sections, the first five apart, the last with all its colons. */
export function arnFits(pattern: string, text: string): boolean {
  const split = (arn: string): readonly string[] => {
    const parts = arn.split(':');
    return parts.length < 6 ? [] : [...parts.slice(0, 5), parts.slice(5).join(':')];
  };
  const wanted = split(pattern);
  const seen = split(text);
  return wanted.length === 6 && seen.length === 6 && wanted.every((section, i) => fits(section, seen[i]!));
}
