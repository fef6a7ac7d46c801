import type { Json } from '../../lib/template';
import { stack, valuesOf } from './resolving';

const Mappings: Json = {
  ByRegion: {
    'eu-west-1': { target: 'eu-north-1', other: 'x' },
    'eu-north-1': { target: 'us-east-1' },
  },
};
const find = (top: Json, second: Json = 'target', ...more: Json[]): Json => ({
  'Fn::FindInMap': ['ByRegion', top, second, ...more],
});

test('a known Region takes its own row', () => {
  expect(valuesOf(find({ Ref: 'AWS::Region' }), { Mappings })).toEqual(['eu-north-1']);
});

test('an unknown Region takes every row', () => {
  expect(valuesOf(find({ Ref: 'AWS::Region' }), { Mappings }, {})).toEqual(['eu-north-1', 'us-east-1']);
});

test('two look-ups by one unknown key take the same row', () => {
  const twice: Json = { 'Fn::Join': ['/', [find({ Ref: 'AWS::Region' }), find({ Ref: 'AWS::Region' })]] };
  expect(valuesOf(twice, { Mappings }, {})).toEqual(['eu-north-1/eu-north-1', 'us-east-1/us-east-1']);
});

test('DefaultValue stands in for a missing row', () => {
  expect(valuesOf(find('eu-west-3', 'target', { DefaultValue: 'none' }), { Mappings })).toEqual(['none']);
});

test('DefaultValue is possible where the key is open', () => {
  expect(valuesOf(find({ Ref: 'AWS::Region' }, 'target', { DefaultValue: 'none' }), { Mappings }, {})).toEqual([
    'eu-north-1',
    'none',
    'us-east-1',
  ]);
});

test('an unknown second key takes every entry of the row', () => {
  const sections = { Mappings, Parameters: { K: { Type: 'String' } } };
  expect(valuesOf(find('eu-west-1', { Ref: 'K' }), sections)).toEqual(['eu-north-1', 'x']);
});

test('a mapping that is not declared is unknown', () => {
  expect(valuesOf(find('eu-west-1'))).toEqual(['? mapping ByRegion is not declared']);
});

test('a mapping written by a macro is unknown', () => {
  expect(
    valuesOf(find('eu-west-1'), { Mappings: { ByRegion: { 'Fn::Transform': { Name: 'AWS::Include' } } } }),
  ).toEqual(['? mapping ByRegion is written by a macro']);
});

test('the row is told as the origin', () => {
  expect(stack({ Mappings }).resolve(find('eu-west-1'))[0]!.origin).toEqual(['mapping ByRegion row eu-west-1, target']);
});

test('keys named like members of an object are not found', () => {
  expect(valuesOf(find('constructor', '__proto__'), { Mappings })).toEqual([
    '? mapping ByRegion has no row constructor',
  ]);
});
