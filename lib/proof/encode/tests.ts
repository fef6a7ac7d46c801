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

/** A text predicate: one of the patterns. `source` tells equal predicates apart from others. */
export const textPredicate = (mark: string, values: readonly string[], globs: readonly Glob[]): Predicate => ({
  kind: 'text',
  any: globs,
  source: `${mark}${sorted(values).join(' ')}`,
});

export const literals = (values: readonly string[]): Predicate =>
  textPredicate(
    '=',
    values,
    sorted(values).map((v) => literal(v)),
  );

export const wildcards = (values: readonly string[]): Predicate =>
  textPredicate(
    '~',
    values,
    sorted(values).map((v) => wildcard(v)),
  );

export const ignoringCase = (values: readonly string[]): Predicate =>
  textPredicate(
    'i=',
    values,
    sorted(values).map((v) => literal(v, true)),
  );

/** Patterns for ARNs. Values that are no ARN match nothing. */
export const arns = (values: readonly string[]): Predicate =>
  textPredicate(
    'arn~',
    values,
    sorted(values).flatMap((v) => {
      const glob = arnPattern(v);
      return glob ? [glob] : [];
    }),
  );

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

/** Every value of a list is one of these; true of an absent list. */
export const everyIs = (name: string, values: readonly string[]): Formula =>
  test(atomOf(key(name), 'every', literals(values)));

export const everyArnLike = (name: string, patterns: readonly string[]): Formula =>
  test(atomOf(key(name), 'every', arns(patterns)));

export const someIs = (name: string, value: string): Formula => test(atomOf(key(name), 'some', literals([value])));

export const someLike = (name: string, patterns: readonly string[]): Formula =>
  test(atomOf(key(name), 'some', wildcards(patterns)));

/** The action is one of these (wildcards allowed, case does not matter). */
export const action = (...patterns: readonly string[]): Formula =>
  test(atomOf(ACTION, 'one', wildcards(patterns.map((p) => p.toLowerCase()))));

export const resource = (...patterns: readonly string[]): Formula => test(atomOf(RESOURCE, 'one', wildcards(patterns)));

/** Something that cannot be told from one variable: may hold or not, whatever else is so. */
export const free = (what: string): Formula => present(`either way: ${what}`);
