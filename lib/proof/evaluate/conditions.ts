/** Condition blocks on a concrete request. Written apart from the prover's encoding, so that each checks the other. */
import { parse, parseCIDR } from 'ipaddr.js';
import type { ConditionTest } from '../policy/document';
import { arnFits, fits } from './match';

/** Condition keys in lower case. */
export type Context = ReadonlyMap<string, string | readonly string[]>;

type Compare = (wanted: string, seen: string) => boolean;

const instant = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const inRange: Compare = (range, address) => {
  try {
    const ip = parse(address);
    const [network, length] = range.includes('/')
      ? parseCIDR(range)
      : [parse(range), parse(range).kind() === 'ipv6' ? 128 : 32];
    return ip.kind() === network.kind() && ip.match([network, length] as never);
  } catch {
    return false;
  }
};

const COMPARE: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, seen) => wanted === seen,
  StringEqualsIgnoreCase: (wanted, seen) => wanted.toLowerCase() === seen.toLowerCase(),
  StringLike: (wanted, seen) => fits(wanted, seen),
  ArnEquals: arnFits,
  ArnLike: arnFits,
  Bool: (wanted, seen) => wanted.toLowerCase() === seen.toLowerCase(),
  BinaryEquals: (wanted, seen) => wanted === seen,
  IpAddress: inRange,
  NumericEquals: (wanted, seen) => Number(seen) === Number(wanted),
  NumericLessThan: (wanted, seen) => Number(seen) < Number(wanted),
  NumericLessThanEquals: (wanted, seen) => Number(seen) <= Number(wanted),
  NumericGreaterThan: (wanted, seen) => Number(seen) > Number(wanted),
  NumericGreaterThanEquals: (wanted, seen) => Number(seen) >= Number(wanted),
  DateEquals: (wanted, seen) => instant(seen) === instant(wanted),
  DateLessThan: (wanted, seen) => instant(seen) < instant(wanted),
  DateLessThanEquals: (wanted, seen) => instant(seen) <= instant(wanted),
  DateGreaterThan: (wanted, seen) => instant(seen) > instant(wanted),
  DateGreaterThanEquals: (wanted, seen) => instant(seen) >= instant(wanted),
};

const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** Replaces policy variables by what the request says; undefined when it says nothing, so that nothing can match. */
function substituted(value: string, context: Context): string | undefined {
  let missing = false;
  const text = value.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if ('*?$'.includes(name)) return name;
    const seen = context.get(name.split(',')[0]!.trim().toLowerCase());
    if (typeof seen !== 'string') missing = true;
    return typeof seen === 'string' ? seen : '';
  });
  return missing ? undefined : text;
}

/** @throws Error on an operator that is not known */
export function conditionHolds({ operator, key, values }: ConditionTest, context: Context): boolean {
  const seen = context.get(key);
  if (operator === 'Null') return values.some((v) => (v.toLowerCase() === 'true') === (seen === undefined));
  const [, set, base, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (base === undefined) throw new Error(`operator ${operator} is not known`);
  if (ifExists !== undefined && seen === undefined) return true;
  const negated = NEGATIONS[base];
  const compare = COMPARE[negated ?? base];
  if (!compare) throw new Error(`operator ${operator} is not known`);
  const wanted = values.map((v) => substituted(v, context));
  const passes = (one: string): boolean => {
    const matched = wanted.some((w) => w !== undefined && compare(w, one));
    return negated === undefined ? matched : !matched;
  };
  const all = seen === undefined ? [] : typeof seen === 'string' ? [seen] : seen;
  if (set === 'ForAnyValue') return all.some(passes);
  if (set === 'ForAllValues') return all.every(passes);
  if (seen === undefined) return negated !== undefined;
  return all.length === 1 && passes(all[0]!);
}
