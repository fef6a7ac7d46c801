/**
 * The classes of one variable: all truth vectors that its tests can take, each with a value that shows it. Two values of
 * one class are interchangeable in every policy, so a search over classes is a search over all requests.
 */
import { ProofRefusal } from '../refusal';
import { holds, nameOf, satisfies } from './atom';
import type { Atom, Predicate, RequestValue } from './atom';
import { globClasses } from './glob-classes';
import { addressText } from './ip-range';
import { isAlwaysPresent, isMultiValued } from './variables';

export interface ValueClass {
  readonly value: RequestValue;
  /** Ids of the tests that hold. */
  readonly truth: ReadonlySet<string>;
}

/** More ways in which a list can satisfy its tests are too many to go through. */
const MOST_LIST_CLASSES = 4096;

/** One value and which of the distinct tests of single values it satisfies. */
interface Element {
  readonly value: string;
  readonly satisfied: readonly boolean[];
}

/**
 * @param familiar values to show instead of shortest ones, where they fall into the same class
 * @throws ProofRefusal when the tests do not fit together or are too many
 */
export function valueClasses(
  variable: string,
  atoms: readonly Atom[],
  familiar: readonly string[],
): readonly ValueClass[] {
  const predicates = [...new Map(atoms.map(({ predicate }) => [nameOf(predicate), predicate])).values()];
  const tested = predicates.filter(({ kind }) => kind !== 'present');
  const numbers = new Map(tested.map((predicate, index) => [nameOf(predicate), index]));
  const elements = elementsOf(variable, tested, familiar);
  const asList = isMultiValued(variable) || atoms.some(({ quantifier }) => quantifier !== 'one');
  if (asList && atoms.some(({ quantifier, predicate }) => quantifier === 'one' && predicate.kind !== 'present'))
    throw new ProofRefusal(
      'it is tested as a list and as a single value',
      variable,
      'Use ForAnyValue or ForAllValues everywhere or nowhere for this key.',
    );
  const absent: readonly ValueClass[] = isAlwaysPresent(variable)
    ? []
    : [{ value: undefined, truth: new Set(atoms.filter((a) => holds(a, undefined)).map(({ id }) => id)) }];
  if (asList) return [...absent, ...listClasses(variable, atoms, elements, (p) => numbers.get(nameOf(p))!)];
  const single = elements.map(({ value, satisfied }) => ({
    value,
    truth: new Set(
      atoms
        .filter(({ predicate }) => predicate.kind === 'present' || satisfied[numbers.get(nameOf(predicate))!])
        .map(({ id }) => id),
    ),
  }));
  return [...absent, ...single];
}

/** The classes of lists: from single elements, one more element at a time until nothing new comes of it. */
function listClasses(
  variable: string,
  atoms: readonly Atom[],
  elements: readonly Element[],
  numberOf: (predicate: Predicate) => number,
): readonly ValueClass[] {
  const found = new Map<string, { readonly value: readonly string[]; readonly truth: ReadonlySet<string> }>();
  const queue: (readonly Element[])[] = elements.map((element) => [element]);
  for (let head = 0; head < queue.length; head++) {
    const list = queue[head]!;
    const holding = atoms.filter(({ quantifier, predicate }) => {
      if (predicate.kind === 'present') return true;
      const number = numberOf(predicate);
      return quantifier === 'some'
        ? list.some(({ satisfied }) => satisfied[number])
        : list.every(({ satisfied }) => satisfied[number]);
    });
    const key = holding.map(({ id }) => id).join('\n');
    if (found.has(key)) continue;
    if (found.size === MOST_LIST_CLASSES)
      throw new ProofRefusal(
        `more than ${MOST_LIST_CLASSES} kinds of lists`,
        variable,
        'Use fewer different lists of values for this key.',
      );
    found.set(key, { value: list.map(({ value }) => value), truth: new Set(holding.map(({ id }) => id)) });
    for (const element of elements) if (!list.includes(element)) queue.push([...list, element]);
  }
  return [...found.values()];
}

/** One value for each way in which the tests of single values can come out together. */
function elementsOf(variable: string, tested: readonly Predicate[], familiar: readonly string[]): readonly Element[] {
  const kinds = new Set(tested.map(({ kind }) => kind));
  if (kinds.size > 1)
    throw new ProofRefusal(
      `it is tested as ${[...kinds].join(' and as ')}`,
      variable,
      'Test one key with operators of one type.',
    );
  const [kind] = kinds;
  if (kind === undefined || kind === 'text')
    return globClasses(
      tested.map((p) => (p.kind === 'text' ? p.any : [])),
      variable,
      familiar,
    ).map(({ witness, accepts }) => ({ value: witness, satisfied: accepts }));
  const distinct = new Map<string, Element>();
  for (const value of kind === 'number' ? numbersAround(tested) : addressesAround(tested)) {
    const satisfied = tested.map((p) => satisfies(p, value));
    const key = satisfied.map(Number).join('');
    if (!distinct.has(key)) distinct.set(key, { value, satisfied });
  }
  return [...distinct.values()];
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
