/** One test on one variable of a request: the only thing that policies are made of. */
import { matches } from './glob';
import type { Glob } from './glob';
import { addressOf } from './ip-range';
import type { IpRange } from './ip-range';

export type Comparison = '<' | '<=' | '>' | '>=' | '=';

export type Predicate =
  | { readonly kind: 'present' }
  /** The text matches one of the patterns. */
  | { readonly kind: 'text'; readonly any: readonly Glob[]; readonly source: string }
  /** Numbers, and dates as milliseconds since 1970: holds when one of the comparisons does. */
  | { readonly kind: 'number'; readonly any: readonly { readonly than: Comparison; readonly bound: number }[] }
  | { readonly kind: 'address'; readonly any: readonly IpRange[]; readonly source: string };

/** The only value of a key, some value of a list, or every value of a list (true of an absent one). */
export type Quantifier = 'one' | 'some' | 'every';

export interface Atom {
  /** `#action`, `#resource`, `#family`, or a condition key in lower case. */
  readonly variable: string;
  readonly quantifier: Quantifier;
  readonly predicate: Predicate;
  /** Equal for equal tests. */
  readonly id: string;
}

/** What a request says under one variable. */
export type RequestValue = string | readonly string[] | undefined;

/** Equal for equal predicates. */
export function nameOf(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'present':
      return 'present';
    case 'text':
    case 'address':
      return `${predicate.kind} ${predicate.source}`;
    case 'number':
      return `number ${predicate.any.map(({ than, bound }) => `${than}${bound}`).join(' ')}`;
  }
}

export const atomOf = (variable: string, quantifier: Quantifier, predicate: Predicate): Atom => ({
  variable,
  quantifier,
  predicate,
  id: `${variable}|${quantifier}|${nameOf(predicate)}`,
});

function compares(value: number, than: Comparison, bound: number): boolean {
  switch (than) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '=':
      return value === bound;
  }
}

/** Whether one text satisfies the predicate. */
export function satisfies(predicate: Predicate, text: string): boolean {
  switch (predicate.kind) {
    case 'present':
      return true;
    case 'text':
      return predicate.any.some((glob) => matches(glob, text));
    case 'number':
      return predicate.any.some(({ than, bound }) => compares(Number(text), than, bound));
    case 'address': {
      const address = addressOf(text);
      return (
        address !== undefined &&
        predicate.any.some(
          ({ six, first, last }) => six === address.six && first <= address.number && address.number <= last,
        )
      );
    }
  }
}

/** Whether the test holds of what a request says under the variable. */
export function holds(atom: Atom, value: RequestValue): boolean {
  if (atom.predicate.kind === 'present') return value !== undefined;
  if (atom.quantifier === 'one') return typeof value === 'string' && satisfies(atom.predicate, value);
  const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  return atom.quantifier === 'some'
    ? values.some((each) => satisfies(atom.predicate, each))
    : values.every((each) => satisfies(atom.predicate, each));
}
