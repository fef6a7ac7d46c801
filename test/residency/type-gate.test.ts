/** The gate steps back for a row that denies the type itself, but only where that row is heard. */
import { row } from '../../lib/catalogue';
import type { ChannelRow } from '../../lib/catalogue';
import { isDeniedByRow } from '../../lib/residency/type-gate';
import { OURS, here, told } from './court';

const denial = row('internet-gateway')!;
const everywhere: ChannelRow = row('macro')!;
const sites = [{ siteId: 'dub-1', account: OURS, region: 'eu-west-1' }];

test('the two rows that are asked about deny a type, one in enclaves only and one everywhere', () => {
  expect([denial.evaluator, denial.scope]).toEqual(['typeDeny', 'enclave']);
  expect([everywhere.evaluator, everywhere.scope]).toEqual(['typeDeny', undefined]);
});

test('a row that denies a type everywhere speaks in place of the gate', () => {
  expect(isDeniedByRow([everywhere], {})).toBe(true);
  expect(isDeniedByRow([everywhere], { sites })).toBe(true);
});

test('a row that denies a type only in an enclave leaves the gate to speak where there is no enclave', () => {
  expect(isDeniedByRow([denial], { sites })).toBe(true);
  expect(isDeniedByRow([denial], {})).toBe(false);
});

test('a row that judges values denies no type', () => {
  expect(isDeniedByRow([row('s3-replication-bucket')!], { sites })).toBe(false);
  expect(isDeniedByRow([], { sites })).toBe(false);
});

test('a denied type is found once, by its row where it has one and by the gate where it has none', () => {
  const macro = { Type: 'AWS::CloudFormation::Macro', Properties: { Name: 'M', FunctionName: 'f' } };
  const finding = { Type: 'AWS::EMRServerless::Application', Properties: { Type: 'Spark', ReleaseLabel: 'emr-7.0.0' } };
  expect(told(here({ Macro: macro })).filter((one) => /denied|^macro/.test(one))).toEqual(['macro unknown']);
  expect(told(here({ App: finding }))).toEqual(['type-denied unknown']);
});

test('a type somebody reviewed passes the gate', () => {
  const reviewed = { reviewedTypes: ['AWS::EMRServerless::Application', 'AWS::CloudFormation::Macro'] };
  expect(told(here({ App: { Type: 'AWS::EMRServerless::Application' } }, reviewed))).toEqual([]);
});
