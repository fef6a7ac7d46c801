import { RegionInfo } from 'aws-cdk-lib/region-info';
import {
  EVALUATORS,
  STRUCTURAL_REASONS,
  allRows,
  describedTypes,
  evaluatorContract,
  knownTypes,
  rowsOf,
  structuralPaths,
  verdictOf,
} from '../../lib/catalogue';
import { findRegion } from '../../lib/geo';
import { allTypes, pathsOf } from '../../scripts/catalogue/enumerate';
import type { PropertyPath } from '../../scripts/catalogue/enumerate';
import { currentLock, differences, readLock } from '../../scripts/catalogue/lock-file';

const union = allTypes();
const paths = new Map<string, readonly PropertyPath[]>();

function pathsOfType(type: string): readonly PropertyPath[] {
  const known = paths.get(type);
  if (known) return known;
  const found = pathsOf(union.get(type)!);
  paths.set(type, found);
  return found;
}

/** The same rule as the catalogue’s own, written a second time: exact, or beneath a pattern that ends in `.**`. */
function covers(pattern: string, path: string): boolean {
  if (!pattern.endsWith('.**')) return pattern === path;
  const stem = pattern.slice(0, -3);
  return path === stem || path.startsWith(`${stem}.`) || path.startsWith(`${stem}[`) || path.startsWith(`${stem}{`);
}

function patternsOf(type: string): { pattern: string; owner: string }[] {
  return [
    ...rowsOf(type).flatMap((row) => row.paths.map((pattern) => ({ pattern, owner: row.slug }))),
    ...Object.entries(structuralPaths(type)).flatMap(([owner, patterns]) =>
      patterns.map((pattern) => ({ pattern, owner })),
    ),
  ];
}

const inUnion = describedTypes().filter((type) => union.has(type));
const assessed = inUnion.filter((type) => verdictOf(type)?.verdict === 'assessed');

test('the union of the L1 bundle and the specification is as large as it was when the catalogue was written', () => {
  expect(union.size).toBeGreaterThanOrEqual(1912);
});

test('every resource type CloudFormation can express has a verdict with a reason', () => {
  const without = [...union.keys()].filter((type) => !verdictOf(type)?.reason);
  expect(without).toEqual([]);
});

test('no type is listed under two verdicts', () => {
  const all = knownTypes();
  expect(all.length).toBe(new Set(all).size);
});

test('a type without an entry is unknown, also when its name looks like a known one', () => {
  expect(verdictOf('AWS::S3::Bucket2')).toBeUndefined();
  expect(verdictOf('AWS::Nothing::AtAll')).toBeUndefined();
  expect(verdictOf('Vendor::Thing::MODULE')).toBeUndefined();
});

test('at least two hundred ordinary types are assessed', () => {
  expect(assessed.length).toBeGreaterThanOrEqual(200);
});

test('every declared property of an assessed type has exactly one row or one structural reason', () => {
  const problems: string[] = [];
  for (const type of assessed) {
    const patterns = patternsOf(type);
    for (const { path, container } of pathsOfType(type)) {
      const owners = patterns.filter(({ pattern }) => covers(pattern, path));
      if (owners.length > 1) problems.push(`${type} ${path}: ${owners.map((o) => o.owner).join(' and ')}`);
      if (owners.length === 0 && !container) problems.push(`${type} ${path}: nothing`);
    }
  }
  expect(problems).toEqual([]);
});

test('the test of completeness looked at thousands of properties', () => {
  const leaves = assessed.flatMap((type) => pathsOfType(type).filter((p) => !p.container));
  expect(leaves.length).toBeGreaterThan(5000);
});

test('every path of a row and of a structural reason matches a declared property', () => {
  const dead = inUnion.flatMap((type) =>
    patternsOf(type)
      .filter(({ pattern }) => !pathsOfType(type).some(({ path }) => covers(pattern, path)))
      .map(({ pattern, owner }) => `${type} ${pattern} (${owner})`),
  );
  expect(dead).toEqual([]);
});

test('no structural reason covers a property that names a Region, but for decided cases', () => {
  const decided = new Set([
    // Storage Lens leaves out or takes in the metrics of these Regions.
    'AWS::S3::StorageLens StorageLensConfiguration.Exclude.Regions',
    'AWS::S3::StorageLens StorageLensConfiguration.Include.Regions',
    // Checkers and the metric an alarm reads stand where they stand; nothing of the enclave goes there.
    'AWS::Route53::HealthCheck HealthCheckConfig.AlarmIdentifier.Region',
    'AWS::Route53::HealthCheck HealthCheckConfig.Regions',
  ]);
  const hidden = assessed.flatMap((type) => {
    const structural = Object.values(structuralPaths(type)).flat();
    return pathsOfType(type)
      .filter(({ path }) => /Regions?$/.test(path) && structural.some((pattern) => covers(pattern, path)))
      .map(({ path }) => `${type} ${path}`);
  });
  expect(hidden.filter((found) => !decided.has(found))).toEqual([]);
  expect([...decided].filter((entry) => !hidden.includes(entry))).toEqual([]);
});

