import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  matchPath,
  normalisePath,
  propertyIsKnown,
  roleOf,
  rowsOf,
  structuralReason,
  verdictOf,
} from '../../lib/catalogue';
import { serviceOf } from '../../lib/catalogue/catalogue';
import types from '../../lib/catalogue/data/types.json';

const DATA = path.join(__dirname, '../../lib/catalogue/data');

describe('a path of a template', () => {
  test.each([
    ['Rules[0].Destination[12].Bucket', 'Rules[].Destination[].Bucket'],
    ['Rules.3.Bucket', 'Rules[].Bucket'],
    ['Plain.Path', 'Plain.Path'],
  ])('%s is read as %s', (written, normal) => {
    expect(normalisePath(written)).toBe(normal);
  });

  test.each([
    ['A.B', 'A.B', 'exact'],
    ['A[].B', 'A[3].B', 'exact'],
    ['A.B', 'A', 'above'],
    ['A', 'A.B[0].C', 'beneath'],
    ['A.**', 'A.B.C', 'beneath'],
    ['A.**', 'A', 'exact'],
    ['A{}.B', 'A.anything.B', 'exact'],
    ['A.B', 'A.C', undefined],
    ['A', 'AB', undefined],
    ['A.**', 'AB.C', undefined],
  ])('pattern %s and path %s: %s', (pattern, written, match) => {
    expect(matchPath(pattern, written)).toBe(match);
  });
});

test('a property with a row, with a reason, inside a document or on the way to one is known', () => {
  for (const known of [
    'ReplicationConfiguration.Rules[0].Destination.Bucket',
    'ReplicationConfiguration',
    'BucketName',
    'Tags[2].Value',
    'LifecycleConfiguration.Rules[4].Status',
  ]) {
    expect([known, propertyIsKnown('AWS::S3::Bucket', known)]).toEqual([known, true]);
  }
  expect(propertyIsKnown('AWS::IAM::Role', 'AssumeRolePolicyDocument.Statement[0].Principal.AWS')).toBe(true);
});

test('a property nobody has read is unknown, at the top and inside a known structure', () => {
  expect(propertyIsKnown('AWS::S3::Bucket', 'TeleportConfiguration')).toBe(false);
  expect(propertyIsKnown('AWS::S3::Bucket', 'ReplicationConfiguration.Rules[0].Destination.SecondBucket')).toBe(false);
  expect(propertyIsKnown('AWS::Nothing::AtAll', 'Anything')).toBe(false);
});

test('a structural reason is told for a property without a channel, and none for one with a channel', () => {
  expect(structuralReason('AWS::S3::Bucket', 'BucketName')).toBe('naming');
  expect(structuralReason('AWS::S3::Bucket', 'LifecycleConfiguration.Rules[0].Status')).toBe('retention-here');
  expect(structuralReason('AWS::S3::Bucket', 'AccessControl')).toBeUndefined();
  expect(structuralReason('AWS::S3::Bucket', 'Nonsense')).toBeUndefined();
});

test('a custom resource of unknown make is denied, one of the CDK whose effect is known is assessed', () => {
  expect(verdictOf('Custom::Whatever')?.verdict).toBe('denied');
  expect(rowsOf('Custom::Whatever').map((row) => row.evaluator)).toEqual(['typeDeny']);
  expect(verdictOf('Custom::DynamoDBReplica')?.verdict).toBe('assessed');
  expect(verdictOf('Custom::S3AutoDeleteObjects')?.verdict).toBe('assessed');
});

test('macros, stack sets, hooks and modules are denied', () => {
  for (const name of [
    'Macro',
    'StackSet',
    'LambdaHook',
    'GuardHook',
    'ModuleVersion',
    'ResourceVersion',
    'TypeActivation',
  ]) {
    expect([name, verdictOf(`AWS::CloudFormation::${name}`)?.verdict]).toEqual([name, 'denied']);
  }
});

test('networks, code and policies are told apart', () => {
  expect(roleOf('AWS::EC2::Subnet')).toBe('network');
  expect(roleOf('AWS::Lambda::Function')).toBe('compute');
  expect(roleOf('AWS::IAM::Role')).toBe('policy');
  expect(roleOf('AWS::S3::Bucket')).toBeUndefined();
});

test('one file per service, listed, and holding only types of that service', () => {
  const files = readdirSync(DATA)
    .filter((name) => !['types.json', 'lock.json', 'actions.json', 'index.json'].includes(name))
    .map((name) => name.replace('.json', ''));
  expect(files.sort()).toEqual(types.services);
  for (const name of files) {
    const written = JSON.parse(readFileSync(path.join(DATA, `${name}.json`), 'utf8')) as {
      types: Record<string, unknown>;
    };
    expect([name, Object.keys(written.types).filter((type) => serviceOf(type) !== name)]).toEqual([name, []]);
  }
});

test('no file read at run time is large: a service stays under 96 KB, everything together under 1.1 MB', () => {
  const sizes = readdirSync(DATA)
    .filter((name) => name !== 'lock.json')
    .map((name) => ({ name, bytes: statSync(path.join(DATA, name)).size }));
  expect(sizes.filter(({ name, bytes }) => bytes > 96 * 1024 && name !== 'types.json')).toEqual([]);
  expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(1.1 * 1024 * 1024);
});
