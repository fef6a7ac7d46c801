import { INVARIANTS, prove } from '../../lib/proof';
import { requestLines } from '../../lib/proof/counter-example';
import type { Layers } from './small-enclave';
import { SITE, layers, smallEnclave } from './small-enclave';

function answerOf(slug: string, change: (layers: Layers) => void = () => undefined, target?: string) {
  const given = layers();
  change(given);
  const report = prove(
    smallEnclave(given, target),
    INVARIANTS.filter((one) => one.slug === slug),
  );
  return report.results[0]!.answers[0]!;
}

const without =
  (layer: keyof Layers, sid: string) =>
  (given: Layers): void => {
    given[layer] = given[layer].filter((s) => s['Sid'] !== sid);
  };

/** Slug, the layer that carries it in the small enclave, the hole, and what the shown request says. */
const HOLES: readonly (readonly [string, (given: Layers) => void, Record<string, string | RegExp>])[] = [
  [
    'nobody-outside-reaches-a-bucket',
    (g) => {
      g.bucket = [{ Sid: 'Public', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }];
      without('rcp', 'OnlyOurOrganization')(g);
    },
    { caller: 'external' },
  ],
  [
    'objects-are-read-inside-the-perimeter',
    (g) => (without('bucket', 'OnlyThroughTheEndpoint')(g), without('rcp', 'OnlyOurEndpoint')(g)),
    { 'aws:sourcevpce': '(absent)' },
  ],
  [
    'objects-stay-inside-when-the-bucket-policy-falls',
    without('rcp', 'OnlyOurEndpoint'),
    { 'aws:vpceaccount': '(absent)' },
  ],
  [
    'objects-are-read-only-by-data-roles',
    without('bucket', 'OnlyReaders'),
    { 'aws:principalarn': `arn:aws:iam::${SITE}:role/Admin` },
  ],
  [
    'keys-decrypt-only-for-storage-in-the-eea',
    (g) => {
      delete g.key[0]!['Condition'];
    },
    { action: 'kms:Decrypt' },
  ],
  [
    'nobody-outside-becomes-a-role',
    (g) => {
      g.trust[0]!['Principal'] = '*';
      without('rcp', 'OnlyOurOrganization')(g);
    },
    { caller: 'external' },
  ],
  ['nothing-happens-outside-the-eea', without('scp', 'OnlyTheEea'), { 'aws:requestedregion': /us-east-1/ }],
  [
    'secrets-gain-no-replica-outside-the-eea',
    without('scp', 'SecretsStay'),
    { 'secretsmanager:addreplicaregions': /\[/ },
  ],
];

test.each(HOLES)(
  '%s is proved of the small enclave, and a hole in its layer is shown by a request',
  (slug, hole, says) => {
    expect(answerOf(slug).verdict).toBe('proved');
    const answer = answerOf(slug, hole);
    if (answer.verdict !== 'refuted') throw new Error(`${slug} still holds with the hole`);
    const request = Object.fromEntries(requestLines(answer.request));
    for (const [key, value] of Object.entries(says)) expect(request[key]).toMatch(value);
  },
);

test('a service control policy attached to another account denies nothing here', () => {
  expect(answerOf('nothing-happens-outside-the-eea', undefined, '999900001111').verdict).toBe('refuted');
  expect(answerOf('nothing-happens-outside-the-eea', undefined, SITE).verdict).toBe('proved');
  expect(answerOf('nothing-happens-outside-the-eea', undefined, 'r-root').verdict).toBe('proved');
});

test('a wildcard in a list of Regions is a hole', () => {
  const answer = answerOf('nothing-happens-outside-the-eea', (given) => {
    given.scp[0]!['Condition'] = { StringNotLike: { 'aws:RequestedRegion': ['eu-*'] } };
  });
  expect(answer.verdict).toBe('refuted');
});

test('BoolIfExists forgotten in a denial is a hole: the key may be absent', () => {
  const travels = 'stores-of-every-class-are-reached-with-tls';
  const refuses =
    (operator: string) =>
    (given: Layers): void => {
      given.bucket.push({
        Sid: 'Tls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { [operator]: { 'aws:SecureTransport': 'false' } },
      });
    };
  expect(answerOf(travels).verdict).toBe('refuted');
  expect(answerOf(travels, refuses('BoolIfExists')).verdict).toBe('proved');
});
