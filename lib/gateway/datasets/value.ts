/** Is a stored value what its field says? One check per kind, made once per dataset. */
import { isIP } from 'node:net';
import { toUSVString } from 'node:util';
import { DatasetError, LONGEST_STRING } from './dataset';
import type { ValueKind } from './dataset';

/** The values a field can hold once it is checked. */
export type Value = string | number | boolean;

/** True when the value is of the kind. Never throws, whatever it is given. */
export type ValueCheck = (value: unknown) => value is Value;

const DATE_LENGTH = '2026-11-22'.length;
// What follows the day; whether the day exists is reckoned apart.
const TIME = /^.{10}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The check of a kind. @throws DatasetError for a kind that does not exist */
export function valueCheck(kind: ValueKind): ValueCheck {
  return check(kind) as ValueCheck;
}

function check(kind: ValueKind): (value: unknown) => boolean {
  switch (kind.type) {
    case 'string':
      return stringCheck(kind);
    case 'integer':
      return rangeCheck(kind, Number.isSafeInteger);
    case 'number':
      return rangeCheck(kind, Number.isFinite);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'date':
      return (value) => typeof value === 'string' && value.length === DATE_LENGTH && beginsWithDay(value);
    case 'instant':
      return (value) => typeof value === 'string' && TIME.test(value) && beginsWithDay(value);
    case 'ip':
      return (value) => typeof value === 'string' && isIP(value) !== 0 && !value.includes('%');
    default:
      throw new DatasetError(`no kind of value is called "${(kind as { type: string }).type}"`);
  }
}

function stringCheck({ maxLength = LONGEST_STRING, pattern, oneOf }: Extract<ValueKind, { type: 'string' }>) {
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  const list = oneOf && new Set(oneOf);
  // A lone surrogate becomes U+FFFD in UTF-8: two different values would get one pseudonym.
  return (value: unknown) =>
    typeof value === 'string' &&
    value.length <= maxLength &&
    (list === undefined || list.has(value)) &&
    (whole === undefined || whole.test(value)) &&
    toUSVString(value) === value;
}

function rangeCheck(
  { min = -Infinity, max = Infinity }: { min?: number | undefined; max?: number | undefined },
  is: (value: unknown) => boolean,
) {
  return (value: unknown) => is(value) && (value as number) >= min && (value as number) <= max;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Begins with a day that the calendar has. Reckoned by hand: patterns and Dates cost more than the rest of the checks. */
function beginsWithDay(text: string): boolean {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < 0 || text[4] !== '-' || text[7] !== '-' || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** The number that the characters from `begin` to `end` write; -1 if one is no digit. */
function digits(text: string, begin: number, end: number): number {
  let number = 0;
  for (let i = begin; i < end; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}