test('every type that has a property named after a Region and is not assessed is denied, retired or has a row for it', () => {
  const open = [...union.keys()].filter((type) => {
    const names = [...union.get(type)!.values()].flatMap((definition) => [...definition.keys()]);
    return names.some((name) => /Regions?$/.test(name)) && verdictOf(type)?.verdict === 'inert';
  });
  expect(open).toEqual([]);
});

test('every row names a known evaluator and gives it only arguments it takes, with paths that exist', () => {
  const problems: string[] = [];
  for (const row of allRows()) {
    const contract = evaluatorContract(row.evaluator);
    if (!contract) {
      problems.push(`${row.slug}: no evaluator ${row.evaluator}`);
      continue;
    }
    const args = row.args ?? {};
    for (const [name, value] of Object.entries(args)) {
      const argument = contract.args[name];
      if (!argument) problems.push(`${row.slug}: ${row.evaluator} takes no ${name}`);
      else if (
        argument.type === 'values'
          ? !Array.isArray(value)
          : argument.type === 'boolean'
            ? typeof value !== 'boolean'
            : typeof value !== 'string'
      ) {
        problems.push(`${row.slug}: ${name} is not of type ${argument.type}`);
      } else if (argument.oneOf && !argument.oneOf.includes(String(value))) {
        problems.push(`${row.slug}: ${name} may not be ${String(value)}`);
      } else if (
        argument.type === 'path' &&
        union.has(row.type) &&
        !pathsOfType(row.type).some(({ path }) => path === value)
      ) {
        problems.push(`${row.slug}: ${row.type} has no ${String(value)}`);
      }
    }
    for (const [name, argument] of Object.entries(contract.args)) {
      if (argument.required && !(name in args)) problems.push(`${row.slug}: ${row.evaluator} needs ${name}`);
    }
  }
  expect(problems).toEqual([]);
});

test('every flag row says which values open the channel', () => {
  const silent = allRows().filter(
    (row) =>
      row.evaluator === 'flagDeny' &&
      !row.args?.['anyValue'] &&
      !(row.args?.['values'] as unknown[] | undefined)?.length,
  );
  expect(silent.map((row) => row.slug)).toEqual([]);
});

test('every evaluator is used by a row', () => {
  const used = new Set(allRows().map((row) => row.evaluator));
  expect(Object.keys(EVALUATORS).filter((slug) => !used.has(slug))).toEqual([]);
});

test('every structural reason is one of the closed list', () => {
  const unknown = describedTypes().flatMap((type) =>
    Object.keys(structuralPaths(type)).filter((reason) => !Object.hasOwn(STRUCTURAL_REASONS, reason)),
  );
  expect(unknown).toEqual([]);
});

test('the lock agrees with what the installed packages can express, or says what came and what went', () => {
  expect(differences(readLock(), currentLock(union))).toEqual([]);
});

test('a new type, a new property, a withdrawn type and a new version each fail the lock by name', () => {
  const lock = readLock();
  const bucket = lock.types['AWS::S3::Bucket']!;
  const others = Object.fromEntries(Object.entries(lock.types).filter(([type]) => type !== 'AWS::S3::Bucket'));
  const grown = { ...bucket, hash: 'other', properties: `${bucket.properties} Teleport` };
  expect(differences({ ...lock, types: others }, lock)).toEqual([expect.stringContaining('new type AWS::S3::Bucket')]);
  expect(differences(lock, { ...lock, types: others })).toEqual([expect.stringContaining('AWS::S3::Bucket is gone')]);
  expect(differences(lock, { ...lock, types: { ...lock.types, 'AWS::S3::Bucket': grown } })).toEqual([
    expect.stringContaining('new property AWS::S3::Bucket Teleport'),
  ]);
  expect(differences(lock, { ...lock, versions: { ...lock.versions, 'aws-cdk-lib': '9.9.9' } })).toEqual([
    expect.stringContaining('aws-cdk-lib'),
  ]);
});

test('every type that left the union since it was described is retired', () => {
  const left = knownTypes().filter((type) => type.startsWith('AWS::') && !union.has(type));
  expect(left.filter((type) => verdictOf(type)?.verdict !== 'retired' && type !== 'AWS::CDK::Metadata')).toEqual([]);
});

test('every Region the CDK knows has a row in the table of Regions', () => {
  const unknown = RegionInfo.regions.map((region) => region.name).filter((name) => !findRegion(name));
  expect(unknown).toEqual([]);
});
