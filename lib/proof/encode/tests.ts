/** Words for formulas: the vocabulary in which statements, premises and invariants are written. */
import { atomOf } from '../logic/atom';
import type { Predicate } from '../logic/atom';
import { test } from '../logic/formula';
import type { Formula } from '../logic/formula';
import { arnPattern, literal, wildcard } from '../logic/glob';
import type { Glob } from '../logic/glob';

export const ACTION = '#action';
export const RESOURCE = '#resource';
export const FAMILY = '#family';

const key = (name: string): string => name.toLowerCase();
const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** A text predicate: one of the patterns. `source` tells equal predicates apart from others; patterns are read when needed. */
export function textPredicate(
  mark: string,
  values: readonly string[],
  read: (value: string) => Glob | undefined,
): Predicate {
  const distinct = sorted(values);
  let globs: readonly Glob[] | undefined;
  return {
    kind: 'text',
    source: `${mark}${distinct.join(' ')}`,
    get any() {
      globs ??= distinct.flatMap((value) => {
        const glob = read(value);
        return glob ? [glob] : [];
      });
      return globs;
    },
  };
}

export const literals = (values: readonly string[]): Predicate => textPredicate('=', values, (v) => literal(v));
export const wildcards = (values: readonly string[]): Predicate => textPredicate('~', values, (v) => wildcard(v));
export const ignoringCase = (values: readonly string[]): Predicate =>
  textPredicate('i=', values, (v) => literal(v, true));

/** Patterns for ARNs. Values that are no ARN match nothing. */
export const arns = (values: readonly string[]): Predicate => textPredicate('arn~', values, arnPattern);

export const present = (name: string): Formula => test(atomOf(key(name), 'one', { kind: 'present' }));

/** The key has exactly one of these values. */
export const is = (name: string, ...values: readonly string[]): Formula =>
  test(atomOf(key(name), 'one', literals(values)));

/** The key is there and says yes. */
export const isTrue = (name: string): Formula => test(atomOf(key(name), 'one', ignoringCase(['true'])));
export const isFalse = (name: string): Formula => test(atomOf(key(name), 'one', ignoringCase(['false'])));

/** The key matches one of the patterns. */
export const like = (name: string, ...patterns: readonly string[]): Formula =>
  test(atomOf(key(name), 'one', wildcards(patterns)));

/** The key is an ARN that matches one of the patterns, section by section. */
export const arnLike = (name: string, ...patterns: readonly string[]): Formula =>
  test(atomOf(key(name), 'one', arns(patterns)));

/** The key is there and a number below this. */
export const isBelow = (name: string, bound: number): Formula =>
  test(atomOf(key(name), 'one', { kind: 'number', any: [{ than: '<', bound }] }));

/** Every value of a list is one of these; true of an absent list. */
export const everyIs = (name: string, values: readonly string[]): Formula =>
  test(atomOf(key(name), 'every', literals(values)));

export const everyArnLike = (name: string, patterns: readonly string[]): Formula =>
  test(atomOf(key(name), 'every', arns(patterns)));

/** Every value of a list matches one of the patterns; true of an absent list. */
export const everyLike = (name: string, ...patterns: readonly string[]): Formula =>
  test(atomOf(key(name), 'every', wildcards(patterns)));

export const someIs = (name: string, value: string): Formula => test(atomOf(key(name), 'some', literals([value])));

export const someLike = (name: string, patterns: readonly string[]): Formula =>
  test(atomOf(key(name), 'some', wildcards(patterns)));

/** The action is one of these (wildcards allowed, case does not matter). */
export const action = (...patterns: readonly string[]): Formula =>
  test(atomOf(ACTION, 'one', wildcards(patterns.map((p) => p.toLowerCase()))));

export const resource = (...patterns: readonly string[]): Formula => test(atomOf(RESOURCE, 'one', wildcards(patterns)));

/** Something that cannot be told from one variable: may hold or not, whatever else is so. */
export const free = (what: string): Formula => present(`either way: ${what}`);
