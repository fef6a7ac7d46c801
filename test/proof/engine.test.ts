import fc from 'fast-check';
import { conditionFormula } from '../../lib/proof/encode/condition';
import { everyIs, is, like, present, someLike } from '../../lib/proof/encode/tests';
import { arnFits, fits } from '../../lib/proof/evaluate/match';
import { certifies } from '../../lib/proof/logic/certificate';
import { and, evaluate, not, or } from '../../lib/proof/logic/formula';
import { holds } from '../../lib/proof/logic/atom';
import type { RequestValue } from '../../lib/proof/logic/atom';
import type { Formula } from '../../lib/proof/logic/formula';
import { globClasses } from '../../lib/proof/logic/glob-classes';
import { arnPattern, matches, wildcard } from '../../lib/proof/logic/glob';
import { RequestSpace } from '../../lib/proof/logic/request-space';
import { decide } from '../../lib/proof/logic/search';

const satisfiable = (formula: Formula): boolean => decide([formula], new RequestSpace([formula])).satisfiable;
const texts = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '*', '?', 'é'), maxLength: 7 });
const subjects = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', 'é', '\n'), maxLength: 9 });

test('a pattern matches the same texts by automaton and by regular expression', () => {
  fc.assert(
    fc.property(texts, subjects, (pattern, text) => matches(wildcard(pattern), text) === fits(pattern, text)),
    { numRuns: 2000 },
  );
});

test('an ARN pattern matches the same ARNs by automaton and by sections', () => {
  const section = fc.constantFrom('*', 'a', 'a*', '?', '');
  fc.assert(
    fc.property(
      fc.array(section, { minLength: 6, maxLength: 8 }),
      fc.array(fc.constantFrom('a', 'ab', '', 'b/c'), { minLength: 6, maxLength: 8 }),
      (pattern, arn) => {
        const text = arn.join(':');
        return matches(arnPattern(pattern.join(':'))!, text) === arnFits(pattern.join(':'), text);
      },
    ),
    { numRuns: 2000 },
  );
});

test('whatever a text matches, some class matches the same: the partition leaves nothing out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(texts, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      subjects,
      (tests, text) => {
        const globs = tests.map((patterns) => patterns.map((p) => wildcard(p)));
        const classes = globClasses(globs, 'a key').map(({ accepts }) => accepts.map(Number).join(''));
        return classes.includes(globs.map((test) => Number(test.some((glob) => matches(glob, text)))).join(''));
      },
    ),
    { numRuns: 500 },
  );
});

test('a class is shown by a text that really is of it', () => {
  const globs = [['a*', '*b'], ['ab'], ['?']].map((patterns) => patterns.map((p) => wildcard(p)));
  for (const { witness, accepts } of globClasses(globs, 'a key'))
    expect(globs.map((test) => test.some((glob) => matches(glob, witness)))).toEqual(accepts);
});

test('a negated operator matches an absent key, a positive one does not, IfExists always does', () => {
  const on = (operator: string): Formula => conditionFormula({ operator, key: 'aws:x', values: ['v'] }, 'here');
  const absent = not(present('aws:x'));
  expect(satisfiable(and(on('StringNotEquals'), absent))).toBe(true);
  expect(satisfiable(and(on('StringEquals'), absent))).toBe(false);
  expect(satisfiable(and(not(on('StringEqualsIfExists')), absent))).toBe(false);
  expect(satisfiable(and(not(on('ForAllValues:StringEquals')), absent))).toBe(false);
  expect(satisfiable(and(on('ForAnyValue:StringNotEquals'), absent))).toBe(false);
});

test('numbers, dates and addresses are told apart at their bounds', () => {
  const on = (operator: string, values: readonly string[], key = 'aws:x'): Formula =>
    conditionFormula({ operator, key, values }, 'here');
  expect(satisfiable(and(on('NumericLessThan', ['1.2']), on('NumericGreaterThanEquals', ['1.2'])))).toBe(false);
  expect(satisfiable(and(on('NumericLessThan', ['1.2']), on('NumericGreaterThan', ['1.1'])))).toBe(true);
  expect(satisfiable(and(on('DateLessThan', ['2026-01-01']), on('DateGreaterThan', ['2026-06-01'])))).toBe(false);
  expect(satisfiable(and(on('IpAddress', ['10.0.0.0/8']), on('NotIpAddress', ['10.0.0.0/9'])))).toBe(true);
  expect(satisfiable(and(on('IpAddress', ['10.0.0.0/9']), on('NotIpAddress', ['10.0.0.0/8'])))).toBe(false);
  expect(satisfiable(and(on('IpAddress', ['2001:db8::/32']), on('IpAddress', ['0.0.0.0/0'])))).toBe(false);
});

