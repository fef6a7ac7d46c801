/**
 * The classes of one variable: all truth vectors that its tests can take, each with a value that shows it. Two values of
 * one class are interchangeable in every policy, so a search over classes is a search over all requests.
 */
import { ProofRefusal } from '../refusal';
import { holds, satisfies } from './atom';
import type { Atom, Predicate, RequestValue } from './atom';
import { globClasses } from './glob-classes';
import { addressText } from './ip-range';
import { isAlwaysPresent, isMultiValued } from './variables';

export interface ValueClass {
  readonly value: RequestValue;
  /** Ids of the tests that hold. */
  readonly truth: ReadonlySet<string>;
}

/** Sets of more kinds of elements than this are too many to go through. */
const MOST_ELEMENT_CLASSES = 12;

/** @param familiar values to show instead of shortest ones, where they fall into the same class */
export function valueClasses(
  variable: string,
  atoms: readonly Atom[],
  familiar: readonly string[],
): readonly ValueClass[] {
  const classOf = (value: RequestValue): ValueClass => ({
    value,
    truth: new Set(atoms.filter((atom) => holds(atom, value)).map((atom) => atom.id)),
  });
  const elements = elementsOf(variable, atoms, familiar);
  const values: RequestValue[] = isAlwaysPresent(variable) ? [] : [undefined];
  const asList = atoms.some((atom) => atom.quantifier !== 'one');
  if (asList && atoms.some((atom) => atom.quantifier === 'one' && atom.predicate.kind !== 'present'))
    throw new ProofRefusal(
      'it is tested as a list and as a single value',
      variable,
      'Use ForAnyValue or ForAllValues everywhere or nowhere for this key.',
    );
  if (asList || isMultiValued(variable)) {
    if (elements.length > MOST_ELEMENT_CLASSES)
      throw new ProofRefusal(
        `${elements.length} kinds of elements in one list`,
        variable,
        'Use fewer different lists of values for this key.',
      );
    for (let set = 1; set < 1 << elements.length; set++) values.push(elements.filter((_, i) => (set >> i) & 1));
  } else values.push(...elements);
  const distinct = new Map<string, ValueClass>();
  for (const one of values.map(classOf)) {
    const key = [...one.truth].sort().join('|');
    if (!distinct.has(key)) distinct.set(key, one);
  }
  return [...distinct.values()];
}

/** One value for each truth vector of the predicates over single values. */
function elementsOf(variable: string, atoms: readonly Atom[], familiar: readonly string[]): readonly string[] {
  const predicates = [
    ...new Map(atoms.map((atom) => [atom.id.split('|').slice(2).join('|'), atom.predicate])).values(),
  ];
  const tested = predicates.filter((p) => p.kind !== 'present');
  const kinds = new Set(tested.map((p) => p.kind));
  if (kinds.size > 1)
    throw new ProofRefusal(
      `it is tested as ${[...kinds].join(' and as ')}`,
      variable,
      'Test one key with operators of one type.',
    );
  const distinct = new Map<string, string>();
  for (const value of [...familiar, ...candidates(variable, tested)]) {
    const vector = tested.map((p) => Number(satisfies(p, value))).join('');
    if (!distinct.has(vector)) distinct.set(vector, value);
  }
  return [...distinct.values()];
}

function candidates(variable: string, predicates: readonly Predicate[]): readonly string[] {
  const [first] = predicates;
  if (first === undefined || first.kind === 'text')
    return globClasses(
      predicates.flatMap((p) => (p.kind === 'text' ? [p.any] : [])),
      variable,
    ).map(({ witness }) => witness);
  if (first.kind === 'number') return numbersAround(predicates);
  return addressesAround(predicates);
}

/** Each bound, and a number in each gap between and beyond the bounds. */
function numbersAround(predicates: readonly Predicate[]): readonly string[] {
  const bounds = [
    ...new Set(predicates.flatMap((p) => (p.kind === 'number' ? p.any.map(({ bound }) => bound) : []))),
  ].sort((a, b) => a - b);
  const gaps = bounds.slice(1).map((bound, i) => (bound + bounds[i]!) / 2);
  return [...bounds, ...gaps, (bounds[0] ?? 0) - 1, (bounds.at(-1) ?? 0) + 1].map(String);
}

/** The first and last address of each range and their neighbours, in both versions of the protocol. */
function addressesAround(predicates: readonly Predicate[]): readonly string[] {
  const edges = predicates
    .flatMap((p) => (p.kind === 'address' ? p.any : []))
    .flatMap(({ six, first, last }) =>
      [first - 1n, first, last, last + 1n]
        .filter((n) => n >= 0n && n < 1n << (six ? 128n : 32n))
        .map((number) => addressText({ six, number })),
    );
  return [...edges, '0.0.0.0', '255.255.255.255', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'];
}
