/** A row that is not asked would have had nothing to say. */
import { describedTypes, rowsOf } from '../../lib/catalogue';
import { evaluatorOf } from '../../lib/residency/evaluators';
import { NOTHING_REGISTERED } from '../../lib/residency';
import { Premises } from '../../lib/residency/premises';
import { ANSWERS_ONLY_VALUES, rowsToAsk } from '../../lib/residency/row-plan';
import { leavesAt } from '../../lib/residency/lookup';
import type { Json, Resource } from '../../lib/template';
import { applicationOf } from '../../lib/template';

const SITES = [{ siteId: 'site', account: '111122223333', region: 'eu-west-1', placement: 'region' as const }];
const TYPES = describedTypes().filter((type) => rowsOf(type).length > 0);

function resource(type: string, properties: { [key: string]: Json }): { resource: Resource; premises: Premises } {
  const template = { Resources: { R: { Type: type, Properties: properties } } };
  const application = applicationOf([{ stackName: 'stack', template, region: 'eu-west-1', account: '111122223333' }], {
    partitionOf: () => 'aws',
  });
  const premises = new Premises(application, { ...NOTHING_REGISTERED, sites: SITES, now: new Date(0) });
  return { resource: application.templates[0]!.resource('R')!, premises };
}

/** Properties that make every row of a type find its way begun, and none. */
const PROPERTIES = (type: string): readonly { [key: string]: Json }[] =>
  [{}, ...new Set(rowsOf(type).flatMap((row) => row.paths.map((path) => path.split(/[.[{]/)[0]!)))].map((name) =>
    typeof name === 'string' ? { [name]: 'x', Unheard: 'y' } : name,
  );

test.each(TYPES)('%s: a row that is passed over finds no value and needs none', (type) => {
  for (const properties of PROPERTIES(type)) {
    const { resource: one, premises } = resource(type, properties);
    const asked = new Map(rowsToAsk(one).map((planned) => [planned.row, planned]));
    for (const row of rowsOf(type)) {
      const planned = asked.get(row);
      for (const path of row.paths)
        if (!planned?.paths.includes(path)) expect({ path, leaves: leavesAt(one, path) }).toEqual({ path, leaves: [] });
      if (planned) continue;
      expect(ANSWERS_ONLY_VALUES).toContain(row.evaluator);
      expect(evaluatorOf(row.evaluator)!({ row, resource: one, leaves: [], premises })).toEqual([]);
    }
  }
});

test('properties that a function brings are asked every row at every path', () => {
  const { resource: one } = resource('AWS::S3::Bucket', { 'Fn::Transform': { Name: 'Macro' } });
  expect(rowsToAsk(one).map(({ row, paths }) => [row.slug, paths])).toEqual(
    rowsOf('AWS::S3::Bucket').map((row) => [row.slug, row.paths]),
  );
});

test('a resource without a property is asked fewer rows than one that has it', () => {
  const asked = (properties: { [key: string]: Json }): readonly string[] =>
    rowsToAsk(resource('AWS::S3::Bucket', properties).resource).map(({ row }) => row.slug);
  expect(asked({})).not.toContain('s3-replication-bucket');
  expect(asked({ ReplicationConfiguration: {} })).toContain('s3-replication-bucket');
});
