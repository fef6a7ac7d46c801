/** What is known of condition keys: which hold lists. */

/**
 * Condition keys whose value is a list, from the service authorization reference ("ArrayOf…" types), read 2026-09-26. An
 * operator for single values on one of them is refused; a set operator on any other key makes that key a list too.
 */
const MULTI_VALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
  'backup:copytargetorgpaths',
  'backup:copytargets',
  'cloudformation:targetregion',
  'dynamodb:attributes',
  'dynamodb:leadingkeys',
  'ec2:attribute',
  'events:targetarn',
  'kms:encryptioncontextkeys',
  'kms:grantoperations',
  's3:requestobjecttagkeys',
  'secretsmanager:addreplicaregions',
]);

export const isMultiValued = (variable: string): boolean => MULTI_VALUED.has(variable);

/** Variables of the request itself are always there; condition keys may be absent. */
export const isAlwaysPresent = (variable: string): boolean => variable.startsWith('#');
