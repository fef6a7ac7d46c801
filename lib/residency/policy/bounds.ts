/** Whether the conditions of a statement bind who may use it to us, or what it reaches to places inside. */
import type { Scalar } from '../../template';
import { describe, parseArn, textOf } from '../../template';
import { custody, locate } from '../destination';
import type { LocateOptions } from '../destination';
import { regionOpinion } from '../places';
import { isAccountId } from '../premises';
import type { Premises } from '../premises';
import type { ConditionTest, Statement } from './statement';

export interface Bound {
  readonly holds: 'bound' | 'doubtful';
  readonly words: string;
}

/** Only operators that fail when the key is absent or different bind anything. */
const POSITIVE = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/i;

const ORGANISATION = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);
const ACCOUNT = new Set([
  'aws:principalaccount',
  'aws:sourceaccount',
  'aws:sourceowner',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  'aws:vpceaccount',
]);
const ARN = new Set([
  'aws:principalarn',
  'aws:sourcearn',
  's3:dataaccesspointarn',
  'aws:sourcevpcarn',
  'lambda:sourcefunctionarn',
  'ec2:sourceinstancearn',
]);
const ENDPOINT = new Set(['aws:sourcevpce', 'aws:sourcevpc']);
/** True only for clients that come through a mount target, which stands in a subnet of the file system's own network. */
const MOUNT_TARGET = 'elasticfilesystem:accessedviamounttarget';
const RESOURCE_ORGANISATION = new Set(['aws:resourceorgid', 'aws:resourceorgpaths']);

/** How the conditions bind the caller: to an organisation, account, resource or endpoint. Undefined when they do not. */
export function callerBound(statement: Statement, premises: Premises, options: LocateOptions): Bound | undefined {
  let doubtful: Bound | undefined;
  for (const test of statement.tests) {
    const bound = testBound(test, premises, options);
    if (bound?.holds === 'bound') return bound;
    doubtful ??= bound;
  }
  return doubtful;
}

function testBound(test: ConditionTest, premises: Premises, options: LocateOptions): Bound | undefined {
  const words = `${test.key} ${test.values.map(describe).join(', ')}`;
  if (test.key === 'aws:sourceip' && /^IpAddress$/i.test(test.operator))
    return { holds: 'doubtful', words: `${words} (addresses say nothing of who calls)` };
  if (test.key === MOUNT_TARGET && /^Bool$/i.test(test.operator) && test.values.length > 0 && test.values.every(isTrue))
    return { holds: 'bound', words };
  if (!POSITIVE.test(test.operator) || test.values.length === 0) return undefined;
  const every = (judge: (value: Scalar) => boolean): Bound => ({
    holds: test.values.every(judge) ? 'bound' : 'doubtful',
    words,
  });
  if (ORGANISATION.has(test.key)) return every((value) => literalOrOurs(value) && !/^(o-)?\*/.test(describe(value)));
  if (ACCOUNT.has(test.key)) return every((value) => isOurs(value, premises));
  if (ENDPOINT.has(test.key)) return every((value) => literalOrOurs(value) && !/^(vpce?-)?\*/.test(describe(value)));
  if (ARN.has(test.key)) return every((value) => arnIsOurs(value, premises, options));
  return undefined;
}

const isTrue = (value: Scalar): boolean => textOf(value)?.toLowerCase() === 'true';

const literalOrOurs = (value: Scalar): boolean => value.kind === 'text' || value.kind === 'reference';

function isOurs(value: Scalar, premises: Premises): boolean {
  if (value.kind === 'unknown') return value.pseudo === 'AWS::AccountId';
  const text = textOf(value);
  return text !== undefined && premises.isOurAccount(text);
}

function arnIsOurs(value: Scalar, premises: Premises, options: LocateOptions): boolean {
  if (value.kind === 'reference') return true;
  const arn = parseArn(value);
  if (!arn) return false;
  const account = textOf(arn.account);
  if (account === '') return locate(value, premises, options).verdict === 'inside';
  if (account === undefined) return arn.account.kind === 'unknown' && arn.account.pseudo === 'AWS::AccountId';
  return custody(account, premises) === undefined && isAccountId(account);
}

/** Whether the conditions bind what a permission may reach: to Regions inside, to accounts or an organisation of ours. */
export function isReachBound(statement: Statement, premises: Premises, destinationKey?: string): boolean {
  return statement.tests.some(({ key, operator, values }) => {
    if (!POSITIVE.test(operator) || values.length === 0) return false;
    if (key === 'aws:requestedregion' || key === destinationKey?.toLowerCase()) return values.every(insideRegion);
    if (RESOURCE_ORGANISATION.has(key))
      return values.every((value) => literalOrOurs(value) && !describe(value).includes('*'));
    return key === 'aws:resourceaccount' && values.every((value) => isOurs(value, premises));
  });
}

const insideRegion = (value: Scalar): boolean => regionOpinion(describe(value)).verdict === 'inside';
