import fc from 'fast-check';
import { describeDifference, policiesEqual, policyDifference } from '../../lib/attestation';
import type { Json } from '../../lib/template';

const use: Json = {
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:Decrypt',
  Resource: '*',
};
const policy = (...statements: Json[]): Json => ({ Version: '2012-10-17', Statement: statements });
const changed = (change: { [key: string]: Json }): Json => policy({ ...(use as object), ...change });

describe('policies that mean the same', () => {
  test.each<[string, Json, Json]>([
    ['one value and a list of it', changed({ Action: ['kms:Decrypt'], Resource: ['*'] }), policy(use)],
    ['one statement and a list of it', { Version: '2012-10-17', Statement: use }, policy(use)],
    ['actions in another case', changed({ Action: 'KMS:decrypt' }), policy(use)],
    ['actions in another order', changed({ Action: ['kms:A', 'kms:B'] }), changed({ Action: ['kms:B', 'kms:A'] })],
    ['an account number and its root', changed({ Principal: { AWS: '111122223333' } }), policy(use)],
    ['everyone, written both ways', changed({ Principal: '*' }), changed({ Principal: { AWS: ['*'] } })],
    ['another Sid and Id', { Id: 'x', ...(changed({ Sid: 'Renamed' }) as object) }, policy(use)],
    [
      'keys in another order',
      policy({ Resource: '*', Action: 'kms:Decrypt', Principal: { AWS: '111122223333' }, Effect: 'Allow' }),
      policy(use),
    ],
    ['a repeated statement', policy(use, use), policy(use)],
    ['an empty condition and none', changed({ Condition: {} }), policy(use)],
    [
      'booleans and numbers and their text, and condition keys in another case',
      changed({
        Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 'aws:MultiFactorAuthAge': 5 } },
      }),
      changed({
        Condition: { NumericLessThan: { 'AWS:multifactorauthage': ['5'] }, Bool: { 'aws:securetransport': 'True' } },
      }),
    ],
    ['no version and the version AWS assumes', { Statement: use }, { Version: '2008-10-17', Statement: use }],
  ])('%s', (_title, a, b) => {
    expect(policyDifference(a, b)).toBeUndefined();
    expect(policyDifference(b, a)).toBeUndefined();
  });
});

describe('policies that do not mean the same are told apart in words', () => {
  test.each<[string, Json, string]>([
    ['another effect', changed({ Effect: 'Deny' }), 'statement Use was changed (Effect: +Deny, -Allow)'],
    ['a further action', changed({ Action: ['kms:Decrypt', 'kms:*'] }), 'statement Use was changed (Action: +kms:*)'],
    [
      'another principal',
      changed({ Principal: { AWS: '999988887777' } }),
      'statement Use was changed (Principal: +AWS 999988887777, -AWS 111122223333)',
    ],
    [
      'a service of the same name',
      changed({ Principal: { Service: '111122223333' } }),
      'statement Use was changed (Principal: +Service 111122223333, -AWS 111122223333)',
    ],
    [
      'the opposite of an element',
      policy({
        Sid: 'Use',
        Effect: 'Allow',
        Principal: { AWS: '111122223333' },
        NotAction: 'kms:Decrypt',
        Resource: '*',
      }),
      'statement Use was changed (Action: -kms:decrypt; NotAction: +kms:decrypt)',
    ],
    [
      'a resource in another case',
      changed({ Resource: 'arn:aws:kms:eu-west-1:111122223333:key/A' }),
      'statement Use was changed (Resource: +arn:aws:kms:eu-west-1:111122223333:key/A, -*)',
    ],
    [
      'a further condition',
      changed({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      'statement Use was changed (Condition: +Bool aws:securetransport ["true"])',
    ],
    ['nothing left', policy(), 'statement Use was removed'],
    [
      'one more',
      policy(use, { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }),
      'a statement without Sid (Allow kms:* to AWS *) was added',
    ],
    [
      'another version',
      { Version: '2008-10-17', Statement: use },
      'the policy version was 2012-10-17 and is 2008-10-17',
    ],
  ])('%s', (_title, seen, words) => {
    const difference = policyDifference(policy(use), seen);
    expect(difference && describeDifference(difference)).toBe(words);
  });

  test('what is no policy document differs from one', () => {
    for (const nothing of [null, 'text', [], 7]) expect(policiesEqual(policy(use), nothing)).toBe(false);
  });

  test('a test on another tag or encryption context key is another test, whatever its case', () => {
    const on = (key: string): Json => changed({ Condition: { StringEquals: { [key]: 'x' } } });
    expect(policiesEqual(on('aws:PrincipalTag/Team'), on('AWS:principaltag/Team'))).toBe(true);
    expect(policiesEqual(on('aws:PrincipalTag/Team'), on('aws:PrincipalTag/team'))).toBe(false);
    expect(policiesEqual(on('kms:EncryptionContext:A'), on('kms:EncryptionContext:B'))).toBe(false);
  });
});

describe('for any policy', () => {
  const words = (prefix: string) =>
    fc.uniqueArray(
      fc.constantFrom('a', 'b', 'c', 'd', 'e').map((w) => `${prefix}${w}`),
      { minLength: 1, maxLength: 4 },
    );
  const statement = fc.record({
    Sid: fc.constantFrom('One', 'Two', 'Three'),
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.record({ AWS: words('arn:aws:iam::111122223333:role/') }),
    Action: words('kms:'),
    Resource: words('arn:aws:kms:eu-west-1:111122223333:key/'),
    Condition: fc.record({
      StringEquals: fc.record({ 'kms:ViaService': words('s3.'), 'kms:CallerAccount': words('1') }),
    }),
  });
  /** Statements that differ in meaning, not only in Sid. */
  const statements = fc.uniqueArray(statement, {
    minLength: 1,
    maxLength: 6,
    selector: (each) =>
      JSON.stringify([
        each.Effect,
        each.Principal.AWS.toSorted(),
        each.Action.toSorted(),
        each.Resource.toSorted(),
        each.Condition.StringEquals['kms:ViaService'].toSorted(),
        each.Condition.StringEquals['kms:CallerAccount'].toSorted(),
      ]),
  });

  const shuffledKeys = (value: Json, flip: boolean): Json => {
    if (Array.isArray(value)) {
      const items = value.map((each) => shuffledKeys(each, flip));
      return items.length === 1 && flip && typeof items[0] === 'string' ? items[0] : items.reverse();
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, shuffledKeys(each, flip)]),
    );
  };

  test('shuffling statements, values and keys never changes equality', () => {
    fc.assert(
      fc.property(
        statements.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
            fc.boolean(),
          ),
        ),
        ([all, shuffled, flip]) =>
          policiesEqual(
            policy(...(all as unknown as Json[])),
            policy(...(shuffled as unknown as Json[]).map((each) => shuffledKeys(each, flip))),
          ),
      ),
    );
  });

  test('dropping a statement is always noticed, and named as removed', () => {
    fc.assert(
      fc.property(statements, fc.nat(), (all, pick) => {
        const index = pick % all.length;
        const rest = all.filter((_each, at) => at !== index);
        const difference = policyDifference(
          policy(...(all as unknown as Json[])),
          policy(...(rest as unknown as Json[])),
        );
        expect(difference).toMatchObject({ added: [], changed: [], removed: [`statement ${all[index]?.Sid}`] });
      }),
    );
  });
});
