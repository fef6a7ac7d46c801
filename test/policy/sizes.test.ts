import { ATTACHED_AT_MOST, QUOTAS, gatewayDataPlaneTrust, minifiedLength } from '../../lib/policy';
import { packStatements } from '../../lib/policy/packing';
import { boundaryDocument } from '../../lib/policy/boundary';
import { perimeterPolicies } from '../../lib/policy/perimeter';
import { deny } from '../../lib/policy/document';
import { synthesise } from '../enclave/synthesised';
import { policies, settings } from './perimeter';

const TOKEN = /\{"(?:Fn::GetAtt|Ref|Fn::GetStackOutput)":[^{}]*(?:\{[^{}]*\})?[^{}]*\}/g;

/** Characters of a document of a template, with the longest ARN in place of each reference. */
const deployedLength = (document: unknown): number => JSON.stringify(document).replace(TOKEN, 'x'.repeat(120)).length;

test.each(policies.map((p) => [p.name, p] as const))('%s fits into its quota', (_, { type, content }) => {
  expect(minifiedLength(content)).toBeLessThanOrEqual(QUOTAS[type]);
});

test('no unit carries more policies of one type than can be attached, the one of AWS counted', () => {
  const counted = new Map<string, number>();
  for (const { type, targets } of policies)
    for (const target of targets) counted.set(`${type} ${target}`, (counted.get(`${type} ${target}`) ?? 0) + 1);
  expect(counted.size).toBeGreaterThan(8);
  for (const count of counted.values()) expect(count + 1).toBeLessThanOrEqual(ATTACHED_AT_MOST);
});

test('the boundary and the trust of the data plane fit into theirs', () => {
  expect(minifiedLength(boundaryDocument(settings))).toBeLessThanOrEqual(QUOTAS.managedPolicy);
  const trust = gatewayDataPlaneTrust(settings, '111122223333', ['vpce-0123456789abcdef0', 'vpce-0123456789abcdef1']);
  expect(minifiedLength(trust)).toBeLessThanOrEqual(QUOTAS.roleTrust);
});

test('the policies of buckets, keys, endpoints and roles of the templates fit into theirs', () => {
  const enclave = synthesise();
  const longest = (type: string, property: string): number =>
    Math.max(...enclave.all(type).map(({ resource }) => deployedLength(resource.Properties[property])));
  expect(longest('AWS::S3::BucketPolicy', 'PolicyDocument')).toBeLessThanOrEqual(QUOTAS.bucketPolicy);
  expect(longest('AWS::KMS::Key', 'KeyPolicy')).toBeLessThanOrEqual(QUOTAS.keyPolicy);
  expect(longest('AWS::EC2::VPCEndpoint', 'PolicyDocument')).toBeLessThanOrEqual(QUOTAS.endpointPolicy);
  expect(longest('AWS::IAM::Role', 'AssumeRolePolicyDocument')).toBeLessThanOrEqual(QUOTAS.roleTrust);
  expect(longest('AWS::IAM::ManagedPolicy', 'PolicyDocument')).toBeLessThanOrEqual(QUOTAS.managedPolicy);
});

describe('packing', () => {
  const statement = (sid: string, actions: number) =>
    deny(sid, { Action: Array.from({ length: actions }, (_, i) => `service:Action${i}`) });

  test('holds every action of every statement exactly once, in documents that fit', () => {
    const given = [statement('A', 90), statement('B', 5), statement('C', 40), statement('D', 1)];
    const documents = packStatements(given, 1_200, 9);
    for (const document of documents) expect(minifiedLength(document)).toBeLessThanOrEqual(1_200);
    const packed = documents.flatMap((d) =>
      d.Statement.flatMap((s) => [s.Action!].flat().map((a) => `${s.Sid[0]} ${a}`)),
    );
    expect(packed.sort()).toEqual(given.flatMap((s) => [s.Action!].flat().map((a) => `${s.Sid} ${a}`)).sort());
    expect(documents.length).toBeGreaterThan(1);
  });

  test('spreads a statement over what room is left, its parts numbered, before anything is refused', () => {
    const given = [statement('A', 40), statement('B', 40), statement('C', 22)];
    const documents = packStatements(given, 1_200, 2);
    expect(documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid))).toEqual(['A', 'C1', 'B', 'C2']);
    for (const document of documents) expect(minifiedLength(document)).toBeLessThanOrEqual(1_200);
    const spread = documents.flatMap(({ Statement }) => Statement.filter(({ Sid }) => Sid.startsWith('C')));
    expect(spread.flatMap(({ Action }) => Action)).toEqual([...given[2]!.Action!]);
  });

  test('is refused rather than leaving a statement out', () => {
    expect(() => packStatements([statement('A', 200)], 1_200, 2)).toThrow(
      /need more than 2 documents of 1200 characters; 2 can be attached/,
    );
    expect(() => packStatements([statement('A', 1)], 50, 2)).toThrow(/Statement A does not fit into 50 characters/);
  });
});

test('a perimeter that would be attached to nothing, or to too little, is refused', () => {
  const many = Array.from({ length: 120 }, (_, i) => `a-service-with-a-long-name-${i}`);
  expect(() => perimeterPolicies({ ...settings, services: [...settings.services, ...many] })).toThrow(
    /can be attached/,
  );
});
