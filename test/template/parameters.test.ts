import { describe as spell } from '../../lib/template';
import { stack, valuesOf } from './resolving';

test('AllowedValues are exactly the possible values, default or not', () => {
  expect(
    valuesOf({ Ref: 'P' }, { Parameters: { P: { Type: 'String', Default: 'a', AllowedValues: ['a', 'b'] } } }),
  ).toEqual(['a', 'b']);
});

test('numbers among AllowedValues are text', () => {
  expect(valuesOf({ Ref: 'P' }, { Parameters: { P: { Type: 'Number', AllowedValues: [1, 2] } } })).toEqual(['1', '2']);
});

test('a default alone is one possible value beside an open one', () => {
  const values = stack({ Parameters: { P: { Type: 'String', Default: 'us-east-1' } } }).resolve({ Ref: 'P' });
  expect(values.map(({ value }) => spell(value))).toEqual(['us-east-1', '${?}']);
  expect(values[0]!.origin).toEqual(['parameter P (default; open at deployment)']);
  expect(values[1]!.value).toMatchObject({ kind: 'unknown', parameter: 'P' });
});

test('without a default the value is open', () => {
  expect(valuesOf({ Ref: 'P' }, { Parameters: { P: { Type: 'String' } } })).toEqual([
    '? parameter P is open at deployment',
  ]);
});

test('a Systems Manager parameter is unknown, whatever its default path', () => {
  const parameters = { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/target' } };
  expect(valuesOf({ Ref: 'P' }, { Parameters: parameters })).toEqual([
    '? parameter P is read from Systems Manager parameter "/target" at deployment',
  ]);
});

test('the items of a list parameter are split', () => {
  const parameters = { P: { Type: 'CommaDelimitedList', Default: 'a, b,c' } };
  expect(valuesOf({ 'Fn::Select': [1, { Ref: 'P' }] }, { Parameters: parameters })).toEqual([
    '? parameter P is open at deployment',
    'b',
  ]);
  expect(valuesOf({ 'Fn::Join': ['+', { Ref: 'P' }] }, { Parameters: parameters })).toEqual([
    '? parameter P is open at deployment',
    'a+b+c',
  ]);
});

test('a parameter that is not a map is open', () => {
  expect(valuesOf({ Ref: 'P' }, { Parameters: { P: 'text' } })).toEqual(['? parameter P is open at deployment']);
});

test('parameters are listed with type, values and line', () => {
  const template = stack({ Parameters: { P: { Type: 'Number', AllowedValues: [1] } } });
  expect(template.parameters.get('P')).toMatchObject({ name: 'P', type: 'Number' });
});

test('one value never takes a parameter as its default and as something else', () => {
  const sections = { Parameters: { P: { Type: 'String', Default: 'a' } } };
  expect(valuesOf({ 'Fn::Join': ['/', [{ Ref: 'P' }, { Ref: 'P' }]] }, sections)).toEqual(['${?}/${?}', 'a/a']);
});
