/** A change of the policy on one thing, without any other layer. */
import { ProofRefusal, parseDocument, policyAllowsNothingNew, requestLines } from '../../lib/proof';
import type { PolicyChange, PolicyDocument } from '../../lib/proof';
import type { Json } from '../../lib/template';

type Statement = { [key: string]: Json };

const document = (...statements: Statement[]): PolicyDocument => parseDocument({ Statement: statements }, 'the policy');
const change = (before: readonly Statement[], now: readonly Statement[]): PolicyChange =>
  policyAllowsNothingNew([document(...before)], [document(...now)]);

const read = (change: Statement = {}): Statement => ({
  Sid: 'Read',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: 'arn:aws:s3:::media/*',
  ...change,
});
const refuse = (change: Statement = {}): Statement => ({
  Sid: 'Refuse',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  ...change,
});

test.each<[string, Statement[], Statement[]]>([
  ['the same statements in another order', [read(), refuse()], [refuse(), read()]],
  ['one statement written as two', [read()], [read({ Action: 's3:GetObject' }), read({ Action: 's3:ListBucket' })]],
  ['an action less', [read()], [read({ Action: 's3:GetObject' })]],
  ['a wildcard written out', [read({ Action: 's3:Get*' })], [read()].map((s) => ({ ...s, Action: 's3:GetObject*' }))],
  ['a condition more', [read()], [read({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })]],
  ['a role instead of everybody', [read({ Principal: '*' })], [read()]],
  [
    'a list of negations written as one positive test',
    [read(), refuse()],
    [read({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
  ],
  ['nothing at all', [read(), refuse()], []],
])('%s allows nothing new', (_, before, now) => {
  expect(change(before, now)).toEqual({ nothingNew: true });
});

test.each<[string, Statement[], Statement[], Record<string, string>, string[]]>([
  ['an action more', [read()], [read({ Action: 's3:*' })], { action: 's3:DeleteBucketPolicy' }, []],
  ['a denial dropped', [read(), refuse()], [read()], { 'aws:sourcevpce': '(absent)' }, ['the policy/Refuse']],
  [
    'a denial that forgets absent keys',
    [read(), refuse()],
    [
      read(),
      refuse({
        Condition: { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' }, Null: { 'aws:SourceVpce': 'false' } },
      }),
    ],
    { 'aws:sourcevpce': '(absent)' },
    ['the policy/Refuse'],
  ],
  ['everybody instead of a role', [read()], [read({ Principal: '*' })], { action: 's3:GetObject' }, []],
  [
    'a role instead of its account, which no identity policy of it need allow',
    [read({ Principal: { AWS: '111122223333' } })],
    [read()],
    { 'aws:principalarn': 'arn:aws:iam::111122223333:role/reader' },
    [],
  ],
])('%s is found, with the request that it lets through and what stood against it', (_, before, now, says, denied) => {
  const found = change(before, now);
  if (found.nothingNew) throw new Error('nothing was found');
  const lines = Object.fromEntries(requestLines(found.request));
  for (const [key, value] of Object.entries(says)) expect(lines[key]).toBe(value);
  expect(found.deniedBefore).toEqual(denied);
});

test('of policies that only deny, whatever they do not deny is allowed', () => {
  const far = (regions: Json): PolicyDocument =>
    parseDocument(
      {
        Statement: [
          {
            Sid: 'Far',
            Effect: 'Deny',
            NotAction: 'iam:*',
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
          },
        ],
      },
      'scp',
    );
  expect(policyAllowsNothingNew([far(['eu-west-1', 'eu-north-1'])], [far(['eu-west-1'])], true)).toEqual({
    nothingNew: true,
  });
  const wider = policyAllowsNothingNew([far(['eu-west-1'])], [far(['eu-west-1', 'us-east-1'])], true);
  expect(wider).toMatchObject({ nothingNew: false, deniedBefore: ['scp/Far'] });
  expect(!wider.nothingNew && wider.request.get('aws:requestedregion')).toBe('us-east-1');
});

test('a statement that is not understood is refused, never called harmless', () => {
  expect(() => change([read()], [read({ Condition: { StringResembles: { 'aws:x': 'y' } } })])).toThrow(ProofRefusal);
});
