import type { Json } from '../../lib/template';
import { consistent } from '../../lib/template';
import { bucket, resource, spelled, stack, valuesOf } from './resolving';

const equals = (left: Json, right: Json): Json => ({ 'Fn::Equals': [left, right] });
const choice = (condition: Json): Json => ({ 'Fn::If': [condition, 'yes', 'no'] });
const TRUE = equals('a', 'a');
const FALSE = equals('a', 'b');
const open: Json = equals({ Ref: 'P' }, 'x');

const decided: readonly [string, Json, string[]][] = [
  ['equal texts', TRUE, ['yes']],
  ['different texts', FALSE, ['no']],
  ['a number and its text', equals(1, '1'), ['yes']],
  ['the Region of the stack', equals({ Ref: 'AWS::Region' }, 'us-east-1'), ['no']],
  ['one resource twice', equals({ Ref: 'Data' }, { Ref: 'Data' }), ['yes']],
  ['an open parameter', open, ['no', 'yes']],
  ['Fn::Not', { 'Fn::Not': [TRUE] }, ['no']],
  ['Fn::And of true and false', { 'Fn::And': [TRUE, FALSE] }, ['no']],
  ['Fn::And with a false operand beside an open one', { 'Fn::And': [open, FALSE] }, ['no']],
  ['Fn::And with an open operand', { 'Fn::And': [TRUE, open] }, ['no', 'yes']],
  ['Fn::Or with a true operand beside an open one', { 'Fn::Or': [open, TRUE] }, ['yes']],
  ['Fn::Or of false operands', { 'Fn::Or': [FALSE, FALSE] }, ['no']],
  ['Condition', { Condition: 'Other' }, ['yes']],
  ['a condition that is not declared', { Condition: 'Nobody' }, ['no', 'yes']],
  ['an operand nobody knows', { 'Fn::Perhaps': [] }, ['no', 'yes']],
];

test.each(decided)('%s', (_name, condition, expected) => {
  const sections = { Parameters: { P: { Type: 'String' } }, Conditions: { C: condition, Other: TRUE } };
  expect(valuesOf(choice('C'), sections)).toEqual(expected);
});

test('one value never takes a condition both ways', () => {
  const sections = { Parameters: { P: { Type: 'String' } }, Conditions: { C: open } };
  const both: Json = { 'Fn::Join': ['/', [choice('C'), choice('C'), { 'Fn::If': ['C', 'y', 'n'] }]] };
  expect(valuesOf(both, sections)).toEqual(['no/no/n', 'yes/yes/y']);
});

test('the same test written in two conditions is decided the same way', () => {
  const sections = {
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: open, D: open, E: { 'Fn::Not': [open] } },
  };
  expect(valuesOf({ 'Fn::Join': ['/', [choice('C'), choice('D'), choice('E')]] }, sections)).toEqual([
    'no/no/yes',
    'yes/yes/no',
  ]);
});

test('a parameter and the conditions on it agree', () => {
  const sections = {
    Parameters: { Env: { Type: 'String', AllowedValues: ['prod', 'dev'] } },
    Conditions: { IsProd: equals({ Ref: 'Env' }, 'prod') },
  };
  expect(valuesOf({ 'Fn::Sub': ['${Env}-${X}', { X: { 'Fn::If': ['IsProd', 'big', 'small'] } }] }, sections)).toEqual([
    'dev-small',
    'prod-big',
  ]);
});

test('values of two properties can be asked whether they go together', () => {
  const template = stack({ Parameters: { P: { Type: 'String' } }, Conditions: { C: open } });
  const [yes, no] = template.resolve(choice('C'));
  const [big] = template.resolve({ 'Fn::If': ['C', 'big', 'small'] });
  expect(consistent(yes!, big!)).toBe(true);
  expect(consistent(no!, big!)).toBe(false);
});

test('conditions that refer to each other are undecided, not endless', () => {
  const sections = { Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } } };
  expect(valuesOf(choice('A'), sections)).toEqual(['no', 'yes']);
});

test('the long Region lists of CDK metadata conditions stay two values', () => {
  const regions = Array.from({ length: 34 }, (_, index) => equals({ Ref: 'AWS::Region' }, `eu-test-${index}`));
  const groups = [regions.slice(0, 10), regions.slice(10, 20), regions.slice(20, 30), regions.slice(30)];
  const sections = { Conditions: { CDKMetadataAvailable: { 'Fn::Or': groups.map((group) => ({ 'Fn::Or': group })) } } };
  expect(valuesOf(choice('CDKMetadataAvailable'), sections, {})).toEqual(['no', 'yes']);
  expect(valuesOf(choice('CDKMetadataAvailable'), sections, { region: 'eu-test-33' })).toEqual(['yes']);
});

describe('the condition of a resource', () => {
  const sections = {
    Parameters: { Env: { Type: 'String', AllowedValues: ['prod', 'dev'] } },
    Conditions: { IsProd: equals({ Ref: 'Env' }, 'prod'), Never: FALSE },
    Resources: {
      Copy: bucket(
        { BucketName: { 'Fn::If': ['IsProd', 'copy', { Ref: 'AWS::NoValue' }] }, Tag: { Ref: 'Env' } },
        { Condition: 'IsProd' },
      ),
      Ghost: bucket({}, { Condition: 'Never' }),
    },
  };

  test('excludes what its properties could only be without it', () => {
    const copy = resource(stack(sections), 'Copy');
    expect(spelled(copy.at('Tag')[0]!.possible)).toEqual(['prod']);
    expect(copy.has('BucketName')).toBe('always');
    expect(copy.at('BucketName')[0]!.optional).toBe(false);
  });

  test('that never holds leaves no resource', () => {
    expect(resource(stack(sections), 'Ghost').mayExist).toBe(false);
    expect(resource(stack(sections), 'Copy').mayExist).toBe(true);
  });

  test('is listed with the truth values it may take', () => {
    const { conditions } = stack(sections);
    expect(conditions.get('IsProd')!.possible.map(({ holds }) => holds)).toEqual([true, false]);
    expect(conditions.get('Never')!.possible.map(({ holds }) => holds)).toEqual([false]);
  });
});
