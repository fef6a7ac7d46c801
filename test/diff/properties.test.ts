/** Promises about every difference, whatever the applications: order and names mean nothing, and nothing is hidden. */
import fc from 'fast-check';
import type { Json } from '../../lib/template';
import type { Stack } from '../residency/court';
import { ADMINISTRATION, FRANKFURT, LONDON, NEVER_ABROAD, SHOP, bucket, key, replicatingTo, shop } from './shop';
import { compare, lines, side } from './sides';

/** Versions of the shop that differ in what may go where. */
const VERSIONS: readonly (readonly Stack[])[] = [
  [shop(), FRANKFURT, LONDON],
  [shop({ Figures: bucket('shop-figures', 'public') }), FRANKFURT, LONDON],
  [shop({ Key: key(ADMINISTRATION) }), FRANKFURT, LONDON],
  [shop({ Returns: bucket('', 'restricted', replicatingTo('orders-copy-london')) }), FRANKFURT, LONDON],
  [shop({ Returns: bucket('', 'restricted', replicatingTo('orders-copy-frankfurt')) }), FRANKFURT, LONDON],
  [shop({ Endpoint: undefined, Key: key(NEVER_ABROAD) }), FRANKFURT],
];
const version = fc.integer({ min: 0, max: VERSIONS.length - 1 }).map((index) => VERSIONS[index]!);
const seed = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });

function shuffled<T>(items: readonly T[], order: readonly number[]): T[] {
  return items
    .map((item, index) => ({ item, at: order[index % order.length]! * 31 + ((index * 7919) % 101) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The same application with everything in another order: stacks, resources, and statements of policies. */
const reordered = (stacks: readonly Stack[], order: readonly number[]): readonly Stack[] =>
  shuffled(stacks, order).map((stack) => ({
    ...stack,
    resources: Object.fromEntries(
      shuffled(Object.entries(stack.resources), order).map(([id, one]) => [id, statementsReordered(one, order)]),
    ),
  }));

function statementsReordered(value: Json, order: readonly number[]): Json {
  if (Array.isArray(value)) return value.map((one) => statementsReordered(one, order));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      ['Statement', 'Action'].includes(name) && Array.isArray(inner)
        ? shuffled(inner, order)
        : statementsReordered(inner, order),
    ]),
  );
}

/** The same application with other logical ids. */
const renamed = (stacks: readonly Stack[], suffix: string): readonly Stack[] =>
  stacks.map((stack) => {
    const ids = new Set(Object.keys(stack.resources));
    const rename = (value: Json): Json => {
      if (typeof value === 'string')
        return ids.has(value)
          ? `${value}${suffix}`
          : value.replace(/\$\{(\w+)/g, (all, id: string) => (ids.has(id) ? `\${${id}${suffix}` : all));
      if (Array.isArray(value)) return value.map(rename);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rename(inner)]));
    };
    return {
      ...stack,
      resources: Object.fromEntries(
        Object.entries(stack.resources).map(([id, one]) => [`${id}${suffix}`, rename(one)]),
      ),
    };
  });

test('an application compared with itself, in any order, has no row', () => {
  fc.assert(
    fc.property(version, seed, (stacks, order) => {
      expect(lines(compare(side(stacks), side(reordered(stacks, order))))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('the order of stacks, resources, statements and actions changes no row and no fingerprint', () => {
  fc.assert(
    fc.property(version, version, seed, seed, (before, after, one, two) => {
      const plain = compare(side(before), side(after));
      const mixed = compare(side(reordered(before, one)), side(reordered(after, two)));
      expect(mixed.verdict).toBe(plain.verdict);
      expect(lines(mixed)).toEqual(lines(plain));
      expect(mixed.rows.map(({ fingerprint }) => fingerprint)).toEqual(
        plain.rows.map(({ fingerprint }) => fingerprint),
      );
    }),
    { numRuns: 40 },
  );
});

test('other logical ids alone are no row, and together with a change they hide nothing of it', () => {
  fc.assert(
    fc.property(version, version, fc.stringMatching(/^[A-F0-9]{8}$/), (before, after, suffix) => {
      expect(lines(compare(side(before), side(renamed(before, suffix))))).toEqual([]);
      const other = compare(side(before), side(renamed(after, suffix)));
      expect(other.verdict).toBe(compare(side(before), side(after)).verdict);
    }),
    { numRuns: 40 },
  );
});

test('what widens one way never reads as unchanged the other way', () => {
  for (const before of VERSIONS)
    for (const after of VERSIONS) {
      const there = compare(side(before), side(after)).verdict;
      const back = compare(side(after), side(before)).verdict;
      if (there === 'residencyNarrowed') expect(back).toBe('residencyWidened');
      if (there === 'residencyUnchanged') expect(back).toBe('residencyUnchanged');
    }
});

test('a finding of the head that the base has not is never without a row', () => {
  for (const before of VERSIONS)
    for (const after of VERSIONS) {
      const [base, head] = [side(before), side(after)];
      const known = new Set(base.judgement.findings.map(({ fingerprint }) => fingerprint));
      const told = new Set(compare(base, head).rows.map(({ fingerprint }) => fingerprint));
      for (const finding of head.judgement.findings)
        if (!known.has(finding.fingerprint)) expect([...told]).toContain(finding.fingerprint);
    }
  expect(Object.keys(SHOP)).toHaveLength(8);
});