test('a policy variable may come out either way, so nothing is proved by it', () => {
  const own = conditionFormula({ operator: 'StringEquals', key: 'aws:x', values: ['${aws:PrincipalTag/x}'] }, 'here');
  expect([satisfiable(own), satisfiable(and(not(own), present('aws:x')))]).toEqual([true, true]);
});

test('lists are told apart by what some and what every element is', () => {
  const keys = 'aws:TagKeys';
  expect(satisfiable(and(someLike(keys, ['gw:*']), everyIs(keys, ['team'])))).toBe(false);
  expect(satisfiable(and(someLike(keys, ['gw:*']), not(everyIs(keys, ['gw:a']))))).toBe(true);
});

test.each([
  ['StringResembles', 'aws:x', ['v'], /the operator StringResembles is not known/],
  ['StringEquals', 'aws:tagkeys', ['v'], /which is a list, as one value/],
  ['IpAddress', 'aws:x', ['here'], /no address range/],
  ['NumericLessThan', 'aws:x', ['few'], /no numeric value/],
  ['Null', 'aws:x', ['maybe'], /Null tests/],
])('%s of %s is refused, not skipped', (operator, key, values, message) => {
  expect(() => conditionFormula({ operator, key, values }, 'scp x/Sid')).toThrow(message);
});

test('a certificate stands for its formula and for no other', () => {
  const impossible = and(is('a', 'x'), or(is('a', 'y'), like('a', 'z*')), present('b'));
  const other = and(is('a', 'x'), like('a', 'x*'));
  const space = new RequestSpace([impossible, other]);
  const outcome = decide([impossible], space);
  if (outcome.satisfiable) throw new Error('it is impossible');
  expect(certifies(outcome.certificate, [impossible], space)).toBe(true);
  expect(certifies(outcome.certificate, [other], space)).toBe(false);
});

test('a certificate that leaves out a case, or rests on something not asked, is not accepted', () => {
  const formulas = [or(is('a', 'x'), is('b', 'x')), not(is('a', 'x')), not(is('b', 'x'))];
  const either = or(and(is('a', 'x'), present('c')), and(is('b', 'x'), present('c')));
  const space = new RequestSpace([...formulas, either]);
  const outcome = decide([either, ...formulas.slice(1)], space);
  if (outcome.satisfiable) throw new Error('it is impossible');
  const { certificate } = outcome;
  expect(certifies(certificate, [either, ...formulas.slice(1)], space)).toBe(true);
  expect(certifies(certificate, [either, formulas[1]!], space)).toBe(false);
  const without = (step: typeof certificate): typeof certificate =>
    step.ways.length === 0
      ? step
      : { ...step, ways: step.ways.slice(1).map(({ taken, then }) => ({ taken, then: without(then) })) };
  expect(certifies(without(certificate), [either, ...formulas.slice(1)], space)).toBe(false);
});

/** Random formulas over two single keys and a list. */
const formulas = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y', 'x*', '*y', 'xy')).map(([k, p]) => like(k, p)),
      fc.constantFrom('a', 'b').map((key) => present(key)),
      fc.constantFrom('x', 'y', 'x*').map((p) => someLike('l', [p])),
      fc.constantFrom(['x'], ['x', 'y']).map((values) => everyIs('l', values)),
    ),
    tie('formula').map(not),
    fc.array(tie('formula'), { minLength: 2, maxLength: 3 }).map((parts) => and(...parts)),
    fc.array(tie('formula'), { minLength: 2, maxLength: 3 }).map((parts) => or(...parts)),
  ),
})).formula;

const TEXTS = [undefined, 'x', 'y', 'xy', 'xz', 'zy', 'z'];
const LISTS = [
  undefined,
  ['x'],
  ['y'],
  ['xz'],
  ['x', 'y'],
  ['x', 'xz'],
  ['y', 'xz'],
  ['x', 'y', 'xz'],
  ['z'],
  ['x', 'z'],
  ['y', 'z'],
  ['xz', 'z'],
];

test('the search finds a request exactly when trying all of them does, and its answers can be checked', () => {
  fc.assert(
    fc.property(fc.array(formulas, { minLength: 1, maxLength: 4 }), (asked) => {
      const space = new RequestSpace(asked);
      const holdsOf = (request: ReadonlyMap<string, RequestValue>): boolean =>
        asked.every((formula) => evaluate(formula, (atom) => holds(atom, request.get(atom.variable))));
      const outcome = decide(asked, space);
      if (outcome.satisfiable) return holdsOf(outcome.request);
      const any = TEXTS.some((a) =>
        TEXTS.some((b) =>
          LISTS.some((l) =>
            holdsOf(
              new Map<string, RequestValue>([
                ['a', a],
                ['b', b],
                ['l', l],
              ]),
            ),
          ),
        ),
      );
      return !any && certifies(outcome.certificate, asked, space);
    }),
    { numRuns: 3000 },
  );
});
