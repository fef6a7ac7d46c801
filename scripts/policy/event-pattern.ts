/**
 * Event patterns as EventBridge matches them (`TestEventPattern`), for the comparisons the detectors use and their kin.
 * A comparison that is not known is an error: a test must not pass because a pattern was not understood.
 *
 * Source: EventBridge user guide, "Comparison operators for use in event patterns", read 2026-11-22.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a rule with this pattern takes the event. @throws Error when the pattern is none EventBridge would take */
export function matches(pattern: unknown, event: Json | undefined): boolean {
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    throw new Error(`no pattern: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') {
      if (!Array.isArray(wanted) || wanted.length < 2) throw new Error('$or needs two alternatives or more');
      return wanted.some((alternative) => matches(alternative, event));
    }
    // An array in an event stands for any of its items.
    const at = Array.isArray(event) ? event : [event];
    const values = at.map((one) => (isObject(one) ? (one as Record<string, Json>)[field] : undefined));
    if (isObject(wanted)) return values.some((value) => matches(wanted, value));
    if (!Array.isArray(wanted) || wanted.length === 0) throw new Error(`${field} is neither a list nor an object`);
    return values.some((value) => wanted.some((test) => leafMatches(test, value)));
  });
}

function leafMatches(test: unknown, value: Json | undefined): boolean {
  if (isObject(test) && 'exists' in test) return (value !== undefined && !isObject(value)) === test['exists'];
  if (value === undefined || isObject(value)) return false;
  if (Array.isArray(value)) return value.some((one: Json) => leafMatches(test, one));
  if (!isObject(test)) return test === value;
  const [[comparison, argument], ...more] = Object.entries(test) as [[string, unknown], ...[string, unknown][]];
  if (more.length > 0) throw new Error(`two comparisons in one test: ${JSON.stringify(test)}`);
  return compare(comparison, argument, value as string | number | boolean | null);
}

function compare(comparison: string, argument: unknown, value: string | number | boolean | null): boolean {
  const text = typeof value === 'string' ? value : undefined;
  switch (comparison) {
    case 'prefix':
      return text !== undefined && affix(argument, text, (whole, part) => whole.startsWith(part));
    case 'suffix':
      return text !== undefined && affix(argument, text, (whole, part) => whole.endsWith(part));
    case 'equals-ignore-case':
      return text !== undefined && list(argument).some((one) => String(one).toLowerCase() === text.toLowerCase());
    case 'wildcard':
      return text !== undefined && list(argument).some((one) => wildcard(String(one)).test(text));
    case 'anything-but':
      return isObject(argument)
        ? !Object.entries(argument).some(([inner, of]) => list(of).some((one) => compare(inner, one, value)))
        : !list(argument).some((one) => one === value);
    case 'numeric':
      return typeof value === 'number' && numeric(argument, value);
    default:
      throw new Error(`comparison ${comparison} is not known`);
  }
}

const list = (argument: unknown): readonly unknown[] => (Array.isArray(argument) ? argument : [argument]);

function affix(argument: unknown, value: string, holds: (whole: string, part: string) => boolean): boolean {
  if (isObject(argument))
    return list(argument['equals-ignore-case']).some((p) => holds(value.toLowerCase(), String(p).toLowerCase()));
  return holds(value, String(argument));
}

/** `*` stands for any characters, `\*` for itself. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\([*\\])|\*|[.*+?^${}()|[\]\\]/g, (found, escaped: string | undefined) =>
    escaped !== undefined ? `\\${escaped}` : found === '*' ? '.*' : `\\${found}`,
  );
  return new RegExp(`^${source}$`, 's');
}

function numeric(argument: unknown, value: number): boolean {
  const parts = list(argument);
  for (let i = 0; i < parts.length; i += 2) {
    const bound = Number(parts[i + 1]);
    const holds = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    }[String(parts[i])];
    if (holds === undefined) throw new Error(`numeric comparison ${String(parts[i])} is not known`);
    if (!holds) return false;
  }
  return true;
}
