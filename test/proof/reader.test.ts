import { findRegion } from '../../lib/geo';
import { ProofRefusal, readPolicies } from '../../lib/proof';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';
import { shippedPolicies } from './shipped';
import { SITE, smallEnclave } from './small-enclave';

function read(bucketPolicy: Json, extra: { [key: string]: Json } = {}): unknown {
  const template: Json = {
    Parameters: { Who: { Type: 'String' } },
    Resources: {
      Media: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } },
      MediaPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Media' }, PolicyDocument: bucketPolicy },
      },
      ...extra,
    },
  };
  return readPolicies(
    applicationOf([{ stackName: 'site', account: SITE, region: 'eu-west-1', template }], {
      partitionOf: (region) => findRegion(region)?.partition,
    }),
  );
}

const denial = (change: { [key: string]: Json }): Json => ({
  Statement: [
    {
      Sid: 'S',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      ...change,
    },
  ],
});

test.each<[string, Json, RegExp]>([
  ['an open parameter', denial({ Resource: { Ref: 'Who' } }), /MediaPolicy\.PolicyDocument/],
  ['an unknown element', denial({ Actions: 's3:*' }), /"Actions" is no element/],
  ['an effect that is neither', denial({ Effect: 'Perhaps' }), /Effect is "Perhaps"/],
  ['a document without statements', { Version: '2012-10-17' }, /no policy document/],
  ['no organization', denial({ Condition: {} }), /no policy names an organization/],
  [
    'two organizations',
    denial({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } }),
    /more than one organization/,
  ],
])('%s refuses the proof with one line that says where', (_, document, message) => {
  let refusal: unknown;
  try {
    read(document);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(ProofRefusal);
  expect((refusal as Error).message).toMatch(message);
  expect((refusal as Error).message).not.toContain('\n');
});

test('a store whose class is not stated counts as restricted', () => {
  expect(smallEnclave().guarded.every((r) => r.restricted)).toBe(true);
});

test('the shipped enclave is read whole: every restricted bucket and key has a policy, every organization policy a target', () => {
  const { guarded, organizationPolicies, endpoints, managementAccount } = shippedPolicies();
  expect(guarded.filter((r) => (r.kind === 'bucket' || r.kind === 'key') && r.documents.length === 0)).toEqual([]);
  expect(organizationPolicies.filter(({ targets }) => targets.length === 0)).toEqual([]);
  expect(new Set(organizationPolicies.map(({ kind }) => kind))).toEqual(new Set(['scp', 'rcp']));
  expect(endpoints.every((e) => e.document !== undefined)).toBe(true);
  expect(managementAccount).toBeDefined();
});
