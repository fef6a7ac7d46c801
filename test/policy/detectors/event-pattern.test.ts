import { matches } from '../../../scripts/policy/event-pattern';

/** Pattern, an event it takes, one it does not: the examples of the user guide. */
const EXAMPLES: readonly (readonly [string, unknown, object, object])[] = [
  ['an exact value', { source: ['aws.s3'] }, { source: 'aws.s3' }, { source: 'aws.sqs' }],
  ['any of several values', { a: ['x', 'y'] }, { a: 'y' }, { a: 'z' }],
  ['numbers and texts apart', { a: [1] }, { a: 1 }, { a: '1' }],
  ['null', { a: [null] }, { a: null }, { a: '' }],
  ['a prefix', { a: [{ prefix: 'eu-' }] }, { a: 'eu-west-1' }, { a: 'us-east-1' }],
  ['a prefix in any case', { a: [{ prefix: { 'equals-ignore-case': 'EU' } }] }, { a: 'eu-west-1' }, { a: 'us' }],
  ['a suffix', { a: [{ suffix: '.png' }] }, { a: 'x.png' }, { a: 'x.jpg' }],
  ['anything but a value', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, { a: 'x' }],
  ['anything but several values', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, { a: 'y' }],
  ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'init' } }] }, { a: 'run' }, { a: 'initial' }],
  ['anything but a wildcard', { a: [{ 'anything-but': { wildcard: '*/lib/*' } }] }, { a: '/bin/x' }, { a: '/a/lib/x' }],
  ['nothing, where anything but a value is asked for', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, {}],
  ['presence', { a: [{ exists: true }] }, { a: 'x' }, { b: 'x' }],
  ['absence', { a: [{ exists: false }] }, { b: 'x' }, { a: 'x' }],
  ['absence below an absent field', { a: { b: [{ exists: false }] } }, { c: 1 }, { a: { b: 'x' } }],
  ['a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, { a: 0 }],
  ['any case', { a: [{ 'equals-ignore-case': 'Alice' }] }, { a: 'ALICE' }, { a: 'Bob' }],
  ['a wildcard', { a: [{ wildcard: 'dir/*.png' }] }, { a: 'dir/b.png' }, { a: 'other/b.png' }],
  ['an item of a list', { a: ['x'] }, { a: ['w', 'x'] }, { a: ['w'] }],
  ['one of two fields', { $or: [{ a: ['x'] }, { b: ['x'] }] }, { b: 'x' }, { a: 'y', b: 'y' }],
  ['every field at once', { a: ['x'], b: { c: ['y'] } }, { a: 'x', b: { c: 'y' } }, { a: 'x', b: { c: 'z' } }],
];

test.each(EXAMPLES)('a pattern takes %s and nothing else', (_, pattern, taken, passed) => {
  expect([matches(pattern, taken as never), matches(pattern, passed as never)]).toEqual([true, false]);
});

test('a pattern that EventBridge would refuse is an error, never a miss', () => {
  expect(() => matches({ a: [{ suffixes: 'x' }] }, { a: 'x' })).toThrow('comparison suffixes is not known');
  expect(() => matches({ a: 'x' }, { a: 'x' })).toThrow('neither a list nor an object');
  expect(() => matches({}, { a: 'x' })).toThrow('no pattern');
  expect(() => matches({ $or: [{ a: ['x'] }] }, { a: 'x' })).toThrow('two alternatives');
});
