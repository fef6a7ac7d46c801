import { enclave as shipped } from '../../config/enclave';
import { ConfigurationError, parseEnclave } from '../../config/parse';

const organization = shipped.organization!;

/** The lines a wrong section gives. */
function linesOf(change: object): readonly string[] {
  try {
    parseEnclave({ ...shipped, organization: { ...organization, ...change } });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.lines;
    throw error;
  }
  return [];
}

test('the shipped section is right, and an enclave without one is an enclave without perimeter', () => {
  expect(linesOf({})).toEqual([]);
  const { organization: _, ...rest } = shipped;
  expect(parseEnclave(rest).organization).toBeUndefined();
});

test.each([
  [
    'a Region outside the EEA',
    { region: 'us-east-1' },
    /organization\.region: saw "us-east-1", which is no Region in the EEA; choose one of/,
  ],
  [
    'a site’s account as management account',
    { managementAccount: '111122223333' },
    /organization\.managementAccount: saw "111122223333", which is an account that holds data/,
  ],
  [
    'the auditor’s account as management account',
    { managementAccount: '444455556666' },
    /which is an account that holds data or records/,
  ],
  [
    'something that is no unit',
    { units: { ...organization.units, data: 'data' } },
    /organization\.units\.data: saw "data", which is no id of an organizational unit/,
  ],
  [
    'the auditor in the unit of the sites',
    { units: { ...organization.units, oversight: organization.units.data } },
    /organization\.units\.oversight: .* the auditor is independent of every site/,
  ],
  [
    'a global action that moves data',
    { globalActions: [...organization.globalActions, 's3:*'] },
    /organization\.globalActions\[10\]: saw "s3:\*", which is no global action without data/,
  ],
  [
    'a global service that is not in use',
    { services: { s3: 'buckets' } },
    /organization\.globalActions\[0\]: saw "account:Get\*", which is an action of a service that is not among services/,
  ],
  ['a service with actions', { services: { ...organization.services, 's3:*': 'buckets' } }, /organization\.services/],
  [
    'a principal that is no service',
    { passRoleTo: ['*'] },
    /organization\.passRoleTo\[0\]: saw "\*", which is no service principal/,
  ],
  [
    'no reason to read',
    { gateway: { ...organization.gateway, reasons: [] } },
    /organization\.gateway\.reasons: saw \[\], which is empty/,
  ],
  [
    'a ticket that is any text',
    { gateway: { ...organization.gateway, ticket: '*' } },
    /organization\.gateway\.ticket: saw "\*", which is too short/,
  ],
  [
    'an unknown key',
    { oversight: true },
    /organization\.oversight: saw key "oversight", which is not a key of the configuration/,
  ],
] as const)('%s is refused in one line that says what to do', (_, change, line) => {
  expect(linesOf(change).join('\n')).toMatch(line);
});
